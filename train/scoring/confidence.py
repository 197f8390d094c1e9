"""Scores of probabilities: calibration, reliability diagrams and selective classification."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from train.scoring.bootstrap import Floats
from train.scoring.scores import Labels

Probabilities = npt.NDArray[np.float32]
N_BINS = 10  # fewer than the 15 of Guo et al. (2017), so that small test sets have rows in each bin
ROUNDING = 1e-9  # above the rounding error of a coverage, below 1 / any number of rows


def brier(y_true: Labels, probabilities: Probabilities, *, labels: Sequence[str]) -> float:
    """Brier score: mean squared error of the probabilities, summed over labels (0 to 2).

    References
    ----------
    Brier (1950), Verification of forecasts expressed in terms of probability.
    """
    gold = y_true[:, None] == np.array(labels)[None, :]
    return float(np.mean(np.sum((probabilities - gold) ** 2, axis=1)))


def expected_calibration_error(
    y_true: Labels, probabilities: Probabilities, *, labels: Sequence[str]
) -> float:
    """Expected calibration error: mean |accuracy - confidence| over bins, weighted by size.

    References
    ----------
    Guo et al. (2017), On Calibration of Modern Neural Networks, section 2; after Naeini, Cooper
    and Hauskrecht (2015).
    """
    return calibration_error(reliability(y_true, probabilities, labels=labels))


@dataclass(frozen=True, slots=True)
class Bin:
    """Mean confidence and accuracy of the predictions in one interval of confidence."""

    confidence: float
    accuracy: float
    n: int


def reliability(
    y_true: Labels, probabilities: Probabilities, *, labels: Sequence[str]
) -> list[Bin]:
    """The bins of a reliability diagram, without the empty ones.

    A confidence on an edge belongs to the bin below it, as in Guo et al. (2017).
    """
    return calibration_bins(*_confidence_and_hits(y_true, probabilities, labels))


def calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance of accuracy and confidence over bins, weighted by size."""
    n = sum(b.n for b in bins)
    return float(sum(abs(b.accuracy - b.confidence) * b.n for b in bins) / n)


def calibration_bins(
    confidence: npt.NDArray[np.floating[Any]], right: npt.NDArray[np.bool_]
) -> list[Bin]:
    """Predictions by their confidence, in `N_BINS` bins of equal width, without the empty ones."""
    number = np.maximum(np.ceil(confidence * N_BINS).astype(int) - 1, 0)
    return [
        Bin(float(confidence[at].mean()), float(right[at].mean()), int(at.sum()))
        for at in (number == n for n in range(N_BINS))
        if at.any()
    ]


def _confidence_and_hits(
    y_true: Labels, probabilities: Probabilities, labels: Sequence[str]
) -> tuple[Probabilities, npt.NDArray[np.bool_]]:
    return probabilities.max(axis=1), np.array(labels)[probabilities.argmax(axis=1)] == y_true


def risk_coverage(
    y_true: Labels, probabilities: Probabilities, *, labels: Sequence[str]
) -> tuple[Floats, Floats]:
    """The risk–coverage curve of a classifier that abstains where its confidence is low.

    Where a coverage takes only some of several rows of equal confidence, the risk is the expected
    value of a random choice among them.

    Returns
    -------
    coverage : array of shape (n_pairs,), 1/n to 1, the share of pairs with the highest confidence
    risk : array of shape (n_pairs,), the error rate on them

    References
    ----------
    Geifman and El-Yaniv (2017), Selective Classification for Deep Neural Networks.
    """
    confidence, right = _confidence_and_hits(y_true, probabilities, labels)
    _, tie, size = np.unique(-confidence, return_inverse=True, return_counts=True)
    wrong = np.bincount(tie, weights=~right) / size
    covered = np.arange(1, len(y_true) + 1)
    return covered / len(y_true), np.cumsum(wrong[np.sort(tie)]) / covered


def area_under_risk_coverage(
    y_true: Labels, probabilities: Probabilities, *, labels: Sequence[str]
) -> float:
    """AURC, the mean risk over all coverages; random confidence gets the error rate, 0 is best.

    References
    ----------
    Geifman, Uziel and El-Yaniv (2019), Bias-Reduced Uncertainty Estimation for Deep Neural
    Classifiers, of the curve of Geifman and El-Yaniv (2017).
    """
    _, risk = risk_coverage(y_true, probabilities, labels=labels)
    return float(risk.mean())


def risk_at_coverage(
    y_true: Labels, probabilities: Probabilities, *, labels: Sequence[str], coverage: float = 0.8
) -> float:
    """Error rate among the most confident pairs, the fewest that reach the coverage.

    Parameters
    ----------
    coverage : above 0, up to 1
    """
    if not 0 < coverage <= 1:
        raise ValueError(f"coverage: must be above 0 and at most 1, got {coverage!r}.")
    coverages, risk = risk_coverage(y_true, probabilities, labels=labels)
    return float(risk[(coverages >= coverage - ROUNDING).argmax()])
