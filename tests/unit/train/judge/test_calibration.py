"""What is chosen on dev: when the first stage answers alone."""

from dataclasses import replace

import numpy as np
import pytest

from standpoint.judge import ANSWERS, HolderQuery, IssueText, SentenceText
from tests.judges import settings
from train.judge.calibration import calibrate_judge, early_floor
from train.judge.dev_scores import Predicted
from train.judge.units import Unit, UnitCandidate, UnitPlace


def unit(number, stance):
    place = UnitPlace("dev", "d", "book", "dam", number)
    candidates = (UnitCandidate(HolderQuery("iran", (), (), ()), stance),)
    return Unit(SentenceText("s"), IssueText("dam"), place, candidates, (), is_prose=True)


def probabilities(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, np.float64)))


@pytest.mark.parametrize(("n_gold", "n_lost"), [(1, 0), (99, 0), (101, 1), (1_000, 9)])
def test_at_most_the_wanted_share_of_gold_leaves_early(n_gold, n_lost):
    units = [unit(n, "favor" if n < n_gold else "not") for n in range(3 * n_gold)]
    exits = np.random.default_rng(n_gold).normal(size=len(units)).astype(np.float32)
    floor = early_floor(units, exits, max_lost=0.01)
    assert (probabilities(exits[:n_gold]) < floor).sum() == n_lost
    assert n_lost <= n_gold / 100


def test_what_is_less_likely_than_all_gold_leaves_early():
    units = [unit(0, "favor"), unit(1, "not"), unit(2, "none")]
    floor = early_floor(units, np.array([2.0, -3.0, -1.0], np.float32), max_lost=0.01)
    assert probabilities(-3) < floor <= probabilities(-1)


def test_without_gold_nothing_leaves_early():
    assert early_floor([unit(0, "not")], np.zeros(1, np.float32), max_lost=0.01) == 0


def test_candidates_lose_less_than_what_is_judged_in_use():
    units = [
        replace(unit(n, "favor" if n % 4 == 0 else "not"), relevance=n / 400) for n in range(400)
    ]
    exits = np.linspace(-3, 3, 400).astype(np.float32)
    rows = np.log(np.full((1, 4), 0.25, np.float32))
    own = Predicted(exits, exits, (rows,) * 400, np.zeros((400, 3)))
    chosen = calibrate_judge(settings(), units, own, without_cues=own).settings
    assert chosen.candidates.min_relevance < chosen.min_relevance
    assert chosen.candidates.about_floor < chosen.about_floor


def test_gold_of_what_was_not_asked_about_is_missed():
    asked = [unit(n, "favor") for n in range(4)]
    others = [replace(u, place=replace(u.place, document="other")) for u in asked]
    rows = np.log(np.array([[0.9 if a == "favor" else 0.03 for a in ANSWERS]], np.float32))
    own = Predicted(np.ones(4), np.ones(4), (rows,) * 4, np.zeros((4, 3)))
    whole, part = (
        calibrate_judge(settings(), asked, own, without_cues=own, others=unasked).cells
        for unasked in ((), others)
    )
    assert (whole.recall, part.recall) == (1, 0.5)
    assert part.precision == 1
