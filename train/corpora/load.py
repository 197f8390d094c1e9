"""The corpus a run config names, and the corpora there are."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from standpoint.errors import CorpusError
from standpoint.labels import Task
from train.config import Data, PublicData, SeesawData, TableData
from train.corpora.dse import load_dse
from train.corpora.io import require_task
from train.corpora.newsmtsc import load_newsmtsc
from train.corpora.pstance import load_pstance
from train.corpora.record import Corpus
from train.corpora.seeds import load_seeds, seed_corpus
from train.corpora.seesaw import load_seesaw
from train.corpora.semeval2016 import load_semeval2016
from train.corpora.table import load_table
from train.corpora.tweeteval_stance import load_tweeteval_stance
from train.corpora.vast import load_vast


@dataclass(frozen=True, slots=True)
class KnownCorpus:
    """A data set that a loader reads.

    Attributes
    ----------
    folder : below ``STANDPOINT_DATA``; of the seeds, below the project's folder
    tasks : it has labels for; none where its records are no pairs
    """

    name: str
    about: str
    tasks: tuple[Task, ...]
    licence: str
    folder: str


KNOWN_CORPORA = {
    known.name: known
    for known in (
        KnownCorpus(
            "seeds",
            "articles written for this project, with actors, issues and stances",
            ("stance", "sentiment"),
            "as the project",
            "seeds",
        ),
        KnownCorpus(
            "newsmtsc",
            "sentiment toward a mention in political news",
            ("sentiment",),
            "MIT",
            "newsmtsc",
        ),
        KnownCorpus(
            "dse",
            "sentiment between two entities of a news sentence",
            ("sentiment",),
            "free to use when cited",
            "dse",
        ),
        KnownCorpus(
            "seesaw",
            "who is for or against whom or what in US news",
            ("stance", "sentiment"),
            "CC BY-NC-SA 4.0",
            "seesaw",
        ),
        KnownCorpus(
            "tweeteval_stance",
            "SemEval-2016 Task 6 A as TweetEval keeps it",
            ("stance",),
            "research",
            "tweeteval_stance",
        ),
        KnownCorpus(
            "semeval2016",
            "SemEval-2016 Task 6 in the organisers' files",
            ("stance",),
            "research",
            "semeval2016",
        ),
        KnownCorpus(
            "vast",
            "comments on thousands of topics, zero- and few-shot",
            ("stance",),
            "research",
            "vast",
        ),
        KnownCorpus(
            "pstance",
            "tweets on three politicians of 2020",
            ("stance",),
            "research",
            "pstance",
        ),
        KnownCorpus("polnear", "who said it, in political news", (), "research", "polnear"),
    )
}
"""Every corpus by name, but for a user's own table."""
_LOADERS: dict[str, Callable[[Path], Corpus]] = {
    "newsmtsc": load_newsmtsc,
    "dse": load_dse,
    "tweeteval_stance": load_tweeteval_stance,
    "semeval2016": load_semeval2016,
    "vast": load_vast,
    "pstance": load_pstance,
}


def load_corpus(data: Data, *, task: Task, root: Path) -> Corpus:
    """Read the corpus of a config.

    Parameters
    ----------
    root : the project's folder, which the paths of seeds and tables start from

    Raises
    ------
    CorpusError
        with every fault of the corpus; or it has no labels for the task
    """
    match data:
        case TableData():
            corpus = load_table(data, task=task, root=root)
        case SeesawData():
            corpus = load_seesaw(data_folder() / data.path, task=task, unlabelled=data.unlabelled)
        case PublicData():
            corpus = _load_public(data, task=task, root=root)
    return _of_splits(corpus, data.splits) if data.splits else corpus


def _of_splits(corpus: Corpus, splits: tuple[str, ...]) -> Corpus:
    known = sorted({record.split for record in corpus.records})
    unknown = [name for name in splits if name not in known]
    if unknown:
        raise CorpusError(
            f"data.splits: must name splits of {corpus.name} ({', '.join(known)}), "
            f"got {', '.join(map(repr, unknown))}."
        )
    kept = tuple(record for record in corpus.records if record.split in splits)
    return Corpus(corpus.name, corpus.task, kept)


def _load_public(data: PublicData, *, task: Task, root: Path) -> Corpus:
    if data.corpus == "seeds":
        seeds = load_seeds(root / data.path, codebooks=root / "configs" / "codebooks")
        return seed_corpus(seeds, task=task)
    require_task(data.corpus, task, KNOWN_CORPORA[data.corpus].tasks)
    return _LOADERS[data.corpus](data_folder() / data.path)


def public_data(name: str) -> Data:
    """What a config would say of a known corpus; SEESAW without the pairs nobody labelled."""
    known = KNOWN_CORPORA[name]
    told = {"corpus": name, "path": known.folder, "licence": known.licence}
    if name == "seesaw":
        return SeesawData.model_validate({**told, "unlabelled": False})
    return PublicData.model_validate(told)


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
