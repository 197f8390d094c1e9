"""Outcomes of single statements, cells and candidates, added up to shares with intervals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from train.articles.annotator_agreement import Estimate
from train.scoring import MIN_GROUPS, Floats, percentile_interval, resampled_sums

DRAWS = 1_000  # of the bootstrap, as for all scores (docs/benchmarks.md)
SEED = 13  # any number: the same one gives the same intervals again


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one statement, cell or candidate.

    Attributes
    ----------
    document : its number: outcomes of one document are not independent
    facets : what it is counted under, such as its kind of document
    counts : what it adds to each number
    """

    document: int
    facets: Mapping[str, str]
    counts: Mapping[str, float]


def by_facet(outcomes: Iterable[Outcome], facet: str) -> dict[str, list[Outcome]]:
    """Outcomes by their value of a facet, in the order of the values; others are left out."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if facet in outcome.facets:
            groups.setdefault(outcome.facets[facet], []).append(outcome)
    return dict(sorted(groups.items()))


def total(outcomes: Iterable[Outcome], name: str) -> int:
    """The sum of one number."""
    return round(sum(outcome.counts.get(name, 0) for outcome in outcomes))


def share(outcomes: Iterable[Outcome], part: str, *, of: str) -> Estimate:
    """One number divided by another, with its interval by bootstrap over documents."""
    return _estimate(outcomes, (part, of), lambda sums: _ratio(sums[:, 0], sums[:, 1]), n=of)


def f1(
    outcomes: Iterable[Outcome], *, precision: tuple[str, str], recall: tuple[str, str]
) -> Estimate:
    """The harmonic mean of precision and recall, with its interval by bootstrap over documents.

    Parameters
    ----------
    precision, recall : the names of a number and of what it is divided by
    """

    def harmonic_mean(sums: Floats) -> Floats:
        p, r = _ratio(sums[:, 0], sums[:, 1]), _ratio(sums[:, 2], sums[:, 3])
        # Without predictions precision is undefined and nothing is found: F1 is 0.
        p = np.where(np.isnan(p) & ~np.isnan(r), 0.0, p)
        mean = _ratio(2 * p * r, p + r)
        return np.where(np.isnan(mean) & ~np.isnan(p + r), 0.0, mean)

    return _estimate(outcomes, (*precision, *recall), harmonic_mean, n=recall[1])


def _estimate(
    outcomes: Iterable[Outcome],
    names: Sequence[str],
    statistic: Callable[[Floats], Floats],
    *,
    n: str,
) -> Estimate:
    by_document: dict[int, Floats] = {}
    for outcome in outcomes:
        row = np.array([outcome.counts.get(name, 0) for name in names], dtype=float)
        by_document[outcome.document] = (
            by_document.get(outcome.document, np.zeros(len(names))) + row
        )
    rows = [row for row in by_document.values() if row.any()]
    counts = np.array(rows).reshape(-1, len(names))
    number = round(float(counts[:, names.index(n)].sum()))
    value = float(statistic(counts.sum(axis=0)[None])[0])
    if np.isnan(value):
        return Estimate(None, None, number)
    if len(counts) < MIN_GROUPS:
        return Estimate(value, None, number)
    drawn = statistic(resampled_sums(counts, draws=DRAWS, seed=SEED))
    defined = drawn[~np.isnan(drawn)]
    return Estimate(value, percentile_interval(defined) if len(defined) else None, number)


def _ratio(part: Floats, whole: Floats) -> Floats:
    ratio = np.full_like(part, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio
