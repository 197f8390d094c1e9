"""P-Stance: stance in tweets on three politicians of 2020.

Li et al. (2021), P-Stance: A Large Dataset for Stance Detection in Political Domain, Findings of
ACL-IJCNLP 2021.
"""

from collections.abc import Iterator
from pathlib import Path

from standpoint.errors import CorpusError
from standpoint.labels import Task
from train.corpora.io import decode_file, refuse_faults, require_files, require_task, table_rows
from train.corpora.record import Corpus, Record
from train.corpora.tweets import tweets_in

SPLITS = ("train", "val", "test")
TARGETS = ("trump", "biden", "bernie")
COLUMNS = ("Tweet", "Target", "Stance")


def load_pstance(folder: Path, *, task: Task = "stance") -> Corpus:
    """Read ``raw_{train,val,test}_{trump,biden,bernie}.csv`` of the targets that are there.

    A target of which one file is there must have all three. The author of the tweet is the holder;
    the target is no span of the text.

    Raises
    ------
    CorpusError
        with every faulty row, by the line it begins on
    """
    require_task("pstance", task, ("stance",))
    found = [t for t in TARGETS if any((folder / _name(s, t)).is_file() for s in SPLITS)]
    if not found:
        raise CorpusError(
            f"{folder}: must hold {_name('train', TARGETS[0])} and the like, got none. "
            f"Set STANDPOINT_DATA to the folder above {folder.name}/."
        )
    require_files(folder, [_name(s, t) for t in found for s in SPLITS], of="P-Stance")
    faults: list[str] = []
    records = [r for t in found for s in SPLITS for r in _read(folder, s, t, faults)]
    refuse_faults(folder, faults)
    return Corpus("pstance", task, tuple(records))


def _name(split: str, target: str) -> str:
    return f"raw_{split}_{target}.csv"


def _read(folder: Path, split: str, target: str, faults: list[str]) -> Iterator[Record]:
    name = _name(split, target)
    rows = table_rows(decode_file(folder / name, faults), columns=COLUMNS, name=name, faults=faults)
    return tweets_in(rows, name=name, split=split, id=f"{target}:{split}", faults=faults)
