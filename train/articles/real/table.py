"""The statements and the table of a real document: as predicted, as in gold, and what differs.

A cell is an actor and an issue, with the sides taken there. Gold does not repeat the stances of
members for their state, so a statement counts in the cell of its holder alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from standpoint.labeling import (
    CountedStatement,
    Floors,
    Pooling,
    StanceRow,
)
from train.articles.end_to_end import Shares, answered, classified, first_stage
from train.articles.error_stages import Candidate, Stage, unit_of
from train.articles.real.reading import SIDES, LocatedStatement, Unit
from train.articles.real.stages import StagedDocument

Cell = tuple[str, str]
Side = tuple[str, str, str]
"""A cell and a side taken there."""


@dataclass(frozen=True)
class DocumentTable:
    """What a pipeline answers on a document, beside gold.

    Attributes
    ----------
    shares : array of shape (n_candidates, 3), toward the target, in the order of `LABELS`
    floors : below which statements and cells are declined
    oracle : stages that are replaced by gold
    is_judged : whether the candidates are statements of a judge
    """

    staged: StagedDocument
    shares: Shares
    pooling: Pooling
    floors: Floors
    oracle: Collection[Stage] = ()
    is_judged: bool = False

    @cached_property
    def rows(self) -> list[tuple[Candidate, CountedStatement]]:
        """The statements that labeling answers, with their candidates."""
        rows = classified(
            self.staged.candidates,
            self.shares,
            min_confidence=self.floors.statements,
            oracle=self.oracle,
        )
        return list(rows if self.is_judged else answered(rows))

    @cached_property
    def statement_sides(self) -> dict[Unit, set[str]]:
        """The sides of the predicted statements that do not abstain."""
        sides: dict[Unit, set[str]] = {}
        for candidate, statement in self.rows:
            if statement.stance in SIDES and not statement.abstained:
                sides.setdefault(unit_of(candidate.pair), set()).add(statement.stance)
        return sides

    def sides_of(self, statement: LocatedStatement) -> set[str]:
        """The sides that are predicted where a gold statement is."""
        sides = (self.statement_sides.get(unit, set()) for unit in statement.units)
        return set[str]().union(*sides)

    def is_gold(self, unit: Unit, side: str) -> bool:
        """Whether a predicted statement is in gold."""
        return any(s.stance == side for s in self.staged.read.gold_by_unit.get(unit, ()))

    @cached_property
    def gold_cells(self) -> dict[Side, str]:
        """The sides of gold cells with their strength, ``must`` or ``may``."""
        cells = self.staged.read.document.cells
        return {(cell.actor, cell.issue, cell.stance): cell.strength for cell in cells}

    @cached_property
    def cell_rows(self) -> list[StanceRow]:
        """The predicted cells."""
        counted = [statement for _, statement in self.rows]
        return self.floors.table(counted, parents={}, pooling=self.pooling)

    @cached_property
    def cell_sides(self) -> set[Side]:
        """The sides of predicted cells; a mixed cell has both."""
        both = {"mixed": SIDES, "favor": SIDES[:1], "against": SIDES[1:]}
        cells = {
            (row.actor, row.issue, side)
            for row in self.cell_rows
            for side in both.get(row.stance, ())
        }
        if "adding up" not in self.oracle:
            return cells
        wrong = self._stages_by_cell.keys()
        return {cell for cell in cells if cell[:2] in wrong} | {
            cell for cell in self.gold_cells if cell[:2] not in wrong
        }

    def statement_causes(self) -> Iterator[Stage]:
        """The stage of each missed and of each spurious statement with a side."""
        for stages in self._stages_by_cell.values():
            yield from stages

    def cell_causes(self) -> Iterator[Stage]:
        """The stage of each wrong cell: it lacks a ``must`` side, or has one that gold has not."""
        missed = {
            side[:2]
            for side, strength in self.gold_cells.items()
            if strength == "must" and side not in self.cell_sides
        }
        spurious = {side[:2] for side in self.cell_sides - self.gold_cells.keys()}
        for cell in sorted(missed | spurious):
            yield first_stage(self._stages_by_cell.get(cell, ()))

    @cached_property
    def _stages_by_cell(self) -> dict[Cell, list[Stage]]:
        """The stages of the wrong statements of each cell."""
        stages: dict[Cell, list[Stage]] = {}
        for number, statement in enumerate(self.staged.read.statements):
            gold = statement.gold
            if statement.has_side and gold.stance not in self.sides_of(statement):
                stage = self.staged.missed.get(number, "stance")
                stages.setdefault((gold.holder, gold.issue), []).append(stage)
        spurious = {
            unit_of(candidate.pair): candidate.error_stage or "stance"
            for candidate in self.staged.candidates
            if candidate.is_predicted
        }
        for unit, sides in self.statement_sides.items():
            for side in sides:
                if not self.is_gold(unit, side):
                    stage = spurious.get(unit, "stance")
                    stages.setdefault(unit[1:], []).append(stage)
        return stages
