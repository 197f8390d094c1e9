"""What the service counts, in Prometheus' text format; right with several workers too.

With several processes each keeps its numbers in files of one folder (``PROMETHEUS_MULTIPROC_DIR``,
which `serve.runtime.server` sets), and whoever is asked adds them up.
"""

import os
from typing import TYPE_CHECKING, Any

from standpoint.labeling import LabelingResult

if TYPE_CHECKING:
    from standpoint.model import Champions

SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """The counters of one app."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values

        # It looks for the folder when it is imported, and here it may have been imported before.
        values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]
        own = CollectorRegistry()
        self._registry = own
        self._requests = Counter(
            "standpoint_requests", "Answers.", ["route", "method", "status"], registry=own
        )
        self._seconds = Histogram(
            "standpoint_request_seconds",
            "From a request's arrival in the app to the last byte of its answer.",
            ["route"],
            buckets=SECONDS,
            registry=own,
        )
        self._in_flight = Gauge(
            "standpoint_in_flight",
            "Requests being answered.",
            registry=own,
            multiprocess_mode="livesum",
        )
        self._rejected = Counter(
            "standpoint_rejected_requests", "Requests refused, by why.", ["reason"], registry=own
        )
        self._articles = Counter("standpoint_articles", "Articles labelled.", registry=own)
        self._sentences = Counter(
            "standpoint_sentences_read", "Sentences read for their pairs.", registry=own
        )
        self._pairs = Counter("standpoint_pairs_judged", "Pairs judged.", registry=own)
        self._abstentions = Counter(
            "standpoint_abstentions", "Statements left undecided.", registry=own
        )
        self._labels = Counter(
            "standpoint_labels", "Labels given.", ["task", "label"], registry=own
        )
        self._version = Gauge(
            "standpoint_model_version",
            "The champion's version.",
            ["task"],
            registry=own,
            multiprocess_mode="mostrecent",
        )
        self._reloads = Counter(
            "standpoint_reloads", "Champions taken up or refused.", ["outcome"], registry=own
        )
        self._shadow = Counter(
            "standpoint_shadow", "Labels of the challenger, by what came of them.", ["outcome"],
            registry=own,
        )  # fmt: skip
        for outcome in ("taken", "refused"):
            self._reloads.labels(outcome)

    def begun(self) -> None:
        """Count a request that came in."""
        self._in_flight.inc()

    def answered(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer whose last byte is out."""
        self._in_flight.dec()
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        reason = REASONS.get(status)
        if reason:
            self.rejected(reason)

    def refused_unread(self, status: int) -> None:
        """Count what was refused before it reached the app."""
        self._requests.labels("none", "none", str(status)).inc()
        self.rejected(REASONS.get(status, "no_request"))

    def rejected(self, reason: str) -> None:
        """Count a refusal: of a request, or of a line of a batch."""
        self._rejected.labels(reason).inc()

    def labeled(self, found: LabelingResult, *, sentiment: bool) -> None:
        """Count what one article gave."""
        self._articles.inc()
        self._sentences.inc(found.n_sentences)
        self._pairs.inc(found.n_pairs)
        for statement in found.statements:
            if statement.abstained:
                self._abstentions.inc()
            else:
                self._labels.labels("stance", statement.stance).inc()
            if sentiment and statement.sentiment is not None:
                self._labels.labels("sentiment", statement.sentiment).inc()

    def judged(self, *, task: str, labels: list[str], n_texts: int) -> None:
        """Count pairs that were sent as pairs."""
        self._sentences.inc(n_texts)
        self._pairs.inc(len(labels))
        for label in labels:
            self._labels.labels(task, label).inc()

    def reloaded(self, champions: "Champions") -> None:
        """Count a champion that was taken up."""
        self._reloads.labels("taken").inc()
        self._version.labels("stance").set(champions.stance.version)
        if champions.sentiment is not None:
            self._version.labels("sentiment").set(champions.sentiment.version)

    def refused(self) -> None:
        """Count a champion that could not be loaded."""
        self._reloads.labels("refused").inc()

    def shadowed(self, *, agreed: int, differed: int) -> None:
        """Count the labels a challenger gave beside the champion."""
        self._shadow.labels("agreed").inc(agreed)
        self._shadow.labels("differed").inc(differed)

    def not_shadowed(self) -> None:
        """Count a request that the challenger had no time for."""
        self._shadow.labels("skipped").inc()

    def exposition(self) -> tuple[bytes, str]:
        """All numbers, of all workers, and their media type."""
        from prometheus_client import CollectorRegistry
        from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry: Any = self._registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry), CONTENT_TYPE_PLAIN_0_0_4


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


def forget_worker(pid: int) -> None:
    """Take a worker that ended out of the numbers that are of the living alone."""
    if FOLDER in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(pid)  # type: ignore[no-untyped-call]
