"""The corpus a run config names."""

import os
from pathlib import Path
from typing import assert_never

from standpoint.errors import CorpusError
from standpoint.labels import Task
from train.config import Data
from train.corpora.newsmtsc import load_newsmtsc
from train.corpora.record import Corpus
from train.corpora.seeds import load_seeds, seed_corpus


def load_corpus(data: Data, *, task: Task, root: Path) -> Corpus:
    """Read the corpus of a config.

    Parameters
    ----------
    root : the project's folder, which relative paths start from
    """
    match data.corpus:
        case "seeds":
            seeds = load_seeds(root / data.path, codebooks=root / "configs" / "codebooks")
            return seed_corpus(seeds, task=task)
        case "newsmtsc":
            return load_newsmtsc(data_folder() / data.path)
        case _ as never:
            assert_never(never)


def data_folder() -> Path:
    """The folder that ``STANDPOINT_DATA`` names."""
    given = os.environ.get("STANDPOINT_DATA")
    if not given:
        raise CorpusError(
            "STANDPOINT_DATA: must name the folder of the public data sets, got nothing. "
            "Set it to the folder above newsmtsc/."
        )
    folder = Path(given)
    if not folder.is_dir():
        raise CorpusError(
            f"STANDPOINT_DATA: must name a folder, got {given!r}. "
            "Set it to the folder above newsmtsc/."
        )
    return folder
