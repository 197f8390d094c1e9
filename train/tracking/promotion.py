"""Promote a run, roll back, and export the bundle that serving reads."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpoint.errors import BundleError, RegistryError
from standpoint.files import replaced_folder
from standpoint.labels import LABELS, Task
from standpoint.model import Pointer, load_bundle, read_manifest, read_pointer, write_pointer
from train.tracking.mlflow_runs import artifact_of, store

ALIAS = "champion"


@dataclass(frozen=True, slots=True)
class Promotion:
    """What serves now, and what served before."""

    task: Task
    version: int
    before: int | None
    run_id: str


def tasks_of(run_id: str, *, models_dir: Path) -> tuple[Task, ...]:
    """What a run made models for: its own task first, then the other of a joint model."""
    with store(models_dir, must_exist=True) as mlflow:
        return _tasks(_find_run(mlflow.MlflowClient(), mlflow, run_id))


def _tasks(run: Any) -> tuple[Task, ...]:
    tags = run.data.tags
    names = tags.get("tasks", tags["task"]).split(",")
    return tuple(task for task in LABELS if task in names)


def promote(run_id: str, *, models_dir: Path, task: Task | None, force: bool) -> Promotion:
    """Register a run's model, export its bundle, and make it the champion.

    The bundle is exported whole before the pointer moves, and the pointer moves before the alias:
    a crash anywhere leaves a whole champion, and promoting again finishes the work.

    Parameters
    ----------
    task : what the run must be for; None takes the run's own
    force : promote also where the run's score is below the champion's
    """
    with store(models_dir, must_exist=True) as mlflow:
        client = mlflow.MlflowClient()
        run = _find_run(client, mlflow, run_id)
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
        if pointer is not None and not force:
            _check_better(models_dir, own, pointer, bundle)
        version = _register(client, mlflow, run, own, "model" if own == main else f"model-{own}")
        export(bundle, models_dir / own / str(version))
        if pointer is None or pointer.version != version:
            before = (*pointer.before, pointer.version) if pointer else ()
            pointer = Pointer(version=version, before=before)
            write_pointer(models_dir, own, pointer)
        client.set_registered_model_alias(own, ALIAS, str(version))
    last = pointer.before[-1] if pointer.before else None
    return Promotion(own, version, last, run.info.run_id)


def rollback(*, models_dir: Path, task: Task) -> Promotion:
    """Return to the champion before this one."""
    with store(models_dir, must_exist=True) as mlflow:
        pointer = read_pointer(models_dir, task)
        if pointer is None or not pointer.before:
            raise RegistryError(
                f"{models_dir / task}: must have an earlier champion to return to, got none."
            )
        version = pointer.before[-1]
        manifest = load_bundle(models_dir / task / str(version)).manifest
        write_pointer(models_dir, task, Pointer(version=version, before=pointer.before[:-1]))
        mlflow.MlflowClient().set_registered_model_alias(task, ALIAS, str(version))
    return Promotion(task, version, pointer.version, manifest.run_id)


def tasks_promoted_together(task: Task | None, *, models_dir: Path) -> tuple[Task, ...]:
    """The tasks to roll back: the one named, or stance and what is served of the same run."""
    if task is not None:
        return (task,)
    runs = {}
    for each in LABELS:
        pointer = read_pointer(models_dir, each)
        if pointer is not None and pointer.before:
            manifest = read_manifest(models_dir / each / str(pointer.version))
            runs[each] = manifest.run_id
    return tuple(
        each for each in LABELS if each == "stance" or runs.get(each) == runs.get("stance", "")
    )


def _find_run(client: Any, mlflow: Any, run_id: str) -> Any:
    try:
        run = client.get_run(run_id)
    except mlflow.exceptions.MlflowException:
        raise RegistryError(
            f"RUN: must be the whole id of a run, got {run_id!r}. "
            "`standpoint train` prints it, and `standpoint ui` lists them."
        ) from None
    if run.info.status != "FINISHED" or "task" not in run.data.tags:
        raise RegistryError(f"{run_id}: must be a finished run, got one that {run.info.status}.")
    return run


def _check_better(models_dir: Path, task: Task, pointer: Pointer, bundle: Path) -> None:
    """Refuse a run that scores below the champion on the very same split and corpus."""
    old = read_manifest(models_dir / task / str(pointer.version))
    new = read_manifest(bundle)
    key = next(iter(k for k in new.scores if k.endswith(".f1_macro")), None)
    same = all(old.corpus.get(part) == new.corpus.get(part) for part in ("name", "n_pairs"))
    if not same or key is None or key not in old.scores:
        return
    if new.scores[key] < old.scores[key]:
        raise RegistryError(
            f"{new.run_id}: {key} must be at least the champion's {old.scores[key]:.4f}, "
            f"got {new.scores[key]:.4f}. Use --force to promote it all the same."
        )


def _register(client: Any, mlflow: Any, run: Any, task: Task, name: str) -> int:
    """The version of a run's model, made if it has none yet."""
    for found in client.search_model_versions(f"name='{task}'"):
        if found.run_id == run.info.run_id:
            return int(found.version)
    logged = mlflow.search_logged_models(
        experiment_ids=[run.info.experiment_id],
        filter_string=f"source_run_id='{run.info.run_id}'",
        output_format="list",
    )
    logged = [model for model in logged if model.name == name]
    if not logged:
        raise RegistryError(f"{run.info.run_id}: must have logged a model, got none.")
    if not client.search_registered_models(filter_string=f"name='{task}'"):
        client.create_registered_model(task, description=f"Judges the {task} of a pair.")
    version = client.create_model_version(
        task,
        source=f"models:/{logged[0].model_id}",
        run_id=run.info.run_id,
        model_id=logged[0].model_id,
    )
    return int(version.version)


def _is_whole(place: Path) -> bool:
    try:
        load_bundle(place)
    except BundleError:
        return False
    return True


def export(bundle: Path, place: Path) -> None:
    """Copy a bundle to its place: whole, or not at all.

    Raises
    ------
    RegistryError
        it could not be written; nothing has changed
    """
    if place.is_dir() and _is_whole(place):
        return
    try:
        with replaced_folder(place, durable=True) as copy:
            shutil.copytree(bundle, copy, copy_function=shutil.copyfile, dirs_exist_ok=True)
            copy.chmod(0o755)
            load_bundle(copy)
    except OSError as error:
        raise RegistryError(
            f"{place}: must have room for the bundle, got {error.strerror or error}. "
            "Nothing has changed; free some space, and promote again."
        ) from None
