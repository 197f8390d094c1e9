import numpy as np
import pytest
from sklearn import metrics

from train.scores import (
    accuracy,
    average_recall,
    brier,
    expected_calibration_error,
    f1_favor_against,
    f1_macro,
    interval,
    majority,
)

LABELS = ("favor", "against", "none")


@pytest.fixture(params=range(5))
def drawn(request):
    random = np.random.default_rng(request.param)
    y_true = random.choice(LABELS, 200)
    y_pred = np.where(random.random(200) < 0.6, y_true, random.choice(LABELS, 200))
    shares = random.dirichlet(np.ones(3), 200)
    return y_true, y_pred, shares


def test_scores_agree_with_scikit_learn(drawn):
    y_true, y_pred, _ = drawn
    assert f1_macro(y_true, y_pred, labels=LABELS) == pytest.approx(
        metrics.f1_score(y_true, y_pred, average="macro")
    )
    assert f1_favor_against(y_true, y_pred, labels=LABELS) == pytest.approx(
        metrics.f1_score(y_true, y_pred, labels=["favor", "against"], average="macro")
    )
    assert accuracy(y_true, y_pred, labels=LABELS) == metrics.accuracy_score(y_true, y_pred)
    assert average_recall(y_true, y_pred, labels=LABELS) == pytest.approx(
        metrics.balanced_accuracy_score(y_true, y_pred)
    )


def test_brier_score_agrees_with_scikit_learn(drawn):
    y_true, _, shares = drawn
    order = np.argsort(LABELS)
    theirs = metrics.brier_score_loss(
        y_true, shares[:, order], labels=sorted(LABELS), scale_by_half=False
    )
    assert brier(y_true, shares, labels=LABELS) == pytest.approx(theirs, abs=1e-6)


def test_calling_none_a_side_costs_favor_against_precision():
    y_true = np.array(["favor", "against", "none", "none"])
    timid = np.array(["favor", "against", "none", "none"])
    bold = np.array(["favor", "against", "favor", "none"])
    assert f1_favor_against(y_true, timid, labels=LABELS) == 1
    assert f1_favor_against(y_true, bold, labels=LABELS) == pytest.approx((2 / 3 + 1) / 2)


def test_calibration_error_is_the_gap_between_confidence_and_accuracy():
    y_true = np.array(["favor"] * 3 + ["against"])
    sure = np.tile(np.array([[0.95, 0.03, 0.02]], dtype=np.float32), (4, 1))
    assert expected_calibration_error(y_true, sure, labels=LABELS) == pytest.approx(0.2, abs=1e-6)


def test_the_interval_is_wider_where_rows_of_a_group_stand_or_fall_together():
    right = np.repeat([1.0, 0.0] * 20, 10)
    apart = [str(n) for n in range(400)]
    together = [str(n // 10) for n in range(400)]

    def score(rows):
        return float(right[rows].mean())

    low, high = interval(score, apart, draws=500, seed=1)
    wide_low, wide_high = interval(score, together, draws=500, seed=1)
    assert low < 0.5 < high
    assert wide_high - wide_low > 2 * (high - low)


def test_the_interval_is_the_same_for_the_same_seed():
    groups = [str(n % 7) for n in range(50)]

    def score(rows):
        return float(rows.mean())

    one = interval(score, groups, draws=200, seed=3)
    assert one == interval(score, groups, draws=200, seed=3)
    assert one != interval(score, groups, draws=200, seed=4)


def test_the_majority_is_the_most_frequent_training_label():
    assert list(majority(np.array(["b", "a", "b"]), n=2)) == ["b", "b"]
