"""Confidence of statements and cells, fitted on tables that were drawn with known chances."""

from dataclasses import replace

import numpy as np
import pytest

from standpoint.judge import ANSWERS
from standpoint.labeling import CountedStatement, Pair, side_features
from standpoint.labeling.cell_confidence import cell_probability
from standpoint.text import Sentence, Span
from tests.judges import settings
from train.judge.dev_tables import DevAnswer, DevTable
from train.judge.table_calibration import (
    CellChoice,
    Claim,
    _highest_floor,
    best_floor,
    calibrate_tables,
    candidate_floor,
    claims_ece,
)
from train.models import fit_scaling


def pair(number, *, actor="iran", issue="dam"):
    sentence = Sentence(number, 0, Span(0, 3), f"{number}")
    return Pair(sentence, actor, None, issue, None, "paraphrase", None, None)


def drawn_table(random, *, codebook, n=40, too_sure=2.0):
    """A document whose answers are right as often as softmax says, but for a temperature."""
    answers, cells = [], {}
    for number in range(n):
        logits = random.normal(size=4) * 2 + np.array([0, 0, -1, 1])
        shares = np.exp(logits) / np.exp(logits).sum()
        gold = str(random.choice(ANSWERS, p=shares))
        own = pair(number, actor=f"a{number % 15}")
        said = (too_sure * np.log(shares)).astype(np.float32)
        answers.append(DevAnswer(own, said, 0.0, 0.0, gold))
        if gold in ANSWERS[:2]:
            cells[own.holder, "dam", gold] = "must"
    return DevTable(codebook, True, tuple(answers), cells, len(cells), len(cells))


def tables_with(random, change):
    """Four documents whose answers have what else the judge says of them."""
    drawn = (drawn_table(random, codebook=f"b{n}", too_sure=1.0) for n in range(4))
    return [
        replace(table, answers=tuple(replace(a, **change(a)) for a in table.answers))
        for table in drawn
    ]


@pytest.fixture(scope="module")
def calibrated():
    random = np.random.default_rng(5)
    tables = [drawn_table(random, codebook=f"book-{n % 6}") for n in range(90)]
    return calibrate_tables(settings(), tables, candidates=tables)


def test_the_temperature_with_which_answers_were_drawn_is_found(calibrated):
    chosen, _ = calibrated
    assert chosen.temperature == pytest.approx(2, rel=0.1)
    assert chosen.shift == pytest.approx((0, 0, 0, 0), abs=0.15)


def test_statements_and_cells_are_right_as_often_as_they_say(calibrated):
    _, scores = calibrated
    assert scores["dev.tables.statements.ece"] < 0.05
    assert scores["dev.tables.cells.ece"] < 0.08


def test_statements_that_agree_raise_and_those_that_disagree_lower_a_cell(calibrated):
    chosen, _ = calibrated

    def probability(*stances):
        counted = [CountedStatement("a", "i", stance, 0.5, False) for stance in stances]
        by_side = ([s for s in counted if s.stance == side] for side in ("favor", "against"))
        return cell_probability(side_features(*by_side)[0], weights=chosen.cells)

    disagreeing = probability("favor", "against")
    assert disagreeing <= probability("favor") < probability("favor", "favor")


def test_the_floors_are_in_the_settings(calibrated):
    chosen, scores = calibrated
    assert chosen.min_confidence == scores["dev.tables.statements.confidence"]
    assert chosen.cells.min_confidence == scores["dev.tables.cells.confidence"]
    assert type(chosen).model_validate(chosen.model_dump()) == chosen


def test_without_answers_nothing_is_chosen():
    table = DevTable("book", True, (), {}, 0, 0)
    assert calibrate_tables(settings(), [table], candidates=[]) == (settings(), {})


def test_where_all_is_wrong_there_are_no_weights_of_cells():
    logits = np.array([2, 0, 0, 0], np.float32)
    answers = tuple(DevAnswer(pair(n), logits, 0.0, 0.0, "not") for n in range(5))
    chosen, scores = calibrate_tables(
        settings(), [DevTable("book", True, answers, {}, 0, 0)], candidates=[]
    )
    assert chosen.cells is None
    assert scores["dev.tables.cells.f1"] == 0


def test_the_floor_is_where_f1_is_highest():
    claims = [Claim(0.9, True, True), Claim(0.6, True, True), Claim(0.5, False, False)]
    floor, f1 = best_floor(claims, n_wanted=2)
    assert 0.5 < floor <= 0.6
    assert f1 == 1


