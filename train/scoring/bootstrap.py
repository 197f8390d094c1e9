"""How far a score would move had other groups been drawn, or another seed."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
MIN_GROUPS = 2
MAX_CELLS = 1_000_000
NO_INTERVAL = (float("nan"), float("nan"))


def interval(
    score: Callable[[Rows], float], groups: Sequence[str], *, draws: int, seed: int
) -> tuple[float, float]:
    """95% percentile interval of a score by bootstrap over groups.

    Of any score, at one call a draw; `scores.confusion_interval` gives the same numbers
    for scores of a confusion matrix, all draws at once.

    Parameters
    ----------
    score : of the rows with these numbers
    groups : of each row; a group is drawn whole

    Returns
    -------
    The 2.5th and the 97.5th percentile; twice nan where there are fewer than two groups.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13; groups are drawn
    because rows of one article are not independent.
    """
    names, of_row = np.unique(np.array(groups), return_inverse=True)
    if len(names) < MIN_GROUPS:
        return NO_INTERVAL
    rows_of = [np.flatnonzero(of_row == n) for n in range(len(names))]
    random = np.random.default_rng(seed)
    found = [
        score(np.concatenate([rows_of[n] for n in random.integers(0, len(names), len(names))]))
        for _ in range(draws)
    ]
    return percentile_interval(np.array(found))


def percentile_interval(found: Floats) -> tuple[float, float]:
    """The 2.5th and the 97.5th percentile: the ends of a 95% percentile interval."""
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def resampled_sums(counts: Floats, *, draws: int, seed: int) -> Floats:
    """Sums over groups drawn with replacement: what a bootstrap of anything that adds up needs.

    The draws are those of `interval` with the same seed.

    Parameters
    ----------
    counts : array of shape (n_groups, ...), added up over each draw's n_groups groups

    Returns
    -------
    Array of shape (draws, ...).
    """
    n = len(counts)
    random = np.random.default_rng(seed)

    def times(size: int) -> Floats:
        first = np.arange(size)[:, None] * n
        drawn = random.integers(0, n, (size, n)) + first
        return np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n).astype(np.float64)

    return weighted_sums(counts, (times(size) for size in chunks(draws, width=n)))


def weighted_sums(counts: Floats, weights: Iterator[Floats]) -> Floats:
    """Sums over groups, each group as many times as a draw says.

    Parameters
    ----------
    counts : array of shape (n_groups, ...)
    weights : arrays of shape (some draws, n_groups), one at a time
    """
    flat = counts.reshape(len(counts), -1)
    return np.concatenate([some @ flat for some in weights]).reshape(-1, *counts.shape[1:])


def chunks(draws: int, *, width: int) -> list[int]:
    """Sizes that add up to ``draws``, so that no array of (size, width) passes a million cells.

    >>> chunks(1000, width=3000)
    [333, 333, 333, 1]
    """
    size = max(1, MAX_CELLS // max(1, width))
    return [min(size, draws - done) for done in range(0, draws, size)]


def mean_and_spread(values: Sequence[float]) -> tuple[float, float]:
    """Mean and sample standard deviation (n - 1), of the same score over seeds.

    The spread of a single value is nan. It says what chance in training does, not what chance in
    the choice of test articles does: that is what `interval` says.

    >>> mean_and_spread([0.5, 0.75, 1.0])
    (0.75, 0.25)
    """
    if not values:
        raise ValueError("mean_and_spread: must get one value or more, got none.")
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else float("nan")
    return float(np.mean(values)), spread
