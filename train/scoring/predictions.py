"""Predictions as arrays to score: the pairs themselves, or what a data set makes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from standpoint.labels import LABELS, Task
from standpoint.model import Floats
from train.corpora import OFFICIAL_CLASSES, Record, join_directions
from train.scoring.scores import Labels, majority
from train.splitting import Leakage, issue_of

Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Predictions:
    """Predictions for one split, gathered over the folds.

    Attributes
    ----------
    majority : what the training rows' most frequent label would have said, per row
    by_issue : the same of the training rows on the row's issue, where there are some
    flags : kinds of row that get scores of their own, each with one truth value per row and fold
    """

    name: str
    records: list[Record] = field(default_factory=list)
    shares: list[Floats] = field(default_factory=list)
    majority: list[str] = field(default_factory=list)
    by_issue: list[str] = field(default_factory=list)
    flags: dict[str, list[Flags]] = field(default_factory=dict)

    def add(
        self,
        records: Sequence[Record],
        shares: Floats,
        *,
        train: Sequence[Record],
        flags: dict[str, Flags],
    ) -> None:
        """Add the rows of a fold that was fitted on ``train``."""
        self.records += records
        self.shares.append(shares)
        self.majority += majority(np.array([r.label for r in train]), n=len(records)).tolist()
        self.by_issue += majority_by_issue(train, records)
        for name, values in flags.items():
            self.flags.setdefault(name, []).append(values)

    def all_shares(self) -> Floats:
        """Probabilities of every row, of shape (n, n_labels)."""
        return np.concatenate(self.shares)


@dataclass(frozen=True, slots=True)
class PredictionArrays:
    """What a score is computed on.

    Attributes
    ----------
    labels : in the order of the columns of ``shares``
    shares : array of shape (n, n_labels)
    flags : arrays of shape (n,), by the name of the subset
    """

    labels: tuple[str, ...]
    ids: tuple[str, ...]
    groups: npt.NDArray[np.str_]
    y_true: Labels
    guess: Labels
    guess_by_issue: Labels
    shares: Floats
    flags: dict[str, Flags]

    @property
    def y_pred(self) -> Labels:
        """The likeliest label of each row."""
        said: Labels = np.array(self.labels)[self.shares.argmax(axis=1)]
        return said

    def take(self, at: npt.NDArray[np.int64]) -> "PredictionArrays":
        """Some of the rows."""
        return PredictionArrays(
            self.labels,
            tuple(self.ids[n] for n in at),
            self.groups[at],
            self.y_true[at],
            self.guess[at],
            self.guess_by_issue[at],
            self.shares[at],
            {name: values[at] for name, values in self.flags.items()},
        )


def _joined_guess(records: Sequence[Record], guess: Labels) -> Labels:
    one_hot = np.array(LABELS["sentiment"])[None, :] == guess[:, None]
    joined = join_directions(records, one_hot.astype(np.float32))
    said: Labels = np.array(OFFICIAL_CLASSES)[joined.shares.argmax(axis=1)]
    return said


def majority_by_issue(train: Sequence[Record], test: Sequence[Record]) -> list[str]:
    """The most frequent training label of each row's issue, or of all where train has none."""
    labels: dict[str | None, list[str]] = {}
    for record in train:
        labels.setdefault(issue_of(record), []).append(record.label)
    overall = str(majority(np.array([record.label for record in train]), n=1)[0])
    best = {issue: str(majority(np.array(found), n=1)[0]) for issue, found in labels.items()}
    return [best.get(issue, overall) if (issue := issue_of(r)) else overall for r in test]


def subset_flags(
    train: Sequence[Record], test: Sequence[Record], *, leaks: Leakage, tags: Iterable[str]
) -> dict[str, Flags]:
    """What is known of each test row: clean or repeated, seen or unseen, and its own tags.

    Parameters
    ----------
    train : the rows that the fold is fitted on
    tags : every tag of the corpus
    """
    issues = {issue_of(record) for record in train}
    actors = {record.actor for record in train}
    flags = {
        "clean": leaks.clean,
        "unrepeated": ~leaks.row,
        "repeated_row": leaks.row,
        "repeated_text": leaks.text,
        "near_text": leaks.near,
        "shared_group": leaks.group,
        "seen_issue": _flag(r.issue is not None and issue_of(r) in issues for r in test),
        "unseen_issue": _flag(r.issue is not None and issue_of(r) not in issues for r in test),
        "seen_actor": _flag(r.actor is not None and r.actor in actors for r in test),
        "unseen_actor": _flag(r.actor is not None and r.actor not in actors for r in test),
    }
    for tag in tags:
        flags[tag] = _flag(tag in record.tags for record in test)
    return flags


def _flag(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, dtype=bool)


def pair_arrays(predictions: Predictions, *, task: Task) -> PredictionArrays:
    """The pairs as they are."""
    records = predictions.records
    flags = {name: np.concatenate(parts) for name, parts in predictions.flags.items()}
    return PredictionArrays(
        LABELS[task],
        tuple(record.id for record in records),
        np.array([record.group for record in records]),
        np.array([record.label for record in records]),
        np.array(predictions.majority),
        np.array(predictions.by_issue),
        predictions.all_shares(),
        flags,
    )


def official_class_arrays(predictions: Predictions) -> PredictionArrays:
    """The sentences of DSE, each in one of its five classes, from both its directed pairs."""
    pairs = pair_arrays(predictions, task="sentiment")
    five = join_directions(predictions.records, pairs.shares)
    guess = _joined_guess(predictions.records, pairs.guess)
    row_of = {record.id: row for row, record in enumerate(predictions.records)}
    first = np.array([row_of[record.id] for record in five.sentences], dtype=np.int64)
    return PredictionArrays(
        OFFICIAL_CLASSES,
        tuple(record.id for record in five.sentences),
        pairs.groups[first],
        five.y_true,
        guess,
        guess,
        five.shares,
        {name: values[first] for name, values in pairs.flags.items()},
    )
