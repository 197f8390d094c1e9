"""Aggregates statements to the actor × issue table. See docs/decisions/0008.

A statement counts for its holder and for what the holder is a member of. Two sides in one cell are
shown as ``mixed``, never averaged. ``abstained`` is a cell for which no statement is sure enough;
``none`` is a cell whose statements are decided and take no side.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from standpoint.codebook import lineage
from standpoint.judge import CellWeights
from standpoint.labeling.answer_schema import Cell, StanceRow
from standpoint.labeling.cell_confidence import SideShares, cell_features, cell_probability
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling, Weights
from standpoint.model import Classifier, JudgeModel

# Of three labels the likeliest has at least 1/3. Against a floor of 0.3 this costs a third of a
# point of table F1 on the seeds (docs/decisions/0008).
DEFAULT_MIN_CONFIDENCE = 0.4
SIDES = ("favor", "against")
Features = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CountedStatement:
    """What of a statement decides the table.

    Attributes
    ----------
    confidence : the calibrated probability of the stance
    kind : how the statement is made; it decides the weight
    words : of the sentence; of statements with the same words, holder, issue and stance only the
        one that weighs most counts. Without words, none is a repetition.
    opposite : the probability of the other side, of a statement with a side
    """

    holder: str
    issue: str
    stance: str
    confidence: float
    abstained: bool
    kind: str = "paraphrase"
    words: str = ""
    opposite: float = 0.0


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of statements and of cells, and how sure a cell is.

    Attributes
    ----------
    weights : the probability of a cell, of a judge that brings it
    """

    statements: float
    cells: float
    weights: CellWeights | None = None

    @classmethod
    def plain(cls, min_confidence: float | None = None) -> "Floors":
        """One floor for both, by default `DEFAULT_MIN_CONFIDENCE`."""
        floor = DEFAULT_MIN_CONFIDENCE if min_confidence is None else min_confidence
        return cls(floor, floor)

    @classmethod
    def of(cls, model: Classifier, min_confidence: float | None = None) -> "Floors":
        """The floors of a stance model.

        Parameters
        ----------
        min_confidence : holds for statements and cells; None: what was chosen for the model, else
            `DEFAULT_MIN_CONFIDENCE`
        """
        weights = model.judge.settings.cells if isinstance(model, JudgeModel) else None
        if min_confidence is not None:
            return cls(min_confidence, min_confidence, weights)
        own = model.judge.settings.min_confidence if isinstance(model, JudgeModel) else None
        statements = DEFAULT_MIN_CONFIDENCE if own is None else own
        return cls(statements, weights.min_confidence if weights else statements, weights)

    def table(
        self,
        statements: Iterable[CountedStatement],
        *,
        parents: Mapping[str, str],
        pooling: Pooling,
        include_none: bool = False,
    ) -> list[StanceRow]:
        """The table of statements by these floors; see `aggregate_stances`."""
        return aggregate_stances(
            statements,
            parents=parents,
            pooling=pooling,
            min_confidence=self.cells,
            cells=self.weights,
            include_none=include_none,
        )


def aggregate_stances(
    statements: Iterable[CountedStatement],
    *,
    parents: Mapping[str, str],
    pooling: Pooling = DEFAULT_POOLING,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    cells: CellWeights | None = None,
    include_none: bool = False,
) -> list[StanceRow]:
    """The table, ordered by actor and issue as first met.

    Parameters
    ----------
    parents : member id to the id of what it is a member of
    pooling : how statements weigh together
    min_confidence : a side that the statements together are less sure of is not taken
    cells : how sure statements are together; None: as if they were independent (noisy-OR)
    include_none : keep the cells in which nobody takes a side
    """
    by_cell = statements_by_cell(statements, parents=parents, pooling=pooling)
    rows = [
        _row(*key, statements=own, pooling=pooling, min_confidence=min_confidence, cells=cells)
        for key, own in by_cell.items()
    ]
    return [row for row in rows if include_none or row.stance != "none"]


def statements_by_cell(
    statements: Iterable[CountedStatement],
    *,
    parents: Mapping[str, str],
    pooling: Pooling = DEFAULT_POOLING,
) -> dict[tuple[str, str], list[CountedStatement]]:
    """The statements that count in each cell, an actor and an issue, without repetitions."""
    by_cell: dict[tuple[str, str], list[CountedStatement]] = {}
    for statement in _without_repetitions(statements, pooling.weights):
        for actor in lineage(statement.holder, parents):
            by_cell.setdefault((actor, statement.issue), []).append(statement)
    return by_cell


