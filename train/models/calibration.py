"""What is set on held-out rows once a head is fitted: temperatures, and shifts of the labels."""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np

from standpoint.model import Floats, softmax
from train.scoring import Labels

STEPS = ((-1.0, -0.5, 0.0, 0.5, 1.0), (-0.25, 0.0, 0.25), (-0.1, 0.0, 0.1))


def fit_shift(shares: Floats, objective: Callable[[Floats], float]) -> Floats:
    """What to add to each label's logit so that held-out rows score best.

    A grid that grows finer around its best point; of points that score alike the smallest shift is
    taken. The first label stays where it is.

    Parameters
    ----------
    shares : array of shape (n, n_labels), probabilities of the held-out rows
    objective : the score of such probabilities once they are shifted

    Returns
    -------
    array of shape (n_labels,), the first number 0

    References
    ----------
    Lipton, Elkan and Naryanaswamy (2014), Optimal Thresholding of Classifiers to Maximize F1.
    """
    logits = np.log(np.maximum(shares, 1e-9))
    best = np.zeros(shares.shape[1], dtype=np.float32)
    for steps in STEPS:
        moves = [
            best + np.array((0.0, *move), np.float32)
            for move in product(steps, repeat=len(best) - 1)
        ]
        moves.sort(key=lambda move: float(np.abs(move).sum()))
        best = max(moves, key=lambda move: objective(softmax(logits + move)))
    return best


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
