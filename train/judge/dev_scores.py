"""Scores of a judge on units of documents: stances, candidates, and cells of actor and issue.

They use gold statements alone, without adding up members or weighing statements: they are for
choices on dev, and quick to compute. `train.articles` scores tables as users get them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standpoint.judge import ANSWERS, SENTIMENTS
from standpoint.probabilities import softmax
from train.judge.units import NOT_CONCERNED, SIDES, Unit

Floats = npt.NDArray[np.float32]
CONFIDENCES = tuple(round(0.2 + 0.05 * n, 2) for n in range(16))
FLOORS = tuple(round(0.05 * n, 2) for n in range(14))
"""What is tried for the two thresholds; finer steps would follow the noise of dev."""
CANDIDATES_PER_STATEMENT = (1, 2, 3, 4)
ABOUT_SHARES = (0.06, 0.10, 0.14, 0.18, 0.22)
UNASKED = np.float32(20)  # a logit that no trained head gives
NOTHING = np.array([answer == NOT_CONCERNED for answer in ANSWERS], np.float32)
"""The probabilities of the answers of a candidate who surely says nothing of the issue."""
Cell = tuple[str, str, str, str]
"""A document, a codebook, an actor and an issue."""


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a judge says of units.

    Attributes
    ----------
    exits, about : logits after the first and after the second stage, of shape (n_units,)
    stances : logits of each unit's candidates, of shape (n_candidates, 4)
    sentiments : logits of the unit's targets, 0 where it has none, of shape (n_units, 3)
    """

    exits: Floats
    about: Floats
    stances: tuple[Floats, ...]
    sentiments: Floats

    def probabilities(self, temperature: float = 1.0) -> tuple[Floats, ...]:
        """Probabilities of each unit's candidates."""
        return tuple(softmax(logits / temperature) for logits in self.stances)


