"""How far the two annotators of the older seeds agree."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.errors import CorpusError
from standpoint.text import Span, words_of
from train.articles.attribution_scores import numbers_of
from train.articles.double_annotation import (
    PAIRS,
    Twice,
    annotated_twice,
    differences,
    followed,
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

DRAWS = 1_000
_KINDS = {"all": (True, False), "cued": (True,), "implied": (False,)}
Spans = Callable[[Sequence[SeedStatement]], set[Span]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value of ``n`` units; None where they leave it undefined.

    ``ci95`` is the 95% percentile interval by bootstrap over articles, of the draws that define it.
    """

    value: float | None
    ci95: tuple[float, float] | None
    n: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that is measured.

    Attributes
    ----------
    units : of each kind (all, cued, implied): how many the ``first``, the ``second``, ``both`` have
    measures : by name, see `agreement`
    by_codebook : the alphas of the articles of each
    differences : units whose stance they saw differently, by what each marked
    settled : differences settled as the first had it, as the second, or as neither
    """

    articles: int
    units: dict[str, dict[str, int]]
    measures: dict[str, Estimate]
    by_codebook: dict[str, dict[str, Estimate]]
    differences: dict[str, int]
    settled: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Bootstrap:
    """Estimates by scores of counts that add up over articles."""

    draws: int
    seed: int

    def of(self, counts: Floats, score: Callable[[Floats], Floats], *, n: float) -> Estimate:
        """The score of all articles and its interval; counts of shape (n_articles, ...)."""
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
    """Measure how far the annotators agree.

    The measures:

    ``alpha.stance``
        Krippendorff's alpha of the stance, of units both marked
    ``alpha.stance.strict``, ``alpha.stance.strict.cued``
        the same, with a unit that only one marked as ``none`` for the other, so that ``none``
        beside nothing agrees; and of those alone in which somebody marked a cue
    ``alpha.side``
        of favor and against alone: units in which both saw one side
    ``alpha.tone``, ``alpha.attribution``
        of the tone, and of quote, paraphrase, act and narrator, of units both marked
    ``f1.units``, ``f1.units.cued``, ``f1.units.implied``
        F1 of the units of one annotator against the other's; n is how many either marked
    ``{cue,holder}.{exact,overlap,token_f1}``
        share of the units in which both marked such words whose spans are the same, or overlap;
        and the mean F1 of the words in them

    Parameters
    ----------
    draws, seed : of the bootstrap over articles

    Raises
    ------
    CorpusError
        where no article is annotated twice
    """
    twice = annotated_twice(seeds, annotations)
    if not twice:
        raise CorpusError(
            "seeds/first and seeds/second: must hold an article annotated twice, got none."
        )
    by_codebook: dict[str, list[Twice]] = {}
    for one in twice:
        by_codebook.setdefault(one.article.codebook, []).append(one)
    bootstrap = _Bootstrap(draws, seed)
    overlaps = {kind: _overlaps(twice, kind) for kind in _KINDS}
    names = ("both", "first", "second")
    return Agreement(
        articles=len(twice),
        units={
            kind: dict(zip(names, counts.sum(axis=0).astype(int).tolist(), strict=True))
            for kind, counts in overlaps.items()
        },
        measures={
            **_alphas(twice, bootstrap),
            **_f1s(overlaps, bootstrap),
            **_shares(twice, bootstrap, name="cue", spans=_cues),
            **_shares(twice, bootstrap, name="holder", spans=_holders),
        },
        by_codebook={name: _alphas(by_codebook[name], bootstrap) for name in sorted(by_codebook)},
        differences=_counted(kind for one in twice for kind in differences(one).values()),
        settled=_counted(map(followed, annotations.settled)),
    )


def _counted(kinds: Iterable[str]) -> dict[str, int]:
    return dict(Counter(kinds).most_common())


def _alphas(twice: Sequence[Twice], bootstrap: _Bootstrap) -> dict[str, Estimate]:
    found = {}
    for name, pairs in PAIRS.items():
        given = [list(pairs(one)) for one in twice]
        values = sorted({value for of in given for pair in of for value in pair})
        counts = np.array([coincidence_matrix(of, values=values) for of in given])
        found[f"alpha.{name}"] = bootstrap.of(counts, krippendorff_alphas, n=counts.sum() / 2)
    return found


def _overlaps(twice: Sequence[Twice], kind: str) -> Floats:
    """Units of a kind by article: those of both, of the first, of the second."""
    rows = []
    for one in twice:
        first, second = (
            {unit for unit, of in units.items() if is_cued(of) in _KINDS[kind]}
            for units in (one.first, one.second)
        )
        rows.append([len(first & second), len(first), len(second)])
    return np.array(rows, dtype=float)


def _f1s(overlaps: dict[str, Floats], bootstrap: _Bootstrap) -> dict[str, Estimate]:
    def f1(sums: Floats) -> Floats:
        return _ratio(2 * sums[:, 0], sums[:, 1] + sums[:, 2])

    return {
        f"f1.units.{kind}".removesuffix(".all"): bootstrap.of(
            counts, f1, n=float(counts.sum(axis=0) @ (-1, 1, 1))
        )
        for kind, counts in overlaps.items()
    }


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _cues(statements: Sequence[SeedStatement]) -> set[Span]:
    return {statement.cue.span for statement in statements if statement.cue}


def _holders(statements: Sequence[SeedStatement]) -> set[Span]:
    return {statement.holder_span.span for statement in statements if statement.holder_span}


def _shares(
    twice: Sequence[Twice], bootstrap: _Bootstrap, *, name: str, spans: Spans
) -> dict[str, Estimate]:
    counts = np.array([_shared(one, spans) for one in twice], dtype=float)

    def share(sums: Floats) -> Floats:
        return _ratio(sums[:, 1], sums[:, 0])

    return {
        f"{name}.{how}": bootstrap.of(counts[:, [0, at]], share, n=counts[:, 0].sum())
        for at, how in enumerate(("exact", "overlap", "token_f1"), 1)
    }


def _shared(one: Twice, spans: Spans) -> list[float]:
    """Units with such words for both; how many are the same, overlap; and the sum of word F1."""
    starts = tuple(word.start for word in words_of(one.article.text))
    row = [0.0] * 4
    for unit in one.common:
        first, second = map(spans, one.of(unit))
        if first and second:
            row = [a + b for a, b in zip(row, _compared(first, second, starts), strict=True)]
    return row


def _compared(first: set[Span], second: set[Span], starts: Sequence[int]) -> list[float]:
    same = first == second
    overlap = any(one.overlaps(other) for one in first for other in second)
    one, other = (set(numbers_of(starts, sorted(spans))) for spans in (first, second))
    n = len(one) + len(other)
    return [1, same, overlap, 2 * len(one & other) / n if n else same]
