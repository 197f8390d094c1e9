"""The actor × issue table of an answer, with the statements behind each of its cells."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standpoint.codebook import Codebook, lineage

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
    "mixed": "statements on both sides",
    "abstained": "the model abstains: its confidence is below the minimum",
    "none": "occurs with the issue and takes no side",
    "absent": "no sentence has both",
}


Numbers = dict[tuple[str, str], list[int]]  # of statements, by actor and issue


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One actor and one issue.

    Attributes
    ----------
    id : the HTML id of the cell's statements; empty where it has none
    row : the answer's ``stances`` row; None where the article has none
    own, via : numbers of the actor's own statements, and of its members' statements
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
        """The sign of the stance, for readers who do not see its color."""
        return SIGNS[self.stance]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table: ids and names of its issues, and each actor's name and cells.

    Attributes
    ----------
    unplaced : numbers of the statements that are in no cell of their own holder
    """

    issues: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]
    unplaced: tuple[int, ...]

    @property
    def cells(self) -> list[MatrixCell]:
        """The cells that have statements, row by row."""
        return [cell for _, row in self.rows for cell in row if cell.id]


def matrix_of(answer: Mapping[str, Any], codebook: Codebook) -> Matrix:
    """The table of an answer, in the order of its codebook, without empty rows and columns."""
    stances = {(row["actor"], row["issue"]): row for row in answer["stances"]}
    actor_ids, issue_ids = {actor for actor, _ in stances}, {issue for _, issue in stances}
    actors = [actor for actor in codebook.actors if actor.id in actor_ids]
    issues = [issue for issue in codebook.issues if issue.id in issue_ids]
    own, via = _statement_numbers(answer["statements"], codebook)

    def cell(down: int, across: int) -> MatrixCell:
        actor, issue = actors[down], issues[across]
        key = (actor.id, issue.id)
        row = stances.get(key)
        if row is None:
            return MatrixCell("", actor.name, issue.name, "absent", None)
        return MatrixCell(
            f"cell-{down}-{across}",
            actor.name,
            issue.name,
            row["stance"],
            row,
            own=tuple(own[key]),
            via=tuple(via[key]),
        )

    rows = tuple(
        (actor.name, tuple(cell(down, across) for across in range(len(issues))))
        for down, actor in enumerate(actors)
    )
    placed = {number for _, cells in rows for cell in cells for number in cell.own}
    return Matrix(
        tuple((issue.id, issue.name) for issue in issues),
        rows,
        unplaced=tuple(n for n in range(1, len(answer["statements"]) + 1) if n not in placed),
    )


def _statement_numbers(
    statements: Sequence[Mapping[str, Any]], codebook: Codebook
) -> tuple[Numbers, Numbers]:
    """The numbers of an actor's own statements on an issue, and of its members'."""
    parents = codebook.parents()
    own: Numbers = defaultdict(list)
    via: Numbers = defaultdict(list)
    for number, statement in enumerate(statements, 1):
        holder, *ancestors = lineage(statement["holder"], parents)
        own[holder, statement["issue"]].append(number)
        for actor in ancestors:
            via[actor, statement["issue"]].append(number)
    return own, via


def legend(*, with_none: bool) -> Iterator[tuple[str, str, str]]:
    """The stance, the sign and the meaning of each kind of cell.

    Parameters
    ----------
    with_none : whether the table also shows where nobody takes a side
    """
    for stance, sign in SIGNS.items():
        if with_none or stance not in ("none", "absent"):
            yield stance, sign, MEANINGS[stance]
    if not with_none:
        yield "absent", SIGNS["absent"], "takes no side, or no sentence has both"