def with_unasked(units: Sequence[Unit], asked: Sequence[Unit], predicted: Predicted) -> Predicted:
    """The logits of units of which only some were asked about; the others say nothing.

    Parameters
    ----------
    asked : the units that were, in their order among all
    predicted : for those
    """
    own = {id(unit) for unit in asked}
    places = [number for number, unit in enumerate(units) if id(unit) in own]
    exits, about = np.full((2, len(units)), -UNASKED, np.float32)
    exits[places], about[places] = predicted.exits, predicted.about
    stances = [np.tile(UNASKED * (2 * NOTHING - 1), (len(unit.candidates), 1)) for unit in units]
    for place, rows in zip(places, predicted.stances, strict=True):
        stances[place] = rows
    sentiments = np.zeros((len(units), len(SENTIMENTS)), np.float32)
    sentiments[places] = predicted.sentiments
    return Predicted(exits, about, tuple(stances), sentiments)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a candidate is a statement, and when a cell is shown.

    Attributes
    ----------
    floor : least probability that the sentence concerns the issue for the holder: 1 - P(not)
    confidence : least probability of a side
    """

    floor: float
    confidence: float


@dataclass(frozen=True, slots=True)
class CellScores:
    """Cells of gold and those with a predicted side."""

    f1: float
    precision: float
    recall: float
    wrong_sign: float
    thresholds: Thresholds


def stance_f1(units: Sequence[Unit], probabilities: Sequence[Floats]) -> dict[str, float]:
    """F1 of each stance over candidates with a gold statement, ``not`` being no answer."""
    pairs = [
        (candidate.stance, ANSWERS[int(row[:-1].argmax())])
        for unit, rows in zip(units, probabilities, strict=True)
        for candidate, row in zip(unit.candidates, rows, strict=True)
        if candidate.stance != NOT_CONCERNED
    ]
    return {
        stance: _ratio(
            2 * sum(gold == answer == stance for gold, answer in pairs),
            sum((gold == stance) + (answer == stance) for gold, answer in pairs),
        )
        for stance in ANSWERS[:-1]
    }


def candidate_recall(units: Sequence[Unit], probabilities: Sequence[Floats]) -> dict[int, float]:
    """Recall of gold statements among the likeliest candidates, so many for each statement."""
    concerned = np.concatenate([np.zeros(0), *(1 - rows[:, -1] for rows in probabilities)])
    is_gold = np.array([c.stance != NOT_CONCERNED for unit in units for c in unit.candidates], bool)
    n_gold = int(is_gold.sum()) + sum(len(unit.missed) for unit in units)
    ranked = is_gold[np.argsort(-concerned, kind="stable")]
    return {n: _ratio(ranked[: n * n_gold].sum(), n_gold) for n in CANDIDATES_PER_STATEMENT}


def about_recall(units: Sequence[Unit], about: Floats) -> dict[float, float]:
    """Recall of gold statements in the units that most concern their issue, by their share."""
    n_statements = np.array(
        [len(u.missed) + sum(c.stance != NOT_CONCERNED for c in u.candidates) for u in units]
    )
    ranked = n_statements[np.argsort(-about, kind="stable")]
    return {s: _ratio(ranked[: int(s * len(units))].sum(), ranked.sum()) for s in ABOUT_SHARES}


def gold_cells(units: Iterable[Unit]) -> dict[Cell, set[str]]:
    """The sides of the gold statements of each cell."""
    cells: dict[Cell, set[str]] = {}
    for unit in units:
        stances = [(c.actor, c.stance) for c in unit.candidates]
        for actor, stance in (*stances, *unit.missed):
            if stance in SIDES:
                cells.setdefault(_cell(unit, actor), set()).add(stance)
    return cells


def _cell(unit: Unit, actor: str) -> Cell:
    return unit.place.document, unit.place.codebook, actor, unit.place.issue


def best_cells(
    units: Sequence[Unit],
    probabilities: Sequence[Floats],
    *,
    floors: Sequence[float] = FLOORS,
    confidences: Sequence[float] = CONFIDENCES,
) -> CellScores:
    """The scores of cells at the thresholds with the highest F1.

    A cell has the side of its most probable statement.
    """
    gold = gold_cells(units)
    rows = [
        (_cell(unit, candidate.actor), float(1 - row[-1]), row[: len(SIDES)])
        for unit, own in zip(units, probabilities, strict=True)
        for candidate, row in zip(unit.candidates, own, strict=True)
    ]
    choices = []
    for floor in floors:
        best: dict[Cell, Floats] = {}
        for cell, concerned, sides in rows:
            if concerned >= floor:
                best[cell] = np.maximum(best[cell], sides) if cell in best else sides
        choices += [_cell_scores(best, gold, Thresholds(floor, c)) for c in confidences]
    return max(choices, key=lambda scores: scores.f1)


def _cell_scores(
    predicted: dict[Cell, Floats], gold: dict[Cell, set[str]], thresholds: Thresholds
) -> CellScores:
    sides = {
        cell: SIDES[int(shares.argmax())]
        for cell, shares in predicted.items()
        if shares.max() >= thresholds.confidence
    }
    right = sum(side in gold.get(cell, ()) for cell, side in sides.items())
    met = sum(cell in gold for cell in sides)
    n_gold = sum(map(len, gold.values()))
    return CellScores(
        f1=_ratio(2 * right, len(sides) + n_gold),
        precision=_ratio(right, len(sides)),
        recall=_ratio(right, n_gold),
        wrong_sign=_ratio(met - right, met),
        thresholds=thresholds,
    )


def contrast_accuracy(units: Sequence[Unit], probabilities: Sequence[Floats]) -> float:
    """Right answers of candidates in units with a statement; none and not are one answer."""
    right = total = 0
    for unit, rows in zip(units, probabilities, strict=True):
        if not unit.is_concerned:
            continue
        for candidate, row in zip(unit.candidates, rows, strict=True):
            answer = int(np.array([*row[:2], row[2] + row[3]]).argmax())
            gold = min(ANSWERS.index(candidate.stance), 2)
            right, total = right + (answer == gold), total + 1
    return _ratio(right, total)


def score_units(
    units: Sequence[Unit], predicted: Predicted, *, temperature: float = 1.0
) -> dict[str, float]:
    """All scores by name, the floor of statements being 0."""
    probabilities = predicted.probabilities(temperature)
    cells = best_cells(units, probabilities, floors=(0.0,))
    scores = {
        "cells.f1": cells.f1,
        "cells.precision": cells.precision,
        "cells.recall": cells.recall,
        "cells.wrong_sign": cells.wrong_sign,
    }
    scores |= {f"stance.f1.{k}": f1 for k, f1 in stance_f1(units, probabilities).items()}
    recalls = candidate_recall(units, probabilities)
    scores |= {f"candidates.recall.{n}": recall for n, recall in recalls.items()}
    for head, logits in (("exit", predicted.exits), ("about", predicted.about)):
        shares = about_recall(units, logits)
        scores |= {f"{head}.recall.{s:.2f}": recall for s, recall in shares.items()}
    return scores


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0
