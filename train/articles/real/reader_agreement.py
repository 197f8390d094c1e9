"""Agreement of two readers of the same real documents: Krippendorff's alpha of stances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.text import Span
from train.articles.annotator_agreement import Estimate
from train.articles.real.outcomes import DRAWS, SEED
from train.articles.real.reading import same_sentences
from train.corpora import AnnotatedRow
from train.scoring import (
    MIN_GROUPS,
    coincidence_matrix,
    krippendorff_alphas,
    percentile_interval,
    resampled_sums,
)

NOT_ANNOTATED = "not annotated"
Values = tuple[str, str]
"""What each of the two readers says of a unit."""


@dataclass(frozen=True, slots=True)
class ReaderAgreement:
    """Alphas of two readers, nominal, with intervals by bootstrap over documents.

    Attributes
    ----------
    statements : of the stance in the units that both annotated
    statements_strict : of all units that either annotated; not to annotate one is a value
    cells, cells_strict : the same of the sides of the cells
    """

    documents: int
    statements: Estimate
    statements_strict: Estimate
    cells: Estimate
    cells_strict: Estimate


def reader_agreement(pairs: Sequence[tuple[AnnotatedRow, AnnotatedRow]]) -> ReaderAgreement:
    """The agreement of two readers over documents that both annotated.

    A unit of statements is a document, a holder, an issue and a sentence; one of cells is a
    document, an actor and an issue. Both sides of a unit are a value of their own.
    """
    statements = [list(statement_values(*pair)) for pair in pairs]
    cells = [list(cell_values(*pair)) for pair in pairs]
    return ReaderAgreement(
        len(pairs),
        _alpha(list(map(_of_both, statements))),
        _alpha(statements),
        _alpha(list(map(_of_both, cells))),
        _alpha(cells),
    )


def _of_both(units: Iterable[Values]) -> list[Values]:
    return [values for values in units if NOT_ANNOTATED not in values]


def statement_values(first: AnnotatedRow, second: AnnotatedRow) -> list[Values]:
    """The stances of each unit that either reader annotated.

    Sentences of the readers are the same if they share at least half of the shorter one.
    """
    spans = sorted({statement.evidence.span for statement in first.statements})
    units: dict[tuple[object, str, str], tuple[set[str], set[str]]] = {}
    for number, row in enumerate((first, second)):
        for statement in row.statements:
            sentence = _sentence_of(statement.evidence.span, spans)
            unit = (sentence, statement.holder, statement.issue)
            units.setdefault(unit, (set(), set()))[number].add(statement.stance)
    return [(_value(a), _value(b)) for a, b in units.values()]


def _sentence_of(evidence: Span, spans: Sequence[Span]) -> Span:
    """The first reader's sentence that a sentence is, or itself if it is none of them."""
    return spans[min(same)] if (same := same_sentences(evidence, spans)) else evidence


def cell_values(first: AnnotatedRow, second: AnnotatedRow) -> list[Values]:
    """The sides of each cell that either reader annotated."""
    units: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for number, row in enumerate((first, second)):
        for cell in row.cells:
            units.setdefault((cell.actor, cell.issue), (set(), set()))[number].add(cell.stance)
    return [(_value(a), _value(b)) for a, b in units.values()]


def _value(stances: set[str]) -> str:
    sides = stances - {"none"}
    if len(sides) > 1:
        return "both"
    return next(iter(sides), "none" if stances else NOT_ANNOTATED)


def _alpha(by_document: Sequence[Sequence[Values]]) -> Estimate:
    values = sorted({value for units in by_document for pair in units for value in pair})
    counts = np.array([coincidence_matrix(units, values=values) for units in by_document])
    n = sum(map(len, by_document))
    alpha = float(krippendorff_alphas(counts.sum(axis=0))) if n else float("nan")
    if np.isnan(alpha):
        return Estimate(None, None, n)
    drawn = krippendorff_alphas(resampled_sums(counts, draws=DRAWS, seed=SEED))
    defined = drawn[~np.isnan(drawn)]
    has_interval = len(counts) >= MIN_GROUPS and len(defined) > 0
    return Estimate(alpha, percentile_interval(defined) if has_interval else None, n)
