"""Loading of the corpus that a run config names."""

from collections.abc import Callable
from pathlib import Path

from standpoint.errors import CorpusError
from standpoint.labels import Task
from train.config import Data, PublicData, SeesawData, TableData
from train.corpora.catalog import data_folder
from train.corpora.dse import load_dse
from train.corpora.newsmtsc import load_newsmtsc
from train.corpora.pstance import load_pstance
from train.corpora.record import Corpus
from train.corpora.seeds import load_seeds, seed_corpus
from train.corpora.seesaw import load_seesaw
from train.corpora.semeval2016 import load_semeval2016
from train.corpora.table import load_table
from train.corpora.tweeteval_stance import load_tweeteval_stance
from train.corpora.vast import load_vast

_LOADERS: dict[str, Callable[..., Corpus]] = {
    "newsmtsc": load_newsmtsc,
    "dse": load_dse,
    "tweeteval_stance": load_tweeteval_stance,
    "semeval2016": load_semeval2016,
    "vast": load_vast,
    "pstance": load_pstance,
}


def load_public_pairs(name: str, *, task: Task, folder: Path) -> Corpus:
    """Read a public data set of pairs from its folder; of SEESAW, without unlabelled pairs.

    Raises
    ------
    CorpusError
        with every fault of the corpus
    """
    if name == "seesaw":
        return load_seesaw(folder, task=task, unlabelled=False)
    return _LOADERS[name](folder, task=task)


def load_corpus(data: Data, *, task: Task, root: Path) -> Corpus:
    """Read the corpus of a config.

    Parameters
    ----------
    root : the project's folder; paths of seeds and tables are relative to it

    Raises
    ------
    CorpusError
        with every fault of the corpus; or it has no labels for the task, or not these splits
    """
    match data:
        case TableData():
            corpus = load_table(data, task=task, root=root)
        case SeesawData():
            corpus = load_seesaw(data_folder() / data.path, task=task, unlabelled=data.unlabelled)
        case PublicData(corpus="seeds"):
            seeds = load_seeds(root / data.path, codebooks=root / "configs" / "codebooks")
            corpus = seed_corpus(seeds, task=task)
        case PublicData():
            corpus = _LOADERS[data.corpus](data_folder() / data.path, task=task)
    return _of_splits(corpus, data.splits) if data.splits else corpus


def _of_splits(corpus: Corpus, splits: tuple[str, ...]) -> Corpus:
    known = sorted({record.split for record in corpus.records})
    unknown = [name for name in splits if name not in known]
    if unknown:
        raise CorpusError(
            f"data.splits: must name splits of {corpus.name} ({', '.join(known)}), "
            f"got {', '.join(map(repr, unknown))}."
        )
    records = tuple(record for record in corpus.records if record.split in splits)
    return Corpus(corpus.name, corpus.task, records)
