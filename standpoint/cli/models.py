"""Loading a model named on the command line: a bundle, a run or a champion."""

from pathlib import Path
from typing import TYPE_CHECKING

from standpoint.cli.folders import models_dir
from standpoint.labels import LABELS, Task

if TYPE_CHECKING:
    from standpoint.model import Classifier


def load_model(name: str, *, task: Task | None = None) -> "tuple[Classifier, str]":
    """The model of a bundle's folder, of a run, or the champion of a task by the task's name.

    Parameters
    ----------
    task : of a joint run, which of its models; None takes the run's own
    """
    from standpoint.model import load_bundle, load_champion

    for each in LABELS:
        if name == each:
            champion = load_champion(models_dir(), each)
            return champion.model, f"the champion of {each}, version {champion.version}"
    if _is_folder(name):
        return load_bundle(Path(name)), f"the bundle {name}"
    from train.tracking import load_stored

    return load_stored(name, models_dir=models_dir(), task=task), f"run {name}"


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except OSError:
        return False
