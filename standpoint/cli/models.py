"""Models by their names on the command line: a bundle, a run or a champion."""

from os.path import isdir
from pathlib import Path

from standpoint.cli.folders import models_dir
from standpoint.labels import LABELS, Task
from standpoint.model import (
    SHIPPED_NAMES,
    Classifier,
    Encoder,
    JudgeModel,
    find_encoder,
    load_bundle,
    load_champion,
)
from train.tracking import load_stored


def load_model(name: str, *, task: Task | None = None) -> tuple[Classifier, str]:
    """Load the model of a bundle's folder or of a run, the champion of a task, or a shipped model.

    Parameters
    ----------
    name : the folder, the run's id, the task's name, or a shipped model's name
    task : which model of a joint run, or which answers of a judge that has those of sentiment;
        None takes the run's own

    Returns
    -------
    the model, and what it is in words
    """
    if name in LABELS:
        champion = load_champion(models_dir(), name)
        return champion.model, f"the champion of {name}, {champion.served.description}"
    if name in SHIPPED_NAMES:
        champion = load_champion(models_dir(), task or "stance", model=name)
        return champion.model, champion.served.description
    # Unlike `Path.is_dir`, no error for a name that is too long for the file system.
    if isdir(name):  # noqa: PTH112
        return _asked_for(load_bundle(Path(name)), task), f"the bundle {name}"
    stored = load_stored(name, models_dir=models_dir(), task=task)
    return _asked_for(stored, task), f"run {name}"


def _asked_for(model: Classifier, task: Task | None) -> Classifier:
    """A judge that tells the sentiment is asked for the task."""
    if task is None or not isinstance(model, JudgeModel) or not model.has_sentiment:
        return model
    return model.for_task(task)


def shared_encoder(model: Classifier) -> Encoder | None:
    """The encoder that a model reads with, where its bundle holds none of its own."""
    digest = model.manifest.encoder if model.encoder is None else None
    return find_encoder(models_dir(), digest=digest) if digest else None
