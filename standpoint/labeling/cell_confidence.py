"""How sure a cell of the table is: the probability that the actor does take its side.

Noisy-OR takes statements for independent, which those of one article are not: who is misread once
is misread again. So a judge brings the weights of a logistic regression, fitted on real documents.
"""

import math
from collections.abc import Sequence

from standpoint.judge import CellWeights

MIN_PROBABILITY = 1e-3
"""Of a statement, and its distance from 1: log odds of 7 at most, as far as dev can tell."""
CELL_FEATURES = ("best", "agreeing", "disagreeing")
"""The names of the weights, in the order of `cell_features`."""


def cell_features(
    agreeing: Sequence[float], disagreeing: Sequence[float]
) -> tuple[float, float, float]:
    """The log odds of the surest statement, and how many others agree and disagree.

    Numbers are expected ones, the sums of the probabilities, and grow as logarithms: the second
    statement that agrees tells more than the ninth.

    Parameters
    ----------
    agreeing, disagreeing : probabilities of the statements on the side, at least one, and on the
        other

    >>> cell_features([0.5], [])
    (0.0, 0.0, 0.0)
    """
    best = max(agreeing)
    others = max(0.0, math.fsum(agreeing) - best)
    return _log_odds(best), math.log1p(others), math.log1p(math.fsum(disagreeing))


def _log_odds(probability: float) -> float:
    share = min(max(probability, MIN_PROBABILITY), 1 - MIN_PROBABILITY)
    return math.log(share / (1 - share))


def cell_probability(
    agreeing: Sequence[float], disagreeing: Sequence[float], *, weights: CellWeights
) -> float:
    """The probability that a cell has a side; 0 where no statement takes it."""
    if not agreeing:
        return 0.0
    values = (getattr(weights, name) for name in CELL_FEATURES)
    features = cell_features(agreeing, disagreeing)
    logit = weights.intercept + math.fsum(w * x for w, x in zip(values, features, strict=True))
    return (1 + math.tanh(logit / 2)) / 2  # the logistic function, which no logit overflows
