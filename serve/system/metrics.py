"""Metrics in Prometheus' text format, correct with several workers.

Each worker writes its numbers to files in the folder that ``PROMETHEUS_MULTIPROC_DIR`` names. The
worker that answers ``/metrics`` adds up all of them.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standpoint.labeling import LabelingResult
from standpoint.labels import LABELS

if TYPE_CHECKING:
    from standpoint.model import Champions

# Upper bounds of the histogram, in seconds: from a probe (milliseconds) to a long article with
# explanations (tens of seconds), about three to each power of ten.
SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
FOLDER_PREFIX = "standpoint-counts-"
REASONS = {
    400: "malformed",
    401: "no_key",
    403: "forbidden",
    404: "not_found",
    405: "method",
    408: "too_slow",
    411: "no_length",
    413: "too_large",
    414: "too_large",
    431: "too_large",
    415: "media_type",
    421: "host",
    422: "invalid",
    429: "rate",
    503: "not_ready",
}
"""The label ``reason`` of a refused request, by the status of its answer."""


class Metrics:
    """The metrics of one worker."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values

        # The library reads the folder when it is imported, which may have been before it was set.
        values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]
        registry = self._registry = CollectorRegistry()
        counter, gauge = partial(Counter, registry=registry), partial(Gauge, registry=registry)
        self._requests = counter("standpoint_requests", "Answers.", ["route", "method", "status"])
        self._seconds = Histogram(
            "standpoint_request_seconds",
            "From a request's arrival in the app to the last byte of its answer.",
            ["route"],
            buckets=SECONDS,
            registry=registry,
        )
        self._in_flight = gauge(
            "standpoint_in_flight", "Requests being answered.", multiprocess_mode="livesum"
        )
        self._refused = counter("standpoint_rejected_requests", "Refused requests.", ["reason"])
        self._articles = counter("standpoint_articles", "Articles labelled.")
        self._sentences = counter("standpoint_sentences_read", "Sentences read for their pairs.")
        self._pairs = counter("standpoint_pairs_judged", "Pairs classified.")
        self._abstentions = counter("standpoint_abstentions", "Statements that abstain.")
        self._labels = counter("standpoint_labels", "Labels given.", ["task", "label"])
        self._version = gauge(
            "standpoint_model_version",
            "The champion's version.",
            ["task"],
            multiprocess_mode="mostrecent",
        )
        self._reloads = counter("standpoint_reloads", "Loads of champions.", ["outcome"])
        self._shadow = counter("standpoint_shadow", "Labels of the challenger.", ["outcome"])
        for outcome in ("taken", "refused"):  # show 0 before the first event
            self._reloads.labels(outcome)

    def count_request(self) -> None:
        """Count a request that arrived."""
        self._in_flight.inc()

    def count_answer(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer whose last byte is sent."""
        self._in_flight.dec()
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        if status in REASONS:
            self.count_refusal(REASONS[status])

    def count_unread_refusal(self, status: int) -> None:
        """Count a request that was refused before it reached the app."""
        self._requests.labels("none", "none", str(status)).inc()
        self.count_refusal(REASONS.get(status, "no_request"))

    def count_refusal(self, reason: str) -> None:
        """Count a refused request, or a refused line of a batch."""
        self._refused.labels(reason).inc()

    def count_article(self, labeled: LabelingResult, *, sentiment: bool) -> None:
        """Count the sentences, pairs and labels of one article.

        Parameters
        ----------
        sentiment : whether a sentiment champion served
        """
        self._articles.inc()
        self._sentences.inc(labeled.n_sentences)
        self._pairs.inc(labeled.n_pairs)
        for statement in labeled.statements:
            if statement.abstained:
                self._abstentions.inc()
            else:
                self._labels.labels("stance", statement.stance).inc()
            if sentiment and statement.sentiment is not None:
                self._labels.labels("sentiment", statement.sentiment).inc()

    def count_pairs(self, *, task: str, labels: list[str], n_texts: int) -> None:
        """Count the labels of pairs that were sent as pairs."""
        self._sentences.inc(n_texts)
        self._pairs.inc(len(labels))
        for label in labels:
            self._labels.labels(task, label).inc()

    def count_load(self, champions: "Champions | None") -> None:
        """Count champions that were loaded, and set their versions; None counts a failed load."""
        self._reloads.labels("taken" if champions else "refused").inc()
        for task in LABELS if champions else ():
            if champion := getattr(champions, task):
                self._version.labels(task).set(champion.version)

    def count_shadow(self, **outcomes: int) -> None:
        """Count labels of the challenger: agreed, differed; and requests that it skipped."""
        for outcome, n in outcomes.items():
            self._shadow.labels(outcome).inc(n)

    def render(self) -> tuple[bytes, str]:
        """The metrics of all workers as text, and the media type."""
        from prometheus_client import CollectorRegistry
        from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry: Any = self._registry
        if FOLDER_VARIABLE in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry), CONTENT_TYPE_PLAIN_0_0_4


@contextmanager
def metrics_folder() -> Iterator[None]:
    """A folder for the workers' numbers; removed when the service ends."""
    above = Path(tempfile.gettempdir())
    for folder in above.glob(f"{FOLDER_PREFIX}*"):  # of services that were killed
        pid = folder.name.removeprefix(FOLDER_PREFIX).partition("-")[0]
        if pid.isdigit() and not Path("/proc", pid).exists():
            shutil.rmtree(folder, ignore_errors=True)
    owner = os.getpid()
    own = os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{owner}-")
    try:
        yield
    finally:
        if os.getpid() == owner:  # a worker leaves this block too
            os.environ.pop(FOLDER_VARIABLE, None)
            shutil.rmtree(own, ignore_errors=True)


def remove_worker_metrics(pid: int) -> None:
    """Remove a worker that ended from the metrics of living workers."""
    if FOLDER_VARIABLE in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(pid)  # type: ignore[no-untyped-call]
