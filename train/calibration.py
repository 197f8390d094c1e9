"""Temperatures that make held-out probabilities likeliest."""

from collections.abc import Sequence

import numpy as np

from standpoint.model import Floats
from train.scores import Labels


def fit_temperature(logits: Floats, y: Labels, *, labels: Sequence[str]) -> float:
    """The temperature that makes held-out probabilities likeliest, between 0.2 and 20.

    References
    ----------
    Guo et al. (2017), On Calibration of Modern Neural Networks, section 4.2.
    """
    from scipy.optimize import minimize_scalar

    truth = np.array([labels.index(label) for label in y])

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log_shares = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-np.mean(log_shares[np.arange(len(truth)), truth]))

    best = minimize_scalar(loss, bounds=(np.log(0.2), np.log(20)), method="bounded")
    return float(np.exp(best.x))
