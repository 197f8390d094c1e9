"""Scores of the behaviour suite: contrast texts by kind, and what changes of them do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from train.articles.annotator_agreement import Estimate
from train.articles.behaviour.answers import (
    Answer,
    Answerer,
    Cell,
    gold_answer,
    input_of,
)
from train.articles.behaviour.variants import VARIANTS, Expectation, Variant
from train.articles.real.outcomes import DRAWS, SEED, Outcome, by_facet, share
from train.corpora import KINDS, ContrastText
from train.scoring import percentile_interval, resampled_sums

NO_SIDE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KindScores:
    """How often a labeler is right on contrast texts.

    Attributes
    ----------
    texts : texts with the gold sides of all actors on all issues, and no other
    groups : groups of which all texts are right (contrast consistency)
    cells : of the actors and issues with a side, in gold or in the answer, those with the same
    wrong_sign : of the gold sides for which the answer has some side, those without their own
    """

    texts: Estimate
    groups: Estimate
    cells: Estimate
    wrong_sign: Estimate


@dataclass(frozen=True, slots=True)
class VariantScores:
    """How often a change does to the answer what it must.

    Attributes
    ----------
    texts : of the texts with a side before or after the change, those with the expected answer
    cells : the same of single actors and issues
    """

    expectation: Expectation
    texts: Estimate
    cells: Estimate


@dataclass(frozen=True, slots=True)
class BehaviourScores:
    """Scores of all texts, by kind, and by change; intervals are over groups of texts."""

    n_texts: int
    n_groups: int
    overall: KindScores
    by_kind: dict[str, KindScores]
    variants: dict[str, VariantScores]


def score_behaviour(
    texts: Sequence[ContrastText],
    answer: Answerer,
    *,
    report_progress: Callable[[str], None] = lambda _: None,
) -> BehaviourScores:
    """Answer every text and every change of it, and count what is right."""
    cached = cache(answer)
    report_progress(f"labelling {len(texts):,} contrast texts")
    numbers = {text.group: number for number, text in enumerate(texts)}
    outcomes = [_text_outcome(text, cached(input_of(text)), numbers[text.group]) for text in texts]
    outcomes += _group_outcomes(texts, outcomes)
    variants = {}
    for name, kind in VARIANTS.items():
        own = [*kind.make(texts)]
        report_progress(f"{name}: {len(own):,} changed texts")
        changes = [_change_outcome(variant, cached, numbers[variant.group]) for variant in own]
        variants[name] = VariantScores(
            kind.expectation,
            share(changes, "expected texts", of="texts"),
            share(changes, "expected cells", of="cells"),
        )
    by_kind = by_facet(outcomes, "kind")
    return BehaviourScores(
        len(texts),
        len(numbers),
        _kind_scores(outcomes),
        {kind: _kind_scores(by_kind[kind]) for kind in KINDS if kind in by_kind},
        variants,
    )


def _kind_scores(outcomes: Sequence[Outcome]) -> KindScores:
    return KindScores(
        share(outcomes, "right texts", of="texts"),
        share(outcomes, "right groups", of="groups"),
        share(outcomes, "right cells", of="cells"),
        share(outcomes, "wrong signs", of="signed"),
    )


def _text_outcome(text: ContrastText, answer: Answer, number: int) -> Outcome:
    gold = gold_answer(text)
    both = [(gold[cell], answer[cell]) for cell in gold if cell in answer]
    counts = {
        "texts": 1,
        "right texts": gold == answer,
        "signed": len(both),
        "wrong signs": sum(not own & other for own, other in both),
        **_agreement("right cells", gold, answer),
    }
    return Outcome(number, {"kind": text.kind}, counts)


def _group_outcomes(
    texts: Sequence[ContrastText], outcomes: Sequence[Outcome]
) -> Iterator[Outcome]:
    """One outcome for each group: whether all of its texts are right."""
    groups: dict[str, list[Outcome]] = {}
    for text, outcome in zip(texts, outcomes, strict=True):
        groups.setdefault(text.group, []).append(outcome)
    for own in groups.values():
        is_right = all(outcome.counts["right texts"] for outcome in own)
        yield Outcome(own[0].document, own[0].facets, {"groups": 1, "right groups": is_right})


def _change_outcome(variant: Variant, answer: Answerer, number: int) -> Outcome:
    expected = variant.expected(answer(variant.original))
    changed = answer(variant.changed)
    counts = {
        "texts": bool(expected or changed),
        "expected texts": bool(expected or changed) and expected == changed,
        **_agreement("expected cells", expected, changed),
    }
    return Outcome(number, {}, counts)


def _agreement(name: str, first: Answer, second: Answer) -> dict[str, int]:
    """The number of cells in which either has a side, and of those in which both are the same."""
    cells: set[Cell] = {*first, *second}
    return {"cells": len(cells), name: sum(first.get(c) == second.get(c) for c in cells)}


@dataclass(frozen=True, slots=True)
class RightDifference:
    """The shares of texts that two labelers have right, and their difference with its interval."""

    new: float
    old: float
    ci95: tuple[float, float]

    @property
    def is_clearly_worse(self) -> bool:
        """Whether the whole interval of the difference is below 0."""
        return self.ci95[1] < 0


def share_right_difference(
    texts: Sequence[ContrastText], *, new: Answerer, old: Answerer
) -> RightDifference:
    """Compare two labelers on the same texts, paired, by bootstrap over groups."""
    by_group: dict[str, list[tuple[bool, bool]]] = {}
    for text in texts:
        asked, gold = input_of(text), gold_answer(text)
        right = (new(asked) == gold, old(asked) == gold)
        by_group.setdefault(text.group, []).append(right)
    counts = np.array([_sums(own) for own in by_group.values()], dtype=float)
    n_new, n_old, n = counts.sum(axis=0)
    drawn = resampled_sums(counts, draws=DRAWS, seed=SEED)
    differences = (drawn[:, 0] - drawn[:, 1]) / drawn[:, 2]
    return RightDifference(n_new / n, n_old / n, percentile_interval(differences))


def _sums(right: Iterable[tuple[bool, bool]]) -> tuple[int, int, int]:
    rows = [*right]
    return sum(new for new, _ in rows), sum(old for _, old in rows), len(rows)
