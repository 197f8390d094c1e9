"""Krippendorff's alpha of nominal values."""

from collections.abc import Iterable, Sequence
from itertools import permutations

import numpy as np

from train.scoring.bootstrap import Floats


def coincidence_matrix(units: Iterable[Sequence[str | None]], *, values: Sequence[str]) -> Floats:
    """How often values meet in a unit: the coincidence matrix.

    Every ordered pair of values of a unit counts 1 / (m - 1), with m the values it has. A unit
    with fewer than two has nothing to compare. Matrices of parts add up to that of the whole.

    Parameters
    ----------
    units : what each annotator gave a unit, None where he gave it nothing
    values : all there are

    Returns
    -------
    Symmetric array of shape (n_values, n_values).
    """
    at = {value: number for number, value in enumerate(values)}
    matrix = np.zeros((len(values), len(values)))
    for unit in units:
        given = [at[value] for value in unit if value is not None]
        for one, other in permutations(given, 2):
            matrix[one, other] += 1 / (len(given) - 1)
    return matrix


def krippendorff_alphas(matrices: Floats) -> Floats:
    """Krippendorff's alpha of each coincidence matrix.

    1 where annotators always agree, 0 where they agree as often as values put together by chance
    would; nan where no two different values were given, since there is nothing to agree on.

    Parameters
    ----------
    matrices : array of shape (..., n_values, n_values), from `coincidence_matrix`

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections B and C.
    """
    of_value = matrices.sum(axis=-1)
    n = of_value.sum(axis=-1)
    apart = n - np.trace(matrices, axis1=-2, axis2=-1)
    by_chance = n**2 - (of_value**2).sum(axis=-1)
    ratio = np.full_like(n, np.nan)
    np.divide((n - 1) * apart, by_chance, out=ratio, where=by_chance > 0)
    return np.asarray(1 - ratio)


def krippendorff_alpha(units: Sequence[Sequence[str | None]]) -> float:
    """Krippendorff's alpha of the values that annotators gave to units; see `krippendorff_alphas`.

    >>> round(krippendorff_alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", None)]), 3)
    0.444
    """
    values = sorted({value for unit in units for value in unit if value is not None})
    return float(krippendorff_alphas(coincidence_matrix(units, values=values)))
