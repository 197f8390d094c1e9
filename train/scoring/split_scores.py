"""All scores of a split by name, with intervals, baselines, subsets and tables."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from standpoint.labels import LABELS, Task
from standpoint.model import Floats
from train.config import Scoring
from train.corpora import OFFICIAL_CLASSES, Record, join_directions
from train.scoring.confidence import (
    area_under_risk_coverage,
    brier,
    expected_calibration_error,
    risk_at_coverage,
)
from train.scoring.predictions import (
    PredictionArrays,
    Predictions,
    most_probable,
    official_class_arrays,
    pair_arrays,
)
from train.scoring.scores import SCORES, Labels, confusion_interval, f1_by_label

# Part of the cache key of a benchmark's result. Raise it when a change of loading, splitting,
# fitting or scoring changes the scores of a run; tests/golden holds the scores of this version.
SCORING_VERSION: int = 1
MIN_ROWS_TO_SCORE = 5  # a guess: the F1 of three labels on fewer rows is mostly chance
FIVE_SUFFIX = "_five"
COUNTED_ONLY = ("repeated_row", "repeated_text", "near_text", "shared_group")
"""Subsets that the leakage check counts; they get no scores."""


@dataclass(frozen=True, slots=True)
class SplitScores:
    """The scores of one split, and the score that the config names.

    Attributes
    ----------
    n, score, interval : of the subset that the config names, or of all rows
    baseline : the score of the most frequent label of train on them
    baseline_by_issue : the score of the most frequent label of train on each row's own issue
    flat : every score, as ``split.metric`` or ``split.metric.subset``
    leakage : how many test rows occur in train, and the score on the rest; empty where the
        training rows are not known
    tables : scores by label, issue, actor and stratum
    """

    name: str
    n: int
    score: float
    interval: tuple[float, float]
    baseline: float
    baseline_by_issue: float
    flat: dict[str, float]
    leakage: dict[str, float]
    tables: dict[str, list[dict[str, Any]]]


def score_split(
    predictions: Predictions, *, task: Task, scoring: Scoring, seed: int
) -> SplitScores:
    """Every score of one split; the config's metric gets intervals, baselines and subsets."""
    pairs = pair_arrays(predictions, task=task)
    name, metric = predictions.name, scoring.metric
    flat = _plain_scores(pairs, task)
    scored = pairs
    if metric.endswith(FIVE_SUFFIX):
        scored = official_class_arrays(predictions)
        flat |= {f"{key}{FIVE_SUFFIX}": value for key, value in _label_scores(scored).items()}
    subset = scoring.subset or ""
    subsets = {"": np.arange(len(scored.ids)), **_subsets(scored)}
    if subset not in subsets:
        subsets[subset] = np.flatnonzero(scored.flags.get(subset, ()))
    for part, rows in subsets.items():
        main = _main_scores(
            scored.take(rows), metric.removesuffix(FIVE_SUFFIX), scoring.bootstrap, seed
        )
        flat |= {_key(metric, key, part): value for key, value in main.items()}
    return SplitScores(
        name,
        len(subsets[subset]),
        flat[_key(metric, "", subset)],
        (flat[_key(metric, "low", subset)], flat[_key(metric, "high", subset)]),
        flat[_key(metric, "majority", subset)],
        flat[_key(metric, "majority_by_issue", subset)],
        {f"{name}.{key}": value for key, value in flat.items() if not np.isnan(value)},
        _leakage(scored, subsets, flat, metric),
        _tables(predictions.records, pairs, task),
    )


def objective_of(
    records: Sequence[Record], *, task: Task, metric: str
) -> Callable[[Floats], float]:
    """The metric of some records as a function of their probabilities."""
    y_true = np.array([record.label for record in records])

    def of_pairs(probabilities: Floats) -> float:
        y_pred = most_probable(probabilities, labels=LABELS[task])
        return SCORES[metric](y_true, y_pred, labels=LABELS[task])

    def of_sentences(probabilities: Floats) -> float:
        sentences = join_directions(records, probabilities)
        y_pred = most_probable(sentences.probabilities, labels=OFFICIAL_CLASSES)
        score = SCORES[metric.removesuffix(FIVE_SUFFIX)]
        return score(sentences.y_true, y_pred, labels=OFFICIAL_CLASSES)

    return of_sentences if metric.endswith(FIVE_SUFFIX) else of_pairs


