"""Inter-annotator agreement on the doubly annotated seeds: Krippendorff's alpha and F1."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np

from standpoint.errors import CorpusError
from standpoint.text import Span, words_of
from train.articles.attribution_scores import ratio, word_numbers
from train.articles.double_annotation import (
    PAIRS,
    DoublyAnnotated,
    adjudicated_as,
    disagreements,
    doubly_annotated,
    is_cued,
)
from train.corpora import Annotations, Seeds, SeedStatement
from train.scoring import (
    MIN_GROUPS,
    Floats,
    coincidence_matrix,
    krippendorff_alphas,
    percentile_interval,
    resampled_sums,
)

DRAWS = 1_000  # of the bootstrap, as for all scores (docs/benchmarks.md)
_KINDS = {"all": (True, False), "cued": (True,), "implied": (False,)}
PartOf = Callable[[SeedStatement], Any]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure over ``n`` units, with its 95% bootstrap interval over articles.

    The value is None where the units leave it undefined; the interval is of the draws that define
    it.
    """

    value: float | None
    ci95: tuple[float, float] | None
    n: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two annotators.

    Attributes
    ----------
    units : number of units of each kind (all, cued, implied) of ``first``, ``second`` and ``both``
    measures : by name, see `agreement`
    by_codebook : the alphas of the articles of each codebook
    differences : units with different stances, by kind of disagreement
    settled : disagreements adjudicated as the first annotator, as the second, or as neither
    """

    articles: int
    units: dict[str, dict[str, int]]
    measures: dict[str, Estimate]
    by_codebook: dict[str, dict[str, Estimate]]
    differences: dict[str, int]
    settled: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Bootstrap:
    """Bootstrap over articles, of measures of summed counts."""

    draws: int
    seed: int

    def of(self, counts: Floats, score: Callable[[Floats], Floats], *, n: float) -> Estimate:
        """The measure over all articles and its interval; counts of shape (n_articles, ...)."""
        value = float(score(counts.sum(axis=0)[None])[0])
        if np.isnan(value):
            return Estimate(None, None, round(n))
        drawn = score(resampled_sums(counts, draws=self.draws, seed=self.seed))
        defined = drawn[~np.isnan(drawn)]
        has_ends = len(counts) >= MIN_GROUPS and len(defined)
        return Estimate(value, percentile_interval(defined) if has_ends else None, round(n))


def agreement(
    seeds: Seeds, annotations: Annotations, *, draws: int = DRAWS, seed: int = 0
) -> Agreement:
    """Measure the agreement of the two annotators.

    The measures:

    ``alpha.stance``
        Krippendorff's alpha of the stance, over units that both marked
    ``alpha.stance.strict``, ``alpha.stance.strict.cued``
        the same over all units: a unit that an annotator did not mark counts as ``none``; and only
        over units with a cue
    ``alpha.side``
        of favor and against alone, over units in which both marked a single side
    ``alpha.tone``, ``alpha.attribution``
        of the tone, and of quote, paraphrase, act and narrator, over units that both marked
    ``f1.units``, ``f1.units.cued``, ``f1.units.implied``
        F1 of the units of an annotator against the other's; n is the number that either marked
    ``{cue,holder}.{exact,overlap,token_f1}``
        of the units in which both marked such spans, the share whose spans are equal, or overlap;
        and the mean F1 of the tokens in them

    Parameters
    ----------
    draws, seed : of the bootstrap over articles

    Raises
    ------
    CorpusError
        no article is annotated twice
    """
    articles = doubly_annotated(seeds, annotations)
    if not articles:
        raise CorpusError(
            "seeds/first and seeds/second: must hold an article annotated twice, got none."
        )
    codebooks = sorted({article.article.codebook for article in articles})
    bootstrap = _Bootstrap(draws, seed)
    overlaps = {kind: _overlaps(articles, kind) for kind in _KINDS}
    names = ("both", "first", "second")
    return Agreement(
        articles=len(articles),
        units={
            kind: dict(zip(names, counts.sum(axis=0).astype(int).tolist(), strict=True))
            for kind, counts in overlaps.items()
        },
        measures={
            **_alphas(articles, bootstrap),
            **_f1s(overlaps, bootstrap),
            **_shares(articles, bootstrap, "cue", attrgetter("cue")),
            **_shares(articles, bootstrap, "holder", attrgetter("holder_span")),
        },
        by_codebook={
            name: _alphas([a for a in articles if a.article.codebook == name], bootstrap)
            for name in codebooks
        },
        differences=dict(
            Counter(kind for a in articles for kind in disagreements(a).values()).most_common()
        ),
        settled=dict(Counter(map(adjudicated_as, annotations.settled)).most_common()),
    )


def _alphas(articles: Sequence[DoublyAnnotated], bootstrap: _Bootstrap) -> dict[str, Estimate]:
    estimates = {}
    for name, pairs_of in PAIRS.items():
        by_article = [list(pairs_of(article)) for article in articles]
        values = sorted({value for pairs in by_article for pair in pairs for value in pair})
        counts = np.array([coincidence_matrix(pairs, values=values) for pairs in by_article])
        estimates[f"alpha.{name}"] = bootstrap.of(counts, krippendorff_alphas, n=counts.sum() / 2)
    return estimates


def _overlaps(articles: Sequence[DoublyAnnotated], kind: str) -> Floats:
    """Number of units of a kind by article: of both, of the first, of the second."""
    rows = []
    for article in articles:
        first, second = (
            {unit for unit, own in units.items() if is_cued(own) in _KINDS[kind]}
            for units in (article.first, article.second)
        )
        rows.append([len(first & second), len(first), len(second)])
    return np.array(rows, dtype=float)


def _f1s(overlaps: dict[str, Floats], bootstrap: _Bootstrap) -> dict[str, Estimate]:
    return {
        f"f1.units.{kind}".removesuffix(".all"): bootstrap.of(
            counts,
            lambda sums: ratio(2 * sums[:, 0], sums[:, 1] + sums[:, 2], undefined=np.nan),
            n=float(counts.sum(axis=0) @ (-1, 1, 1)),
        )
        for kind, counts in overlaps.items()
    }


def _shares(
    articles: Sequence[DoublyAnnotated], bootstrap: _Bootstrap, name: str, part_of: PartOf
) -> dict[str, Estimate]:
    counts = np.array([_span_agreement(article, part_of) for article in articles])
    return {
        f"{name}.{how}": bootstrap.of(
            counts[:, [0, at]],
            lambda sums: ratio(sums[:, 1], sums[:, 0], undefined=np.nan),
            n=counts[:, 0].sum(),
        )
        for at, how in enumerate(("exact", "overlap", "token_f1"), 1)
    }


def _span_agreement(article: DoublyAnnotated, part_of: PartOf) -> Floats:
    """Of the units with such spans of both: their number, equal, overlapping, sum of token F1."""
    starts = tuple(word.start for word in words_of(article.article.text))
    rows = [[0.0] * 4]
    for both in map(article.statements_of, article.common):
        first, second = ({part.span for s in own if (part := part_of(s))} for own in both)
        if first and second:
            rows.append(_compared(first, second, starts))
    total: Floats = np.sum(rows, axis=0)
    return total


def _compared(first: set[Span], second: set[Span], starts: Sequence[int]) -> list[float]:
    same = first == second
    overlap = any(a.overlaps(b) for a in first for b in second)
    tokens_a, tokens_b = (set(word_numbers(starts, sorted(spans))) for spans in (first, second))
    n = len(tokens_a) + len(tokens_b)
    return [1, same, overlap, 2 * len(tokens_a & tokens_b) / n if n else same]
