"""Scores by their published definitions, with intervals and what a majority guess would get."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.str_]
Shares = npt.NDArray[np.float32]
N_BINS = 10


def f1_by_label(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> list[float]:
    """F1 of each label; 0 where a label is neither there nor predicted.

    Parameters
    ----------
    y_true, y_pred : array of shape (n_pairs,)
    """
    found = []
    for label in labels:
        hits = float(np.sum((y_true == label) & (y_pred == label)))
        total = float(np.sum(y_true == label) + np.sum(y_pred == label))
        found.append(2 * hits / total if total else 0.0)
    return found


def f1_macro(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
    """Mean of the F1 of every label."""
    return float(np.mean(f1_by_label(y_true, y_pred, labels=labels)))


def f1_favor_against(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
    """Mean of the F1 of favor and of against: the SemEval-2016 Task 6 score.

    `none` is not averaged, but calling it a side still costs precision.

    References
    ----------
    Mohammad et al. (2016), SemEval-2016 Task 6, section 4.
    """
    del labels
    return float(np.mean(f1_by_label(y_true, y_pred, labels=("favor", "against"))))


def accuracy(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
    """Share of pairs whose label is right."""
    del labels
    return float(np.mean(y_true == y_pred))


def average_recall(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
    """Mean recall over the labels that occur (SemEval-2017 Task 4)."""
    recalls = [
        float(np.mean(y_pred[y_true == label] == label))
        for label in labels
        if (y_true == label).any()
    ]
    return float(np.mean(recalls))


SCORES: dict[str, Callable[..., float]] = {
    "f1_macro": f1_macro,
    "accuracy": accuracy,
    "average_recall": average_recall,
    "f1_favor_against": f1_favor_against,
}


def brier(y_true: Labels, shares: Shares, *, labels: Sequence[str]) -> float:
    """Mean squared distance between the probabilities and the truth, summed over labels (0 to 2).

    References
    ----------
    Brier (1950), Verification of forecasts expressed in terms of probability.
    """
    truth = y_true[:, None] == np.array(labels)[None, :]
    return float(np.mean(np.sum((shares - truth) ** 2, axis=1)))


def expected_calibration_error(y_true: Labels, shares: Shares, *, labels: Sequence[str]) -> float:
    """Mean gap between confidence and accuracy over ten equal bins, weighted by their size.

    References
    ----------
    Guo et al. (2017), On Calibration of Modern Neural Networks, equation 5.
    """
    gaps = [
        abs(b.accuracy - b.confidence) * b.n for b in reliability(y_true, shares, labels=labels)
    ]
    return float(sum(gaps) / len(y_true))


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of like confidence."""

    confidence: float
    accuracy: float
    n: int


def reliability(y_true: Labels, shares: Shares, *, labels: Sequence[str]) -> list[Bin]:
    """The ten bins of a reliability diagram, empty ones left out."""
    confidence = shares.max(axis=1)
    right = np.array(labels)[shares.argmax(axis=1)] == y_true
    number = np.minimum((confidence * N_BINS).astype(int), N_BINS - 1)
    return [
        Bin(float(confidence[at].mean()), float(right[at].mean()), int(at.sum()))
        for at in (number == n for n in range(N_BINS))
        if at.any()
    ]


def interval(
    score: Callable[[npt.NDArray[np.int64]], float],
    groups: Sequence[str],
    *,
    draws: int,
    seed: int,
) -> tuple[float, float]:
    """95% percentile interval of a score by bootstrap over groups.

    Parameters
    ----------
    score : of the rows with these numbers
    groups : of each row; a group is drawn whole

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13; groups are drawn
    because rows of one article are not independent.
    """
    names, of_row = np.unique(np.array(groups), return_inverse=True)
    rows_of = [np.flatnonzero(of_row == n) for n in range(len(names))]
    random = np.random.default_rng(seed)
    found = [
        score(np.concatenate([rows_of[n] for n in random.integers(0, len(names), len(names))]))
        for _ in range(draws)
    ]
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def majority(y_train: Labels, *, n: int) -> Labels:
    """The most frequent training label, n times; the first by name where two are as frequent."""
    names, counts = np.unique(y_train, return_counts=True)
    return np.repeat(names[counts.argmax()], n)
