"""SemEval-2016 Task 6 A, stance in tweets, as TweetEval keeps it.

Mohammad et al. (2016), SemEval-2016 Task 6: Detecting Stance in Tweets; Barbieri et al. (2020),
TweetEval, Findings of EMNLP 2020.
"""

from collections.abc import Iterator
from pathlib import Path

from standpoint.labels import Task
from train.corpora.io import (
    decode_file,
    refuse_faults,
    require_files,
    require_task,
    same_text,
    split_lines,
)
from train.corpora.record import Corpus, Record, Role

SPLITS = ("train", "val", "test")
TARGETS = {
    "abortion": "Legalization of Abortion",
    "atheism": "Atheism",
    "climate": "Climate Change is a Real Concern",
    "feminist": "Feminist Movement",
    "hillary": "Hillary Clinton",
}
"""The folder of a target, and its name in SemEval-2016."""
_LABELS = {"0": "none", "1": "against", "2": "favor"}


def load_tweeteval_stance(folder: Path, *, task: Task = "stance") -> Corpus:
    """Read ``TARGET/{train,val,test}_{text,labels}.txt`` of all five targets.

    The author of the tweet is the holder; the target is no span of the text. Tweets alike but for
    case and white space share a group.

    Raises
    ------
    CorpusError
        with every fault of every file
    """
    require_task("tweeteval_stance", task, ("stance",))
    names = [
        f"{target}/{split}_{part}.txt"
        for target in TARGETS
        for split in SPLITS
        for part in ("text", "labels")
    ]
    require_files(folder, names, of="TweetEval stance")
    faults: list[str] = []
    records = [
        record
        for target in TARGETS
        for split in SPLITS
        for record in _read(folder / target, split, faults)
    ]
    refuse_faults(folder, faults)
    return Corpus("tweeteval_stance", task, tuple(records))


def _read(folder: Path, split: str, faults: list[str]) -> Iterator[Record]:
    texts, labels = (_lines(folder, f"{split}_{part}.txt", faults) for part in ("text", "labels"))
    where = f"{folder.name}/{split}_labels.txt"
    if len(texts) != len(labels):
        faults.append(
            f"{where}: must have as many lines as {split}_text.txt ({len(texts)}), "
            f"got {len(labels)}."
        )
        return
    for number, (text, label) in enumerate(zip(texts, labels, strict=True), 1):
        if label.strip() not in _LABELS:
            faults.append(f"{where}:{number}: must be one of {', '.join(_LABELS)}, got {label!r}.")
        elif not text.strip():
            faults.append(f"{folder.name}/{split}_text.txt:{number}: must hold a text, got none.")
        else:
            yield _record(text, _LABELS[label.strip()], folder.name, split=split, number=number)


def _lines(folder: Path, name: str, faults: list[str]) -> list[str]:
    return split_lines(decode_file(folder / name, faults, name=f"{folder.name}/{name}"))


def _record(text: str, label: str, folder: str, *, split: str, number: int) -> Record:
    name = TARGETS[folder]
    return Record(
        id=f"{folder}:{split}:{number}",
        text=text,
        holder=None,
        target=Role(name=name, start=None, end=None),
        label=label,
        group=same_text(text),
        issue=name,
        actor=None,
        date=None,
        stratum=folder,
        split=split,
    )
