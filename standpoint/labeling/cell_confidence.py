"""How sure a cell of the table is: the probability that the actor does take its side.

Noisy-OR takes statements for independent, which those of one article are not: who is misread once
is misread again. So a judge brings the weights of a logistic regression, fitted on real documents.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from standpoint.judge import CellWeights

MIN_PROBABILITY = 1e-3
"""Of a side, and its distance from 1: log odds of 7 at most, as far as dev can tell."""
MIN_SHARE = 0.01  # added to both sides of a balance, which is then at most 100 to 1
CELL_FEATURES = ("noisy_or", "balance", "disagreeing")
"""The names of the weights, in the order of `cell_features`."""


@dataclass(frozen=True, slots=True)
class SideShares:
    """The probabilities of a statement's own side and of the other."""

    own: float
    other: float = 0.0


def cell_features(
    agreeing: Sequence[SideShares], disagreeing: Sequence[SideShares], *, noisy_or: float
) -> tuple[float, float, float]:
    """What tells whether a cell has a side.

    Parameters
    ----------
    agreeing, disagreeing : the statements on the side, at least one, and those on the other
    noisy_or : the probability that at least one on the side is right, were they independent

    Returns
    -------
    the log odds of ``noisy_or``; the logarithm of how much likelier than the other side the side
    is in the clearest of the statements; and that of the expected number of those that disagree,
    which tells more of the second than of the ninth

    Examples
    --------
    >>> cell_features([SideShares(0.5, 0.5)], [], noisy_or=0.5)
    (0.0, 0.0, 0.0)
    """
    balance = max((s.own + MIN_SHARE) / (s.other + MIN_SHARE) for s in agreeing)
    expected = math.fsum(statement.own for statement in disagreeing)
    return _log_odds(noisy_or), math.log(balance), math.log1p(expected)


def _log_odds(probability: float) -> float:
    share = min(max(probability, MIN_PROBABILITY), 1 - MIN_PROBABILITY)
    return math.log(share / (1 - share))


def cell_probability(features: Sequence[float], *, weights: CellWeights) -> float:
    """The probability that a cell with these features has the side."""
    values = (getattr(weights, name) for name in CELL_FEATURES)
    logit = weights.intercept + math.fsum(w * x for w, x in zip(values, features, strict=True))
    return (1 + math.tanh(logit / 2)) / 2  # the logistic function, which no logit overflows
