"""SemEval-2016 Task 6, stance in tweets, in the organisers' own files.

Mohammad et al. (2016), SemEval-2016 Task 6: Detecting Stance in Tweets; Mohammad, Sobhani and
Kiritchenko (2017), Stance and Sentiment in Tweets.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from standpoint.labels import Task
from train.corpora.io import CorpusFolder, read_corpus, table_rows
from train.corpora.record import Corpus, Record
from train.corpora.tweets import COLUMNS, tweets_in

SPLITS = {
    "train": "trainingdata-all-annotations.txt",
    "trial": "trialdata-all-annotations.txt",
    "test": "testdata-taskA-all-annotations.txt",
    "test_b": "testdata-taskB-all-annotations.txt",
}
NEEDED = ("train", "test")


def load_semeval2016(folder: Path, *, task: Task = "stance") -> Corpus:
    """Read ``{trainingdata,trialdata,testdata-taskA,testdata-taskB}-all-annotations.txt``.

    The trial data and the data of task B (the target Donald Trump) are read where they are there.
    A file that is not UTF-8 is Windows-1252, as the organisers' are. Columns after Stance are not
    read. The author of the tweet is the holder; the target is no span of the text.

    Raises
    ------
    CorpusError
        with every faulty line
    """
    return read_corpus(
        "semeval2016",
        folder,
        task=task,
        files=[SPLITS[split] for split in NEEDED],
        of="SemEval-2016 Task 6",
        read=_records,
    )


def _records(files: CorpusFolder) -> Iterator[Record]:
    for split, name in SPLITS.items():
        if files.has(name):
            text, columns = _text(files.folder / name), ("ID", *COLUMNS)
            rows = table_rows(text, columns=columns, name=name, faults=files.faults, tabs=True)
            yield from tweets_in(rows, files, name=name, split=split, id=split)


def _text(path: Path) -> str:
    """The text of a file in UTF-8 or Windows-1252.

    Latin-1, which knows all bytes, reads the few that Windows-1252 has no character for.
    """
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            break
    return text.replace("\r\n", "\n").replace("\r", "\n")