def test_what_only_may_be_found_counts_for_precision_and_not_for_recall():
    claims = [Claim(0.9, True, False), Claim(0.9, True, True)]
    assert best_floor(claims, n_wanted=2)[1] == pytest.approx(2 / 3)


def test_of_floors_that_are_as_good_the_one_with_fewest_statements_is_chosen():
    choices = [CellChoice(n / 10, (), (), 0.3, f1) for n, f1 in enumerate((0.59, 0.6, 0.595, 0.5))]
    assert _highest_floor(choices).statement_floor == 0.2


def test_calibration_error_is_the_distance_of_confidence_and_accuracy():
    claims = [Claim(0.75, n < 5, n < 5) for n in range(10)]
    assert claims_ece(claims) == pytest.approx(0.25)
    assert claims_ece([]) == 0


def test_shifts_are_found_for_the_labels_that_may_have_one():
    random = np.random.default_rng(3)
    logits = random.normal(size=(4_000, 3)).astype(np.float32)
    shares = np.exp(logits + np.array([0, 0, 1.0]))
    shares /= shares.sum(axis=1, keepdims=True)
    columns = np.array([random.choice(3, p=row) for row in shares])
    scaling = fit_scaling(logits, columns, shifted=(2,))
    assert scaling.shift[:2] == (0, 0)
    assert scaling.shift[2] == pytest.approx(1, abs=0.15)
    assert scaling.temperature == pytest.approx(1, abs=0.1)


def test_evidence_counts_as_often_as_it_helps():
    random = np.random.default_rng(4)
    logits = random.normal(size=(4_000, 3)).astype(np.float32)
    told, noise = (np.zeros_like(logits) for _ in range(2))
    told[:, 2], noise[:, 2] = random.normal(size=(2, 4_000))
    shares = np.exp(logits + 0.7 * told)
    shares /= shares.sum(axis=1, keepdims=True)
    columns = np.array([random.choice(3, p=row) for row in shares])
    for evidence, weight in ((told, 0.7), (noise, 0.0), (-told, 0.0)):
        scaling = fit_scaling(logits, columns, shifted=(2,), evidence=[evidence])
        assert scaling.weights == pytest.approx((weight,), abs=0.1)
    both = fit_scaling(logits, columns, shifted=(2,), evidence=[noise, told])
    assert both.weights == pytest.approx((0.0, 0.7), abs=0.1)
    np.testing.assert_allclose(both.probabilities(logits, [noise, told])[:5], shares[:5], atol=0.05)
    assert fit_scaling(logits, columns, shifted=(2,)).weights == ()


def test_who_is_told_by_the_other_head_that_the_sentence_is_about_the_issue_is_surer():
    random = np.random.default_rng(6)
    tables = tables_with(
        random, lambda a: {"about": random.normal() + (2 if a.gold != "not" else -2)}
    )
    chosen, scores = calibrate_tables(settings(), tables, candidates=tables)
    unaware = [replace(t, answers=tuple(replace(a, about=0.0) for a in t.answers)) for t in tables]
    without, before = calibrate_tables(settings(), unaware, candidates=[])
    assert without.about_weight == 0 < chosen.about_weight
    assert scores["dev.tables.cells.f1"] > before["dev.tables.cells.f1"]


def test_a_sentence_that_is_about_another_issue_is_less_likely_about_this_one():
    random = np.random.default_rng(7)
    tables = tables_with(
        random, lambda a: {"others": random.uniform(0, 1) + 0.5 * (a.gold == "not")}
    )
    assert calibrate_tables(settings(), tables, candidates=tables)[0].others_weight > 0
    alone = [replace(t, answers=tuple(replace(a, others=0.0) for a in t.answers)) for t in tables]
    assert calibrate_tables(settings(), alone, candidates=[])[0].others_weight == 0


def test_the_floor_of_candidates_leaves_fewer_than_four_for_each_gold_statement():
    shares = np.linspace(0.99, 0.01, 100)
    rows = np.stack([shares / 3] * 3 + [1 - shares], axis=1)
    tables = [DevTable("book", True, (), {}, 10, 5), DevTable("book", False, (), {}, 10, 5)]
    floor = candidate_floor(tables, [rows, rows])
    assert (shares >= floor).sum() in (38, 39)
    assert candidate_floor(tables[1:], [rows]) == 0
