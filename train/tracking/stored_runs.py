"""Runs that were tracked: their settings, their predictions, and comparisons between them."""

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
from train.tracking.mlflow_runs import artifact_of, experiment_of, store, store_path

LONGEST_SHOWN = 2_000
TAGS = ("task", "kind", "corpus", "split", "metric", "subset")


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A finished training run.

    Attributes
    ----------
    split, metric, subset : what its config asks to be scored
    splits : every split it has predictions for
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
    """A run's predictions for one split, as `prediction_tables.prediction_rows` gives them."""

    labels: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


def read_run(run_id: str, *, models_dir: Path) -> StoredRun:
    """Look up a run.

    Raises
    ------
    RegistryError
        there is no such run, it is not finished, or it kept no predictions
    """
    with store(models_dir, must_exist=True) as mlflow:
        client = mlflow.MlflowClient()
        try:
            run = client.get_run(run_id)
        except mlflow.exceptions.MlflowException:
            raise RegistryError(
                f"RUN: must be the whole id of a run, got {run_id!r}. "
                "`standpoint train` prints it, and `standpoint ui` lists them."
            ) from None
        tags = run.data.tags
        tables = [str(file.path) for file in client.list_artifacts(run_id, "tables")]
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
        f"RUN|BUNDLE: must be a run that logged a bundle, the folder of a bundle, or the "
        f"task of a champion, got {run_id!r}. `standpoint ui` lists the runs."
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
    """The predictions of a run for one split."""
    if table not in run.splits:
        raise RegistryError(
            f"{run.id}: must have predictions for one of {', '.join(run.splits)}, got {table!r}."
        )
    with store(models_dir, must_exist=True) as mlflow:
        text = mlflow.artifacts.load_text(f"runs:/{run.id}/tables/{table}-predictions.json")
    found = json.loads(text)
    if "labels" not in found:
        raise RegistryError(
            f"{run.id}: must have kept its labels with its predictions, got a run of an earlier "
            "version. Train it again."
        )
    return StoredPredictions(tuple(found["labels"]), tuple(found["rows"]))


def track_comparison(
    runs: Sequence[StoredRun],
    *,
    pairs: Sequence[tuple[int, int, Comparison, Sequence[DifferingRow], float]],
    where: str,
    words: dict[str, dict[str, str | None]],
    models_dir: Path,
) -> str:
    """Log a comparison as a run that links the runs compared; gives its id.

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
            for a, b, found, differing, p_holm in pairs:
                _log_pair(mlflow, (runs[a], runs[b]), found, p_holm)
                _log_differing(mlflow, (runs[a], runs[b]), differing, words)
            return str(active.info.run_id)


def _note(runs: Sequence[StoredRun], where: str, experiment_id: str) -> str:
    links = [f"- [{run.name}](#/experiments/{experiment_id}/runs/{run.id})" for run in runs]
    return "\n".join([f"Compared on {where}:", "", *links])


def _name_of(runs: tuple[StoredRun, StoredRun]) -> str:
    return f"{runs[0].id[:8]}-{runs[1].id[:8]}"


def _log_pair(
    mlflow: Any, runs: tuple[StoredRun, StoredRun], found: Comparison, p_holm: float
) -> None:
    told = {**found.to_dict(), "a": runs[0].id, "b": runs[1].id, "p_holm": p_holm}
    mlflow.log_dict(told, f"comparisons/{_name_of(runs)}.json")
    numbers = {
        "difference": found.difference,
        "difference.low": found.ci95[0],
        "difference.high": found.ci95[1],
        "p_bootstrap": found.p_bootstrap,
        "p_randomisation": found.p_randomisation,
        "p_mcnemar": found.mcnemar.p,
        "p_holm": p_holm,
    }
    mlflow.log_metrics(
        {f"{_name_of(runs)}.{key}": value for key, value in numbers.items() if not isnan(value)}
    )


def _log_differing(
    mlflow: Any,
    runs: tuple[StoredRun, StoredRun],
    differing: Sequence[DifferingRow],
    words: dict[str, dict[str, str | None]],
) -> None:
    if not differing:
        return
    columns = {
        "id": [row.id for row in differing],
        "label": [row.label for row in differing],
        runs[0].name + " (a)": [row.a for row in differing],
        runs[1].name + " (b)": [row.b for row in differing],
        "right": [row.right for row in differing],
        "holder": [words[row.id]["holder"] or "" for row in differing],
        "target": [words[row.id]["target"] or "" for row in differing],
        "text": [(words[row.id]["text"] or "")[:LONGEST_SHOWN] for row in differing],
    }
    mlflow.log_table(columns, f"tables/{_name_of(runs)}-differing.json")