def _key(metric: str, part: str, subset: str) -> str:
    """``f1_macro``, ``f1_macro.clean``, ``f1_macro.low``, ``n.clean`` or ``f1_macro.low.clean``.

    >>> _key("f1_macro", "low", "clean"), _key("f1_macro", "n", "")
    ('f1_macro.low.clean', 'n')
    """
    head = "n" if part == "n" else metric
    middle = "" if part == "n" else part
    return ".".join(word for word in (head, middle, subset) if word)


def _subsets(scored: PredictionArrays) -> dict[str, npt.NDArray[np.int64]]:
    """Row numbers of each subset that is not empty or all; clean and unrepeated always."""
    return {
        name: np.flatnonzero(flags)
        for name, flags in scored.flags.items()
        if name not in COUNTED_ONLY
        and (name in ("clean", "unrepeated") or 0 < flags.sum() < len(flags))
    }


def _main_scores(scored: PredictionArrays, metric: str, draws: int, seed: int) -> dict[str, float]:
    n = len(scored.ids)
    if not n:
        keys = ("", "low", "high", "majority", "majority_by_issue")
        return {"n": 0.0, **dict.fromkeys(keys, np.nan)}
    y_true, y_pred, labels = scored.y_true, scored.y_pred, scored.labels
    low, high = confusion_interval(
        y_true, y_pred, list(scored.groups), score=metric, labels=labels, draws=draws, seed=seed
    )
    return {
        "n": float(n),
        "": SCORES[metric](y_true, y_pred, labels=labels),
        "low": low,
        "high": high,
        "majority": SCORES[metric](y_true, scored.majority, labels=labels),
        "majority_by_issue": SCORES[metric](y_true, scored.majority_by_issue, labels=labels),
    }


def _leakage(
    scored: PredictionArrays, subsets: dict[str, Any], flat: dict[str, float], metric: str
) -> dict[str, float]:
    if "clean" not in scored.flags:
        return {}
    counts = {f"n_{name}": float(scored.flags[name].sum()) for name in COUNTED_ONLY}
    for name in ("clean", "unrepeated"):
        counts[f"n_{name}"] = float(len(subsets[name]))
        counts[f"score_{name}"] = flat[_key(metric, "", name)]
    return counts


def _label_scores(scored: PredictionArrays) -> dict[str, float]:
    names = [name for name in SCORES if name != "f1_favor_against" or "favor" in scored.labels]
    return {
        name: SCORES[name](scored.y_true, scored.y_pred, labels=scored.labels) for name in names
    }


def _plain_scores(scored: PredictionArrays, task: Task) -> dict[str, float]:
    labels = LABELS[task]
    y_true, probabilities = scored.y_true, scored.probabilities
    each = f1_by_label(y_true, scored.y_pred, labels=labels)
    return {
        **_label_scores(scored),
        **{f"f1.{label}": f1 for label, f1 in zip(labels, each, strict=True)},
        "brier": brier(y_true, probabilities, labels=labels),
        "ece": expected_calibration_error(y_true, probabilities, labels=labels),
        "aurc": area_under_risk_coverage(y_true, probabilities, labels=labels),
        "risk_at_80": risk_at_coverage(y_true, probabilities, labels=labels, coverage=0.8),
    }


def _tables(
    records: Sequence[Record], scored: PredictionArrays, task: Task
) -> dict[str, list[dict[str, Any]]]:
    y_true, y_pred = scored.y_true, scored.y_pred
    return {
        "by_label": _by_label(y_true, y_pred, LABELS[task]),
        **{
            f"by_{key}": _by(key, records, y_true, y_pred, task)
            for key in ("issue", "actor", "stratum")
        },
    }


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
    """Scores of the rows of each issue, actor or stratum; F1 only from `MIN_ROWS_TO_SCORE` on."""
    names = np.array([_name_of(record, key) for record in records])
    rows = []
    for name, n in sorted(Counter(names.tolist()).items()):
        if not name or (key == "actor" and n < MIN_ROWS_TO_SCORE):
            continue
        at = names == name
        few = n < MIN_ROWS_TO_SCORE
        f1 = None if few else SCORES["f1_macro"](y_true[at], y_pred[at], labels=LABELS[task])
        accuracy = float(np.mean(y_true[at] == y_pred[at]))
        rows.append({key: name, "n": n, "accuracy": accuracy, "f1_macro": f1})
    return rows


def _name_of(record: Record, key: str) -> str:
    if key == "stratum":
        return record.stratum
    value = getattr(record, key)
    return f"{record.stratum}/{value}" if value else ""
