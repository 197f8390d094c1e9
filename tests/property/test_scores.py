"""What scores must do, whatever the predictions."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from train.scoring.comparison import holm
from train.scoring.confidence import (
    area_under_risk_coverage,
    brier,
    expected_calibration_error,
    risk_coverage,
)
from train.scoring.scores import SCORES, accuracy, confusion_interval, f1_micro

# Slow machines are no fault of what is tested.
USUAL = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = ("favor", "against", "none", "mixed", "unclear")
NUMBER = st.integers(0, len(NAMES) - 1)
ROWS = st.lists(st.tuples(NUMBER, NUMBER, st.integers(0, 5)), min_size=1, max_size=40)
# Few values, so that confidences are often tied and on the edge of a bin.
WEIGHTS = st.lists(st.tuples(NUMBER, *[st.integers(1, 4)] * len(NAMES)), min_size=1, max_size=40)


def labelled(rows):
    names = np.array(NAMES)
    return (
        names[[t for t, _, _ in rows]],
        names[[p for _, p, _ in rows]],
        [str(g) for *_, g in rows],
    )


def shared(weights):
    probabilities = np.array([row[1:] for row in weights], dtype=np.float32)
    y_true = np.array(NAMES)[[row[0] for row in weights]]
    return y_true, probabilities / probabilities.sum(axis=1, keepdims=True)


@USUAL
@given(st.data(), ROWS)
def test_the_order_of_rows_and_of_labels_does_not_change_a_score(data, rows):
    y_true, y_pred, _ = labelled(rows)
    order = data.draw(st.permutations(range(len(rows))))
    labels = data.draw(st.permutations(NAMES))
    for score in SCORES.values():
        before = score(y_true, y_pred, labels=NAMES)
        assert score(y_true[order], y_pred[order], labels=labels) == pytest.approx(before)


@USUAL
@given(ROWS)
def test_a_score_is_between_0_and_1_and_f1_micro_of_all_labels_is_the_accuracy(rows):
    y_true, y_pred, _ = labelled(rows)
    for score in SCORES.values():
        assert 0 <= score(y_true, y_pred, labels=NAMES) <= 1 + 1e-12
    assert f1_micro(y_true, y_pred, labels=NAMES) == pytest.approx(
        accuracy(y_true, y_pred, labels=NAMES)
    )


@USUAL
@given(ROWS)
def test_the_interval_is_in_order_and_within_the_range_of_the_score(rows):
    y_true, y_pred, groups = labelled(rows)
    low, high = confusion_interval(
        y_true, y_pred, groups, score="f1_macro", labels=NAMES, draws=50, seed=1
    )
    if len(set(groups)) < 2:
        assert np.isnan([low, high]).all()
    else:
        assert 0 <= low <= high <= 1


@USUAL
@given(WEIGHTS)
def test_risk_ends_at_the_error_rate_and_its_area_is_between_0_and_1(weights):
    y_true, probabilities = shared(weights)
    coverage, risk = risk_coverage(y_true, probabilities, labels=NAMES)
    y_pred = np.array(NAMES)[probabilities.argmax(axis=1)]
    wrong = int(np.sum(y_true != y_pred))
    n = len(y_true)
    area = area_under_risk_coverage(y_true, probabilities, labels=NAMES)
    best = sum(max(0, kept - (n - wrong)) / kept for kept in range(1, n + 1)) / n
    worst = sum(min(kept, wrong) / kept for kept in range(1, n + 1)) / n
    assert coverage[-1] == 1
    assert risk[-1] == pytest.approx(1 - accuracy(y_true, y_pred, labels=NAMES))
    assert best - 1e-9 <= area <= worst + 1e-9


@USUAL
@given(st.data(), WEIGHTS)
def test_the_order_of_rows_does_not_change_how_confidence_is_scored(data, weights):
    y_true, probabilities = shared(weights)
    order = data.draw(st.permutations(range(len(weights))))
    for score, most in (
        (area_under_risk_coverage, 1),
        (expected_calibration_error, 1),
        (brier, 2),
    ):
        before = score(y_true, probabilities, labels=NAMES)
        assert 0 <= before <= most
        after = score(y_true[order], probabilities[order], labels=NAMES)
        assert after == pytest.approx(before, abs=1e-6)


@USUAL
@given(st.lists(st.floats(0, 1), max_size=12))
def test_adjusted_p_values_keep_their_order_and_are_never_smaller(p_values):
    adjusted = holm(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    ranked = [adjusted[n] for n in np.argsort(p_values, kind="stable")]
    assert ranked == sorted(ranked)
