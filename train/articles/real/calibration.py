"""Calibration on real documents: whether confidences are the shares that are right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from train.articles.end_to_end import SIDES
from train.articles.error_stages import unit_of
from train.articles.real.table import DocumentTable
from train.scoring import Bin, calibration_bins, calibration_error

Judged = tuple[float, bool]
"""A confidence, and whether what it is of is right."""


@dataclass(frozen=True, slots=True)
class CalibrationScore:
    """Expected calibration error, with its reliability diagram.

    Attributes
    ----------
    ece : None where there is nothing to score
    """

    ece: float | None
    n: int
    bins: tuple[Bin, ...]

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> "CalibrationScore":
        """The score of confidences."""
        rows = [*judged]
        if not rows:
            return cls(None, 0, ())
        confidence = np.array([row[0] for row in rows], np.float64)
        right = np.array([row[1] for row in rows], bool)
        bins = tuple(calibration_bins(confidence, right))
        return cls(calibration_error(bins), len(rows), bins)


def statement_confidences(table: DocumentTable, *, sides_alone: bool) -> Iterator[Judged]:
    """The confidence of each predicted statement, and whether gold has its side there.

    One without a side is right where gold has none there either. Statements that abstain count too.

    Parameters
    ----------
    sides_alone : leave out the statements without a side
    """
    for candidate, statement in table.rows:
        own = table.staged.read.gold_by_unit.get(unit_of(candidate.pair), ())
        gold = {s.stance for s in own if s.stance in SIDES}
        if statement.stance in SIDES:
            yield statement.confidence, statement.stance in gold
        elif not sides_alone:
            yield statement.confidence, not gold


def cell_confidences(table: DocumentTable) -> Iterator[Judged]:
    """The confidence of each cell with a side, and whether gold has the side, ``must`` or ``may``.

    A mixed cell is right where gold has both sides.
    """
    for row in table.cell_rows:
        sides = {"mixed": SIDES, "favor": SIDES[:1], "against": SIDES[1:]}.get(row.stance, ())
        if sides:
            cells = ((row.actor, row.issue, side) for side in sides)
            yield row.confidence, all(cell in table.gold_cells for cell in cells)
