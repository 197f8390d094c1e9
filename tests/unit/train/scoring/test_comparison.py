import json
import math
from itertools import product

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn import metrics

from standpoint.errors import CorpusError
from tests.resampling import interval
from train.scoring.alignment import PairedPredictions, align
from train.scoring.comparison import (
    DifferingRow,
    approximate_randomization,
    compare,
    differing_rows,
    holm,
    mcnemar,
    paired_bootstrap,
)
from train.scoring.scores import f1_macro

LABELS = ("favor", "against", "none")


def row(name, *, label="favor", said="favor", group="g"):
    probabilities = [0.8 if said == known else 0.1 for known in LABELS]
    return {"id": name, "group": group, "label": label, "shares": probabilities}


def paired(y_true, y_pred_a, y_pred_b, *, groups=None):
    n = len(y_true)
    return PairedPredictions(
        labels=LABELS,
        ids=tuple(f"row-{number}" for number in range(n)),
        groups=tuple(groups or [str(number) for number in range(n)]),
        y_true=np.array(y_true),
        y_pred_a=np.array(y_pred_a),
        y_pred_b=np.array(y_pred_b),
    )


def discordant(*, only_a, only_b, both=0, neither=0):
    right_a = [1] * only_a + [0] * only_b + [1] * both + [0] * neither
    right_b = [0] * only_a + [1] * only_b + [1] * both + [0] * neither
    named = np.array(["none", "favor"])
    return paired(["favor"] * len(right_a), named[right_a], named[right_b])


def drawn(seed, *, n=240, n_groups=40, right_a=0.6, right_b=0.6):
    random = np.random.default_rng(seed)
    y_true = random.choice(LABELS, n)
    said = [
        np.where(random.random(n) < right, y_true, random.choice(LABELS, n))
        for right in (right_a, right_b)
    ]
    groups = [f"article-{number}" for number in random.integers(0, n_groups, n)]
    return paired(y_true, *said, groups=groups)


