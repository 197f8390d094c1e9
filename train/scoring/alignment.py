"""Alignment of two runs' stored predictions by row id."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from standpoint.errors import CorpusError
from train.scoring.bootstrap import Floats
from train.scoring.scores import Labels, confusion_by_group

Row = Mapping[str, Any]
KEYS = ("id", "group", "label", "shares")


@dataclass(frozen=True, slots=True, eq=False)
class PairedPredictions:
    """Two runs' predictions of the same rows.

    Attributes
    ----------
    labels : all labels, in order
    groups : of each row; rows of a group are not independent
    y_true, y_pred_a, y_pred_b : arrays of shape (n_rows,)
    """

    labels: tuple[str, ...]
    ids: tuple[str, ...]
    groups: tuple[str, ...]
    y_true: Labels
    y_pred_a: Labels
    y_pred_b: Labels

    def confusions(self) -> Floats:
        """Both runs' confusion matrices by group: (n_groups, 2, n_labels, n_labels)."""
        both = [
            confusion_by_group(self.y_true, y_pred, self.groups, labels=self.labels)
            for y_pred in (self.y_pred_a, self.y_pred_b)
        ]
        return np.stack(both, axis=1)


def align(
    rows_a: Sequence[Row],
    rows_b: Sequence[Row],
    *,
    labels: Sequence[str],
    names: tuple[str, str] = ("a", "b"),
) -> PairedPredictions:
    """Pair two runs' stored predictions by row id, in the order of the first.

    Parameters
    ----------
    rows_a, rows_b : with the keys id, group, label and shares (`prediction_tables.prediction_rows`)
    labels : of the probabilities in ``shares``, in order
    names : of the runs, for messages

    Raises
    ------
    CorpusError
        a row lacks a key, an id repeats or is in one run only, or a row's label or group is not the
        same in both
    """
    by_id_a = _by_id(rows_a, labels, names[0])
    by_id_b = _by_id(rows_b, labels, names[1])
    _check_ids(by_id_a.keys(), by_id_b.keys(), names)
    for key in ("label", "group"):
        _check_same(key, by_id_a, by_id_b, names)
    return PairedPredictions(
        labels=tuple(labels),
        ids=tuple(by_id_a),
        groups=tuple(str(row["group"]) for row in by_id_a.values()),
        y_true=np.array([row["label"] for row in by_id_a.values()], dtype=np.str_),
        y_pred_a=_predicted(by_id_a.values(), labels),
        y_pred_b=_predicted([by_id_b[name] for name in by_id_a], labels),
    )


def _by_id(rows: Sequence[Row], labels: Sequence[str], name: str) -> dict[str, Row]:
    if not rows:
        raise CorpusError(f"{name}: must hold predictions, got none.")
    for number, row in enumerate(rows, start=1):
        _check_row(row, labels, where=f"{name}, row {number}")
    repeated = [id for id, n in Counter(str(row["id"]) for row in rows).items() if n > 1]
    if repeated:
        raise CorpusError(
            f"{name}: each id must stand once, got {len(repeated)} that repeat, {repeated[0]!r} "
            "the first. Compare one split at a time."
        )
    return {str(row["id"]): row for row in rows}


def _check_row(row: Row, labels: Sequence[str], *, where: str) -> None:
    missing = [key for key in KEYS if key not in row]
    if missing:
        raise CorpusError(f"{where}: must hold {', '.join(KEYS)}, got no {', '.join(missing)}.")
    if len(row["shares"]) != len(labels):
        n = len(row["shares"])
        raise CorpusError(f"{where}: shares must be {len(labels)}, one a label, got {n}.")
    if row["label"] not in labels:
        known = ", ".join(labels)
        raise CorpusError(f"{where}: label must be one of {known}, got {row['label']!r}.")


def _check_ids(ids_a: Iterable[str], ids_b: Iterable[str], names: tuple[str, str]) -> None:
    only_a, only_b = set(ids_a) - set(ids_b), set(ids_b) - set(ids_a)
    if only_a or only_b:
        a, b = names
        raise CorpusError(
            f"{a} and {b}: must predict the same rows, got {len(only_a)} only in {a} and "
            f"{len(only_b)} only in {b}, such as {min(only_a | only_b)!r}. "
            "Compare runs of one corpus, protocol and split."
        )


def _check_same(
    key: str, by_id_a: Mapping[str, Row], by_id_b: Mapping[str, Row], names: tuple[str, str]
) -> None:
    differing = [id for id in by_id_a if by_id_a[id][key] != by_id_b[id][key]]
    if differing:
        a, b = (by_id[differing[0]][key] for by_id in (by_id_a, by_id_b))
        raise CorpusError(
            f"{names[0]} and {names[1]}: the {key} of a row must be the same in both, got "
            f"{len(differing)} that differ, {differing[0]!r} with {a!r} and {b!r}. "
            "Train both runs on one state of the corpus."
        )


def _predicted(rows: Iterable[Row], labels: Sequence[str]) -> Labels:
    probabilities = np.array([row["shares"] for row in rows], dtype=np.float64)
    return np.asarray(np.array(labels, dtype=np.str_)[probabilities.argmax(axis=1)])
