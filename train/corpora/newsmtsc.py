"""NewsMTSC: sentiment toward a marked mention in political news (Hamborg and Donnay, EACL 2021)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from standpoint.labels import Task
from train.corpora.io import decode_file, refuse_faults, require_files, require_task, split_lines
from train.corpora.record import Corpus, Record, Role

SPLITS = ("train", "rw_dev", "rw_test", "mt_dev", "mt_test")
_LABELS = {1: "positive", 0: "neutral", -1: "negative"}


def load_newsmtsc(folder: Path, *, task: Task = "sentiment") -> Corpus:
    """Read ``{train,rw_dev,rw_test,mt_dev,mt_test}.jsonl`` as its owners publish them.

    Raises
    ------
    CorpusError
        with every faulty line
    """
    require_task("newsmtsc", task, ("sentiment",))
    require_files(folder, [f"{name}.jsonl" for name in SPLITS], of="NewsMTSC")
    faults: list[str] = []
    records = [r for name in SPLITS for r in _read(folder / f"{name}.jsonl", name, faults)]
    refuse_faults(folder, faults)
    return Corpus("newsmtsc", task, tuple(records))


def _read(path: Path, split: str, faults: list[str]) -> Iterator[Record]:
    for number, line in enumerate(split_lines(decode_file(path, faults)), 1):
        try:
            yield _record(json.loads(line), split)
        except (ValueError, KeyError, TypeError) as error:
            faults.append(f"{path.name}:{number}: must be a NewsMTSC row, got {error!r}.")


def _record(row: dict[str, Any], split: str) -> Record:
    text, start, end = row["sentence"], row["from"], row["to"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"mention [{start}:{end}] outside the sentence")
    target = Role(name=row["mention"], start=start, end=end)
    return Record(
        id=f"{split}:{row['id']}",
        text=text,
        holder=None,
        target=target,
        label=_LABELS[row["polarity"]],
        group=article_of(row["id"]),
        issue=None,
        actor=None,
        date=None,
        stratum=split,
        split=split,
    )


def article_of(id: str) -> str:
    """The article in a row's id, which is ``source_n_n_sentence_mention_from_to``.

    >>> article_of("allsides_1000_401_25_Reality Leigh Winner_0_6")
    'allsides_1000_401'
    """
    return "_".join(id.split("_")[:3])
