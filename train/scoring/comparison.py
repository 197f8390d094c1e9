"""Significance tests of the difference between two runs' predictions of the same rows."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from typing import Any

import numpy as np

from train.scoring.alignment import PairedPredictions
from train.scoring.bootstrap import (
    MIN_GROUPS,
    NO_INTERVAL,
    Floats,
    chunk_sizes,
    percentile_interval,
    resampled_sums,
    weighted_sums,
)
from train.scoring.scores import score_named

TIE = 1e-12  # scores that differ by less are equal: sums in another order round differently


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of scores, b minus a, with a bootstrap interval and p-value."""

    difference: float
    ci95: tuple[float, float]
    p: float


@dataclass(frozen=True, slots=True)
class McNemar:
    """McNemar's test: rows that only one of two runs has right."""

    only_a_right: int
    only_b_right: int
    p: float


@dataclass(frozen=True, slots=True)
class DifferingRow:
    """A row that two runs label differently; ``right`` is a, b or neither."""

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
    difference : ``score_b`` minus ``score_a``, with a 95% interval by bootstrap over groups
    p_bootstrap, p_randomisation : two-sided, with groups resampled or swapped
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
        """Fields for JSON; interval and p-value are None where there are fewer than two groups."""
        ends = [_none_for_nan(end) for end in self.ci95]
        return asdict(self) | {"ci95": ends, "p_bootstrap": _none_for_nan(self.p_bootstrap)}


def _none_for_nan(value: float) -> float | None:
    return None if isnan(value) else value


def paired_bootstrap(paired: PairedPredictions, *, score: str, draws: int, seed: int) -> Difference:
    """Difference of a score, b minus a, with groups resampled for both runs alike.

    The p-value is two-sided: twice the smaller of (r + 1) / (draws + 1), with r the number of draws
    whose difference is at most 0, or at least 0. So it agrees with the percentile interval, is
    never 0, and is 1 for equal predictions. Interval and p are nan where there are fewer than two
    groups.

    Parameters
    ----------
    score : a name in `train.scoring.scores.SCORES`

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, section 15.4; Davison and Hinkley
    (1997), Bootstrap Methods and their Application, chapter 4, for the added 1.
    """
    counts = paired.confusions()
    (difference,) = _differences(counts.sum(axis=0)[None], paired, score)
    if len(counts) < MIN_GROUPS:
        return Difference(float(difference), NO_INTERVAL, float("nan"))
    resampled = _differences(resampled_sums(counts, draws=draws, seed=seed), paired, score)
    beyond = min(np.sum(resampled <= TIE), np.sum(resampled >= -TIE))
    p = min(1.0, 2 * float(beyond + 1) / (draws + 1))
    return Difference(float(difference), percentile_interval(resampled), p)


def _differences(confusions: Floats, paired: PairedPredictions, score: str) -> Floats:
    scores = score_named(score).of_confusion(confusions, paired.labels)
    return np.asarray(scores[:, 1] - scores[:, 0])


def approximate_randomization(
    paired: PairedPredictions, *, score: str, draws: int, seed: int
) -> float:
    """Two-sided p-value of a paired permutation test over groups.

    The null hypothesis: the two runs are exchangeable. Each draw swaps their predictions in a
    random half of the groups, a whole group at a time; p is (r + 1) / (draws + 1), with r the draws
    whose difference is at least as large in absolute value. With few groups it cannot be small: k
    groups have 2^k permutations.

    References
    ----------
    Noreen (1989), Computer-Intensive Methods for Testing Hypotheses, chapter 2; Yeh (2000), More
    accurate tests for the statistical significance of result differences (COLING).
    """
    counts = paired.confusions()
    observed = counts.sum(axis=0)
    change = counts[:, ::-1] - counts
    swapped = observed + weighted_sums(change, _coin_flips(len(counts), draws=draws, seed=seed))
    permuted = np.abs(_differences(swapped, paired, score))
    (difference,) = np.abs(_differences(observed[None], paired, score))
    return float(np.sum(permuted >= difference - TIE) + 1) / (draws + 1)


def _coin_flips(n_groups: int, *, draws: int, seed: int) -> Iterator[Floats]:
    random = np.random.default_rng(seed)
    for size in chunk_sizes(draws, width=n_groups):
        yield random.integers(0, 2, (size, n_groups)).astype(np.float64)


def mcnemar(paired: PairedPredictions) -> McNemar:
    """McNemar's exact two-sided test of equal accuracy.

    It takes rows as independent: where rows of a group are alike, p is too small, and
    `approximate_randomization` is the right test.

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
    """P-values with the Holm correction for multiple tests, in the same order.

    It controls the family-wise error rate, whatever the dependence between the tests.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure.
    """
    raw = np.array(p_values, dtype=np.float64)
    order = np.argsort(raw, kind="stable")
    steps = np.arange(len(raw), 0, -1)
    adjusted = np.empty_like(raw)
    adjusted[order] = np.minimum(np.maximum.accumulate(raw[order] * steps), 1)
    return [float(p) for p in adjusted]


def differing_rows(paired: PairedPredictions) -> list[DifferingRow]:
    """The rows that the runs label differently, each with the run that is right."""
    columns = (column.tolist() for column in (paired.y_true, paired.y_pred_a, paired.y_pred_b))
    rows = zip(paired.ids, paired.groups, *columns, strict=True)
    return [
        DifferingRow(name, group, label, a, b, {a: "a", b: "b"}.get(label, "neither"))
        for name, group, label, a, b in rows
        if a != b
    ]


def compare(paired: PairedPredictions, *, score: str, draws: int, seed: int) -> Comparison:
    """Every test of two runs on one score."""
    bootstrap = paired_bootstrap(paired, score=score, draws=draws, seed=seed)
    both = score_named(score).of_confusion(paired.confusions().sum(axis=0), paired.labels)
    return Comparison(
        score=score,
        n=len(paired.ids),
        n_groups=len(set(paired.groups)),
        score_a=float(both[0]),
        score_b=float(both[1]),
        difference=bootstrap.difference,
        ci95=bootstrap.ci95,
        p_bootstrap=bootstrap.p,
        p_randomisation=approximate_randomization(paired, score=score, draws=draws, seed=seed),
        mcnemar=mcnemar(paired),
        n_differing=int(np.sum(paired.y_pred_a != paired.y_pred_b)),
    )
