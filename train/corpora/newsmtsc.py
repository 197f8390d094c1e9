"""NewsMTSC: sentiment toward a marked mention in political news (Hamborg and Donnay, EACL 2021)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from standpoint.labels import Task
from train.corpora.io import CorpusFolder, read_corpus
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
    names = [f"{split}.jsonl" for split in SPLITS]
    return read_corpus("newsmtsc", folder, task=task, files=names, of="NewsMTSC", read=_records)


def _records(files: CorpusFolder) -> Iterator[Record]:
    for split in SPLITS:
        name = f"{split}.jsonl"
        for number, line in files.lines(name):
            try:
                yield _record(json.loads(line), split)
            except (ValueError, KeyError, TypeError) as error:
                files.faults.append(f"{name}:{number}: must be a NewsMTSC row, got {error!r}.")


def _record(row: dict[str, Any], split: str) -> Record:
    text, start, end = row["sentence"], row["from"], row["to"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"mention [{start}:{end}] outside the sentence")
    return Record(
        id=f"{split}:{row['id']}",
        text=text,
        target=Role(name=row["mention"], start=start, end=end),
        label=_LABELS[row["polarity"]],
        group=article_of(row["id"]),
        stratum=split,
        split=split,
    )


def article_of(id: str) -> str:
    """The article in a row's id, which is ``source_n_n_sentence_mention_from_to``.

    >>> article_of("allsides_1000_401_25_Reality Leigh Winner_0_6")
    'allsides_1000_401'
    """
    return "_".join(id.split("_")[:3])
