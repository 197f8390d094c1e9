from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from standpoint.labeling import Floors
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling, Weights
from standpoint.labels import LABELS
from train.articles.end_to_end import PredictedArticle, gold_table, score
from train.articles.error_stages import STAGES, candidates_of

BACKS = (
    "Ruritania backs the river dam.",
    ("ruritania", "Ruritania", "river-dam", "river dam", "favor"),
)
LIND = (
    "Anna Lind rejects the river dam.",
    ("lind", "Anna Lind", "river-dam", "river dam", "against"),
)
TOLL = (
    "Borduria mulls the shipping toll.",
    ("borduria", "Borduria", "toll", "shipping toll", "none"),
)
NOBODY = (
    "The visitor backs the river dam.",
    ("borduria", "The visitor", "river-dam", "river dam", "favor"),
)
QUOTE = ('"The river dam is good."', ("lind", None, "river-dam", "river dam", "favor"))
WALL = (
    "Borduria backs the great wall.",
    ("borduria", "Borduria", "river-dam", "great wall", "favor"),
)


def shares(stance, sure=0.9):
    rest = (1 - sure) / 2
    return [sure if label == stance else rest for label in LABELS["stance"]]


def judged(gold, *told):
    """An article whose candidates are judged as told: a stance, or a stance with how sure it is."""
    candidates = candidates_of(gold)
    assert len(told) == len(candidates), candidates
    rows = [shares(*one) if isinstance(one, tuple) else shares(one) for one in told]
    return PredictedArticle(gold, tuple(candidates), np.array(rows, np.float32).reshape(-1, 3))


def scored(*articles, oracle=(), pooling=DEFAULT_POOLING, floor=0.5):
    return score(articles, pooling=pooling, floors=Floors.plain(floor), oracle=oracle)


def numbers(counts):
    """Hits, made up, missed."""
    return tuple(int(n) for n in counts.numbers.sum(axis=0))


def blamed(causes):
    return {stage: n for stage, n in causes.items() if n}


def test_what_is_read_and_judged_right_scores_1(gold_of):
    found = scored(judged(gold_of(BACKS, LIND, TOLL), "favor", "against", "none"))
    assert (numbers(found.statements), numbers(found.table)) == ((2, 0, 0), (2, 0, 0))
    assert found.statements.precision == found.statements.recall == found.statements.f1 == 1
    assert found.table.f1 == 1
    assert blamed(found.causes["statements"]) == blamed(found.causes["table"]) == {}


def test_scores_are_those_of_all_statements_together(gold_of):
    one = judged(gold_of(BACKS, LIND, id="a"), "favor", "favor")
    other = judged(gold_of(BACKS, NOBODY, id="b"), "favor", "favor")
    counts = scored(one, other).statements
    assert numbers(counts) == (2, 1, 2)
    assert counts.precision == pytest.approx(2 / 3)
    assert counts.recall == pytest.approx(2 / 4)
    assert counts.f1 == pytest.approx(2 * 2 / (2 * 2 + 1 + 2))


CAUSES = [
    pytest.param([NOBODY], ["favor"], {"mention": 1}, id="holder not resolved"),
    pytest.param([QUOTE], ["favor"], {"attribution": 1}, id="speaker not found"),
    pytest.param([WALL], ["favor"], {"issue": 1}, id="cue not in the codebook"),
    pytest.param([BACKS], ["none"], {"stance": 1}, id="side not seen"),
    pytest.param([BACKS], ["against"], {"stance": 2}, id="other side: one missed, one made up"),
    pytest.param([BACKS], [("favor", 0.45)], {"stance": 1}, id="abstained"),
    pytest.param([TOLL], ["favor"], {"stance": 1}, id="side made up"),
    pytest.param([TOLL], [("favor", 0.45)], {}, id="abstained where no side is taken"),
]


@pytest.mark.parametrize(("sentences", "told", "causes"), CAUSES)
def test_an_error_is_charged_to_its_stage(gold_of, sentences, told, causes):
    found = scored(judged(gold_of(*sentences), *told))
    assert blamed(found.causes["statements"]) == causes
    _, made_up, missed = numbers(found.statements)
    assert made_up + missed == sum(causes.values())
    assert set(blamed(found.causes["table"])) == set(causes)


def test_a_pair_that_should_not_be_there_is_charged_to_its_stage_only_if_it_takes_a_side(gold_of):
    gold = gold_of(
        ("Anna Lind met Borduria.",),
        ("She backs the river dam.", ("borduria", "She", "river-dam", "river dam", "favor")),
    )
    assert blamed(scored(judged(gold, "favor", "favor")).causes["statements"]) == {"mention": 2}
    assert blamed(scored(judged(gold, "none", "favor")).causes["statements"]) == {"mention": 1}
    bath = gold_of(("Anna Lind bathed by the river dam.",))
    assert blamed(scored(judged(bath, "favor")).causes["statements"]) == {"issue": 1}


