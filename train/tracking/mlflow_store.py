"""The project's MLflow store: a SQLite file, opened with its own errors made clear."""

import logging
import os
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from standpoint.errors import RegistryError

EXPERIMENT = "standpoint"
LOCK_TIMEOUT_S = 5  # a guess: longer than any write of MLflow, short enough to wait for


def store_path(models_dir: Path) -> Path:
    """The file of the project's MLflow store."""
    return models_dir / "mlflow.db"


def store_uri(models_dir: Path) -> str:
    """The tracking URI of the project's MLflow store."""
    return f"sqlite:///{store_path(models_dir).resolve()}"


def check_store(models_dir: Path, *, must_exist: bool) -> None:
    """Refuse a store that is missing, damaged or locked, before any work is done.

    Parameters
    ----------
    must_exist : False lets MLflow create the store

    Raises
    ------
    RegistryError
    """
    path = store_path(models_dir)
    if not path.is_file():
        if must_exist:
            raise RegistryError(
                f"{path}: the MLflow store must exist, got no such file. Run `make train`."
            )
        models_dir.mkdir(parents=True, exist_ok=True)
        return
    try:
        with closing(sqlite3.connect(path, timeout=LOCK_TIMEOUT_S)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
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
    """The mlflow module with the project's store as its tracking URI.

    Raises
    ------
    RegistryError
        in place of any error of MLflow or of its database
    """
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
            f"{store_path(models_dir)}: MLflow must be able to use the store, got {text!r}."
        ) from error


def experiment_of(mlflow: Any, models_dir: Path) -> str:
    """The id of the experiment with artifacts in this folder; created where there is none.

    A store that was copied to another folder gets a new experiment there.
    """
    location = (models_dir / "artifacts").resolve().as_uri()
    for experiment in mlflow.search_experiments(order_by=["creation_time ASC"]):
        if experiment.artifact_location == location:
            return str(experiment.experiment_id)
    is_taken = mlflow.get_experiment_by_name(EXPERIMENT) is not None
    name = f"{EXPERIMENT} in {models_dir.resolve()}" if is_taken else EXPERIMENT
    return str(mlflow.create_experiment(name, artifact_location=location))


def get_run(mlflow: Any, run_id: str) -> Any:
    """A run by its id.

    Raises
    ------
    RegistryError
        there is no such run
    """
    try:
        return mlflow.MlflowClient().get_run(run_id)
    except mlflow.exceptions.MlflowException:
        raise RegistryError(
            f"RUN: must be the whole id of a run, got {run_id!r}. "
            "`standpoint train` prints it, and `standpoint ui` lists them."
        ) from None


def artifact_of(task: str, of_run: str) -> str:
    """The artifact that holds a task's bundle: ``bundle`` for the run's own task."""
    return "bundle" if task == of_run else f"bundle-{task}"
