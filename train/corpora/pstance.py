"""P-Stance: stance in tweets on three politicians of 2020.

Li et al. (2021), P-Stance: A Large Dataset for Stance Detection in Political Domain, Findings of
ACL-IJCNLP 2021.
"""

from collections.abc import Iterator
from pathlib import Path

from standpoint.labels import Task
from train.corpora.io import CorpusFolder, missing_files, read_corpus, require_task, table_rows
from train.corpora.record import Corpus, Record
from train.corpora.tweets import COLUMNS, tweets_in

SPLITS = ("train", "val", "test")
TARGETS = ("trump", "biden", "bernie")


def load_pstance(folder: Path, *, task: Task = "stance") -> Corpus:
    """Read ``raw_{train,val,test}_{trump,biden,bernie}.csv`` of the targets that are there.

    A target of which one file is there must have all three. The author of the tweet is the holder;
    the target is no span of the text.

    Raises
    ------
    CorpusError
        with every faulty row, by the line it begins on
    """
    require_task("pstance", task)
    targets = [t for t in TARGETS if any((folder / _name(s, t)).is_file() for s in SPLITS)]
    if not targets:
        raise missing_files(folder, f"{_name('train', TARGETS[0])} and the like")

    def records(files: CorpusFolder) -> Iterator[Record]:
        for target in targets:
            for split in SPLITS:
                name = _name(split, target)
                rows = table_rows(files.text(name), columns=COLUMNS, name=name, faults=files.faults)
                yield from tweets_in(rows, files, name=name, split=split, id=f"{target}:{split}")

    names = [_name(split, target) for target in targets for split in SPLITS]
    return read_corpus("pstance", folder, task=task, files=names, of="P-Stance", read=records)


def _name(split: str, target: str) -> str:
    return f"raw_{split}_{target}.csv"
