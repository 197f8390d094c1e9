"""What a run's predictions are worth: every score of every split, flat, with its interval."""

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
    official_class_arrays,
    pair_arrays,
)
from train.scoring.scores import SCORES, Labels, confusion_interval, f1_by_label

# Part of the cache key of a benchmark's result. Raise it when a change of loading, splitting,
# fitting or scoring changes the scores of a run; tests/golden holds the scores of this version.
SCORING_VERSION: int = 1
MIN_ROWS_TO_SCORE = 5
FIVE_SUFFIX = "_five"
COUNTED_ONLY = ("repeated_row", "repeated_text", "near_text", "shared_group")


@dataclass(frozen=True, slots=True)
class SplitScores:
    """The scores of one split, and the one score that the config asks for.

    Attributes
    ----------
    n, score, interval : of the rows that the config asks for
    baseline : what the most frequent label of train gets on them
    baseline_by_issue : what the most frequent label of train on each row's own issue gets
    flat : every score, as ``split.metric`` or ``split.metric.subset``
    leakage : what of the test rows training has met, and the score on the rest; empty where it is
        not known what training has met
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
    five = official_class_arrays(predictions) if metric.endswith(FIVE_SUFFIX) else None
    asked, suffix = (pairs, "") if five is None else (five, FIVE_SUFFIX)
    flat = _plain_scores(pairs, task)
    if five is not None:
        flat |= {f"{key}{FIVE_SUFFIX}": value for key, value in _label_scores(five).items()}
    plain_metric = metric.removesuffix(suffix) if suffix else metric
    subsets = {"": np.arange(len(asked.ids)), **_subsets(asked)}
    for subset, at in subsets.items():
        found = _main_scores(asked.take(at), plain_metric, scoring.bootstrap, seed)
        flat |= {_key(metric, part, subset): value for part, value in found.items()}
    wanted = scoring.subset or ""
    if wanted not in subsets:
        own = asked.flags.get(wanted, np.zeros(len(asked.ids), dtype=bool))
        subsets[wanted] = np.flatnonzero(own)
        found = _main_scores(asked.take(subsets[wanted]), plain_metric, scoring.bootstrap, seed)
        flat |= {_key(metric, part, wanted): value for part, value in found.items()}
    return SplitScores(
        name,
        len(subsets[wanted]),
        flat[_key(metric, "", wanted)],
        (flat[_key(metric, "low", wanted)], flat[_key(metric, "high", wanted)]),
        flat[_key(metric, "majority", wanted)],
        flat[_key(metric, "majority_by_issue", wanted)],
        {f"{name}.{key}": value for key, value in flat.items() if not np.isnan(value)},
        _leakage(asked, subsets, flat, metric),
        _tables(predictions.records, pairs, task),
    )


def objective_of(
    records: Sequence[Record], *, task: Task, metric: str
) -> Callable[[Floats], float]:
    """The metric of some records as a function of their probabilities."""
    y_true = np.array([record.label for record in records])
    labels = np.array(LABELS[task])

    def of_pairs(shares: Floats) -> float:
        said = labels[shares.argmax(axis=1)]
        return SCORES[metric](y_true, said, labels=LABELS[task])

    def of_sentences(shares: Floats) -> float:
        five = join_directions(records, shares)
        said = np.array(OFFICIAL_CLASSES)[five.shares.argmax(axis=1)]
        return SCORES[metric.removesuffix(FIVE_SUFFIX)](five.y_true, said, labels=OFFICIAL_CLASSES)

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
    """The rows of each subset that is neither all nor none; clean and unrepeated always."""
    found = {}
    for name, flags in scored.flags.items():
        always = name in ("clean", "unrepeated")
        if name not in COUNTED_ONLY and (always or 0 < flags.sum() < len(flags)):
            found[name] = np.flatnonzero(flags)
    return found


def _main_scores(scored: PredictionArrays, metric: str, draws: int, seed: int) -> dict[str, float]:
    n = len(scored.ids)
    if not n:
        nothing = ("", "low", "high", "majority", "majority_by_issue")
        return {"n": 0.0, **dict.fromkeys(nothing, np.nan)}
    y_true, y_pred, labels = scored.y_true, scored.y_pred, scored.labels
    low, high = confusion_interval(
        y_true, y_pred, list(scored.groups), score=metric, labels=labels, draws=draws, seed=seed
    )
    return {
        "n": float(n),
        "": SCORES[metric](y_true, y_pred, labels=labels),
        "low": low,
        "high": high,
        "majority": SCORES[metric](y_true, scored.guess, labels=labels),
        "majority_by_issue": SCORES[metric](y_true, scored.guess_by_issue, labels=labels),
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
    y_true, shares = scored.y_true, scored.shares
    found = _label_scores(scored)
    each = f1_by_label(y_true, scored.y_pred, labels=labels)
    found |= {f"f1.{label}": value for label, value in zip(labels, each, strict=True)}
    found["brier"] = brier(y_true, shares, labels=labels)
    found["ece"] = expected_calibration_error(y_true, shares, labels=labels)
    found["aurc"] = area_under_risk_coverage(y_true, shares, labels=labels)
    found["risk_at_80"] = risk_at_coverage(y_true, shares, labels=labels, coverage=0.8)
    return found


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
    """Scores of the rows of each issue, actor or stratum; groups under five rows get no F1."""
    names = np.array([_name(record, key) for record in records])
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


def _name(record: Record, key: str) -> str:
    if key == "stratum":
        return record.stratum
    value = getattr(record, key)
    return f"{record.stratum}/{value}" if value else ""
