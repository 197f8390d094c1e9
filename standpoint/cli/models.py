"""Models by their names on the command line: a bundle, a run or a champion."""

from pathlib import Path

from standpoint.cli.folders import models_dir
from standpoint.labels import LABELS, Task
from standpoint.model import Classifier, Encoder, find_encoder, load_bundle, load_champion
from train.tracking import load_stored


def load_model(name: str, *, task: Task | None = None) -> tuple[Classifier, str]:
    """Load the model of a bundle's folder or of a run, or the champion of a task.

    Parameters
    ----------
    name : the folder, the run's id, or the task's name
    task : which model of a joint run; None takes the run's own

    Returns
    -------
    the model, and what it is in words
    """
    for champion_task in LABELS:
        if name == champion_task:
            champion = load_champion(models_dir(), champion_task)
            return champion.model, f"the champion of {name}, version {champion.version}"
    if _is_folder(name):
        return load_bundle(Path(name)), f"the bundle {name}"
    return load_stored(name, models_dir=models_dir(), task=task), f"run {name}"


def shared_encoder(model: Classifier) -> Encoder | None:
    """The encoder that a model reads with, where its bundle holds none of its own."""
    digest = model.manifest.encoder if model.encoder is None else None
    return find_encoder(models_dir(), digest=digest) if digest else None


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except OSError:  # a name that is too long for the file system
        return False
