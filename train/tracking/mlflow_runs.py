"""The only file that writes runs to MLflow."""

import hashlib
import json
import logging
import os
import platform
import shutil
import sqlite3
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from standpoint.errors import RegistryError
from standpoint.labels import LABELS, Task
from train.run import FinishedRun
from train.scoring import official_class_arrays, pair_arrays
from train.tracking.bundle_export import save_bundle, save_joint_bundle
from train.tracking.figures import confusion_figure, reliability_figure, risk_coverage_figure
from train.tracking.prediction_tables import error_rows, prediction_rows

PACKAGES = (
    "standpoint",
    "numpy",
    "scikit-learn",
    "datasets",
    "mlflow",
    "onnxruntime",
    "tokenizers",
)
SERVING_PACKAGES = (
    "numpy",
    "pydantic",
    "onnxruntime",
    "tokenizers",
    "safetensors",
    "syntok",
    "snowballstemmer",
)
EXPERIMENT = "standpoint"
MAX_ERROR_ROWS = 2_000
SENT_EVERY_S = 2.0
METRICS_AT_ONCE = 500


def store_path(models_dir: Path) -> Path:
    """The file of the project's MLflow store."""
    return models_dir / "mlflow.db"


def store_uri(models_dir: Path) -> str:
    """The address of the project's MLflow store."""
    return f"sqlite:///{store_path(models_dir).resolve()}"


def check_store(models_dir: Path, *, must_exist: bool) -> None:
    """Refuse a store that is missing, damaged or locked, before any work is done.

    Parameters
    ----------
    must_exist : False lets MLflow make a new one
    """
    path = store_path(models_dir)
    if not path.is_file():
        if must_exist:
            raise RegistryError(
                f"{path}: the MLflow store must exist, got no such file. Run `make champion`."
            )
        models_dir.mkdir(parents=True, exist_ok=True)
        return
    try:
        with sqlite3.connect(path, timeout=5) as store:
            store.execute("BEGIN IMMEDIATE")
            store.rollback()
        store.close()
    except sqlite3.OperationalError as error:
        raise RegistryError(
            f"{path}: the MLflow store must be free to write, got {str(error)!r}. "
            "Close what holds it, and try again."
        ) from None
    except sqlite3.DatabaseError as error:
        raise RegistryError(
            f"{path}: must be an MLflow store, got {str(error)!r}. Move it away, or restore it."
        ) from None


@contextmanager
def store(models_dir: Path, *, must_exist: bool) -> Iterator[Any]:
    """MLflow on the project's store; its own failures become one clear error."""
    check_store(models_dir, must_exist=must_exist)
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    import mlflow
    from sqlalchemy.exc import SQLAlchemyError

    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)
    mlflow.set_tracking_uri(store_uri(models_dir))
    try:
        with warnings.catch_warnings():
            # MLflow hints at examples and integer columns; the signature here is written by hand.
            warnings.filterwarnings("ignore", module=r"mlflow\.")
            yield mlflow
    except (mlflow.exceptions.MlflowException, SQLAlchemyError) as error:
        text = str(error).strip().splitlines()[0]
        raise RegistryError(
            f"{models_dir / 'mlflow.db'}: MLflow must be able to use the store, got {text!r}."
        ) from error


