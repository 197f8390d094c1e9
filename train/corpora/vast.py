"""VAST: the stance of a comment on one of thousands of topics.

Allaway and McKeown (2020), Zero-Shot Stance Detection: A Dataset and Model using Generalized Topic
Representations, EMNLP 2020.
"""

from collections.abc import Iterator
from pathlib import Path

from standpoint.labels import Task
from train.corpora.io import CorpusFolder, Row, read_corpus, table_rows
from train.corpora.record import Corpus, Record
from train.corpora.tweets import topic_record

SPLITS = ("train", "test")
COLUMNS = ("post", "topic_str", "label", "type_idx", "new_id", "arc_id", "seen?")
_LABELS = {"0": "against", "1": "favor", "2": "none"}
_SEEN = {"0": "zero_shot", "1": "few_shot"}
_SYNTHETIC = "4"  # ``type_idx`` of neutral rows: the owners paired comments with random topics


def load_vast(folder: Path, *, task: Task = "stance") -> Corpus:
    """Read ``vast_{train,test}.csv``.

    The author of the comment is the holder. The target is ``topic_str`` on every row. The synthetic
    neutral rows have no other topic, so ``new_topic`` would reveal their label. Rows of one comment
    share a group. Test rows are tagged ``zero_shot`` or ``few_shot``, and the synthetic neutral
    rows of both splits ``synthetic_neutral``.

    Raises
    ------
    CorpusError
        with every faulty row, by the line it begins on
    """
    names = [f"vast_{split}.csv" for split in SPLITS]
    return read_corpus("vast", folder, task=task, files=names, of="VAST", read=_records)


def _records(files: CorpusFolder) -> Iterator[Record]:
    for split in SPLITS:
        name = f"vast_{split}.csv"
        rows = table_rows(files.text(name), columns=COLUMNS, name=name, faults=files.faults)
        for line, row in rows:
            faults = [f"{name}:{line}: {fault}" for fault in _faults(row)]
            files.faults += faults
            if not faults:
                yield _record(row, split)


def _faults(row: Row) -> Iterator[str]:
    for column in ("post", "topic_str", "new_id", "arc_id"):
        if not row[column].strip():
            yield f"{column} must hold a text, got none."
    for column, known in (("label", _LABELS), ("seen?", _SEEN)):
        if row[column] not in known:
            yield f"{column} must be one of {', '.join(known)}, got {row[column]!r}."


def _record(row: Row, split: str) -> Record:
    tags = [_SEEN[row["seen?"]]] if split == "test" else []
    tags += ["synthetic_neutral"] if row["type_idx"] == _SYNTHETIC else []
    return topic_record(
        id=f"{split}:{row['new_id']}",
        text=row["post"],
        topic=row["topic_str"],
        label=_LABELS[row["label"]],
        split=split,
        stratum=split,
        group=row["arc_id"],
        tags=tuple(tags),
    )
