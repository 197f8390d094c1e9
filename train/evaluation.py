"""What a run's predictions are worth: every score of every split, flat, with its interval."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from standpoint.labels import LABELS, Task
from standpoint.model import Floats
from train.corpora.record import Record
from train.scores import (
    SCORES,
    Labels,
    brier,
    expected_calibration_error,
    f1_by_label,
    interval,
)

MIN_ROWS_TO_SCORE = 5


@dataclass(slots=True)
class Predictions:
    """Predictions for one split, gathered over the folds.

    Attributes
    ----------
    majority : what the training rows' most frequent label would have said, per row
    clean : whether the row's text stands in no training row of its fold
    """

    name: str
    records: list[Record] = field(default_factory=list)
    shares: list[Floats] = field(default_factory=list)
    majority: list[str] = field(default_factory=list)
    clean: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SplitScores:
    """The scores of one split."""

    name: str
    n: int
    n_clean: int
    flat: dict[str, float]
    interval: tuple[float, float]
    baseline: float
    tables: dict[str, list[dict[str, Any]]]


def score_split(
    predictions: Predictions, *, task: Task, metric: str, draws: int, seed: int
) -> SplitScores:
    """Every score of one split; ``metric`` gets the interval, the baseline and the clean score."""
    labels = LABELS[task]
    records = predictions.records
    y_true = np.array([record.label for record in records])
    shares = np.concatenate(predictions.shares)
    y_pred = np.array(labels)[shares.argmax(axis=1)]
    guess = np.array(predictions.majority)
    score = SCORES[metric]

    def on(rows: npt.NDArray[np.int64]) -> float:
        return score(y_true[rows], y_pred[rows], labels=labels)

    flat = dict(_scores(y_true, y_pred, shares, task))
    clean = np.flatnonzero(np.array(predictions.clean))
    baseline = score(y_true, guess, labels=labels)
    low, high = interval(on, [r.group for r in records], draws=draws, seed=seed)
    flat |= {
        f"{metric}.clean": on(clean) if len(clean) else float("nan"),
        f"{metric}.low": low,
        f"{metric}.high": high,
        f"{metric}.majority": baseline,
    }
    tables = {
        "by_label": _by_label(y_true, y_pred, labels),
        **{
            f"by_{key}": _by(key, records, y_true, y_pred, task)
            for key in ("issue", "actor", "stratum")
        },
    }
    named = {f"{predictions.name}.{key}": value for key, value in flat.items()}
    return SplitScores(
        predictions.name, len(records), len(clean), named, (low, high), baseline, tables
    )


def _scores(y_true: Labels, y_pred: Labels, shares: Floats, task: Task) -> dict[str, float]:
    labels = LABELS[task]
    names = [name for name in SCORES if task == "stance" or name != "f1_favor_against"]
    found = {name: SCORES[name](y_true, y_pred, labels=labels) for name in names}
    each = f1_by_label(y_true, y_pred, labels=labels)
    found |= {f"f1.{label}": value for label, value in zip(labels, each, strict=True)}
    found["brier"] = brier(y_true, shares, labels=labels)
    found["ece"] = expected_calibration_error(y_true, shares, labels=labels)
    return found


def _by_label(y_true: Labels, y_pred: Labels, labels: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "n": int(np.sum(y_true == label)),
            "precision": _share(y_true[y_pred == label] == label),
            "recall": _share(y_pred[y_true == label] == label),
            "f1": f1,
        }
        for label, f1 in zip(labels, f1_by_label(y_true, y_pred, labels=labels), strict=True)
    ]


def _share(hits: npt.NDArray[np.bool_]) -> float | None:
    return float(hits.mean()) if len(hits) else None


def _by(
    key: str, records: Sequence[Record], y_true: Labels, y_pred: Labels, task: Task
) -> list[dict[str, Any]]:
    """Scores of the rows of each issue, actor or stratum; groups under five rows get no F1."""
    names = [
        f"{record.stratum}/{value}"
        if key != "stratum" and (value := getattr(record, key))
        else record.stratum
        if key == "stratum"
        else ""
        for record in records
    ]
    rows = []
    for name, n in sorted(Counter(name for name in names if name).items()):
        at = np.array([found == name for found in names])
        few = n < MIN_ROWS_TO_SCORE
        f1 = None if few else SCORES["f1_macro"](y_true[at], y_pred[at], labels=LABELS[task])
        accuracy = float(np.mean(y_true[at] == y_pred[at]))
        rows.append({key: name, "n": n, "accuracy": accuracy, "f1_macro": f1})
    return rows


def error_rows(predictions: Predictions, *, task: Task) -> list[dict[str, Any]]:
    """The wrong predictions, the most confident first."""
    labels = LABELS[task]
    rows = []
    for record, shares in zip(predictions.records, np.concatenate(predictions.shares), strict=True):
        said = labels[int(shares.argmax())]
        if said != record.label:
            rows.append(
                {
                    "split": predictions.name,
                    "id": record.id,
                    "text": record.text,
                    "holder": _words(record, "holder"),
                    "target": record.target["name"],
                    "label": record.label,
                    "predicted": said,
                    "confidence": round(float(shares.max()), 4),
                }
            )
    return sorted(rows, key=lambda row: -row["confidence"])


def _words(record: Record, role: str) -> str | None:
    found = getattr(record, role)
    if found is None or found["start"] is None:
        return None
    return record.text[found["start"] : found["end"]]
