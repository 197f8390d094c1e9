"""What is chosen on dev: temperatures, thresholds, and which issues a sentence is asked about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.judge import ANSWERS, JudgeSettings
from train.judge.dev_scores import CellScores, Floats, Predicted, best_cells
from train.judge.units import Unit
from train.models import fit_temperature

JUDGED_SHARE = 0.3
"""Of a document's sentences and issues. They have 0.86 of dev's statements (0.81 without cues); the
next tenth has 0.05 more and costs a third more time (benchmarks/judged_issues.py)."""
MAX_LOST = 0.01
"""Share of dev's statements that the number of issues of a sentence may lose: a list of issues is
rare, and a limit only keeps it from taking long."""
MIN_UNITS = 40
"""Sentences and issues of a short text that are judged in any case: eight sentences with a codebook
of five issues, which take no longer than a news article."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The settings of a judge, and the scores of dev's cells with them."""

    settings: JudgeSettings
    cells: CellScores

    def scores(self) -> dict[str, float]:
        """The scores by name, and the confidence with the best cells, which serving may set."""
        return {
            "dev.calibrated.cells.f1": self.cells.f1,
            "dev.calibrated.cells.wrong_sign": self.cells.wrong_sign,
            "dev.calibrated.confidence": self.cells.thresholds.confidence,
            "dev.calibrated.floor": self.cells.thresholds.floor,
            "dev.calibrated.temperature": self.settings.temperature,
        }


def calibrate_judge(
    settings: JudgeSettings,
    units: Sequence[Unit],
    predicted: Predicted,
) -> Calibration:
    """Fit everything that is chosen on dev.

    Parameters
    ----------
    units : of dev, prose alone
    """
    with_candidates = [rows for rows in predicted.stances if len(rows)]
    gold = np.array([c.stance for unit in units for c in unit.candidates])
    temperature = fit_temperature(np.concatenate(with_candidates), gold, labels=ANSWERS)
    concerned = np.array([str(unit.is_concerned) for unit in units])
    logits = np.stack([np.zeros_like(predicted.about), predicted.about], axis=1)
    about = fit_temperature(logits, concerned, labels=("False", "True"))
    normalized = [_given_concerned(rows) for rows in predicted.probabilities(temperature)]
    cells = best_cells(units, normalized)
    max_issues, min_relevance = issue_limits(units)
    return Calibration(
        settings.model_copy(
            update={
                "temperature": temperature,
                "about_temperature": about,
                "statement_floor": cells.thresholds.floor,
                "max_issues": max_issues,
                "min_relevance": min_relevance,
                "min_units": MIN_UNITS,
            }
        ),
        cells,
    )


def _given_concerned(rows: Floats) -> Floats:
    """Probabilities of the stances given that the sentence concerns the issue for the holder.

    The last column stays as it is.
    """
    stances = rows[:, :-1] / np.maximum(rows[:, :-1].sum(axis=1, keepdims=True), 1e-9)
    joined: Floats = np.hstack([stances, rows[:, -1:]])
    return joined


def issue_limits(units: Sequence[Unit]) -> tuple[int, float]:
    """How many issues a sentence is asked about, and from which relevance on.

    The most relevant `JUDGED_SHARE` of the units are asked about; the number loses at most
    `MAX_LOST` of those that have a statement.
    """
    relevance = np.sort([unit.relevance for unit in units if unit.candidates])[::-1]
    if not len(relevance):
        return 1, 0.0
    lowest = float(relevance[min(len(relevance) - 1, int(JUDGED_SHARE * len(relevance)))])
    by_place: dict[tuple[str, str, int], list[Unit]] = {}
    for unit in units:
        by_place.setdefault(unit.place.in_text, []).append(unit)
    ranks = [
        1 + sum(other.relevance > unit.relevance for other in own)
        for own in by_place.values()
        for unit in own
        if unit.is_concerned
    ]
    most = int(np.quantile(ranks, 1 - MAX_LOST, method="higher")) if ranks else 1
    return most, round(lowest, 4)
