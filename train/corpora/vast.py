"""VAST: the stance of a comment on one of thousands of topics.

Allaway and McKeown (2020), Zero-Shot Stance Detection: A Dataset and Model using Generalized Topic
Representations, EMNLP 2020.
"""

from collections.abc import Iterator
from pathlib import Path

from standpoint.labels import Task
from train.corpora.io import (
    Row,
    decode_file,
    refuse_faults,
    require_files,
    require_task,
    table_rows,
)
from train.corpora.record import Corpus, Record, Role

SPLITS = ("train", "test")
COLUMNS = ("post", "topic_str", "label", "type_idx", "new_id", "arc_id", "seen?")
_LABELS = {"0": "against", "1": "favor", "2": "none"}
_SEEN = {"0": "zero_shot", "1": "few_shot"}
_SYNTHETIC = "4"


def load_vast(folder: Path, *, task: Task = "stance") -> Corpus:
    """Read ``vast_{train,test}.csv``.

    The author of the comment is the holder. The target is ``topic_str`` on every row: the synthetic
    neutral rows have no other topic, so that ``new_topic`` would tell their label. Rows of one
    comment share a group. Test rows are tagged ``zero_shot`` or ``few_shot``, and the synthetic
    neutral rows of both splits ``synthetic_neutral``.

    Raises
    ------
    CorpusError
        with every faulty row, by the line it begins on
    """
    require_task("vast", task, ("stance",))
    require_files(folder, [f"vast_{split}.csv" for split in SPLITS], of="VAST")
    faults: list[str] = []
    records = [record for split in SPLITS for record in _read(folder, split, faults)]
    refuse_faults(folder, faults)
    return Corpus("vast", task, tuple(records))


def _read(folder: Path, split: str, faults: list[str]) -> Iterator[Record]:
    name = f"vast_{split}.csv"
    text = decode_file(folder / name, faults)
    for line, row in table_rows(text, columns=COLUMNS, name=name, faults=faults):
        found = list(_faults(row))
        faults += [f"{name}:{line}: {fault}" for fault in found]
        if not found:
            yield _record(row, split)


def _faults(row: Row) -> Iterator[str]:
    for column in ("post", "topic_str", "new_id", "arc_id"):
        if not row[column].strip():
            yield f"{column} must hold a text, got none."
    for column, known in (("label", _LABELS), ("seen?", _SEEN)):
        if row[column] not in known:
            yield f"{column} must be one of {', '.join(known)}, got {row[column]!r}."


def _record(row: Row, split: str) -> Record:
    topic = row["topic_str"]
    tags = [_SEEN[row["seen?"]]] if split == "test" else []
    tags += ["synthetic_neutral"] if row["type_idx"] == _SYNTHETIC else []
    return Record(
        id=f"{split}:{row['new_id']}",
        text=row["post"],
        holder=None,
        target=Role(name=topic, start=None, end=None),
        label=_LABELS[row["label"]],
        group=row["arc_id"],
        issue=topic,
        actor=None,
        date=None,
        stratum=split,
        split=split,
        tags=tuple(tags),
    )
