"""SemEval-2016 Task 6, stance in tweets, in the organisers' own files.

Mohammad et al. (2016), SemEval-2016 Task 6: Detecting Stance in Tweets; Mohammad, Sobhani and
Kiritchenko (2017), Stance and Sentiment in Tweets.
"""

from collections.abc import Iterator
from pathlib import Path

from standpoint.labels import Task
from train.corpora.io import decode_file, refuse_faults, require_files, require_task, table_rows
from train.corpora.record import Corpus, Record
from train.corpora.tweets import tweets_in

SPLITS = {
    "train": "trainingdata-all-annotations.txt",
    "trial": "trialdata-all-annotations.txt",
    "test": "testdata-taskA-all-annotations.txt",
    "test_b": "testdata-taskB-all-annotations.txt",
}
NEEDED = ("train", "test")
COLUMNS = ("ID", "Target", "Tweet", "Stance")


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
    require_task("semeval2016", task, ("stance",))
    require_files(folder, [SPLITS[split] for split in NEEDED], of="SemEval-2016 Task 6")
    faults: list[str] = []
    records = [
        record
        for split, name in SPLITS.items()
        if (folder / name).is_file()
        for record in _read(folder / name, split, faults)
    ]
    refuse_faults(folder, faults)
    return Corpus("semeval2016", task, tuple(records))


def _read(path: Path, split: str, faults: list[str]) -> Iterator[Record]:
    rows = table_rows(
        _text(path, faults),
        columns=COLUMNS,
        name=path.name,
        faults=faults,
        delimiter="\t",
        quoted=False,
    )
    return tweets_in(rows, name=path.name, split=split, id=split, faults=faults)


def _text(path: Path, faults: list[str]) -> str:
    """The text of a file; its bytes without a letter in Windows-1252 are control characters."""
    not_utf8: list[str] = []
    text = decode_file(path, not_utf8)
    if not_utf8:
        found = path.read_bytes()
        try:
            text = found.decode("cp1252")
        except UnicodeDecodeError:
            text = found.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")
