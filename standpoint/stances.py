"""Statements to the actor × issue table they add up to.

Members count for what they are members of. Two sides in one cell are shown as ``mixed``, never
averaged away; what the model declined to decide is ``abstained``, which is not ``none``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Cell = Literal["favor", "against", "mixed", "none", "abstained"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What of a statement decides the table."""

    holder: str
    issue: str
    stance: str
    confidence: float
    abstained: bool


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
    statements: Iterable[Judged], *, parents: Mapping[str, str], include_none: bool = False
) -> list[StanceRow]:
    """The table, ordered by actor and issue as first met.

    Parameters
    ----------
    parents : member id to the id of what it is a member of
    include_none : keep the cells in which nobody takes a side
    """
    cells: dict[tuple[str, str], list[Judged]] = {}
    for statement in statements:
        for actor in lineage(statement.holder, parents):
            cells.setdefault((actor, statement.issue), []).append(statement)
    rows = [_row(actor, issue, found) for (actor, issue), found in cells.items()]
    return [row for row in rows if include_none or row.stance != "none"]


def lineage(actor: str, parents: Mapping[str, str]) -> list[str]:
    """An actor and everything it is a member of, nearest first.

    >>> lineage("lavrov", {"lavrov": "russia"})
    ['lavrov', 'russia']
    """
    found = [actor]
    while (parent := parents.get(found[-1])) is not None and parent not in found:
        found.append(parent)
    return found


def _row(actor: str, issue: str, found: Sequence[Judged]) -> StanceRow:
    decided = [s for s in found if not s.abstained]
    favor = [s for s in decided if s.stance == "favor"]
    against = [s for s in decided if s.stance == "against"]
    stance, counted = _cell(favor, against, decided)
    if stance == "mixed":
        confidence = min(either(favor), either(against))
    elif stance == "abstained":
        counted = list(found)
        confidence = max(s.confidence for s in found)
    else:
        confidence = either(counted)
    via = dict.fromkeys(s.holder for s in counted if s.holder != actor)
    return StanceRow(
        actor, issue, stance, confidence, len(counted), len(favor), len(against), tuple(via)
    )


def _cell(
    favor: list[Judged], against: list[Judged], decided: list[Judged]
) -> tuple[Cell, list[Judged]]:
    if favor and against:
        return "mixed", [*favor, *against]
    if favor:
        return "favor", favor
    if against:
        return "against", against
    return ("none", decided) if decided else ("abstained", [])


def either(statements: Iterable[Judged]) -> float:
    """The chance that at least one of them is right, were they independent.

    More statements that agree never lower it.

    >>> round(either([Judged("a", "i", "favor", 0.6, False)] * 2), 2)
    0.84
    """
    wrong = 1.0
    for statement in statements:
        wrong *= 1.0 - statement.confidence
    return 1.0 - wrong
