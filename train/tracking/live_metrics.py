"""Live runs: a learning curve in MLflow while the model is still training."""

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from standpoint.errors import RegistryError
from train.tracking.mlflow_store import experiment_of, store

FLUSH_EVERY_S = 2.0
"""A trade between a curve that is up to date and a transaction for each step."""
METRICS_PER_BATCH = 500  # MLflow's REST API takes at most 1,000 at once


class LiveRun:
    """A run whose metrics are logged while its model is training.

    The run is created with its first metric: a config without a learning curve never creates it.
    """

    def __init__(self, name: str, *, models_dir: Path) -> None:
        self.name = name
        self.models_dir = models_dir
        self.run_id: str | None = None
        self._buffer: list[tuple[int, str, float, int]] = []
        self._flushed = 0.0

    def log_metric(self, step: int, name: str, value: float) -> None:
        """Log a point of the curve, a few seconds later at most."""
        self._buffer.append((step, name, value, time.time_ns() // 1_000_000))
        if time.monotonic() - self._flushed > FLUSH_EVERY_S:
            self._flushed = time.monotonic()
            # A store that is busy now may be free later, and a fit is worth more than its curve.
            with suppress(RegistryError):
                self.flush()

    def flush(self) -> None:
        """Write the buffered metrics to the store."""
        if not self._buffer:
            return
        with store(self.models_dir, must_exist=False) as mlflow:
            client = mlflow.MlflowClient()
            if self.run_id is None:
                experiment = experiment_of(mlflow, self.models_dir)
                _end_orphans(client, experiment)
                tags = {"process": f"{platform.node()}:{os.getpid()}"}
                run = client.create_run(experiment, run_name=self.name, tags=tags)
                self.run_id = str(run.info.run_id)
            metrics = [
                mlflow.entities.Metric(name, value, timestamp_ms, step)
                for step, name, value, timestamp_ms in self._buffer
            ]
            for start in range(0, len(metrics), METRICS_PER_BATCH):
                batch = metrics[start : start + METRICS_PER_BATCH]
                client.log_batch(self.run_id, metrics=batch)
        self._buffer = []

    def end(self, status: str) -> None:
        """Set the status of a run that did not finish."""
        if self.run_id is None:
            return
        # An error of the store must not hide the error that ended the run.
        with suppress(RegistryError), store(self.models_dir, must_exist=True) as mlflow:
            mlflow.MlflowClient().set_terminated(self.run_id, status)


def _end_orphans(client: Any, experiment: str) -> None:
    """Mark as killed the runs of this host whose process no longer exists."""
    running = client.search_runs([experiment], filter_string="attributes.status = 'RUNNING'")
    for run in running:
        node, _, pid = run.data.tags.get("process", "").rpartition(":")
        if node == platform.node() and pid.isdigit() and not Path("/proc", pid).exists():
            client.set_terminated(run.info.run_id, "KILLED")


@contextmanager
def live_run(name: str, *, models_dir: Path) -> Iterator[LiveRun]:
    """A live run for the body; FAILED where it raises, KILLED where it is interrupted."""
    run = LiveRun(name, models_dir=models_dir)
    try:
        yield run
        run.flush()
    except KeyboardInterrupt:
        run.end("KILLED")
        raise
    except BaseException:
        run.end("FAILED")
        raise
