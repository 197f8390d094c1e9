"""SemEval-2016 Task 6 A, stance in tweets, as TweetEval distributes it.

Mohammad et al. (2016), SemEval-2016 Task 6: Detecting Stance in Tweets; Barbieri et al. (2020),
TweetEval, Findings of EMNLP 2020.
"""

from collections.abc import Iterator
from pathlib import Path

from standpoint.labels import Task
from train.corpora.io import CorpusFolder, read_corpus, split_lines
from train.corpora.record import Corpus, Record
from train.corpora.tweets import topic_record

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
    names = [
        f"{target}/{split}_{part}.txt"
        for target in TARGETS
        for split in SPLITS
        for part in ("text", "labels")
    ]
    return read_corpus(
        "tweeteval_stance", folder, task=task, files=names, of="TweetEval stance", read=_records
    )


def _records(files: CorpusFolder) -> Iterator[Record]:
    for target in TARGETS:
        for split in SPLITS:
            yield from _of_split(files, f"{target}/{split}", target=target, split=split)


def _of_split(files: CorpusFolder, stem: str, *, target: str, split: str) -> Iterator[Record]:
    text_file, label_file = f"{stem}_text.txt", f"{stem}_labels.txt"
    texts, labels = (split_lines(files.text(name)) for name in (text_file, label_file))
    if len(texts) != len(labels):
        files.faults.append(
            f"{label_file}: must have as many lines as {split}_text.txt ({len(texts)}), "
            f"got {len(labels)}."
        )
        return
    for number, (text, label) in enumerate(zip(texts, labels, strict=True), 1):
        if label.strip() not in _LABELS:
            known = ", ".join(_LABELS)
            files.faults.append(f"{label_file}:{number}: must be one of {known}, got {label!r}.")
        elif not text.strip():
            files.faults.append(f"{text_file}:{number}: must hold a text, got none.")
        else:
            yield topic_record(
                id=f"{target}:{split}:{number}",
                text=text,
                topic=TARGETS[target],
                label=_LABELS[label.strip()],
                split=split,
                stratum=target,
            )
