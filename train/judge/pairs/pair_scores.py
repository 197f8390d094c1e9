"""Scores of a judge on labelled pairs of dev, and the temperature of its sentiment."""

from collections.abc import Mapping, Sequence

import numpy as np

from standpoint.judge import ANSWERS, SENTIMENTS
from standpoint.labels import LABELS
from train.judge.dev_scores import Predicted
from train.judge.units import NOT_CONCERNED, Unit
from train.models import fit_temperature
from train.scoring import Labels, f1_macro

MAX_PART = 300
"""Pairs of a split that are scored while training: two fifths of NewsMTSC's; a guess."""
Units = Sequence[Unit]


def part_of_pairs(units: Units) -> Units:
    """Some units, evenly spread, at most `MAX_PART`."""
    return units[:: max(1, -(-len(units) // MAX_PART))]


def pair_f1(units: Units, predicted: Predicted) -> float:
    """F1 macro of pairs of one task, as its corpora are scored; who is not concerned takes no side.

    Parameters
    ----------
    units : each with a target, or each with one candidate
    """
    if units[0].target:
        y_pred = np.array(SENTIMENTS)[predicted.sentiments.argmax(axis=1)]
        return f1_macro(_sentiments(units), y_pred, labels=SENTIMENTS)
    rows = np.concatenate(predicted.probabilities())
    rows = np.stack([*rows.T[:2], rows[:, 2] + rows[:, 3]], axis=1)
    stances = [unit.candidates[0].stance for unit in units]
    y_true = np.array(["none" if stance == NOT_CONCERNED else stance for stance in stances])
    return f1_macro(y_true, np.array(ANSWERS[:3])[rows.argmax(axis=1)], labels=LABELS["stance"])


def _sentiments(units: Units) -> Labels:
    return np.array([unit.target.sentiment for unit in units if unit.target])


def sentiment_temperature(splits: Mapping[str, Units], predicted: Mapping[str, Predicted]) -> float:
    """The temperature of sentiment over all splits that have it; 1 where none has."""
    names = [name for name, units in splits.items() if units[0].target]
    if not names:
        return 1.0
    logits = np.concatenate([predicted[name].sentiments for name in names])
    y_true = np.concatenate([_sentiments(splits[name]) for name in names])
    return fit_temperature(logits, y_true, labels=SENTIMENTS)
