"""A bootstrap one draw at a time, for the intervals of `train.scoring` to agree with."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from train.scoring.bootstrap import MIN_GROUPS, NO_INTERVAL, percentile_interval

Rows = npt.NDArray[np.int64]


def interval(
    score: Callable[[Rows], float], groups: Sequence[str], *, draws: int, seed: int
) -> tuple[float, float]:
    """95% percentile interval of a score of the rows with these numbers, by bootstrap over groups."""
    names, of_row = np.unique(np.array(groups), return_inverse=True)
    if len(names) < MIN_GROUPS:
        return NO_INTERVAL
    rows_of = [np.flatnonzero(of_row == n) for n in range(len(names))]
    random = np.random.default_rng(seed)
    scores = [
        score(np.concatenate([rows_of[n] for n in random.integers(0, len(names), len(names))]))
        for _ in range(draws)
    ]
    return percentile_interval(np.array(scores))
