"""Units of labelled pairs: the sentiment toward a target, or an author's stance on a topic."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from standpoint.judge import IssueText
from standpoint.labels import Task
from standpoint.model import holder_query_of, pair_sentence, role_words, target_query_of
from train.config import JudgeSource
from train.corpora import Corpus, Record, load_public_pairs, load_seeds, seed_corpus
from train.judge.units import NOT_CONCERNED, Unit, UnitCandidate, UnitPlace, UnitTarget

SEED_SENTIMENT = "seeds-sentiment"
TRAIN = "train"
DEV_SPLITS = {"newsmtsc": ("rw_dev", "mt_dev"), "dse": ("valid",)}
"""Of the corpora whose owners made them. SEESAW's valid split is what it is scored on."""
HELD_OUT = 10
"""One in so many posts of VAST, which has no dev split, is held out with all its topics, as in the
benchmarks. Were the topics new as well, hardly a neutral pair would be left: most of those have the
topic of another post."""
Records = tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class PairUnits:
    """The units of a corpus of labelled pairs.

    Attributes
    ----------
    dev : by the name of the split
    missing : what is left out since it is not there, and how to get it
    """

    train: tuple[Unit, ...] = ()
    dev: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def read_pair_units(source: JudgeSource, *, root: Path, data: Path | None) -> PairUnits:
    """The units of a source of pairs, of train and of dev.

    Parameters
    ----------
    root : the project's folder, which has the seeds
    data : the folder of the public data sets; None where there is none
    """
    if source.corpus == SEED_SENTIMENT:
        seeds = load_seeds(root / source.path, codebooks=root / source.codebooks)
        return PairUnits(_units(seed_corpus(seeds, task="sentiment").records, source.name))
    folder = data / source.path if data else Path(source.path)
    if data is None or not folder.is_dir():
        return PairUnits(missing=(_missing(source, folder),))
    task: Task = "stance" if source.corpus == "vast" else "sentiment"
    corpus = load_public_pairs(source.corpus, task=task, folder=folder)
    train, dev = _splits(corpus)
    units = {name: _units(records, source.name) for name, records in dev.items()}
    return PairUnits(_units(train, source.name), units)


def _missing(source: JudgeSource, folder: Path) -> str:
    return (
        f"{source.corpus}: all its pairs are left out, for {folder} is not there. "
        f"`standpoint data get {source.corpus}` gets it, or says how."
    )


def _splits(corpus: Corpus) -> tuple[Records, Mapping[str, Records]]:
    """The records of train, and those of each dev split.

    Records of train whose text stands in another split, too, are left out: some owners let a few of
    one text lie on both sides (NewsMTSC 6 rows, DSE 1,606).
    """
    elsewhere = {_words(record) for record in corpus.records if record.split != TRAIN}
    train = tuple(
        record
        for record in corpus.records
        if record.split == TRAIN and _words(record) not in elsewhere
    )
    if corpus.name == "vast":
        held_out = tuple(record for record in train if _is_held_out(record))
        return tuple(r for r in train if not _is_held_out(r)), {"dev": held_out}
    return train, {
        split: tuple(record for record in corpus.records if record.split == split)
        for split in DEV_SPLITS.get(corpus.name, ())
    }


def _words(record: Record) -> str:
    return " ".join(record.text.split())


def _is_held_out(record: Record) -> bool:
    return int(hashlib.sha256(record.group.encode()).hexdigest(), 16) % HELD_OUT == 0


def _units(records: Iterable[Record], source: str) -> tuple[Unit, ...]:
    return tuple(pair_unit(record, source=source) for record in records)


def pair_unit(record: Record, *, source: str) -> Unit:
    """The unit of a labelled pair, as a judge in use reads it (`standpoint.model.JudgeModel`).

    A comment that its owners paired with a topic of another says nothing on that topic.
    """
    pair = record.pair()
    words = role_words(pair)[1] or ""
    candidates: tuple[UnitCandidate, ...] = ()
    target = None
    if record.label in ("favor", "against", "none"):
        stance = NOT_CONCERNED if "synthetic_neutral" in record.tags else record.label
        candidates = (UnitCandidate(holder_query_of(pair), stance),)
    else:
        target = UnitTarget(target_query_of(pair), record.label)
    place = UnitPlace(source, f"{source}/{record.id}", source, words, 0)
    return Unit(
        pair_sentence(pair), IssueText(words), place, candidates, (), is_prose=True, target=target
    )