class LiveRun:
    """A run whose learning curve is in MLflow while it is learned.

    It begins with the first number; a config that has no curve never begins it. Left by an error it
    is marked as failed, left by an interrupt as killed.
    """

    def __init__(self, name: str, *, models_dir: Path) -> None:
        self.name = name
        self.models_dir = models_dir
        self.run_id: str | None = None
        self._held: list[tuple[int, str, float, int]] = []
        self._sent = 0.0

    def watch(self, step: int, name: str, value: float) -> None:
        """Log a number of the curve, a few seconds later at most."""
        self._held.append((step, name, value, time.time_ns() // 1_000_000))
        if time.monotonic() - self._sent > SENT_EVERY_S:
            self._sent = time.monotonic()
            # A store that is busy now may be free later, and a fit is worth more than its curve.
            with suppress(RegistryError):
                self.send()

    def send(self) -> None:
        """Log what is held."""
        if not self._held:
            return
        with store(self.models_dir, must_exist=False) as mlflow:
            client = mlflow.MlflowClient()
            if self.run_id is None:
                self.run_id = self._begin(mlflow, client)
            for start in range(0, len(self._held), METRICS_AT_ONCE):
                some = self._held[start : start + METRICS_AT_ONCE]
                client.log_batch(
                    self.run_id,
                    metrics=[
                        mlflow.entities.Metric(name, value, stamp, step)
                        for step, name, value, stamp in some
                    ],
                )
        self._held = []

    def _begin(self, mlflow: Any, client: Any) -> str:
        experiment = experiment_of(mlflow, self.models_dir)
        _end_the_dead(client, experiment)
        tags = {"process": _process()}
        run = client.create_run(experiment, run_name=self.name, tags=tags)
        return str(run.info.run_id)

    def end(self, status: str) -> None:
        """Mark a run that did not finish."""
        if self.run_id is None:
            return
        # The error that ended the run is the one to be told.
        with suppress(RegistryError), store(self.models_dir, must_exist=True) as mlflow:
            mlflow.MlflowClient().set_terminated(self.run_id, status)


def _process() -> str:
    return f"{platform.node()}:{os.getpid()}"


def _end_the_dead(client: Any, experiment: str) -> None:
    """Mark runs of this machine as killed whose process is gone."""
    found = client.search_runs([experiment], filter_string="attributes.status = 'RUNNING'")
    for run in found:
        node, _, number = run.data.tags.get("process", "").rpartition(":")
        if node == platform.node() and number.isdigit() and not Path("/proc", number).exists():
            client.set_terminated(run.info.run_id, "KILLED")


@contextmanager
def live_run(name: str, *, models_dir: Path) -> Iterator[LiveRun]:
    """A run that may begin while its config is carried out."""
    run = LiveRun(name, models_dir=models_dir)
    try:
        yield run
        run.send()
    except KeyboardInterrupt:
        run.end("KILLED")
        raise
    except BaseException:
        run.end("FAILED")
        raise


def track(finished: FinishedRun, *, root: Path, models_dir: Path, run_id: str | None = None) -> str:
    """Log a finished run and its bundle; gives the run's id.

    Parameters
    ----------
    run_id : of the run that its learning curve is in, if it has one
    """
    with store(models_dir, must_exist=False) as mlflow:
        experiment = experiment_of(mlflow, models_dir)
        with mlflow.start_run(
            run_id=run_id, experiment_id=experiment, run_name=finished.config.name
        ) as active:
            run_id = str(active.info.run_id)
            _log_settings(mlflow, finished, root)
            _log_data(mlflow, finished)
            mlflow.log_metrics({k: v for k, v in finished.flat.items() if np.isfinite(v)})
            mlflow.log_metrics({f"seconds.{k}": v for k, v in finished.seconds.items()})
            mlflow.log_metric("memory.peak_mib", finished.peak_mib)
            _log_tuning(mlflow, finished)
            _log_leakage(mlflow, finished)
            _log_figures(mlflow, finished)
            _log_tables(mlflow, finished)
            _log_bundle(mlflow, finished, run_id, models_dir)
    return run_id


def experiment_of(mlflow: Any, models_dir: Path) -> str:
    """The experiment that keeps its files in this folder; a copied store gets one of its own."""
    place = (models_dir / "artifacts").resolve().as_uri()
    for found in mlflow.search_experiments(order_by=["creation_time ASC"]):
        if found.artifact_location == place:
            return str(found.experiment_id)
    taken = mlflow.get_experiment_by_name(EXPERIMENT) is not None
    name = f"{EXPERIMENT} in {models_dir.resolve()}" if taken else EXPERIMENT
    return str(mlflow.create_experiment(name, artifact_location=place))


def _log_settings(mlflow: Any, finished: FinishedRun, root: Path) -> None:
    config = finished.config
    mlflow.log_params(flatten(config.model_dump(mode="json")))
    mlflow.log_dict(config.model_dump(mode="json"), "config.json")
    mlflow.log_dict(environment(), "environment.json")
    mlflow.set_tags(
        {
            "task": config.task,
            "kind": config.model.kind,
            "corpus": config.data.corpus,
            "protocol": config.protocol.kind,
            "split": finished.main,
            "metric": config.scoring.metric,
            "subset": config.scoring.subset or "",
            "encoder": finished.encoder or "",
            "note": finished.note,
            "tasks": ",".join([config.task, *(other.task for other in finished.joint)]),
            **git_state(root),
        }
    )


def _log_tuning(mlflow: Any, finished: FinishedRun) -> None:
    """What came of a fine-tuned part beside its scores, and the other data it learned from."""
    if not finished.tuning:
        return
    mlflow.log_metrics({f"tuning.{key}": value for key, value in finished.tuning.items()})
    found = {"used": list(finished.used), "missing": list(finished.missing)}
    mlflow.log_dict(found, "other-data.json")
    mlflow.set_tag("other_data", ",".join(str(data["name"]) for data in finished.used))


def _log_leakage(mlflow: Any, finished: FinishedRun) -> None:
    found = {name: part.leakage for name, part in finished.scores.items()}
    mlflow.log_dict({"test": found, "train": finished.repeats}, "leakage.json")
    counts = {
        f"leakage.{name}.{key}": value
        for name, part in found.items()
        for key, value in part.items()
        if np.isfinite(value)
    }
    mlflow.log_metrics({**counts, **{f"leakage.train.{k}": v for k, v in finished.repeats.items()}})


def flatten(settings: dict[str, Any], *, above: str = "") -> dict[str, Any]:
    """Nested settings with dotted names.

    >>> flatten({"model": {"c": 1.0}})
    {'model.c': 1.0}
    """
    flat: dict[str, Any] = {}
    for key, value in settings.items():
        name = f"{above}.{key}" if above else key
        flat |= flatten(value, above=name) if isinstance(value, dict) else {name: value}
    return flat


def environment() -> dict[str, str]:
    """Python, platform and the versions of what decides a result."""
    found = {"python": platform.python_version(), "platform": platform.platform()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def git_state(root: Path) -> dict[str, str]:
    """The commit of the project's folder, and whether files differ from it."""
    try:
        commit = _git(root, "rev-parse", "HEAD")
        dirty = bool(_git(root, "status", "--porcelain"))
    except (OSError, subprocess.CalledProcessError):
        return {"git.commit": "unknown", "git.dirty": "unknown"}
    return {"git.commit": commit, "git.dirty": str(dirty).lower()}


def _git(root: Path, *words: str) -> str:
    found = subprocess.run(
        ["git", *words], cwd=root, check=True, capture_output=True, text=True, timeout=20
    )
    return found.stdout.strip()


def _log_data(mlflow: Any, finished: FinishedRun) -> None:
    corpus = finished.corpus
    dataset = corpus.dataset()
    digest = hashlib.sha256()
    for record in corpus.records:
        digest.update(repr(record).encode())
    logged = mlflow.data.from_huggingface(
        dataset, name=corpus.name, targets="label", digest=digest.hexdigest()[:16]
    )
    mlflow.log_input(logged, context="all splits")
    mlflow.set_tag("data.digest", digest.hexdigest())


def _log_figures(mlflow: Any, finished: FinishedRun) -> None:
    labels = LABELS[finished.config.task]
    for name, part in finished.predictions.items():
        y_true = np.array([record.label for record in part.records])
        shares = part.all_shares()
        y_pred = np.array(labels)[shares.argmax(axis=1)]
        title = f"{finished.config.name}, {name}"
        confusion = confusion_figure(y_true, y_pred, labels=labels, title=title)
        mlflow.log_figure(confusion, f"figures/{name}-confusion.png")
        curve = reliability_figure(y_true, shares, labels=labels, title=title)
        mlflow.log_figure(curve, f"figures/{name}-reliability.png")
        risk = risk_coverage_figure(y_true, shares, labels=labels, title=title)
        mlflow.log_figure(risk, f"figures/{name}-risk-coverage.png")


def _log_tables(mlflow: Any, finished: FinishedRun) -> None:
    for name, part in finished.predictions.items():
        rows = error_rows(part, task=finished.config.task)[:MAX_ERROR_ROWS]
        if rows:
            columns = {key: [row[key] for row in rows] for key in rows[0]}
            mlflow.log_table(columns, f"tables/{name}-errors.json")
        mlflow.log_dict(finished.scores[name].tables, f"tables/{name}-scores.json")
        pairs = pair_arrays(part, task=finished.config.task)
        _log_predictions(mlflow, pairs.labels, prediction_rows(pairs, part), name)
        if finished.config.scoring.metric.endswith("_five"):
            five = official_class_arrays(part)
            _log_predictions(mlflow, five.labels, prediction_rows(five, part), f"{name}-five")


def _log_predictions(
    mlflow: Any, labels: tuple[str, ...], rows: list[dict[str, Any]], name: str
) -> None:
    found = {"labels": list(labels), "rows": rows}
    mlflow.log_text(json.dumps(found, ensure_ascii=False), f"tables/{name}-predictions.json")


def _log_bundle(mlflow: Any, finished: FinishedRun, run_id: str, models_dir: Path) -> None:
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, DataType, Schema
    from mlflow.types.schema import AnyType

    # Whole numbers where a span is known and none where it is not: pandas makes floats of such a
    # column, so no type of number would take both.
    spans = [f"{role}_{end}" for role in ("holder", "target") for end in ("start", "end")]
    inputs = Schema(
        [ColSpec(DataType.string, "text"), ColSpec(DataType.string, "target", required=False)]
        + [ColSpec(AnyType(), name, required=False) for name in spans]
    )
    with tempfile.TemporaryDirectory() as scratch:
        code = Path(scratch) / "code" / "standpoint"
        source = Path(__file__).parents[2] / "standpoint"
        shutil.copytree(source, code, ignore=shutil.ignore_patterns("__pycache__"))
        for task, own in _bundles(finished, Path(scratch), run_id):
            mlflow.log_artifacts(str(own), own.name)
            place = {"models_dir": str(models_dir.resolve())}
            (own / "place.json").write_text(json.dumps(place), "utf-8")
            outputs = Schema(
                [ColSpec(DataType.string, "label")]
                + [ColSpec(DataType.double, label) for label in LABELS[task]]
            )
            mlflow.pyfunc.log_model(
                name="model" if task == finished.config.task else f"model-{task}",
                loader_module="standpoint.pyfunc",
                data_path=str(own),
                code_paths=[str(code)],
                signature=ModelSignature(inputs=inputs, outputs=outputs),
                pip_requirements=[f"{name}=={version(name)}" for name in SERVING_PACKAGES],
            )


def _bundles(finished: FinishedRun, scratch: Path, run_id: str) -> Iterator[tuple[Task, Path]]:
    """The bundle of each task of a run, in a folder of its artifact's name."""
    own = scratch / artifact_of(finished.config.task, finished.config.task)
    save_bundle(finished, own, run_id=run_id)
    yield finished.config.task, own
    for joint in finished.joint:
        folder = scratch / artifact_of(joint.task, finished.config.task)
        save_joint_bundle(finished, joint, folder, run_id=run_id)
        yield joint.task, folder


def artifact_of(task: str, of_run: str) -> str:
    """The artifact that holds a task's bundle: ``bundle`` for the run's own task."""
    return "bundle" if task == of_run else f"bundle-{task}"
