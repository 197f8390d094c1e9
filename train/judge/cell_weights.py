"""Fit of how sure a cell of the table is: a logistic regression with signs, by cross-validation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standpoint.judge import CellWeights
from standpoint.labeling import (
    CELL_FEATURES,
    CountedStatement,
    StanceRow,
    aggregate_stances,
    side_features,
    statements_by_cell,
)
from train.judge.dev_tables import DevTable
from train.judge.units import SIDES

PENALTY = 1.0  # of the squared weights, as in scikit-learn's LogisticRegression by default
BOUNDS = {"noisy_or": (0.0, None), "balance": (0.0, None), "disagreeing": (None, 0.0)}
MIN_CODEBOOKS = 3  # to leave one out; a guess
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SideStatement:
    """A statement with a side, and whether gold has it."""

    statement: CountedStatement
    is_right: bool


@dataclass(frozen=True, slots=True)
class AnsweredTable:
    """A document of dev with the statements that its cells are made of."""

    table: DevTable
    statements: Sequence[SideStatement]

    @property
    def counted(self) -> list[CountedStatement]:
        """The statements as they are added up."""
        return [own.statement for own in self.statements]

    def cell_rows(self, weights: CellWeights) -> list[StanceRow]:
        """The cells, each with its likeliest side, however sure."""
        return aggregate_stances(self.counted, parents={}, min_confidence=0.0, cells=weights)

    def examples(self) -> Iterator[tuple[tuple[float, ...], bool]]:
        """Each side that statements take in a cell: its features, and whether gold has it."""
        for (actor, issue), own in statements_by_cell(self.counted, parents={}).items():
            favor, against = ([s for s in own if s.stance == side] for side in SIDES)
            for side, features in zip(SIDES, side_features(favor, against), strict=True):
                if features:
                    yield features, (actor, issue, side) in self.table.cells


def fit_cell_weights(
    tables: Iterable[AnsweredTable], *, min_confidence: float = 0.0
) -> CellWeights | None:
    """The weights with the least cross-entropy; None where all sides are right, or all wrong."""
    from scipy.optimize import minimize

    examples = [example for table in tables for example in table.examples()]
    right = np.array([is_right for _, is_right in examples], bool)
    if right.all() or not right.any():
        return None
    features = np.array([features for features, _ in examples])

    def loss(weights: Doubles) -> float:
        logits = weights[0] + features @ weights[1:]
        losses = np.logaddexp(0, np.where(right, -logits, logits))
        return float(losses.sum() + PENALTY / 2 * np.square(weights[1:]).sum())

    bounds = [(None, None), *(BOUNDS[name] for name in CELL_FEATURES)]
    start = np.zeros(1 + len(CELL_FEATURES))
    best = minimize(loss, start, bounds=bounds, method="L-BFGS-B").x.tolist()
    values = dict(zip(CELL_FEATURES, best[1:], strict=True))
    return CellWeights(intercept=best[0], **values, min_confidence=min_confidence)


def cells_left_out(tables: Sequence[AnsweredTable]) -> list[list[StanceRow]]:
    """The cells of each document, by weights that were fitted on the other codebooks.

    With fewer codebooks than `MIN_CODEBOOKS` none is left out.
    """
    names = sorted({table.table.codebook for table in tables})
    weights = {
        name: fit_cell_weights(
            t for t in tables if len(names) < MIN_CODEBOOKS or t.table.codebook != name
        )
        for name in names
    }
    return [
        table.cell_rows(own) if (own := weights[table.table.codebook]) else [] for table in tables
    ]
