"""Bootstrap over groups: resampled sums, percentile intervals, and the spread over seeds."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
MIN_GROUPS = 2  # one group alone gives the same sum in every draw: an interval of no width
MAX_CELLS = 1_000_000  # of the weights of a chunk of draws: 8 MB of floats
NO_INTERVAL = (float("nan"), float("nan"))


def bootstrap_interval(
    counts: Floats, statistic: Callable[[Floats], Floats], *, draws: int, seed: int
) -> tuple[float, float]:
    """95% percentile interval of a statistic of sums, by bootstrap over groups.

    Parameters
    ----------
    counts : array of shape (n_groups, ...)
    statistic : of sums of shape (draws, ...), one value for each draw

    Returns
    -------
    The 2.5th and the 97.5th percentile; twice nan where there are fewer than two groups.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13; groups are drawn
    because rows of one article are not independent.
    """
    if len(counts) < MIN_GROUPS:
        return NO_INTERVAL
    return percentile_interval(statistic(resampled_sums(counts, draws=draws, seed=seed)))


def percentile_interval(values: Floats) -> tuple[float, float]:
    """The 2.5th and the 97.5th percentile: the ends of a 95% percentile interval."""
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def resampled_sums(counts: Floats, *, draws: int, seed: int) -> Floats:
    """Sums over groups that are resampled with replacement.

    Parameters
    ----------
    counts : array of shape (n_groups, ...), added up over each draw's n_groups groups

    Returns
    -------
    Array of shape (draws, ...).
    """
    n = len(counts)
    random = np.random.default_rng(seed)

    def multiplicities(size: int) -> Floats:
        """How often each group is in each draw, of shape (size, n_groups)."""
        first = np.arange(size)[:, None] * n
        drawn = random.integers(0, n, (size, n)) + first
        return np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n).astype(np.float64)

    return weighted_sums(counts, map(multiplicities, chunk_sizes(draws, width=n)))


def weighted_sums(counts: Floats, weights: Iterator[Floats]) -> Floats:
    """Weighted sums over groups.

    Parameters
    ----------
    counts : array of shape (n_groups, ...)
    weights : chunks of shape (n_draws, n_groups)

    Returns
    -------
    Array of shape (all draws, ...).
    """
    flat = counts.reshape(len(counts), -1)
    return np.concatenate([chunk @ flat for chunk in weights]).reshape(-1, *counts.shape[1:])


def chunk_sizes(draws: int, *, width: int) -> list[int]:
    """Sizes that add up to ``draws``, so that no array of (size, width) exceeds `MAX_CELLS`.

    >>> chunk_sizes(1000, width=3000)
    [333, 333, 333, 1]
    """
    size = max(1, MAX_CELLS // max(1, width))
    return [min(size, draws - done) for done in range(0, draws, size)]


def mean_and_spread(values: Sequence[float]) -> tuple[float, float]:
    """Mean and sample standard deviation (n - 1) of the same score over seeds.

    The spread of a single value is nan. It measures the variance of training, not that of the
    choice of test articles, which `bootstrap_interval` measures.

    >>> mean_and_spread([0.5, 0.75, 1.0])
    (0.75, 0.25)
    """
    if not values:
        raise ValueError("mean_and_spread: must get one value or more, got none.")
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else float("nan")
    return float(np.mean(values)), spread
