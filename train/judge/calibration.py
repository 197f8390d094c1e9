"""What is chosen on dev: temperatures, thresholds, and which issues a sentence is asked about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.judge import ANSWERS, JudgeSettings
from train.judge.dev_scores import CellScores, Floats, Predicted, best_cells
from train.judge.lower_states import LowerStates
from train.judge.token_sequences import TokenSequences, variant_number
from train.judge.units import Unit
from train.models import fit_temperature

MAX_LOST = 0.01
"""Share of dev's statements that each limit of the issues asked about may lose: more would cost
more than they save."""


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
    *,
    sequences: TokenSequences,
    states: LowerStates,
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
    max_issues, min_similarity = issue_limits(units, sequences, states)
    return Calibration(
        settings.model_copy(
            update={
                "temperature": temperature,
                "about_temperature": about,
                "statement_floor": cells.thresholds.floor,
                "max_issues": max_issues,
                "min_similarity": min_similarity,
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


def issue_limits(
    units: Sequence[Unit], sequences: TokenSequences, states: LowerStates
) -> tuple[int, float]:
    """How many issues a sentence is asked about, and from which similarity on.

    A judge asks in the order of the similarity of the pooled states; see `standpoint.judge`. Each
    limit loses at most `MAX_LOST` of the units with a statement.
    """
    pooled = _Pooled(sequences, states)
    by_place: dict[tuple[str, str, int], list[Unit]] = {}
    for unit in units:
        by_place.setdefault(unit.place.in_text, []).append(unit)
    ranks, similarities = [], []
    for own in by_place.values():
        if not any(unit.is_concerned for unit in own):
            continue
        cosines = np.array([pooled.similarity(unit) for unit in own])
        for number, unit in enumerate(own):
            if unit.is_concerned:
                ranks.append(int((cosines > cosines[number]).sum()) + 1)
                similarities.append(float(cosines[number]))
    most = int(np.quantile(ranks, 1 - MAX_LOST, method="higher"))
    return most, round(float(np.quantile(similarities, MAX_LOST)), 4)


class _Pooled:
    """The mean state of each text's own tokens, of length 1, computed once."""

    def __init__(self, sequences: TokenSequences, states: LowerStates) -> None:
        self._sequences = sequences
        self._states = states
        self._cached: dict[int, Floats] = {}

    def similarity(self, unit: Unit) -> float:
        """The cosine of a sentence and an issue with its cues."""
        variant = variant_number(cues=True, swapped=False)
        issue = self._sequences.of_issue(unit.issue, variant=variant)
        sentence = self._sequences.of_sentence(unit.sentence)
        return float(self._of(sentence) @ self._of(issue))

    def _of(self, number: int) -> Floats:
        if number not in self._cached:
            own = self._sequences.tokens[number].text_tokens
            states = self._states.of(number).astype(np.float32)
            mean = states[own if len(own) else slice(None)].mean(axis=0)
            self._cached[number] = mean / (float(np.linalg.norm(mean)) or 1.0)
        return self._cached[number]
