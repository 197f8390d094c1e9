"""A second model in the shadow: it labels a share of the requests too, and only the log knows.

The challenger works in one thread of its own behind a short queue; where the queue is full a
request is skipped, so that nobody waits for a model whose answers nobody gets.
"""

import logging
import queue
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.errors import InputError, NoChampionError, StandpointError
from standpoint.labels import Task
from standpoint.model import Champion, Champions, Encoder, find_encoder, load_bundle, load_champions

LOG = logging.getLogger("standpoint.serve")
MAX_WAITING = 16
MAX_TOLD = 20
ORDINARY = (ValueError, TypeError, LookupError, ArithmeticError, RuntimeError, MemoryError, OSError)

Label = Callable[[Champions], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two answers to one request compare.

    Attributes
    ----------
    agreed : labels both gave
    differed : ``(key, champion's label, challenger's label)``; a label is None where only the other
        found the statement
    """

    agreed: int
    differed: tuple[tuple[str, str | None, str | None], ...]


def compare(champion: dict[str, Any], challenger: dict[str, Any], *, task: str) -> Agreement:
    """Compare two answers by what each says, not by their probabilities."""
    ours, theirs = _labels(champion, task), _labels(challenger, task)
    keys = list(dict.fromkeys([*ours, *theirs]))
    differed = [(k, ours.get(k), theirs.get(k)) for k in keys if ours.get(k) != theirs.get(k)]
    return Agreement(len(keys) - len(differed), tuple(differed))


def _labels(answer: dict[str, Any], task: str) -> dict[str, str]:
    """The labels of an answer to an article, or to pairs, by what they are of."""
    if "pairs" in answer:
        return {f"pair {n}": row["label"] for n, row in enumerate(answer["pairs"])}
    found: dict[str, str] = {}
    for statement in answer["statements"]:
        cue, evidence = statement["cue"], statement["evidence"]
        place = (cue or evidence)["start"]
        key = f"{statement['holder']} on {statement['issue']} at {place}"
        label = statement["sentiment"] if task == "sentiment" else statement["stance"]
        found[key] = "abstained" if task == "stance" and statement["abstained"] else str(label)
    return found


@dataclass(frozen=True, slots=True)
class Challenger:
    """A model that is tried beside the champion.

    Attributes
    ----------
    encoder : the shared one, where its bundle brings none along
    share : of the requests that it labels too, 0 to 1
    """

    champion: Champion
    encoder: Encoder | None
    share: float

    @property
    def task(self) -> Task:
        """What it judges."""
        return self.champion.model.task

    def beside(self, champions: Champions) -> Champions:
        """The champions, with the challenger in the place of one."""
        shared = champions.encoder or self.encoder
        if self.task == "stance":
            return Champions(self.champion, champions.sentiment, shared)
        return Champions(champions.stance, self.champion, shared)


def load_challenger(models_dir: Path, bundle: Path, *, share: float) -> Challenger:
    """Load a bundle to try; its version is the name of its folder, where that is a number.

    Raises
    ------
    InputError
        its encoder is another than the champions share
    """
    model = load_bundle(bundle)
    wanted = model.manifest.encoder if model.encoder is None else None
    encoder = find_encoder(models_dir, digest=wanted) if wanted else None
    with suppress(NoChampionError):
        shared = load_champions(models_dir).encoder
        if encoder and shared and shared.digest != encoder.digest:
            raise InputError(
                f"--challenger: must read the champions' encoder {shared.digest[:16]} or bring "
                f"its own, got one that reads {encoder.digest[:16]}. Train it with that encoder."
            )
    version = int(bundle.name) if bundle.name.isdigit() else 0
    return Challenger(Champion(model, version), encoder, share)


@dataclass(frozen=True, slots=True)
class Shadowed:
    """A request that was answered and is to be labelled again."""

    request_id: str
    answer: dict[str, Any]
    label: Label
    champions: Champions


class Shadow:
    """Labels a share of what was answered with a challenger, behind the answers.

    Parameters
    ----------
    told : called with each comparison; None stands for a request that was skipped
    """

    def __init__(
        self,
        challenger: Challenger,
        *,
        told: Callable[[Agreement | None], None] = lambda _: None,
    ) -> None:
        self.challenger = challenger
        self._told = told
        self._waiting: queue.Queue[Shadowed] = queue.Queue(MAX_WAITING)
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None

    def offer(self, shadowed: Shadowed) -> None:
        """Put a request on the queue, if it is of the share and there is room.

        Which requests are of the share is decided by their ids, so the same ones are again.
        """
        if zlib.crc32(shadowed.request_id.encode()) % 10_000 >= self.challenger.share * 10_000:
            return
        self._start()
        try:
            self._waiting.put_nowait(shadowed)
        except queue.Full:
            self._told(None)

    def finish(self) -> None:
        """Wait until the queue is empty."""
        self._waiting.join()

    def _start(self) -> None:
        # Not before the first request: a thread does not survive the fork of the workers.
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="shadow", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            shadowed = self._waiting.get()
            try:
                self._label(shadowed)
            finally:
                self._waiting.task_done()

    def _label(self, shadowed: Shadowed) -> None:
        try:
            found = shadowed.label(self.challenger.beside(shadowed.champions))
        except (StandpointError, *ORDINARY) as error:
            LOG.error("the challenger failed: %s", type(error).__name__)
            return
        agreement = compare(shadowed.answer, found, task=self.challenger.task)
        self._told(agreement)
        LOG.info("shadow", extra={"fields": self._fields(shadowed, agreement)})

    def _fields(self, shadowed: Shadowed, agreement: Agreement) -> dict[str, Any]:
        champions = shadowed.champions
        task = self.challenger.task
        champion = champions.stance if task == "stance" else champions.sentiment
        return {
            "request_id": shadowed.request_id,
            "task": task,
            "champion": champion.version if champion else None,
            "challenger": self.challenger.champion.version,
            "agreed": agreement.agreed,
            "differed": len(agreement.differed),
            "differences": agreement.differed[:MAX_TOLD],
        }