def same_by_group(seed, *, n_groups, size):
    """Two runs equally good, each all right or all wrong on a group."""
    right = np.random.default_rng(seed).random((2, n_groups)) < 0.7
    said = np.array(["none", "favor"])[np.repeat(right, size, axis=1).astype(int)]
    groups = [str(number // size) for number in range(n_groups * size)]
    return paired(["favor"] * len(groups), *said, groups=groups)


def test_rows_are_paired_by_id_whatever_their_order():
    a = [row("x", said="favor", group="1"), row("y", label="none", said="none", group="2")]
    b = [row("y", label="none", said="against", group="2"), row("x", said="favor", group="1")]
    both = align(a, b, labels=LABELS)
    assert both.ids == ("x", "y")
    assert both.groups == ("1", "2")
    assert both.y_true.tolist() == ["favor", "none"]
    assert both.y_pred_a.tolist() == ["favor", "none"]
    assert both.y_pred_b.tolist() == ["favor", "against"]


@pytest.mark.parametrize(
    ("rows_a", "rows_b", "message"),
    [
        pytest.param(
            [row("x"), row("y")],
            [row("y"), row("z"), row("w")],
            "old and new: must predict the same rows, got 1 only in old and 2 only in new, "
            "such as 'w'. Compare runs of one corpus, protocol and split.",
            id="other rows",
        ),
        pytest.param(
            [row("x")],
            [row("x", label="none")],
            "old and new: the label of a row must be the same in both, got 1 that differ, "
            "'x' with 'favor' and 'none'. Train both runs on one state of the corpus.",
            id="another label",
        ),
        pytest.param(
            [row("x")],
            [row("x", group="h")],
            "old and new: the group of a row must be the same in both, got 1 that differ, "
            "'x' with 'g' and 'h'. Train both runs on one state of the corpus.",
            id="another group",
        ),
        pytest.param(
            [row("x")],
            [row("x"), row("x")],
            "new: each id must stand once, got 1 that repeat, 'x' the first. "
            "Compare one split at a time.",
            id="an id twice",
        ),
        pytest.param([], [row("x")], "old: must hold predictions, got none.", id="no rows"),
        pytest.param(
            [row("x")],
            [{"id": "x", "label": "favor", "shares": [1, 0, 0]}],
            "new, row 1: must hold id, group, label, shares, got no group.",
            id="no group",
        ),
        pytest.param(
            [row("x") | {"shares": [0.5, 0.5]}],
            [row("x")],
            "old, row 1: shares must be 3, one a label, got 2.",
            id="another number of labels",
        ),
        pytest.param(
            [row("x", label="positive")],
            [row("x")],
            "old, row 1: label must be one of favor, against, none, got 'positive'.",
            id="a label of another task",
        ),
    ],
)
def test_rows_that_cannot_be_paired_are_refused(rows_a, rows_b, message):
    with pytest.raises(CorpusError) as caught:
        align(rows_a, rows_b, labels=LABELS, names=("old", "new"))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("only_a", "only_b"), [(1, 9), (9, 1), (0, 5), (6, 6), (7, 6), (0, 0), (40, 70)]
)
def test_mcnemar_agrees_with_the_binomial_test(only_a, only_b):
    found = mcnemar(discordant(only_a=only_a, only_b=only_b, both=20, neither=5))
    n = only_a + only_b
    expected = binomtest(only_b, n, 0.5).pvalue if n else 1.0
    assert (found.only_a_right, found.only_b_right) == (only_a, only_b)
    assert found.p == pytest.approx(expected)


def test_mcnemar_by_hand():
    # Ten rows only one has right, one of them a: twice (1 + 10) of 2^10 ways.
    assert mcnemar(discordant(only_a=1, only_b=9)).p == pytest.approx(22 / 1024)


@pytest.mark.parametrize(
    ("p_values", "adjusted"),
    [
        # Wikipedia's worked example of the Holm-Bonferroni method: the first and last hold at 0.05.
        pytest.param([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02], id="later ones held up"),
        # R: p.adjust(c(0.01, 0.02, 0.03, 0.04), "holm").
        pytest.param([0.01, 0.02, 0.03, 0.04], [0.04, 0.06, 0.06, 0.06], id="in order"),
        pytest.param([0.5, 0.9], [1, 1], id="no more than 1"),
        pytest.param([0.04], [0.04], id="one alone is left as it is"),
        pytest.param([], [], id="none"),
    ],
)
def test_p_values_are_adjusted_by_holm(p_values, adjusted):
    assert holm(p_values) == pytest.approx(adjusted)


def test_runs_that_say_the_same_do_not_differ():
    random = np.random.default_rng(1)
    y_true, said = random.choice(LABELS, (2, 90))
    groups = [str(number // 3) for number in range(90)]
    found = compare(paired(y_true, said, said, groups=groups), score="f1_macro", draws=200, seed=1)
    assert found.difference == 0
    assert found.ci95 == (0, 0)
    assert (found.p_bootstrap, found.p_randomisation, found.mcnemar.p) == (1, 1, 1)
    assert found.n_differing == 0


def test_a_clear_difference_is_found_by_every_test():
    found = compare(drawn(2, right_a=0.3, right_b=0.9), score="f1_macro", draws=999, seed=1)
    assert found.difference > 0.2
    assert 0 < found.ci95[0] < found.difference < found.ci95[1]
    assert found.p_bootstrap == pytest.approx(2 / 1000)
    assert found.p_randomisation == pytest.approx(1 / 1000)
    assert found.mcnemar.p < 0.001


def test_the_runs_turned_round_turn_the_difference_and_leave_the_tests():
    one = drawn(3, right_b=0.7)
    other = paired(one.y_true, one.y_pred_b, one.y_pred_a, groups=one.groups)
    here = compare(one, score="f1_macro", draws=500, seed=4)
    there = compare(other, score="f1_macro", draws=500, seed=4)
    assert there.difference == pytest.approx(-here.difference)
    assert there.ci95 == pytest.approx((-here.ci95[1], -here.ci95[0]))
    assert there.p_bootstrap == here.p_bootstrap
    assert there.p_randomisation == here.p_randomisation
    assert there.mcnemar.p == here.mcnemar.p


def test_the_bootstrap_of_the_difference_is_that_of_a_loop_over_its_rows():
    both = drawn(4, right_b=0.7)

    def difference(at):
        a, b = (
            f1_macro(both.y_true[at], p[at], labels=LABELS) for p in (both.y_pred_a, both.y_pred_b)
        )
        return b - a

    found = paired_bootstrap(both, score="f1_macro", draws=300, seed=8)
    assert found.difference == pytest.approx(difference(np.arange(240)))
    assert found.ci95 == pytest.approx(interval(difference, both.groups, draws=300, seed=8))


def test_the_bootstrap_p_is_twice_the_share_of_draws_on_the_other_side_of_zero():
    both = drawn(5, n=60, n_groups=30, right_b=0.7)
    differences = []

    def difference(at):
        a, b = (np.mean(both.y_true[at] == p[at]) for p in (both.y_pred_a, both.y_pred_b))
        differences.append(b - a)
        return b - a

    interval(difference, both.groups, draws=400, seed=8)
    rare = min(np.sum(np.array(differences) <= 1e-12), np.sum(np.array(differences) >= -1e-12))
    found = paired_bootstrap(both, score="accuracy", draws=400, seed=8)
    assert 2 / 401 < found.p < 1
    assert found.p == pytest.approx(2 * (rare + 1) / 401)


def test_randomisation_is_near_the_share_of_all_swaps_that_differ_as_much():
    both = drawn(6, n=48, n_groups=7, right_b=0.85)
    groups, of_row = np.unique(both.groups, return_inverse=True)

    def difference(swaps):
        swapped = np.array(swaps)[of_row]
        a = np.where(swapped, both.y_pred_b, both.y_pred_a)
        b = np.where(swapped, both.y_pred_a, both.y_pred_b)
        f1_a, f1_b = (metrics.f1_score(both.y_true, said, average="macro") for said in (a, b))
        return abs(f1_b - f1_a)

    observed = difference([False] * len(groups))
    every = [difference(swaps) for swaps in product([False, True], repeat=len(groups))]
    expected = np.mean(np.array(every) >= observed - 1e-12)
    found = approximate_randomization(both, score="f1_macro", draws=20_000, seed=1)
    assert found == pytest.approx(expected, abs=0.015)


def test_randomisation_says_so_only_as_often_as_it_should_where_rows_hang_together():
    simulated = [same_by_group(seed, n_groups=40, size=5) for seed in range(200)]
    calls = np.array(
        [
            [
                approximate_randomization(both, score="accuracy", draws=199, seed=seed) <= 0.05,
                paired_bootstrap(both, score="accuracy", draws=199, seed=seed).p <= 0.05,
                mcnemar(both).p <= 0.05,
            ]
            for seed, both in enumerate(simulated)
        ]
    )
    by_randomisation, by_bootstrap, by_mcnemar = calls.mean(axis=0)
    assert by_randomisation <= 0.08
    assert 0.02 <= by_bootstrap <= 0.1
    assert by_mcnemar > 0.2


def test_rows_that_differ_come_with_the_run_that_is_right():
    both = paired(
        ["favor", "favor", "none", "none"],
        ["favor", "favor", "against", "favor"],
        ["favor", "against", "none", "against"],
        groups=["1", "1", "2", "2"],
    )
    assert differing_rows(both) == [
        DifferingRow("row-1", "1", "favor", "favor", "against", "a"),
        DifferingRow("row-2", "2", "none", "against", "none", "b"),
        DifferingRow("row-3", "2", "none", "favor", "against", "neither"),
    ]


def test_a_comparison_says_how_many_rows_and_groups_it_rests_on():
    both = drawn(7)
    found = compare(both, score="f1_macro", draws=100, seed=1)
    assert (found.n, found.n_groups) == (240, len(set(both.groups)))
    assert found.score_a == pytest.approx(f1_macro(both.y_true, both.y_pred_a, labels=LABELS))
    assert found.score_b == pytest.approx(f1_macro(both.y_true, both.y_pred_b, labels=LABELS))
    assert found.difference == pytest.approx(found.score_b - found.score_a)
    assert found.n_differing == len(differing_rows(both))


def test_a_comparison_is_json_even_of_a_single_group():
    both = paired(["favor"] * 3, ["favor"] * 3, ["none"] * 3, groups=["one"] * 3)
    found = compare(both, score="accuracy", draws=100, seed=1)
    assert all(math.isnan(value) for value in (*found.ci95, found.p_bootstrap))
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False)) == {
        "score": "accuracy",
        "n": 3,
        "n_groups": 1,
        "score_a": 1,
        "score_b": 0,
        "difference": -1,
        "ci95": [None, None],
        "p_bootstrap": None,
        "p_randomisation": 1,
        "mcnemar": {"only_a_right": 3, "only_b_right": 0, "p": 0.25},
        "n_differing": 3,
    }


def test_draws_in_pieces_are_draws_in_one(monkeypatch):
    both = drawn(8, right_b=0.7)
    whole = compare(both, score="f1_macro", draws=150, seed=1)
    monkeypatch.setattr("train.scoring.bootstrap.MAX_CELLS", len(set(both.groups)) * 7)
    assert compare(both, score="f1_macro", draws=150, seed=1) == whole