def test_the_sides_are_those_on_the_issue_where_a_cue_is_of_the_other_pole(gold_of):
    gold = gold_of(
        (
            "Ruritania wants the building freeze.",
            ("ruritania", "Ruritania", "river-dam", "!building freeze", "against"),
        )
    )
    assert numbers(scored(judged(gold, "favor")).statements) == (1, 0, 0)
    assert gold_table(gold) == {("ruritania", "river-dam"): "against"}


def test_statements_and_cells_without_a_side_are_never_counted(gold_of):
    found = scored(judged(gold_of(TOLL), "none"))
    assert numbers(found.statements) == numbers(found.table) == (0, 0, 0)
    assert found.statements.precision == found.statements.recall == found.statements.f1 == 0
    assert gold_table(gold_of(TOLL)) == {}
    made_up = scored(judged(gold_of(TOLL), "against"))
    assert numbers(made_up.statements) == numbers(made_up.table) == (0, 1, 0)


def test_a_cell_in_which_a_side_and_none_meet_has_the_side(gold_of):
    muses = (
        "Ruritania muses on the river dam.",
        ("ruritania", "Ruritania", "river-dam", "river dam", "none"),
    )
    assert gold_table(gold_of(BACKS, muses)) == {("ruritania", "river-dam"): "favor"}


def test_both_sides_in_a_cell_are_mixed_and_only_mixed_is_right(gold_of):
    gold = gold_of(BACKS, LIND)
    assert gold_table(gold) == {
        ("ruritania", "river-dam"): "mixed",
        ("lind", "river-dam"): "against",
    }
    assert numbers(scored(judged(gold, "favor", "against")).table) == (2, 0, 0)
    found = scored(judged(gold, "favor", "favor"))
    assert numbers(found.table) == (0, 2, 2)
    assert blamed(found.causes["table"]) == {"stance": 2}


def test_a_statement_counts_once_however_many_cues_it_has_in_a_sentence(gold_of):
    gold = gold_of(
        (
            "Ruritania backs the river dam, the river dam of all dams.",
            ("ruritania", "Ruritania", "river-dam", "river dam", "favor"),
        )
    )
    assert numbers(scored(judged(gold, "favor", "favor")).statements) == (1, 0, 0)
    assert numbers(scored(judged(gold, "favor", "against")).statements) == (1, 1, 0)


WEAK = Pooling(weights=Weights(paraphrase=0.1, narrator=0.1, act=0.1))


def test_right_statements_in_a_wrong_cell_are_the_fault_of_adding_up(gold_of):
    found = scored(judged(gold_of(BACKS), ("favor", 0.9)), pooling=WEAK)
    assert numbers(found.statements) == (1, 0, 0)
    assert numbers(found.table) == (0, 0, 1)
    assert blamed(found.causes["table"]) == {"adding up": 1}


def test_a_side_from_statements_that_each_abstain_is_the_fault_of_adding_up(gold_of):
    again = ("Borduria weighs the shipping toll.", TOLL[1])
    found = scored(judged(gold_of(TOLL, again), ("favor", 0.45), ("favor", 0.45)))
    assert numbers(found.statements) == (0, 0, 0)
    assert numbers(found.table) == (0, 1, 0)
    assert blamed(found.causes["table"]) == {"adding up": 1}


def test_perfect_adding_up_mends_the_cells_whose_statements_are_right_and_no_other(gold_of):
    right = judged(gold_of(BACKS, id="a"), "favor")
    abstained = judged(
        gold_of(TOLL, ("Borduria weighs the shipping toll.", TOLL[1]), id="b"),
        ("favor", 0.45), ("favor", 0.45),
    )  # fmt: skip
    wrong = judged(gold_of(BACKS, id="c"), "against")
    assert numbers(scored(right, wrong, pooling=WEAK).table) == (0, 0, 2)
    assert numbers(scored(right, wrong, pooling=WEAK, oracle=["adding up"]).table) == (1, 0, 1)
    assert numbers(scored(abstained, oracle=["adding up"]).table) == (0, 0, 0)
    assert numbers(scored(wrong).table) == (0, 1, 1)
    assert numbers(scored(wrong, oracle=["adding up"]).table) == (0, 1, 1)


def test_a_cell_is_charged_to_the_first_stage_that_went_wrong(gold_of):
    gold = gold_of(
        ("The visitor rejects the river dam.", ("ruritania", "The visitor", "river-dam", "river dam", "against")),
        BACKS,
    )  # fmt: skip
    found = scored(judged(gold, "against", "none"))
    assert blamed(found.causes["statements"]) == {"stance": 2, "mention": 1}
    assert blamed(found.causes["table"]) == {"mention": 1}


def test_an_error_of_a_member_is_one_of_what_it_is_a_member_of(gold_of):
    found = scored(judged(gold_of(LIND), "none"))
    assert numbers(found.table) == (0, 0, 2)
    assert blamed(found.causes["table"]) == {"stance": 2}


