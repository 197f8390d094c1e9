"""The actor × issue table of an answer, and what stands behind each of its cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from standpoint.codebook import Codebook
from standpoint.labeling import lineage

SIGNS = {
    "favor": "+",
    "against": "−",
    "mixed": "±",
    "abstained": "?",
    "none": "○",
    "absent": "·",
}
MEANINGS = {
    "favor": "is in favor",
    "against": "is against",
    "mixed": "both sides were found",
    "abstained": "the model declines: its confidence is under the floor",
    "none": "is named with the issue and takes no side",
    "absent": "the article never brings the two together",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What the article says of one actor and one issue.

    Attributes
    ----------
    id : of the part of the page that shows what stands behind it; empty where nothing does
    own, via : numbers of the actor's own statements, and of its members'
    """

    id: str
    actor: str
    issue: str
    stance: str
    row: Mapping[str, Any] | None
    own: tuple[int, ...] = ()
    via: tuple[int, ...] = ()

    @property
    def sign(self) -> str:
        """The sign that tells the stance without its color."""
        return SIGNS[self.stance]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table: the issues in their columns, and for each actor its name and its cells."""

    issues: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    loose: tuple[int, ...]

    @property
    def cells(self) -> list[Cell]:
        """The cells that something stands behind, row by row."""
        return [cell for _, row in self.rows for cell in row if cell.id]


def matrix_of(answer: Mapping[str, Any], codebook: Codebook) -> Matrix:
    """The table of an answer, in the order of its codebook."""
    met = {(row["actor"], row["issue"]): row for row in answer["stances"]}
    named, asked = {actor for actor, _ in met}, {issue for _, issue in met}
    actors = [actor for actor in codebook.actors if actor.id in named]
    issues = [issue for issue in codebook.issues if issue.id in asked]
    behind = _behind(answer["statements"], codebook)
    rows = []
    for down, actor in enumerate(actors):
        cells = []
        for across, issue in enumerate(issues):
            key = (actor.id, issue.id)
            bare = Cell("", actor.name, issue.name, "absent", None)
            row = met.get(key)
            cells.append(_filled(bare, f"cell-{down}-{across}", row, *behind[key]) if row else bare)
        rows.append((actor.name, tuple(cells)))
    shown = {number for _, row in rows for cell in row for number in cell.own}
    loose = [n for n in range(1, len(answer["statements"]) + 1) if n not in shown]
    return Matrix(tuple((i.id, i.name) for i in issues), tuple(rows), tuple(loose))


def _filled(
    cell: Cell, id: str, row: Mapping[str, Any], own: tuple[int, ...], via: tuple[int, ...]
) -> Cell:
    return replace(cell, id=id, stance=row["stance"], row=row, own=own, via=via)


def _behind(
    statements: Sequence[Mapping[str, Any]], codebook: Codebook
) -> dict[tuple[str, str], tuple[tuple[int, ...], tuple[int, ...]]]:
    """For each actor and issue, the numbers of its own statements and of its members'."""
    parents = codebook.parents()
    own: dict[tuple[str, str], list[int]] = {}
    via: dict[tuple[str, str], list[int]] = {}
    for number, statement in enumerate(statements, 1):
        holder, *above = lineage(statement["holder"], parents)
        own.setdefault((holder, statement["issue"]), []).append(number)
        for actor in above:
            via.setdefault((actor, statement["issue"]), []).append(number)
    keys = {*own, *via}
    return {key: (tuple(own.get(key, ())), tuple(via.get(key, ()))) for key in keys}


def legend(*, with_none: bool) -> Iterator[tuple[str, str, str]]:
    """Each kind of cell: its name, its sign and what it means.

    Parameters
    ----------
    with_none : whether the table shows also where nobody takes a side
    """
    for stance, sign in SIGNS.items():
        if with_none or stance not in ("none", "absent"):
            yield stance, sign, MEANINGS[stance]
    if not with_none:
        yield "absent", SIGNS["absent"], "no side is taken, or the two are never brought together"
