"""Is one run better than another? Tests of two runs' predictions of the same rows."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from typing import Any

import numpy as np
import numpy.typing as npt

from train.scoring.alignment import PairedPredictions
from train.scoring.bootstrap import (
    MIN_GROUPS,
    NO_INTERVAL,
    chunks,
    percentile_interval,
    resampled_sums,
    weighted_sums,
)
from train.scoring.scores import Counts, score_of_confusion

TIE = 1e-12  # scores that differ by less are the same number, added up in another order


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of scores, b less a, from a bootstrap."""

    difference: float
    ci95: tuple[float, float]
    p: float


@dataclass(frozen=True, slots=True)
class McNemar:
    """The rows only one of two runs has right."""

    only_a_right: int
    only_b_right: int
    p: float


@dataclass(frozen=True, slots=True)
class DifferingRow:
    """A row two runs label differently; ``right`` is a, b or neither."""

    id: str
    group: str
    label: str
    a: str
    b: str
    right: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two runs compare on one score.

    Attributes
    ----------
    score : its name
    difference : ``score_b`` less ``score_a``, with a 95% interval over groups
    p_bootstrap, p_randomisation : two-sided, rows drawn or swapped by group
    mcnemar : of accuracy alone, as if rows were independent
    """

    score: str
    n: int
    n_groups: int
    score_a: float
    score_b: float
    difference: float
    ci95: tuple[float, float]
    p_bootstrap: float
    p_randomisation: float
    mcnemar: McNemar
    n_differing: int

    def to_dict(self) -> dict[str, Any]:
        """Fit for JSON: what cannot be had, with fewer than two groups, is None."""
        known = asdict(self) | {"ci95": [_known(end) for end in self.ci95]}
        return known | {"p_bootstrap": _known(self.p_bootstrap)}


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def paired_bootstrap(paired: PairedPredictions, *, score: str, draws: int, seed: int) -> Difference:
    """Difference of a score, b less a, when groups are drawn again and both runs score the draw.

    The p-value is where the percentile interval would just touch 0: twice the smaller of
    (r + 1) / (draws + 1), with r the draws whose difference is at most 0, or at least 0. So it
    agrees with the interval, is never 0, and is 1 for runs that predict the same. Interval and p
    are nan where there are fewer than two groups.

    Parameters
    ----------
    score : a name in `train.scoring.scores.SCORES_OF_CONFUSION`

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, section 15.4; Davison and Hinkley
    (1997), Bootstrap Methods and their Application, chapter 4, for the added 1.
    """
    counts = paired.confusions()
    (difference,) = _differences(counts.sum(axis=0)[None], paired, score)
    if len(counts) < MIN_GROUPS:
        return Difference(float(difference), NO_INTERVAL, float("nan"))
    found = _differences(resampled_sums(counts, draws=draws, seed=seed), paired, score)
    rare = min(np.sum(found <= TIE), np.sum(found >= -TIE))
    p = min(1.0, 2 * float(rare + 1) / (draws + 1))
    return Difference(float(difference), percentile_interval(found), p)


def _differences(
    confusions: Counts, paired: PairedPredictions, score: str
) -> npt.NDArray[np.float64]:
    found = score_of_confusion(score)(confusions, paired.labels)
    return np.asarray(found[:, 1] - found[:, 0])


def approximate_randomization(
    paired: PairedPredictions, *, score: str, draws: int, seed: int
) -> float:
    """Two-sided p-value of the difference of a score, if it did not matter which run said what.

    Each draw swaps the two runs' predictions in a random half of the groups, a whole group at a
    time; p is (r + 1) / (draws + 1), with r the draws whose difference is as large either way. With
    few groups it cannot be small: k groups have 2^k swaps.

    References
    ----------
    Noreen (1989), Computer-Intensive Methods for Testing Hypotheses, chapter 2; Yeh (2000), More
    accurate tests for the statistical significance of result differences (COLING).
    """
    counts = paired.confusions()
    observed = counts.sum(axis=0)
    swing = counts[:, ::-1] - counts
    swapped = observed + weighted_sums(swing, _coins(len(counts), draws=draws, seed=seed))
    found = np.abs(_differences(swapped, paired, score))
    (difference,) = np.abs(_differences(observed[None], paired, score))
    return float(np.sum(found >= difference - TIE) + 1) / (draws + 1)


def _coins(n_groups: int, *, draws: int, seed: int) -> Iterator[Counts]:
    random = np.random.default_rng(seed)
    for size in chunks(draws, width=n_groups):
        yield random.integers(0, 2, (size, n_groups)).astype(np.float64)


def mcnemar(paired: PairedPredictions) -> McNemar:
    """Exact two-sided test that either run is as likely to be the one that is right.

    Of accuracy, and as if rows were independent: where rows of a group are alike, p is too small,
    and `approximate_randomization` is the test to read.

    References
    ----------
    McNemar (1947), Note on the sampling error of the difference between correlated proportions;
    exact by the binomial of the rows only one has right. Dietterich (1998), Approximate statistical
    tests for comparing supervised classification learning algorithms.
    """
    from scipy.stats import binom

    right_a, right_b = paired.y_pred_a == paired.y_true, paired.y_pred_b == paired.y_true
    only_a, only_b = int(np.sum(right_a & ~right_b)), int(np.sum(right_b & ~right_a))
    tail = float(binom.cdf(min(only_a, only_b), only_a + only_b, 0.5))
    return McNemar(only_a, only_b, min(1.0, 2 * tail))


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values adjusted for how many there are, in the order given.

    Calling significant what stays under a level keeps the chance of any false call under it,
    however the tests depend on each other.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure.
    """
    given = np.array(p_values, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    steps = np.arange(len(given), 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.maximum.accumulate(given[order] * steps), 1)
    return [float(p) for p in adjusted]


def differing_rows(paired: PairedPredictions) -> list[DifferingRow]:
    """The rows the runs label differently, in order, each with the run that is right."""
    rows = zip(
        paired.ids,
        paired.groups,
        paired.y_true.tolist(),
        paired.y_pred_a.tolist(),
        paired.y_pred_b.tolist(),
        strict=True,
    )
    return [
        DifferingRow(name, group, label, a, b, {a: "a", b: "b"}.get(label, "neither"))
        for name, group, label, a, b in rows
        if a != b
    ]


def compare(paired: PairedPredictions, *, score: str, draws: int, seed: int) -> Comparison:
    """Every test of two runs on one score."""
    of_draws = paired_bootstrap(paired, score=score, draws=draws, seed=seed)
    both = score_of_confusion(score)(paired.confusions().sum(axis=0), paired.labels)
    return Comparison(
        score=score,
        n=len(paired.ids),
        n_groups=len(set(paired.groups)),
        score_a=float(both[0]),
        score_b=float(both[1]),
        difference=of_draws.difference,
        ci95=of_draws.ci95,
        p_bootstrap=of_draws.p,
        p_randomisation=approximate_randomization(paired, score=score, draws=draws, seed=seed),
        mcnemar=mcnemar(paired),
        n_differing=int(np.sum(paired.y_pred_a != paired.y_pred_b)),
    )
