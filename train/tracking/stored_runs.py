"""Tracked runs: their settings, their predictions, their bundles, and comparisons between them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

from standpoint.errors import RegistryError
from standpoint.labels import Task
from standpoint.model import Classifier, load_bundle
from train.scoring import Comparison, DifferingRow
from train.tracking.mlflow_store import artifact_of, experiment_of, get_run, store, store_path

MAX_TEXT_CHARS = 2_000  # of a text in a table; a guess: longer cells make the table hard to read
TAGS = ("task", "kind", "corpus", "split", "metric", "subset")


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A finished training run.

    Attributes
    ----------
    split, metric, subset : of the score that its config names
    splits : those with predictions
    """

    id: str
    name: str
    task: str
    kind: str
    corpus: str
    split: str
    metric: str
    subset: str
    splits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredPredictions:
    """A run's predictions for a split, in rows of `prediction_tables.prediction_rows`."""

    labels: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


def read_run(run_id: str, *, models_dir: Path) -> StoredRun:
    """Read a finished training run.

    Raises
    ------
    RegistryError
        there is no such run, it is not finished, or it has no predictions
    """
    with store(models_dir, must_exist=True) as mlflow:
        run = get_run(mlflow, run_id)
        tags = run.data.tags
        tables = [file.path for file in mlflow.MlflowClient().list_artifacts(run_id, "tables")]
        splits = tuple(
            path.removeprefix("tables/").removesuffix("-predictions.json")
            for path in tables
            if path.endswith("-predictions.json")
        )
        if not splits or "metric" not in tags:
            raise RegistryError(
                f"{run_id}: must be a training run that kept its predictions, got a run "
                f"{run.info.status} of {tags.get('kind', 'another kind')!r}. Train it again."
            )
        known = {key: tags[key] for key in TAGS}
        return StoredRun(id=run_id, name=str(run.info.run_name), splits=splits, **known)


def load_stored(run_id: str, *, models_dir: Path, task: Task | None = None) -> Classifier:
    """Load the bundle that a run logged.

    Parameters
    ----------
    task : of a joint run, which of its models; None takes the run's own

    Raises
    ------
    RegistryError
        there is no such run, or it logged no bundle
    """
    no_model = RegistryError(
        f"RUN|BUNDLE: must be a run that logged a bundle, the folder of a bundle, the task of a "
        f"champion, or a shipped model, got {run_id!r}. `standpoint ui` lists the runs."
    )
    if not store_path(models_dir).is_file():
        raise no_model
    with store(models_dir, must_exist=True) as mlflow:
        try:
            tags = mlflow.MlflowClient().get_run(run_id).data.tags
            main = str(tags.get("task", ""))
            own = task if task and task in tags.get("tasks", "").split(",") else main
            path = mlflow.artifacts.download_artifacts(
                run_id=run_id, artifact_path=artifact_of(own, main)
            )
        except (mlflow.exceptions.MlflowException, OSError):
            raise no_model from None
        return load_bundle(Path(path))


def read_predictions(run: StoredRun, *, table: str, models_dir: Path) -> StoredPredictions:
    """The predictions of a run for a split.

    Raises
    ------
    RegistryError
        it has none for that split, or only those of an early version, without labels
    """
    if table not in run.splits:
        raise RegistryError(
            f"{run.id}: must have predictions for one of {', '.join(run.splits)}, got {table!r}."
        )
    with store(models_dir, must_exist=True) as mlflow:
        text = mlflow.artifacts.load_text(f"runs:/{run.id}/tables/{table}-predictions.json")
    stored = json.loads(text)
    if "labels" not in stored:
        raise RegistryError(
            f"{run.id}: must have kept its labels with its predictions, got a run of an earlier "
            "version. Train it again."
        )
    return StoredPredictions(tuple(stored["labels"]), tuple(stored["rows"]))


def track_comparison(
    runs: Sequence[StoredRun],
    *,
    pairs: Sequence[tuple[int, int, Comparison, Sequence[DifferingRow], float]],
    where: str,
    words: dict[str, dict[str, str | None]],
    models_dir: Path,
) -> str:
    """Log a comparison as a run with links to the compared runs; returns its id.

    Parameters
    ----------
    pairs : numbers of two runs, their comparison, the rows where they differ, and p after Holm
    where : the split (and subset) compared on
    words : text, holder and target of each row
    """
    with store(models_dir, must_exist=True) as mlflow:
        name = "compare " + " ".join(run.name for run in runs)
        with mlflow.start_run(
            experiment_id=experiment_of(mlflow, models_dir), run_name=name[:200]
        ) as active:
            mlflow.set_tags(
                {
                    "kind": "comparison",
                    "compares": ",".join(run.id for run in runs),
                    "where": where,
                    "mlflow.note.content": _note(runs, where, active.info.experiment_id),
                }
            )
            for a, b, comparison, differing, p_holm in pairs:
                name = f"{runs[a].id[:8]}-{runs[b].id[:8]}"
                ids = {"a": runs[a].id, "b": runs[b].id}
                table = {**comparison.to_dict(), **ids, "p_holm": p_holm}
                mlflow.log_dict(table, f"comparisons/{name}.json")
                mlflow.log_metrics(_metrics(name, comparison, p_holm))
                if differing:
                    columns = _columns((runs[a], runs[b]), differing, words)
                    mlflow.log_table(columns, f"tables/{name}-differing.json")
            return str(active.info.run_id)


def _note(runs: Sequence[StoredRun], where: str, experiment_id: str) -> str:
    links = [f"- [{run.name}](#/experiments/{experiment_id}/runs/{run.id})" for run in runs]
    return "\n".join([f"Compared on {where}:", "", *links])


def _metrics(name: str, comparison: Comparison, p_holm: float) -> dict[str, float]:
    metrics = {
        "difference": comparison.difference,
        "difference.low": comparison.ci95[0],
        "difference.high": comparison.ci95[1],
        "p_bootstrap": comparison.p_bootstrap,
        "p_randomisation": comparison.p_randomisation,
        "p_mcnemar": comparison.mcnemar.p,
        "p_holm": p_holm,
    }
    return {f"{name}.{key}": value for key, value in metrics.items() if not isnan(value)}


def _columns(
    runs: tuple[StoredRun, StoredRun],
    differing: Sequence[DifferingRow],
    words: dict[str, dict[str, str | None]],
) -> dict[str, list[Any]]:
    return {
        "id": [row.id for row in differing],
        "label": [row.label for row in differing],
        runs[0].name + " (a)": [row.a for row in differing],
        runs[1].name + " (b)": [row.b for row in differing],
        "right": [row.right for row in differing],
        "holder": [words[row.id]["holder"] or "" for row in differing],
        "target": [words[row.id]["target"] or "" for row in differing],
        "text": [(words[row.id]["text"] or "")[:MAX_TEXT_CHARS] for row in differing],
    }
