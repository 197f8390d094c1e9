"""The pass of a teacher over the units that another judge learns from.

It reads each issue with its cues and its poles as they are, once. Its student also reads issues
without cues, and with the poles exchanged. Who holds which stance does not depend on whether the
codebook's author wrote cues, and the teacher knows it better with them; where the poles are
exchanged, favor and against are, which is how the teacher itself was trained. So one answer serves
all variants, and for the time of a second one twice as many sentences are read.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from train.finetune.device import Device
from train.judge.batches import Collator
from train.judge.dev_scores import Predicted
from train.judge.distillation.answer_cache import AnswerCache
from train.judge.distillation.teacher import Teacher
from train.judge.duration import REPORT_EVERY_S, StepClock, spoken
from train.judge.prediction import BATCH, predict_units
from train.judge.token_sequences import TokenSequences
from train.judge.units import TeacherAnswer, Unit

CHUNK = 8 * BATCH  # units of a file: what a killed pass loses at most, some 20 s on two cores
WARM_UNITS = 8  # the first pass allocates memory and compiles kernels
ReportProgress = Callable[[str], None]


@dataclass
class TeacherReading:
    """A pass, from the start or from what a killed one left.

    Attributes
    ----------
    folder : of the answers of all teachers
    """

    teacher: Teacher
    folder: Path
    device: Device
    report_progress: ReportProgress

    def answers(self, units: Sequence[Unit]) -> dict[Unit, TeacherAnswer]:
        """The teacher's answers for units; none toward targets where it has no head for them.

        Raises
        ------
        TrainingError
            there is no room for the answers; what was written before stays
        """
        asked = [unit for unit in units if self.teacher.has_sentiment or unit.target is None]
        if len(asked) < len(units):
            self.report_progress(
                "the teacher has no head for sentiment, which is learned from labels alone"
            )
        folder = self.folder / self.teacher.digest[:16]
        cache = AnswerCache(folder, report_progress=self.report_progress)
        answers = {unit: cache.get(unit) for unit in asked}
        missing = [unit for unit, answer in answers.items() if answer is None]
        if missing:
            self._read(missing, cache, n_before=len(asked) - len(missing))
        return {unit: answer for unit in asked if (answer := cache.get(unit))}

    def _read(self, units: list[Unit], cache: AnswerCache, *, n_before: int) -> None:
        """Ask about units, those of a chunk of similar length, the chunks in any order."""
        reader = self.teacher.parts.reader(self.teacher.settings)
        collator = Collator(TokenSequences.of(units, reader))
        self.teacher.network.to(self.device.torch_device)
        units = sorted(units, key=collator.sequences.joined_length)
        chunks = [units[start : start + CHUNK] for start in range(0, len(units), CHUNK)]
        clock = self._timed(units, collator)
        self.report_progress(
            f"the teacher reads {len(units):,} sentences with an issue in {self.device.precision} "
            f"on {self.device.torch_device}, {n_before:,} are read already: about "
            f"{spoken(clock.seconds_for(1))}; a killed pass goes on where it was"
        )
        # In the order of their length the first hundreds would say little of the time that is left.
        random.Random(0).shuffle(chunks)
        n_read, reported = 0, time.perf_counter()
        for chunk in chunks:
            cache.add(chunk, self._answered(chunk, collator))
            n_read += len(chunk)
            if time.perf_counter() - reported > REPORT_EVERY_S:
                reported = time.perf_counter()
                left = spoken(clock.seconds_for(1) * (1 - n_read / len(units)))
                self.report_progress(f"the teacher read {n_read:,} of {len(units):,}, {left} left")

    def _timed(self, units: Sequence[Unit], collator: Collator) -> StepClock:
        """The clock of the whole pass as one step, from one batch of all lengths.

        Parameters
        ----------
        units : sorted by their length
        """
        length = collator.sequences.joined_length
        starts = range(0, len(units), BATCH)
        clock = StepClock(float(sum(_padded(units[n : n + BATCH], length) for n in starts)))
        n_timed = min(BATCH, len(units))
        some = [units[n * len(units) // n_timed] for n in range(n_timed)]
        for own in (some[:WARM_UNITS], some):
            begun = time.perf_counter()
            self._answered(own, collator)
            clock.add(n_tokens=_padded(own, length), seconds=time.perf_counter() - begun)
        return clock

    def _answered(self, units: Sequence[Unit], collator: Collator) -> list[TeacherAnswer]:
        predicted = predict_units(
            self.teacher.network, units, collator=collator, device=self.device
        )
        return [
            _answer(unit, predicted, number=number, sentiment=unit.target is not None)
            for number, unit in enumerate(units)
        ]


def _padded(units: Sequence[Unit], length: Callable[[Unit], int]) -> int:
    """The tokens of a batch with padding."""
    return len(units) * max(map(length, units))


def _answer(unit: Unit, predicted: Predicted, *, number: int, sentiment: bool) -> TeacherAnswer:
    return TeacherAnswer(
        float(predicted.about[number]),
        predicted.stances[number],
        predicted.sentiments[number] if sentiment else None,
    )
