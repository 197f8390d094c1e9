"""Statements to the actor × issue table they add up to.

Members count for what they are members of. Two sides in one cell are shown as ``mixed``, never
averaged away; what the model declined to decide is ``abstained``, which is not ``none``. What is
printed twice counts once.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from standpoint.labeling.weights import DEFAULT_POOLING, Pooling, Weights

DEFAULT_MIN_CONFIDENCE = 0.4
Cell = Literal["favor", "against", "mixed", "none", "abstained"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What of a statement decides the table.

    Attributes
    ----------
    confidence : the calibrated probability of the stance
    kind : how the statement is made; it decides the weight
    words : of the sentence; of statements with the same words, holder, issue and stance the one
        that counts most is taken. Empty words are never the same.
    """

    holder: str
    issue: str
    stance: str
    confidence: float
    abstained: bool
    kind: str = "paraphrase"
    words: str = ""


@dataclass(frozen=True, slots=True)
class StanceRow:
    """One cell of the table.

    Attributes
    ----------
    confidence : of the side taken, or of the weaker of two sides; 0 to 1
    n_statements : those that take the side (both sides where it is mixed)
    n_favor, n_against : decided statements for each side
    via : members whose statements counted
    """

    actor: str
    issue: str
    stance: Cell
    confidence: float
    n_statements: int
    n_favor: int
    n_against: int
    via: tuple[str, ...]


def add_up(
    statements: Iterable[Judged],
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
    cells: dict[tuple[str, str], list[Judged]] = {}
    for statement in _once(statements, pooling.weights):
        for actor in lineage(statement.holder, parents):
            cells.setdefault((actor, statement.issue), []).append(statement)
    rows = [
        _row(actor, issue, found, pooling, min_confidence)
        for (actor, issue), found in cells.items()
    ]
    return [row for row in rows if include_none or row.stance != "none"]


def _once(statements: Iterable[Judged], weights: Weights) -> list[Judged]:
    """Of statements that say the same in the same words, the one that counts most."""
    kept: dict[tuple[object, ...], Judged] = {}

    def counts(statement: Judged) -> tuple[float, float]:
        return either([statement], weights=weights), statement.confidence

    for number, statement in enumerate(statements):
        words = " ".join(statement.words.casefold().split())
        key = (statement.holder, statement.issue, statement.stance, words or number)
        held = kept.get(key)
        if held is None or counts(statement) > counts(held):
            kept[key] = statement
    return list(kept.values())


def lineage(actor: str, parents: Mapping[str, str]) -> list[str]:
    """An actor and everything it is a member of, nearest first.

    >>> lineage("lavrov", {"lavrov": "russia"})
    ['lavrov', 'russia']
    """
    found = [actor]
    while (parent := parents.get(found[-1])) is not None and parent not in found:
        found.append(parent)
    return found


def _row(
    actor: str, issue: str, found: Sequence[Judged], pooling: Pooling, min_confidence: float
) -> StanceRow:
    sides = {side: [s for s in found if s.stance == side] for side in ("favor", "against")}
    sure = {side: either(those, weights=pooling.weights) for side, those in sides.items()}
    stance = _cell(sure, found, pooling, min_confidence)
    counted = _counted(stance, sides, found)
    if stance == "mixed":
        confidence = min(sure.values())
    elif stance == "abstained":
        confidence = max(s.confidence for s in found)
    elif stance == "none":
        confidence = either(counted, weights=pooling.weights)
    else:
        confidence = sure[stance]
    via = dict.fromkeys(s.holder for s in counted if s.holder != actor)
    n_favor, n_against = (
        len(those) if stance in (side, "mixed") else sum(not s.abstained for s in those)
        for side, those in sides.items()
    )
    return StanceRow(actor, issue, stance, confidence, len(counted), n_favor, n_against, tuple(via))


def _cell(
    sure: Mapping[str, float], found: Sequence[Judged], pooling: Pooling, min_confidence: float
) -> Cell:
    against_wins = sure["against"] > sure["favor"]
    weaker, stronger = sorted(sure.values())
    if stronger > 0 and stronger >= min_confidence:
        if weaker > 0 and weaker >= max(min_confidence, pooling.mixed_from):
            return "mixed"
        return "against" if against_wins else "favor"
    decided = any(s.stance == "none" and not s.abstained for s in found)
    return "none" if decided else "abstained"


def _counted(
    stance: Cell, sides: Mapping[str, list[Judged]], found: Sequence[Judged]
) -> list[Judged]:
    if stance == "mixed":
        return [*sides["favor"], *sides["against"]]
    if stance in ("favor", "against"):
        return sides[stance]
    if stance == "none":
        return [s for s in found if s.stance == "none" and not s.abstained]
    return list(found)


def either(statements: Iterable[Judged], *, weights: Weights = DEFAULT_POOLING.weights) -> float:
    """The chance that at least one of them is right, were they independent.

    A statement that weighs less than 1 counts as so much of one. More statements that agree never
    lower it, and their order does not change it.

    >>> round(either([Judged("a", "i", "favor", 0.6, False)] * 2), 2)
    0.84
    """
    wrong: list[float] = [
        max(0.0, 1.0 - s.confidence) ** getattr(weights, s.kind) for s in statements
    ]
    return 1.0 - math.prod(sorted(wrong))