EVERYTHING = [
    BACKS,
    LIND,
    TOLL,
    NOBODY,
    WALL,
    ("Anna Lind met Borduria in May.",),
    ("She backs the shipping toll.", ("borduria", "She", "toll", "shipping toll", "against")),
    ("Borduria bathed by the river dam.",),
    (
        "Ruritania wants the river dam and a building stop.",
        ("ruritania", "Ruritania", "river-dam", "river dam", "favor"),
        ("ruritania", "Ruritania", "river-dam", "!building stop", "against"),
    ),
    ("Ruritania is all for it.", ("ruritania", "Ruritania", "toll", None, "favor")),
]


@pytest.fixture(scope="module")
def mess(gold_of):
    """Articles with every kind of error, judged at random but alike each time."""
    random = np.random.default_rng(5)
    found = []
    for number in range(12):
        gold = replace(gold_of(*EVERYTHING, id=f"a{number}"), group=f"g{number % 4}")
        candidates = candidates_of(gold)
        rows = random.dirichlet((0.4, 0.4, 0.4), len(candidates)).astype(np.float32)
        found.append(PredictedArticle(gold, tuple(candidates), rows))
    return found


@pytest.mark.parametrize("floor", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("pooling", [DEFAULT_POOLING, WEAK], ids=["default", "weak"])
def test_with_every_stage_perfect_all_is_right(mess, floor, pooling):
    found = scored(*mess, oracle=STAGES, floor=floor, pooling=pooling)
    assert found.statements.f1 == found.table.f1 == 1
    assert blamed(found.causes["statements"]) == blamed(found.causes["table"]) == {}


def test_every_error_and_every_wrong_cell_has_one_cause_and_a_perfect_stage_none(mess):
    for oracle in ((), *([stage] for stage in STAGES)):
        found = scored(*mess, oracle=oracle)
        _, made_up, missed = numbers(found.statements)
        assert sum(found.causes["statements"].values()) == made_up + missed
        _, made_up, missed = numbers(found.table)
        wrong_cells = sum(found.causes["table"].values())
        assert max(made_up, missed) <= wrong_cells <= made_up + missed
        assert not any(found.causes[part][s] for part in found.causes for s in oracle)


@pytest.mark.parametrize("stage", ["issue", "mention", "stance"])
def test_a_perfect_stage_makes_statements_better_where_it_was_to_blame(mess, stage):
    assert scored(*mess).causes["statements"][stage] > 0
    assert scored(*mess, oracle=[stage]).statements.f1 > scored(*mess).statements.f1


def test_perfect_adding_up_leaves_statements_as_they_are_and_never_harms_a_table(mess):
    for pooling in (DEFAULT_POOLING, WEAK):
        before = scored(*mess, pooling=pooling)
        after = scored(*mess, pooling=pooling, oracle=["adding up"])
        assert numbers(after.statements) == numbers(before.statements)
        assert after.table.f1 >= before.table.f1


def test_groups_are_what_the_bootstrap_draws(mess):
    counts = scored(*mess).statements
    assert counts.groups == ("g0", "g1", "g2", "g3")
    low, high = counts.interval(draws=500, seed=1)
    assert (low, high) == counts.interval(draws=500, seed=1)
    assert 0 <= low < counts.f1 < high <= 1


def test_one_group_alone_has_no_interval(gold_of):
    counts = scored(judged(gold_of(BACKS), "favor")).statements
    assert all(isnan(end) for end in counts.interval(draws=10, seed=1))
    assert all(isnan(end) for end in scored().statements.interval(draws=10, seed=1))


def test_alike_groups_leave_no_doubt(gold_of):
    articles = [judged(gold_of(BACKS, id=id), "favor") for id in "ab"]
    assert scored(*articles).statements.interval(draws=50, seed=1) == (1.0, 1.0)


IMPLIED = ("Borduria praises the barrier.", ("borduria", "Borduria", "river-dam", None, "favor"))


@pytest.mark.parametrize(
    ("said", "cells"),
    [("favor", (2, 0, 0)), (("favor", 0.45), (1, 0, 1)), ("none", (1, 0, 1))],
    ids=["surely", "not surely", "none"],
)
def test_what_does_not_name_its_issue_counts_in_the_table_where_it_takes_a_side_surely(
    gold_of, said, cells
):
    gold = gold_of(BACKS, IMPLIED)
    twice = judged(gold, "favor", said)
    assert numbers(scored(twice, oracle=["issue"]).statements) == cells
    assert numbers(scored(twice, oracle=["issue"]).table) == cells


def test_two_that_do_not_name_their_issue_and_abstain_do_not_add_up(gold_of):
    again = ("Borduria likes the barrier.", IMPLIED[1])
    article = judged(gold_of(BACKS, IMPLIED, again), "favor", ("favor", 0.45), ("favor", 0.45))
    assert numbers(scored(article, oracle=["issue"]).table) == (1, 0, 1)
