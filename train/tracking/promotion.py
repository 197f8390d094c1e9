"""Promotion of a run to champion, rollback, and export of the bundle that serving reads."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.errors import BundleError, RegistryError
from standpoint.files import replaced_folder
from standpoint.labels import LABELS, Task
from standpoint.model import (
    Manifest,
    Pointer,
    Served,
    find_served,
    find_shipped,
    load_bundle,
    read_manifest,
    read_pointer,
    remove_pointer,
    write_pointer,
)
from train.tracking.mlflow_store import artifact_of, get_run, store

ALIAS = "champion"
JUDGE_SCORES = ("dev.tables.cells.f1", "dev.cells.f1")
"""By which judges are compared: the first that both have, of the tables that users get."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """The version of a champion, and the version that it replaced.

    Attributes
    ----------
    version : 0 where the shipped model serves again
    """

    task: Task
    version: int
    before: int | None
    run_id: str


def tasks_of(run_id: str, *, models_dir: Path) -> tuple[Task, ...]:
    """The tasks that a run has models for: several for a joint model."""
    with store(models_dir, must_exist=True) as mlflow:
        return _tasks(_finished_run(mlflow, run_id))


def _tasks(run: Any) -> tuple[Task, ...]:
    tags = run.data.tags
    names = tags.get("tasks", tags["task"]).split(",")
    return tuple(task for task in LABELS if task in names)


def promote(run_id: str, *, models_dir: Path, task: Task | None, force: bool) -> Promotion:
    """Register a run's model, export its bundle, and make it the champion.

    The bundle is exported whole before the pointer file changes, and the pointer before the alias
    in MLflow: a crash anywhere leaves a working champion, and promoting again completes the rest.

    Parameters
    ----------
    task : of a joint run, the task to promote; None takes the run's own
    force : promote even a run that scores below the champion
    """
    with store(models_dir, must_exist=True) as mlflow:
        client = mlflow.MlflowClient()
        run = _finished_run(mlflow, run_id)
        main: Task = run.data.tags["task"]
        own = task or main
        if own not in _tasks(run):
            raise RegistryError(f"{run_id}: must be a run for {task}, got one for {main}.")
        artifact = artifact_of(own, main)
        bundle = Path(
            mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path=artifact)
        )
        load_bundle(bundle)
        pointer = read_pointer(models_dir, own)
        served = find_served(models_dir, own)
        if served is not None and not force:
            _check_better(served, bundle)
        version = _register(client, mlflow, run, own, "model" if own == main else f"model-{own}")
        export(bundle, models_dir / own / str(version))
        if pointer is None or pointer.version != version:
            earlier = (*pointer.before, pointer.version) if pointer else ()
            pointer = Pointer(version=version, before=earlier)
            write_pointer(models_dir, own, pointer)
        client.set_registered_model_alias(own, ALIAS, str(version))
    last = pointer.before[-1] if pointer.before else None
    return Promotion(own, version, last, run.info.run_id)


def rollback(*, models_dir: Path, task: Task) -> Promotion:
    """Make the previous champion the champion again; before the first, the shipped model served."""
    with store(models_dir, must_exist=True) as mlflow:
        pointer = read_pointer(models_dir, task)
        shipped = find_shipped(models_dir, task)
        if pointer is None or not (pointer.before or shipped):
            raise RegistryError(
                f"{models_dir / task}: must have an earlier champion to return to, got none."
            )
        if not pointer.before and shipped:
            manifest = read_manifest(shipped.folder)
            remove_pointer(models_dir, task)
            mlflow.MlflowClient().delete_registered_model_alias(task, ALIAS)
            return Promotion(task, 0, pointer.version, manifest.run_id)
        version = pointer.before[-1]
        manifest = load_bundle(models_dir / task / str(version)).manifest
        write_pointer(models_dir, task, Pointer(version=version, before=pointer.before[:-1]))
        mlflow.MlflowClient().set_registered_model_alias(task, ALIAS, str(version))
    return Promotion(task, version, pointer.version, manifest.run_id)


def tasks_promoted_together(task: Task | None, *, models_dir: Path) -> tuple[Task, ...]:
    """The tasks to roll back: the named task, or stance and the tasks served from the same run."""
    if task is not None:
        return (task,)
    runs = {
        name: read_manifest(models_dir / name / str(pointer.version)).run_id
        for name in LABELS
        if (pointer := read_pointer(models_dir, name)) is not None
        and (pointer.before or find_shipped(models_dir, name))
    }
    return tuple(
        name for name in LABELS if name == "stance" or runs.get(name) == runs.get("stance", "")
    )


def _finished_run(mlflow: Any, run_id: str) -> Any:
    run = get_run(mlflow, run_id)
    if run.info.status != "FINISHED" or "task" not in run.data.tags:
        raise RegistryError(f"{run_id}: must be a finished run, got one that {run.info.status}.")
    return run


def _check_better(served: Served, bundle: Path) -> None:
    """Refuse a run that scores below the champion on the same split of the same corpus."""
    old = read_manifest(served.folder)
    new = read_manifest(bundle)
    compared = _of_judges(old, new) if new.features.kind == "judge" else _of_pairs(old, new)
    if compared is not None and new.scores[compared] < old.scores[compared]:
        raise RegistryError(
            f"{new.run_id}: {compared} must be at least the champion's "
            f"{old.scores[compared]:.4f}, got {new.scores[compared]:.4f}. "
            "Use --force to promote it all the same."
        )


def _of_pairs(old: Manifest, new: Manifest) -> str | None:
    """The score by which classifiers of pairs are compared; None where they had other data."""
    same = all(old.corpus.get(part) == new.corpus.get(part) for part in ("name", "n_pairs"))
    key = next((key for key in new.scores if key.endswith(".f1_macro")), "")
    return key if same and key in old.scores else None


def _of_judges(old: Manifest, new: Manifest) -> str | None:
    """The score by which judges are compared, whatever they learned from: cells of one dev.

    None where dev had other sentences and issues, or the champion is no judge.
    """
    both = old.scores.keys() & new.scores.keys()
    if "dev.n" not in both or old.scores["dev.n"] != new.scores["dev.n"]:
        return None
    return next((key for key in JUDGE_SCORES if key in both), None)


def _register(client: Any, mlflow: Any, run: Any, task: Task, name: str) -> int:
    """The registered version of a run's model; registers it where there is none yet."""
    for registered in client.search_model_versions(f"name='{task}'"):
        if registered.run_id == run.info.run_id:
            return int(registered.version)
    models = mlflow.search_logged_models(
        experiment_ids=[run.info.experiment_id],
        filter_string=f"source_run_id='{run.info.run_id}'",
        output_format="list",
    )
    logged = next((model for model in models if model.name == name), None)
    if logged is None:
        raise RegistryError(f"{run.info.run_id}: must have logged a model, got none.")
    if not client.search_registered_models(filter_string=f"name='{task}'"):
        client.create_registered_model(task, description=f"Judges the {task} of a pair.")
    version = client.create_model_version(
        task,
        source=f"models:/{logged.model_id}",
        run_id=run.info.run_id,
        model_id=logged.model_id,
    )
    return int(version.version)


def export(bundle: Path, folder: Path) -> None:
    """Copy a bundle to the folder that serving reads, whole or not at all.

    Raises
    ------
    RegistryError
        it could not be written; nothing has changed
    """
    if folder.is_dir():
        with suppress(BundleError):  # a damaged copy is written anew
            load_bundle(folder)
            return
    try:
        with replaced_folder(folder, durable=True) as copy:
            shutil.copytree(bundle, copy, copy_function=shutil.copyfile, dirs_exist_ok=True)
            copy.chmod(0o755)
            load_bundle(copy)
    except OSError as error:
        raise RegistryError(
            f"{folder}: must have room for the bundle, got {error.strerror or error}. "
            "Nothing has changed; free some space, and promote again."
        ) from None
