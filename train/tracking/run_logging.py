"""Log a finished run to MLflow: settings, metrics, figures, tables and bundles."""

import hashlib
import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from standpoint.labels import LABELS, Task
from train.results import FinishedRun
from train.scoring import official_class_arrays, pair_arrays
from train.tracking.bundle_export import save_bundle
from train.tracking.environment import environment, git_state
from train.tracking.figures import confusion_figure, reliability_figure, risk_coverage_figure
from train.tracking.mlflow_store import artifact_of, experiment_of, store
from train.tracking.prediction_tables import error_rows, prediction_rows

# What `standpoint.pyfunc` imports to load a bundle and to classify pairs.
SERVING_PACKAGES = tuple(
    "numpy pydantic onnxruntime tokenizers safetensors snowballstemmer".split()
)
FIGURES = {
    "confusion": confusion_figure,
    "reliability": reliability_figure,
    "risk-coverage": risk_coverage_figure,
}
MAX_ERROR_ROWS = 2_000
"""Rows of the error table: more than anybody reads. All predictions are in another table."""


def track(finished: FinishedRun, *, root: Path, models_dir: Path, run_id: str | None = None) -> str:
    """Log a finished run and its bundles; returns the run's id.

    Parameters
    ----------
    run_id : of the live run with its learning curve, if there is one
    """
    with store(models_dir, must_exist=False) as mlflow:
        experiment = experiment_of(mlflow, models_dir)
        with mlflow.start_run(
            run_id=run_id, experiment_id=experiment, run_name=finished.config.name
        ) as active:
            run_id = str(active.info.run_id)
            _log_settings(mlflow, finished, root)
            _log_corpus(mlflow, finished)
            mlflow.log_metrics({k: v for k, v in finished.flat.items() if np.isfinite(v)})
            mlflow.log_metrics({f"seconds.{k}": v for k, v in finished.seconds.items()})
            mlflow.log_metric("memory.peak_mib", finished.peak_mib)
            _log_finetuning(mlflow, finished)
            _log_leakage(mlflow, finished)
            _log_figures(mlflow, finished)
            _log_tables(mlflow, finished)
            _log_bundles(mlflow, finished, run_id, models_dir)
    return run_id


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
            "split": finished.main_split,
            "metric": config.scoring.metric,
            "subset": config.scoring.subset or "",
            "encoder": finished.encoder_digest or "",
            "note": finished.note,
            "tasks": ",".join([config.task, *(other.task for other in finished.joint)]),
            **git_state(root),
        }
    )


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


def _log_corpus(mlflow: Any, finished: FinishedRun) -> None:
    corpus = finished.own.corpus
    digest = hashlib.sha256("".join(map(repr, corpus.records)).encode()).hexdigest()
    dataset = mlflow.data.from_huggingface(
        corpus.dataset(), name=corpus.name, targets="label", digest=digest[:16]
    )
    mlflow.log_input(dataset, context="all splits")
    mlflow.set_tag("data.digest", digest)


def _log_finetuning(mlflow: Any, finished: FinishedRun) -> None:
    """The metrics of a fine-tuned part, and the auxiliary data that it was trained on."""
    if not finished.finetuning:
        return
    mlflow.log_metrics({f"tuning.{key}": value for key, value in finished.finetuning.items()})
    sources = {"used": list(finished.auxiliary), "missing": list(finished.missing)}
    mlflow.log_dict(sources, "other-data.json")
    mlflow.set_tag("other_data", ",".join(str(data["name"]) for data in finished.auxiliary))


def _log_leakage(mlflow: Any, finished: FinishedRun) -> None:
    leakage = {name: part.leakage for name, part in finished.own.scores.items()}
    mlflow.log_dict({"test": leakage, "train": finished.repeats}, "leakage.json")
    metrics = flatten({**leakage, "train": finished.repeats}, above="leakage")
    mlflow.log_metrics({name: value for name, value in metrics.items() if np.isfinite(value)})


def _log_figures(mlflow: Any, finished: FinishedRun) -> None:
    labels = LABELS[finished.config.task]
    for name, part in finished.own.predictions.items():
        y_true = np.array([record.label for record in part.records])
        title = f"{finished.config.name}, {name}"
        for kind, draw in FIGURES.items():
            figure = draw(y_true, part.all_probabilities(), labels=labels, title=title)
            mlflow.log_figure(figure, f"figures/{name}-{kind}.png")


def _log_tables(mlflow: Any, finished: FinishedRun) -> None:
    task = finished.config.task
    for name, part in finished.own.predictions.items():
        rows = error_rows(part, task=task)[:MAX_ERROR_ROWS]
        if rows:
            columns = {key: [row[key] for row in rows] for key in rows[0]}
            mlflow.log_table(columns, f"tables/{name}-errors.json")
        mlflow.log_dict(finished.own.scores[name].tables, f"tables/{name}-scores.json")
        scored = {name: pair_arrays(part, task=task)}
        if finished.config.scoring.metric.endswith("_five"):
            scored[f"{name}-five"] = official_class_arrays(part)
        for table, pairs in scored.items():
            predictions = {"labels": list(pairs.labels), "rows": prediction_rows(pairs, part)}
            text = json.dumps(predictions, ensure_ascii=False)
            mlflow.log_text(text, f"tables/{table}-predictions.json")


def _log_bundles(mlflow: Any, finished: FinishedRun, run_id: str, models_dir: Path) -> None:
    """Log the bundle of every task."""
    with tempfile.TemporaryDirectory() as scratch:
        for result in (finished.own, *finished.joint):
            task, own = result.task, finished.config.task
            bundle = Path(scratch) / artifact_of(task, own)
            save_bundle(finished, result, bundle, run_id=run_id)
            name = "model" if task == own else f"model-{task}"
            log_model(mlflow, bundle, name=name, task=task, models_dir=models_dir)


def log_model(mlflow: Any, bundle: Path, *, name: str, task: Task, models_dir: Path) -> None:
    """Log a bundle as an artifact, and as a model with the code that loads it.

    Parameters
    ----------
    bundle : its folder, in a temporary one that may be written to
    """
    from mlflow.models import ModelSignature

    mlflow.log_artifacts(str(bundle), bundle.name)
    place = {"models_dir": str(models_dir.resolve())}
    (bundle / "place.json").write_text(json.dumps(place), "utf-8")
    code = bundle.parent / "code" / "standpoint"
    source = Path(__file__).parents[2] / "standpoint"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source, code, ignore=ignored, dirs_exist_ok=True)
    inputs, outputs = _schemas(task)
    mlflow.pyfunc.log_model(
        name=name,
        loader_module="standpoint.pyfunc",
        data_path=str(bundle),
        code_paths=[str(code)],
        signature=ModelSignature(inputs=inputs, outputs=outputs),
        pip_requirements=[f"{name}=={version(name)}" for name in SERVING_PACKAGES],
    )


def _schemas(task: Task) -> tuple[Any, Any]:
    """The columns that a logged model reads and returns."""
    from mlflow.types import ColSpec, DataType, Schema
    from mlflow.types.schema import AnyType

    # Offsets are integers, or none where a span is unknown: pandas makes floats of such a column,
    # so that no numeric type would accept both.
    offsets = [f"{role}_{end}" for role in ("holder", "target") for end in ("start", "end")]
    inputs = [ColSpec(DataType.string, "text"), ColSpec(DataType.string, "target", required=False)]
    inputs += [ColSpec(AnyType(), name, required=False) for name in offsets]
    shares = [ColSpec(DataType.double, label) for label in LABELS[task]]
    return Schema(inputs), Schema([ColSpec(DataType.string, "label"), *shares])