def _without_repetitions(
    statements: Iterable[CountedStatement], weights: Weights
) -> Iterable[CountedStatement]:
    """Of statements with the same words and stance, the one that weighs most."""
    heaviest: dict[tuple[object, ...], CountedStatement] = {}

    def weight(statement: CountedStatement) -> tuple[float, float]:
        return noisy_or([statement], weights=weights), statement.confidence

    for number, statement in enumerate(statements):
        words = " ".join(statement.words.casefold().split())
        key = (statement.holder, statement.issue, statement.stance, words or number)
        if key not in heaviest or weight(statement) > weight(heaviest[key]):
            heaviest[key] = statement
    return heaviest.values()


def _row(
    actor: str,
    issue: str,
    *,
    statements: Sequence[CountedStatement],
    pooling: Pooling,
    min_confidence: float,
    cells: CellWeights | None,
) -> StanceRow:
    favor, against = by_side = [[s for s in statements if s.stance == side] for side in SIDES]
    neither = [s for s in statements if s.stance == "none" and not s.abstained]
    sure = _side_probabilities(favor, against, pooling=pooling, cells=cells)
    stance = _side(*sure, least=min_confidence, least_mixed=pooling.mixed_from) or (
        "none" if neither else "abstained"
    )
    by_cell = {"favor": favor, "against": against, "mixed": favor + against, "none": neither}
    taken = by_cell.get(stance, statements)
    if stance == "mixed":
        confidence = min(sure)
    elif stance == "none":
        confidence = noisy_or(neither, weights=pooling.weights)
    elif stance == "abstained" and (cells is None or not max(sure)):
        confidence = max(s.confidence for s in statements)
    else:
        confidence = max(sure)
    n_favor, n_against = (
        len(own) if stance in (side, "mixed") else sum(not s.abstained for s in own)
        for side, own in zip(SIDES, by_side, strict=True)
    )
    return StanceRow(
        actor=actor,
        issue=issue,
        stance=stance,
        confidence=confidence,
        n_statements=len(taken),
        n_favor=n_favor,
        n_against=n_against,
        via=tuple(dict.fromkeys(s.holder for s in taken if s.holder != actor)),
    )


def _side_probabilities(
    favor: Sequence[CountedStatement],
    against: Sequence[CountedStatement],
    *,
    pooling: Pooling,
    cells: CellWeights | None,
) -> tuple[float, float]:
    """How sure the statements on each side are together."""
    if cells is None:
        return noisy_or(favor, weights=pooling.weights), noisy_or(against, weights=pooling.weights)
    first, second = (
        cell_probability(features, weights=cells) if features else 0.0
        for features in side_features(favor, against, pooling=pooling)
    )
    return first, second


def side_features(
    favor: Sequence[CountedStatement],
    against: Sequence[CountedStatement],
    *,
    pooling: Pooling = DEFAULT_POOLING,
) -> tuple[Features | None, Features | None]:
    """The features of both sides of a cell; None of a side that no statement takes."""
    by_side = [[SideShares(s.confidence, s.opposite) for s in own] for own in (favor, against)]
    sure = [noisy_or(own, weights=pooling.weights) for own in (favor, against)]
    first, second = (
        cell_features(own, other, noisy_or=likely) if own else None
        for own, other, likely in zip(by_side, by_side[::-1], sure, strict=True)
    )
    return first, second


def _side(favor: float, against: float, *, least: float, least_mixed: float) -> Cell | None:
    """The side that is taken, from the probability of each; None where none is sure enough."""
    weaker, stronger = sorted((favor, against))
    if stronger <= 0 or stronger < least:
        return None
    if weaker > 0 and weaker >= max(least, least_mixed):
        return "mixed"
    return "against" if against > favor else "favor"


def noisy_or(
    statements: Iterable[CountedStatement], *, weights: Weights = DEFAULT_POOLING.weights
) -> float:
    """The probability that at least one statement is right, were they independent (noisy-OR).

    1 minus the product of (1 - confidence) ** weight. More statements that agree never lower it,
    and their order does not change it.

    >>> round(noisy_or([CountedStatement("a", "i", "favor", 0.6, False)] * 2), 2)
    0.84
    """
    wrong: list[float] = [
        max(0.0, 1.0 - s.confidence) ** getattr(weights, s.kind) for s in statements
    ]
    # Sorted, because a product of floats depends on its order in the last digits.
    return 1.0 - math.prod(sorted(wrong))
