import math

import numpy as np
import pytest

from tests.resampling import interval
from train.scoring.bootstrap import chunk_sizes, mean_and_spread, resampled_sums
from train.scoring.scores import SCORES, confusion_interval

LABELS = ("favor", "against", "none")


@pytest.fixture
def rows():
    random = np.random.default_rng(5)
    y_true = random.choice(LABELS, 240)
    y_pred = np.where(random.random(240) < 0.6, y_true, random.choice(LABELS, 240))
    groups = [f"article-{n}" for n in random.integers(0, 40, 240)]
    return y_true, y_pred, groups


def accuracy_interval(y_true, y_pred, groups, *, draws, seed):
    return confusion_interval(
        y_true, y_pred, groups, score="accuracy", labels=LABELS, draws=draws, seed=seed
    )


def test_the_interval_is_wider_where_rows_of_a_group_stand_or_fall_together():
    y_true = np.full(400, "favor")
    y_pred = np.repeat(["favor", "none"] * 20, 10)
    apart = [str(n) for n in range(400)]
    together = [str(n // 10) for n in range(400)]
    low, high = accuracy_interval(y_true, y_pred, apart, draws=500, seed=1)
    wide_low, wide_high = accuracy_interval(y_true, y_pred, together, draws=500, seed=1)
    assert low < 0.5 < high
    assert wide_high - wide_low > 2 * (high - low)


def test_the_interval_is_the_same_for_the_same_seed(rows):
    first = accuracy_interval(*rows, draws=200, seed=3)
    assert first == accuracy_interval(*rows, draws=200, seed=3)
    assert first != accuracy_interval(*rows, draws=200, seed=4)


@pytest.mark.parametrize("name", SCORES)
def test_the_interval_of_a_confusion_matrix_is_that_of_its_rows(name, rows):
    y_true, y_pred, groups = rows

    def score(at):
        return SCORES[name](y_true[at], y_pred[at], labels=LABELS)

    assert confusion_interval(
        y_true, y_pred, groups, score=name, labels=LABELS, draws=300, seed=11
    ) == pytest.approx(interval(score, groups, draws=300, seed=11))


def test_the_interval_is_that_of_a_bootstrap_drawn_in_another_way(rows):
    y_true, y_pred, groups = rows
    names = sorted(set(groups))
    rows_of = {name: [n for n, group in enumerate(groups) if group == name] for name in names}
    random = np.random.default_rng(99)
    found = []
    for _ in range(2000):
        times = random.multinomial(len(names), [1 / len(names)] * len(names))
        drawn = np.array(
            [n for name, k in zip(names, times, strict=True) for n in rows_of[name] * k]
        )
        found.append(np.mean(y_true[drawn] == y_pred[drawn]))
    low, high = confusion_interval(
        y_true, y_pred, groups, score="accuracy", labels=LABELS, draws=4000, seed=1
    )
    assert [low, high] == pytest.approx(np.percentile(found, [2.5, 97.5]), abs=0.01)


def test_the_interval_of_many_like_groups_is_near_that_of_the_normal_distribution():
    right = np.array([1, 1, 1, 0] * 400)
    y_true = np.full(1600, "favor")
    y_pred = np.where(right, "favor", "none")
    low, high = confusion_interval(
        y_true,
        y_pred,
        [str(n) for n in range(1600)],
        score="accuracy",
        labels=LABELS,
        draws=4000,
        seed=2,
    )
    half = 1.96 * math.sqrt(0.75 * 0.25 / 1600)
    assert [low, high] == pytest.approx([0.75 - half, 0.75 + half], abs=0.002)


def test_predictions_that_are_all_right_have_an_interval_of_no_width(rows):
    y_true, _, groups = rows
    for name in ("accuracy", "average_recall", "f1_micro"):
        assert confusion_interval(
            y_true, y_true, groups, score=name, labels=LABELS, draws=200, seed=1
        ) == (1, 1)


def test_one_group_has_no_interval(rows):
    y_true, y_pred, _ = rows
    of_rows = interval(lambda at: 0.5, ["one"] * 240, draws=10, seed=1)
    of_counts = confusion_interval(
        y_true, y_pred, ["one"] * 240, score="accuracy", labels=LABELS, draws=10, seed=1
    )
    assert all(math.isnan(end) for end in (*of_rows, *of_counts))


def test_draws_are_the_same_in_one_piece_and_in_many(monkeypatch):
    counts = np.random.default_rng(1).integers(0, 9, (13, 2, 2)).astype(float)
    whole = resampled_sums(counts, draws=50, seed=4)
    monkeypatch.setattr("train.scoring.bootstrap.MAX_CELLS", 40)
    assert chunk_sizes(50, width=13) == [3] * 16 + [2]
    assert resampled_sums(counts, draws=50, seed=4).tolist() == whole.tolist()


def test_every_draw_holds_as_many_groups_as_there_are():
    assert resampled_sums(np.ones((9, 1)), draws=30, seed=1).ravel().tolist() == [9] * 30


def test_the_spread_over_seeds_is_the_sample_standard_deviation():
    assert mean_and_spread([2, 4, 4, 4, 5, 5, 7, 9]) == pytest.approx((5, math.sqrt(32 / 7)))


def test_a_single_seed_has_no_spread():
    mean, spread = mean_and_spread([0.7])
    assert mean == 0.7
    assert math.isnan(spread)


def test_no_seeds_have_no_mean():
    with pytest.raises(ValueError) as caught:
        mean_and_spread([])
    assert str(caught.value) == "mean_and_spread: must get one value or more, got none."
