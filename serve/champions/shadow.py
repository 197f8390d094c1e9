"""Shadow mode: the challenger labels a share of the requests too, and only the log shows it.

The challenger runs in one thread behind a short queue. A request that finds the queue full is
skipped, so clients never wait for the challenger.
"""

import logging
import queue
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from serve.champions.challenger import Challenger
from standpoint.errors import StandpointError
from standpoint.model import Champions

LOG = logging.getLogger("standpoint.serve")
MAX_WAITING = 16  # requests, each with its text in memory; a guess that covers short bursts
MAX_LOGGED = 20  # differences of one request, so that a log line stays readable
# What a model can raise; `except Exception` is reserved for the handler of 500 answers.
MODEL_FAULTS = (
    StandpointError, ValueError, TypeError, LookupError, ArithmeticError, RuntimeError,
    MemoryError, OSError,
)  # fmt: skip

Label = Callable[[Champions], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two answers to one request compare.

    Attributes
    ----------
    agreed : the number of labels that both gave
    differences : ``(key, champion's label, challenger's label)``; a label is None where only the
        other model found the statement
    """

    agreed: int
    differences: tuple[tuple[str, str | None, str | None], ...]


def compare(champion: dict[str, Any], challenger: dict[str, Any], *, task: str) -> Agreement:
    """Compare the labels of two answers; their probabilities do not count."""
    ours, theirs = _labels(champion, task), _labels(challenger, task)
    keys = list(dict.fromkeys([*ours, *theirs]))
    differences = [(k, ours.get(k), theirs.get(k)) for k in keys if ours.get(k) != theirs.get(k)]
    return Agreement(len(keys) - len(differences), tuple(differences))


def _labels(answer: dict[str, Any], task: str) -> dict[str, str]:
    """The labels of an answer by pair, or by the holder, issue and place of the statement."""
    if "pairs" in answer:
        return {f"pair {n}": row["label"] for n, row in enumerate(answer["pairs"])}
    labels: dict[str, str] = {}
    for statement in answer["statements"]:
        start = (statement["cue"] or statement["evidence"])["start"]
        key = f"{statement['holder']} on {statement['issue']} at {start}"
        abstained = task == "stance" and statement["abstained"]
        labels[key] = "abstained" if abstained else str(statement[task])
    return labels


@dataclass(frozen=True, slots=True)
class ShadowRequest:
    """An answered request, to be labelled again by the challenger.

    Attributes
    ----------
    label : labels the request with the champions it is called with
    champions : those that gave ``answer``
    """

    request_id: str
    answer: dict[str, Any]
    label: Label
    champions: Champions


class Shadow:
    """Labels a share of the answered requests with a challenger, in a thread.

    Parameters
    ----------
    on_result : called with each comparison, and with None for each skipped request
    """

    def __init__(
        self, challenger: Challenger, *, on_result: Callable[[Agreement | None], None]
    ) -> None:
        self.challenger = challenger
        self._on_result = on_result
        self._queue: queue.Queue[ShadowRequest] = queue.Queue(MAX_WAITING)
        self._start_lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def offer(self, request: ShadowRequest) -> None:
        """Queue a request if it belongs to the share, and skip it if the queue is full.

        The hash of its id decides, so the same requests are chosen again in a repeated run.
        """
        if zlib.crc32(request.request_id.encode()) % 10_000 >= self.challenger.share * 10_000:
            return
        self._start()
        try:
            self._queue.put_nowait(request)
        except queue.Full:
            self._on_result(None)

    def finish(self) -> None:
        """Wait until the queue is empty."""
        self._queue.join()

    def _start(self) -> None:
        # Not before the first request: a thread does not survive the fork of the workers.
        with self._start_lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="shadow", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            request = self._queue.get()
            try:
                self._label(request)
            finally:
                self._queue.task_done()

    def _label(self, request: ShadowRequest) -> None:
        try:
            answer = request.label(self.challenger.replacing(request.champions))
        except MODEL_FAULTS as error:
            LOG.error("the challenger failed: %s", type(error).__name__)
            return
        task = self.challenger.task
        agreement = compare(request.answer, answer, task=task)
        self._on_result(agreement)
        champion = getattr(request.champions, task)
        fields = {
            "request_id": request.request_id,
            "task": task,
            "champion": champion.version or champion.name if champion else None,
            "challenger": self.challenger.champion.version,
            "agreed": agreement.agreed,
            "differed": len(agreement.differences),
            "differences": agreement.differences[:MAX_LOGGED],
        }
        LOG.info("shadow", extra={"fields": fields})
