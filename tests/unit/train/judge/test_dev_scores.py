"""Scores of a judge on dev: cells, stances, candidates, and the thresholds with the best cells."""

import numpy as np
import pytest

from standpoint.judge import ANSWERS, HolderQuery, IssueText, SentenceText
from train.judge.dev_scores import (
    Predicted,
    about_recall,
    best_cells,
    candidate_recall,
    contrast_accuracy,
    score_units,
    stance_f1,
    with_unasked,
)
from train.judge.units import Unit, UnitCandidate, UnitPlace

SURE = 0.91


def unit(sentence=0, issue="dam", missed=(), **stances):
    candidates = tuple(
        UnitCandidate(HolderQuery(actor, (), (), ()), stance) for actor, stance in stances.items()
    )
    place = UnitPlace("dev", "d", "book", issue, sentence)
    return Unit(SentenceText("s"), IssueText(issue), place, candidates, missed, is_prose=True)


def rows(*answers, sure=SURE):
    """Probabilities of candidates that answer so."""
    table = np.full((len(answers), len(ANSWERS)), (1 - sure) / 3, np.float32)
    for row, answer in zip(table, answers, strict=True):
        row[ANSWERS.index(answer)] = sure
    return table


def test_a_cell_has_the_side_of_its_surest_statement():
    units = [unit(0, iran="favor"), unit(1, iran="favor")]
    cells = best_cells(units, [rows("against", sure=0.6), rows("favor")])
    assert (cells.f1, cells.precision, cells.recall, cells.wrong_sign) == (1, 1, 1, 0)


def test_an_opposite_side_is_a_wrong_sign_and_one_without_gold_is_not():
    units = [unit(iran="favor", chile="not")]
    cells = best_cells(units, [rows("against", "favor")])
    assert (cells.precision, cells.wrong_sign) == (0, 1)


def test_statements_of_holders_who_are_no_candidates_count_as_missed():
    units = [unit(iran="favor", missed=(("peru", "against"), ("togo", "none")))]
    cells = best_cells(units, [rows("favor")])
    assert cells.recall == pytest.approx(1 / 2)
    assert candidate_recall(units, [rows("favor")])[1] == pytest.approx(1 / 3)


def test_the_floor_takes_out_what_does_not_concern_the_issue():
    units = [unit(0, iran="favor"), unit(1, chile="not")]
    likely = np.array([[0.5, 0.05, 0.05, 0.4]], np.float32)
    unlikely = np.array([[0.55, 0.0, 0.0, 0.45]], np.float32)
    assert best_cells(units, [likely, unlikely], floors=(0.0,)).f1 < 1
    cells = best_cells(units, [likely, unlikely])
    assert cells.f1 == 1
    assert 0.55 < cells.thresholds.floor <= 0.6


def test_the_stance_of_a_statement_is_judged_without_the_answer_not():
    answers = np.array([[0.2, 0.1, 0.0, 0.7]], np.float32)
    scores = stance_f1([unit(iran="favor")], [answers])
    assert scores == {"favor": 1, "against": 0, "none": 0}


def test_units_that_concern_their_issue_are_ranked_by_the_head_about():
    units = [unit(n, iran="favor" if n == 7 else "not") for n in range(10)]
    about = np.zeros(10, np.float32)
    about[7] = 1
    assert about_recall(units, about)[0.10] == 1
    about[7] = -1
    assert about_recall(units, about)[0.22] == 0


def test_none_and_not_are_one_answer_to_a_contrast_text():
    units = [unit(iran="favor", chile="not", peru="none"), unit(issue="deal", iran="not")]
    right = [rows("favor", "none", "not"), rows("favor")]
    assert contrast_accuracy(units, right) == 1
    assert contrast_accuracy(units, [rows("favor", "favor", "not"), rows("not")]) == 2 / 3


def test_units_without_candidates_or_gold_do_not_break_the_scores():
    nothing, sentiments = np.zeros(1, np.float32), np.zeros((1, 3), np.float32)
    empty = Predicted(nothing, nothing, (np.zeros((0, 4), np.float32),), sentiments)
    assert score_units([unit()], empty)["cells.f1"] == 0


def test_units_that_were_not_asked_about_say_nothing_and_their_gold_is_missed():
    units = [unit(0, iran="favor", usa="not"), unit(1, syria="against"), unit(2)]
    logits = (np.log(rows("favor", "not")), np.log(rows("against")), np.zeros((0, 4), np.float32))
    own = Predicted(np.ones(2), np.ones(2), logits[::2], np.zeros((2, 3)))
    every = with_unasked(units, units[::2], own)
    assert every.exits[[0, 2]].tolist() == [1, 1]
    assert every.exits[1] == every.about[1] < -10
    np.testing.assert_array_equal(every.stances[0], logits[0])
    assert every.stances[1].argmax(1).tolist() == [ANSWERS.index("not")]
    assert every.stances[2].shape == (0, 4)
    scores = score_units(units, every)
    assert (scores["cells.precision"], scores["cells.recall"]) == (1, 0.5)
    assert score_units(units, Predicted(*np.ones((2, 3)), logits, np.zeros((3, 3))))[
        "cells.recall"
    ] == pytest.approx(1)
