"""Predictions of a split as arrays to score: pairs, or sentences with DSE's official classes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from standpoint.labels import LABELS, Task
from standpoint.model import Floats
from train.corpora import OFFICIAL_CLASSES, Record, join_directions
from train.scoring.scores import Labels, most_frequent
from train.splitting import Leakage, issue_of

Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Predictions:
    """Predictions for one split, collected over the folds.

    Attributes
    ----------
    probabilities : probabilities of each fold, of shape (n_rows_of_fold, n_labels)
    majority : the most frequent label of the training rows, per row
    by_issue : the most frequent label of the training rows on the row's issue, if there are any
    flags : by subset and fold, whether each row belongs to the subset
    """

    name: str
    records: list[Record] = field(default_factory=list)
    probabilities: list[Floats] = field(default_factory=list)
    majority: list[str] = field(default_factory=list)
    by_issue: list[str] = field(default_factory=list)
    flags: dict[str, list[Flags]] = field(default_factory=dict)

    def add(
        self,
        records: Sequence[Record],
        probabilities: Floats,
        *,
        train: Sequence[Record],
        flags: dict[str, Flags],
    ) -> None:
        """Add the rows of a fold that was fitted on ``train``."""
        self.records += records
        self.probabilities.append(probabilities)
        self.majority += most_frequent(np.array([r.label for r in train]), n=len(records)).tolist()
        self.by_issue += most_frequent_by_issue(train, records)
        for name, values in flags.items():
            self.flags.setdefault(name, []).append(values)

    def all_probabilities(self) -> Floats:
        """Probabilities of every row, of shape (n, n_labels)."""
        return np.concatenate(self.probabilities)


@dataclass(frozen=True, slots=True)
class PredictionArrays:
    """Gold labels, probabilities and baselines of n rows.

    Attributes
    ----------
    labels : in the order of the columns of ``probabilities``
    majority, majority_by_issue : baseline labels, as in `Predictions`
    probabilities : probabilities of shape (n, n_labels)
    flags : arrays of shape (n,), by the name of the subset
    """

    labels: tuple[str, ...]
    ids: tuple[str, ...]
    groups: npt.NDArray[np.str_]
    y_true: Labels
    majority: Labels
    majority_by_issue: Labels
    probabilities: Floats
    flags: dict[str, Flags]

    @property
    def y_pred(self) -> Labels:
        """The most probable label of each row."""
        return most_probable(self.probabilities, labels=self.labels)

    def take(self, at: npt.NDArray[np.int64]) -> "PredictionArrays":
        """The rows with these numbers."""
        names = ("groups", "y_true", "majority", "majority_by_issue", "probabilities")
        return replace(
            self,
            ids=tuple(self.ids[n] for n in at),
            **{name: getattr(self, name)[at] for name in names},
            flags={name: values[at] for name, values in self.flags.items()},
        )


def most_probable(probabilities: Floats, *, labels: Sequence[str]) -> Labels:
    """The label with the highest probability in each row."""
    return np.asarray(np.array(labels)[probabilities.argmax(axis=1)])


def most_frequent_by_issue(train: Sequence[Record], test: Sequence[Record]) -> list[str]:
    """The most frequent training label of each row's issue, or of all where train has none."""
    labels: dict[str | None, list[str]] = {}
    for record in train:
        labels.setdefault(issue_of(record), []).append(record.label)
    overall = str(most_frequent(np.array([record.label for record in train]), n=1)[0])
    best = {issue: str(most_frequent(np.array(y), n=1)[0]) for issue, y in labels.items()}
    return [best.get(issue, overall) if (issue := issue_of(r)) else overall for r in test]


def subset_flags(
    train: Sequence[Record], test: Sequence[Record], *, leaks: Leakage, tags: Iterable[str]
) -> dict[str, Flags]:
    """Which subsets each test row is in: clean or repeated, seen or unseen, and its tags.

    Parameters
    ----------
    train : the rows that the fold was fitted on
    tags : every tag of the corpus
    """
    flags = {
        "clean": leaks.clean,
        "unrepeated": ~leaks.row,
        "repeated_row": leaks.row,
        "repeated_text": leaks.text,
        "near_text": leaks.near,
        "shared_group": leaks.group,
    }
    for name, value_of in (("issue", issue_of), ("actor", attrgetter("actor"))):
        known = {value_of(record) for record in train}
        values = [value_of(record) for record in test]
        flags[f"seen_{name}"] = np.array([v is not None and v in known for v in values], dtype=bool)
        flags[f"unseen_{name}"] = np.array([v is not None and v not in known for v in values], bool)
    for tag in tags:
        flags[tag] = np.array([tag in record.tags for record in test], dtype=bool)
    return flags


def pair_arrays(predictions: Predictions, *, task: Task) -> PredictionArrays:
    """The arrays of the pairs themselves."""
    records = predictions.records
    flags = {name: np.concatenate(parts) for name, parts in predictions.flags.items()}
    return PredictionArrays(
        LABELS[task],
        tuple(record.id for record in records),
        np.array([record.group for record in records]),
        np.array([record.label for record in records]),
        np.array(predictions.majority),
        np.array(predictions.by_issue),
        predictions.all_probabilities(),
        flags,
    )


def official_class_arrays(predictions: Predictions) -> PredictionArrays:
    """The sentences of DSE, with official classes from both directed pairs of each."""
    pairs = pair_arrays(predictions, task="sentiment")
    sentences = join_directions(predictions.records, pairs.probabilities)
    one_hot = np.array(LABELS["sentiment"])[None, :] == pairs.majority[:, None]
    baseline = join_directions(predictions.records, one_hot.astype(np.float32))
    majority = most_probable(baseline.probabilities, labels=OFFICIAL_CLASSES)
    row_of = {record.id: row for row, record in enumerate(predictions.records)}
    rows = np.array([row_of[record.id] for record in sentences.sentences], dtype=np.int64)
    return replace(
        pairs.take(rows),
        labels=OFFICIAL_CLASSES,
        y_true=sentences.y_true,
        majority=majority,
        majority_by_issue=majority,
        probabilities=sentences.probabilities,
    )
