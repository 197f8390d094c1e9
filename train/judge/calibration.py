"""What is chosen on dev: temperatures, thresholds, and which issues a sentence is asked about."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.judge import ANSWERS, CandidateSettings, JudgeSettings
from standpoint.probabilities import sigmoid
from train.judge.dev_scores import NOTHING, CellScores, Floats, Predicted, best_cells
from train.judge.units import Unit
from train.models import fit_temperature

CANDIDATE_SHARE = 0.4
"""Of a document's sentences and issues. They have 0.91 of dev's statements, three tenths have 0.86
(benchmarks/judged_issues.py). Candidates are among them, and what is learned as no statement."""
MAX_CANDIDATES_LOST = 0.01
"""Share of dev's sentences and issues with a statement that the first stage may cost candidates."""
JUDGED_SHARE = 0.2
MAX_EARLY_LOST = 0.1
"""The same in use. What is lost is what the judge would mostly leave out in the end: dev's tables
are no worse than by the shares above, and fewer passes are run (docs/decisions/0015)."""
MAX_LOST = 0.01
"""Share of dev's statements that the number of issues of a sentence may lose: a list of issues is
rare, and a limit only keeps it from taking long."""
MIN_UNITS = 40
"""Sentences and issues of a short text that are judged in any case: eight sentences with a codebook
of five issues, which take no longer than a news article."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The settings of a judge, and the scores of dev's cells with them.

    Attributes
    ----------
    early_share : of the units that the judge was asked about, those that the first stage answers
    """

    settings: JudgeSettings
    cells: CellScores
    early_share: float

    def scores(self) -> dict[str, float]:
        """The scores by name, and the confidence with the best cells, which serving may set."""
        return {
            "dev.calibrated.cells.f1": self.cells.f1,
            "dev.calibrated.cells.wrong_sign": self.cells.wrong_sign,
            "dev.calibrated.confidence": self.cells.thresholds.confidence,
            "dev.calibrated.floor": self.cells.thresholds.floor,
            "dev.calibrated.temperature": self.settings.temperature,
            "dev.calibrated.early": self.early_share,
        }


def calibrate_judge(
    settings: JudgeSettings,
    units: Sequence[Unit],
    predicted: Predicted,
    *,
    without_cues: Predicted,
    others: Sequence[Unit] = (),
) -> Calibration:
    """Fit everything that is chosen on dev.

    Parameters
    ----------
    units : of dev, prose alone, that the judge was asked about
    predicted, without_cues : for the units as they are, and without the cues of their issues
    others : that it was not asked about
    """
    with_candidates = [rows for rows in predicted.stances if len(rows)]
    gold = np.array([c.stance for unit in units for c in unit.candidates])
    temperature = fit_temperature(np.concatenate(with_candidates), gold, labels=ANSWERS)
    concerned = np.array([str(unit.is_concerned) for unit in units])
    logits = np.stack([np.zeros_like(predicted.about), predicted.about], axis=1)
    about = fit_temperature(logits, concerned, labels=("False", "True"))
    normalized = [_given_concerned(rows) for rows in predicted.probabilities(temperature)]
    # Gold of what was not asked about is missed.
    unasked = [np.tile(NOTHING, (len(unit.candidates), 1)) for unit in others]
    cells = best_cells([*units, *others], [*normalized, *unasked])
    max_issues, min_relevance = issue_limits([*units, *others])
    exits = np.concatenate([predicted.exits, without_cues.exits])
    floor = early_floor([*units, *units], exits, max_lost=MAX_EARLY_LOST)
    candidates = CandidateSettings(
        min_relevance=round(candidate_relevance([*units, *others]), 4),
        about_floor=early_floor([*units, *units], exits, max_lost=MAX_CANDIDATES_LOST),
    )
    chosen = {
        "temperature": temperature,
        "about_temperature": about,
        "about_floor": floor,
        "statement_floor": cells.thresholds.floor,
        "max_issues": max_issues,
        "min_relevance": min_relevance,
        "min_units": MIN_UNITS,
        "candidates": candidates,
    }
    early_share = float((sigmoid(predicted.exits) < floor).mean())
    return Calibration(settings.model_copy(update=chosen), cells, early_share)


def _given_concerned(rows: Floats) -> Floats:
    """Probabilities of the stances given that the sentence concerns the issue for the holder.

    The last column stays as it is.
    """
    stances = rows[:, :-1] / np.maximum(rows[:, :-1].sum(axis=1, keepdims=True), 1e-9)
    joined: Floats = np.hstack([stances, rows[:, -1:]])
    return joined


def early_floor(units: Sequence[Unit], exits: Floats, *, max_lost: float) -> float:
    """The probability after the first stage below which at most a share of gold lies.

    Parameters
    ----------
    exits : the logit of each unit
    """
    gold = [
        logit
        for unit, logit in zip(units, exits.tolist(), strict=True)
        if unit.is_concerned and unit.candidates
    ]
    if not gold:
        return 0.0
    lowest = sigmoid(np.quantile(gold, [max_lost], method="lower").astype(np.float32))
    return math.floor(1e6 * float(lowest[0])) / 1e6  # rounded down, which loses none


def issue_limits(units: Sequence[Unit]) -> tuple[int, float]:
    """How many issues a sentence is asked about, and from which relevance on.

    The most relevant `JUDGED_SHARE` of the units are asked about; the number loses at most
    `MAX_LOST` of those that have a statement.
    """
    if not any(unit.candidates for unit in units):
        return 1, 0.0
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
    return most, round(least_relevance(units, share=JUDGED_SHARE), 4)


def candidate_relevance(units: Sequence[Unit]) -> float:
    """The relevance of the last of the most relevant `CANDIDATE_SHARE` of the units."""
    return least_relevance(units, share=CANDIDATE_SHARE)


def least_relevance(units: Sequence[Unit], *, share: float) -> float:
    """The relevance of the last of the most relevant share of the units."""
    ranked = sorted((unit.relevance for unit in units if unit.candidates), reverse=True)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0
