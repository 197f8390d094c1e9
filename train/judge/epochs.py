"""Which units an epoch takes of each source, and their batches; both decided by seed and epoch."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count, islice

from standpoint.errors import TrainingError
from train.config import JudgeSchedule, JudgeSource
from train.judge.sources import UnitSource
from train.judge.units import Unit

BUCKET_BATCHES = 32
"""Batches that are sorted by length together. A guess: more would pad less and shuffle less."""


@dataclass(frozen=True, slots=True)
class SourcePools:
    """The units of a source by what they teach.

    Attributes
    ----------
    positives : with a statement, or with a sentiment, or without labels
    neighbors : without, in a sentence that has one on another issue
    others : all without a statement: they have candidates, are prose, and a judge is asked about
        them
    """

    config: JudgeSource
    positives: tuple[Unit, ...]
    neighbors: tuple[Unit, ...]
    others: tuple[Unit, ...]

    @classmethod
    def of(cls, source: UnitSource, *, least_relevance: float = 0.0) -> "SourcePools":
        """Sort the units of a source.

        Parameters
        ----------
        least_relevance : that a unit without a statement must have; below it a judge is never
            asked
        """
        positives = tuple(u for u in source.units if u.is_labelled or not u.has_gold)
        others = tuple(
            unit
            for unit in source.units
            if unit.has_gold
            and not unit.is_labelled
            and unit.candidates
            and unit.is_prose
            and unit.relevance >= least_relevance
        )
        places = {unit.place.in_text for unit in positives}
        neighbors = tuple(unit for unit in others if unit.place.in_text in places)
        return cls(source.config, positives, neighbors, others)

    def draw(self, generator: random.Random) -> list[Unit]:
        """The units of an epoch."""
        config = self.config
        positives = list(self.positives)
        if config.positives is not None:
            positives = _draw(self.positives, config.positives, generator)
        return [
            *positives * config.repeat,
            *_draw(self.neighbors, config.neighbors, generator),
            *_draw(self.others, config.others, generator),
        ]


def _draw(units: Sequence[Unit], n: int, generator: random.Random) -> list[Unit]:
    return generator.sample(units, min(len(units), n))


def epoch_batches(
    pools: Sequence[SourcePools],
    *,
    batch: int,
    seed: int,
    epoch: int,
    length: Callable[[Unit], int],
) -> list[list[Unit]]:
    """The batches of an epoch, in each of which the units are of similar length.

    They are the same whenever they are asked for, so that a resumed fit goes on with them.

    Parameters
    ----------
    length : tokens of a unit
    """
    generator = random.Random(f"{seed}-{epoch}")
    units = [unit for pool in pools for unit in pool.draw(generator)]
    generator.shuffle(units)
    batches: list[list[Unit]] = []
    for start in range(0, len(units), batch * BUCKET_BATCHES):
        bucket = sorted(units[start : start + batch * BUCKET_BATCHES], key=length)
        own = [bucket[n : n + batch] for n in range(0, len(bucket), batch)]
        generator.shuffle(own)
        batches += own
    return batches


def batches_from(
    step: int,
    pools: Sequence[SourcePools],
    *,
    schedule: JudgeSchedule,
    seed: int,
    length: Callable[[Unit], int],
) -> Iterator[list[Unit]]:
    """All batches after the first ``step`` ones, epoch after epoch, without an end.

    Those of the schedule's first steps are of its first sources alone. Their epochs have negative
    numbers, so that the later ones do not draw the same units.

    Raises
    ------
    TrainingError
        the first sources have no units
    """
    first_steps = schedule.first_steps
    draw = partial(epoch_batches, batch=schedule.batch, seed=seed, length=length)
    if step < first_steps:
        first = [pool for pool in pools if pool.config.name in schedule.first_sources]
        if not draw(first, epoch=-1):
            raise TrainingError(
                f"model.schedule.first_sources: must have units, got none in "
                f"{', '.join(schedule.first_sources)}. Get their data, or name others."
            )
        epochs = (draw(first, epoch=epoch) for epoch in count(-1, -1))
        yield from islice(chain.from_iterable(epochs), step, first_steps)
    step = max(0, step - first_steps)
    for epoch in count():
        own = draw(pools, epoch=epoch)
        yield from own[step:]
        step = max(0, step - len(own))


def taught_units(
    pools: Sequence[SourcePools],
    *,
    schedule: JudgeSchedule,
    seed: int,
    length: Callable[[Unit], int],
) -> list[Unit]:
    """The units of a schedule's batches that a teacher is asked about, each once.

    They are those without labels and, of sources that are taught, those with a statement or a
    sentiment. Of a labelled unit without either its label says all: that it is not about the issue.
    """
    taught = {pool.config.name for pool in pools if pool.config.taught}
    batches = batches_from(0, pools, schedule=schedule, seed=seed, length=length)
    drawn = islice(batches, schedule.steps)
    asked = (
        unit
        for own in drawn
        for unit in own
        if not unit.has_gold or (unit.is_labelled and unit.place.source in taught)
    )
    return list(dict.fromkeys(asked))
