"""Probabilities of logits, and logits of probabilities."""

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
MIN_SHARE = 1e-9  # keeps logarithms finite


def softmax(logits: Array) -> Array:
    """Probabilities that sum to 1 in each row, of the shape and type of the logits."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: Array = powers / powers.sum(axis=1, keepdims=True)
    return probabilities


def sigmoid(logits: Array) -> Array:
    """The probability of each logit, of the shape and type of the logits.

    It is written with a hyperbolic tangent, which no logit overflows.
    """
    probabilities: Array = (1 + np.tanh(logits / 2)) / 2
    return probabilities


def log_shares(shares: Array) -> Array:
    """Logits whose softmax the probabilities of a row are, of their shape and type."""
    logits: Array = np.log(np.maximum(shares, MIN_SHARE))
    return logits


def log_odds(shares: Array, *, least: float = MIN_SHARE) -> Array:
    """The logits whose sigmoid probabilities are.

    Parameters
    ----------
    least : a probability that is nearer to 0 or 1 is taken for one so far away

    >>> log_odds(np.array([0.5, 0.0]), least=0.25).round(2).tolist()
    [0.0, -1.1]
    """
    clipped = np.clip(shares, least, 1 - least)
    logits: Array = np.log(clipped / (1 - clipped))
    return logits
