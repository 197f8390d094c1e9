"""Krippendorff's alpha for nominal values: agreement of coders, corrected for chance."""

from collections.abc import Iterable, Sequence
from itertools import permutations

import numpy as np

from train.scoring.bootstrap import Floats


def coincidence_matrix(units: Iterable[Sequence[str | None]], *, values: Sequence[str]) -> Floats:
    """How often pairs of values occur in the same unit.

    Every ordered pair of values of a unit counts 1 / (m - 1), with m the number of its values. A
    unit with fewer than two has no pair. Matrices of parts add up to that of the whole.

    Parameters
    ----------
    units : the value that each coder gave a unit, None for a missing one
    values : all that occur

    Returns
    -------
    Symmetric array of shape (n_values, n_values).
    """
    column = {value: number for number, value in enumerate(values)}
    matrix = np.zeros((len(values), len(values)))
    for unit in units:
        present = [column[value] for value in unit if value is not None]
        for cell in permutations(present, 2):
            matrix[cell] += 1 / (len(present) - 1)
    return matrix


def krippendorff_alphas(matrices: Floats) -> Floats:
    """Krippendorff's alpha of each coincidence matrix.

    1 where coders always agree, 0 where they agree as often as randomly paired values would; nan
    where all values are the same: agreement by chance is then certain.

    Parameters
    ----------
    matrices : array of shape (..., n_values, n_values), from `coincidence_matrix`

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections B and C.
    """
    totals = matrices.sum(axis=-1)
    n = totals.sum(axis=-1)
    observed = n - np.trace(matrices, axis1=-2, axis2=-1)  # disagreement
    expected = n**2 - (totals**2).sum(axis=-1)
    ratio = np.full_like(n, np.nan)
    np.divide((n - 1) * observed, expected, out=ratio, where=expected > 0)
    return np.asarray(1 - ratio)
