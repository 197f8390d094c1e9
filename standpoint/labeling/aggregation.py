"""Aggregates statements to the actor × issue table. See docs/decisions/0008.

A statement counts for its holder and for what the holder is a member of. Two sides in one cell are
shown as ``mixed``, never averaged. ``abstained`` is a cell for which no statement is sure enough;
``none`` is a cell whose statements are decided and take no side.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from standpoint.codebook import lineage
from standpoint.labeling.answer_schema import Cell, StanceRow
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling, Weights

# Of three labels the likeliest has at least 1/3. Against a floor of 0.3 this costs a third of a
# point of table F1 on the seeds (docs/decisions/0008).
DEFAULT_MIN_CONFIDENCE = 0.4
SIDES = ("favor", "against")


@dataclass(frozen=True, slots=True)
class CountedStatement:
    """What of a statement decides the table.

    Attributes
    ----------
    confidence : the calibrated probability of the stance
    kind : how the statement is made; it decides the weight
    words : of the sentence; of statements with the same words, holder, issue and stance only the
        one that weighs most counts. Without words, none is a repetition.
    """

    holder: str
    issue: str
    stance: str
    confidence: float
    abstained: bool
    kind: str = "paraphrase"
    words: str = ""


def aggregate_stances(
    statements: Iterable[CountedStatement],
    *,
    parents: Mapping[str, str],
    pooling: Pooling = DEFAULT_POOLING,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    include_none: bool = False,
) -> list[StanceRow]:
    """The table, ordered by actor and issue as first met.

    Parameters
    ----------
    parents : member id to the id of what it is a member of
    pooling : how statements weigh together
    min_confidence : a side that the statements together are less sure of is not taken
    include_none : keep the cells in which nobody takes a side
    """
    cells: dict[tuple[str, str], list[CountedStatement]] = {}
    for statement in _without_repetitions(statements, pooling.weights):
        for actor in lineage(statement.holder, parents):
            cells.setdefault((actor, statement.issue), []).append(statement)
    rows = [
        _row(*key, statements=own, pooling=pooling, min_confidence=min_confidence)
        for key, own in cells.items()
    ]
    return [row for row in rows if include_none or row.stance != "none"]


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
) -> StanceRow:
    favor, against = by_side = [[s for s in statements if s.stance == side] for side in SIDES]
    neither = [s for s in statements if s.stance == "none" and not s.abstained]
    sure = [noisy_or(own, weights=pooling.weights) for own in by_side]
    stance = _side(*sure, least=min_confidence, least_mixed=pooling.mixed_from) or (
        "none" if neither else "abstained"
    )
    by_cell = {"favor": favor, "against": against, "mixed": favor + against, "none": neither}
    taken = by_cell.get(stance, statements)
    if stance == "mixed":
        confidence = min(sure)
    elif stance == "abstained":
        confidence = max(s.confidence for s in statements)
    else:
        confidence = noisy_or(taken, weights=pooling.weights)
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
