"""Probabilities of logits."""

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


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
