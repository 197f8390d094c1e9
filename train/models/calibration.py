"""Calibration on held-out rows: temperature scaling, and a shift of the logits of each label."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from standpoint.model import Floats
from standpoint.probabilities import softmax
from train.scoring import Labels

# Steps of the grid search around its best point: 1 in logits multiplies the odds by 2.7. That no
# grid is finer than 0.1 is a guess: finer ones would follow the noise of dev.
GRID_STEPS = ((-1.0, -0.5, 0.0, 0.5, 1.0), (-0.25, 0.0, 0.25), (-0.1, 0.0, 0.1))
MIN_PROBABILITY = 1e-9  # log(0) is not a logit
MIN_TEMPERATURE, MAX_TEMPERATURE = 0.2, 20.0
"""Bounds of the search: a guess, far beyond any temperature that a usable model needs."""
MAX_SHIFT = 8.0  # of a logit, either way: odds of 3,000, as far beyond
MAX_WEIGHT = 8.0  # of evidence in logits, as far beyond
Integers = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scaling:
    """Calibrated: ``softmax(logits / temperature + shift + the sum of weight * evidence)``."""

    temperature: float
    shift: tuple[float, ...]
    weights: tuple[float, ...] = ()

    def probabilities(self, logits: Floats, evidence: Sequence[Floats] = ()) -> Floats:
        """The calibrated probabilities of rows, of the shape of their logits."""
        scores = logits / np.float32(self.temperature) + np.array(self.shift, np.float32)
        for weight, own in zip(self.weights, evidence, strict=True):
            scores = scores + np.float32(weight) * own
        return softmax(scores)


def fit_shift(probabilities: Floats, objective: Callable[[Floats], float]) -> Floats:
    """What to add to each label's logit so that held-out rows score best.

    A grid search that grows finer around its best point; among points of one score the smallest
    shift wins. The first label's shift stays 0.

    Parameters
    ----------
    probabilities : array of shape (n, n_labels), of the held-out rows
    objective : the score of shifted probabilities

    Returns
    -------
    array of shape (n_labels,), the first number 0

    References
    ----------
    Lipton, Elkan and Naryanaswamy (2014), Optimal Thresholding of Classifiers to Maximize F1.
    """
    logits = np.log(np.maximum(probabilities, MIN_PROBABILITY))
    best = np.zeros(probabilities.shape[1], dtype=np.float32)
    for steps in GRID_STEPS:
        shifts = [
            best + np.array((0.0, *move), np.float32)
            for move in product(steps, repeat=len(best) - 1)
        ]
        shifts.sort(key=lambda shift: float(np.abs(shift).sum()))
        best = max(shifts, key=lambda shift: objective(softmax(logits + shift)))
    return best


def fit_temperature(logits: Floats, y: Labels, *, labels: Sequence[str]) -> float:
    """The temperature with the least cross-entropy on held-out rows, between 0.2 and 20.

    References
    ----------
    Guo et al. (2017), On Calibration of Modern Neural Networks, section 4.2.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import log_softmax

    columns = np.array([labels.index(label) for label in y])

    def cross_entropy(log_temperature: float) -> float:
        log_probabilities = log_softmax(logits / np.exp(log_temperature), axis=1)
        return float(-np.mean(log_probabilities[np.arange(len(columns)), columns]))

    bounds = (np.log(MIN_TEMPERATURE), np.log(MAX_TEMPERATURE))
    return float(np.exp(minimize_scalar(cross_entropy, bounds=bounds, method="bounded").x))


def fit_scaling(
    logits: Floats,
    columns: Integers,
    *,
    shifted: Sequence[int],
    evidence: Sequence[Floats] = (),
) -> Scaling:
    """The temperature, and shifts of some labels, with the least cross-entropy on held-out rows.

    Parameters
    ----------
    logits : array of shape (n, n_labels)
    columns : the label of each row
    shifted : the columns with a shift of their own; that of the others is 0
    evidence : each of the shape of the logits; a multiple of it, never a negative one, is added

    References
    ----------
    Guo et al. (2017), section 4.2: vector scaling, with one temperature for all labels.
    """
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    exact = logits.astype(np.float64)
    added = np.array([*evidence], np.float64).reshape(len(evidence), *exact.shape)
    n_weights = len(evidence)

    def shift_of(parameters: Doubles) -> Doubles:
        shift = np.zeros(logits.shape[1])
        shift[list(shifted)] = parameters[1 + n_weights :]
        return shift

    def cross_entropy(parameters: Doubles) -> float:
        scaled = exact / np.exp(parameters[0])
        scaled = scaled + np.tensordot(parameters[1 : 1 + n_weights], added, axes=1)
        scores = log_softmax(scaled + shift_of(parameters), axis=1)
        return float(-np.mean(scores[np.arange(len(columns)), columns]))

    bounds = [(np.log(MIN_TEMPERATURE), np.log(MAX_TEMPERATURE))]
    bounds += [(0.0, MAX_WEIGHT)] * n_weights
    bounds += [(-MAX_SHIFT, MAX_SHIFT)] * len(shifted)
    best = minimize(cross_entropy, np.zeros(len(bounds)), bounds=bounds, method="L-BFGS-B").x
    shift, weights = shift_of(best).tolist(), best[1 : 1 + n_weights].tolist()
    return Scaling(float(np.exp(best[0])), tuple(shift), tuple(weights))
