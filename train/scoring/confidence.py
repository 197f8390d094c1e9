"""What probabilities are worth: calibration, and the risk of answering only where confident."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.scoring.scores import Counts, Labels

Shares = npt.NDArray[np.float32]
N_BINS = 10


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
    Guo et al. (2017), On Calibration of Modern Neural Networks, section 2; after Naeini, Cooper
    and Hauskrecht (2015).
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
    """The ten bins of a reliability diagram, empty ones left out.

    A confidence on an edge belongs to the bin below it, as in Guo et al. (2017).
    """
    confidence, right = _judged(y_true, shares, labels)
    number = np.maximum(np.ceil(confidence * N_BINS).astype(int) - 1, 0)
    return [
        Bin(float(confidence[at].mean()), float(right[at].mean()), int(at.sum()))
        for at in (number == n for n in range(N_BINS))
        if at.any()
    ]


def _judged(
    y_true: Labels, shares: Shares, labels: Sequence[str]
) -> tuple[Shares, npt.NDArray[np.bool_]]:
    return shares.max(axis=1), np.array(labels)[shares.argmax(axis=1)] == y_true


def risk_coverage(
    y_true: Labels, shares: Shares, *, labels: Sequence[str]
) -> tuple[Counts, Counts]:
    """The risk of answering only where confident, for every share that could be answered.

    Where rows are tied, a share that keeps some of them has the risk expected of a random choice.

    Returns
    -------
    coverage : array of shape (n_pairs,), 1/n to 1, the share of pairs kept, most confident first
    risk : array of shape (n_pairs,), the share of the kept whose label is wrong

    References
    ----------
    Geifman and El-Yaniv (2017), Selective Classification for Deep Neural Networks.
    """
    confidence, right = _judged(y_true, shares, labels)
    _, tie, size = np.unique(-confidence, return_inverse=True, return_counts=True)
    wrong = np.bincount(tie, weights=~right) / size
    kept = np.arange(1, len(y_true) + 1)
    return kept / len(y_true), np.cumsum(wrong[np.sort(tie)]) / kept


def area_under_risk_coverage(y_true: Labels, shares: Shares, *, labels: Sequence[str]) -> float:
    """Mean risk over all coverages, AURC: 0 is best, the error rate what random confidence gets.

    References
    ----------
    Geifman, Uziel and El-Yaniv (2019), Bias-Reduced Uncertainty Estimation for Deep Neural
    Classifiers, of the curve of Geifman and El-Yaniv (2017).
    """
    _, risk = risk_coverage(y_true, shares, labels=labels)
    return float(risk.mean())


def risk_at_coverage(
    y_true: Labels, shares: Shares, *, labels: Sequence[str], coverage: float = 0.8
) -> float:
    """Share of wrong labels among the most confident pairs, as few as make up the coverage.

    Parameters
    ----------
    coverage : above 0, up to 1
    """
    if not 0 < coverage <= 1:
        raise ValueError(f"coverage: must be above 0 and at most 1, got {coverage!r}.")
    share, risk = risk_coverage(y_true, shares, labels=labels)
    enough = share >= coverage - 1e-9
    return float(risk[enough.argmax()])
