"""The issues of a codebook compete for a sentence: it is mostly about one of them.

A judge reads each issue with the sentence alone, and learns of the others only here.
"""

import numpy as np

from standpoint.judge.settings import ANSWERS
from standpoint.judge.tokens import Floats

OTHERS_BASE = 0.1
"""The probability of other issues that doubles the odds of "not" at a weight of 1. With 0.03 or 0.3
in its place the cross-entropy on dev is the same within 0.0005."""
_NOT = ANSWERS.index("not")


def beside_others(holders: Floats, others: float, *, weight: float) -> Floats:
    """The answers on an issue, where the sentence is about other issues to some degree too.

    Parameters
    ----------
    holders : probabilities in the order of `ANSWERS`, of shape (n_holders, 4)
    others : the probabilities that the sentence is about the other issues, in sum; 0 where it is
        asked about one alone, which changes nothing
    weight : ``others_weight`` of the settings

    Returns
    -------
    probabilities of the same shape: the odds of "not" are multiplied by
    ``(1 + others / OTHERS_BASE) ** weight``
    """
    weighted = holders.copy()
    weighted[:, _NOT] *= np.float32((1 + others / OTHERS_BASE) ** weight)
    shares: Floats = weighted / weighted.sum(axis=1, keepdims=True)
    return shares
