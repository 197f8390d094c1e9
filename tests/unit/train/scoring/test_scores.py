from itertools import permutations

import numpy as np
import pytest
from sklearn import metrics
from sklearn.calibration import calibration_curve

from train.scoring.confidence import (
    area_under_risk_coverage,
    brier,
    expected_calibration_error,
    reliability,
    risk_at_coverage,
    risk_coverage,
)
from train.scoring.scores import (
    SCORES,
    accuracy,
    average_recall,
    confusion,
    confusion_by_group,
    f1_by_label,
    f1_favor_against,
    f1_macro,
    f1_micro,
    most_frequent,
    score_named,
)
from train.tracking.figures import risk_coverage_figure

LABELS = ("favor", "against", "none")
FIVE = ("1", "2", "3", "4", "5")
SEMEVAL_LABELS = np.array(["none", "against", "favor"])


@pytest.fixture(params=range(5))
def drawn(request):
    random = np.random.default_rng(request.param)
    y_true = random.choice(LABELS, 200)
    y_pred = np.where(random.random(200) < 0.6, y_true, random.choice(LABELS, 200))
    probabilities = random.dirichlet(np.ones(3), 200)
    return y_true, y_pred, probabilities


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
    assert f1_micro(y_true, y_pred, labels=LABELS) == pytest.approx(
        metrics.f1_score(y_true, y_pred, average="micro")
    )
    assert f1_micro(y_true, y_pred, labels=("favor", "against")) == pytest.approx(
        metrics.f1_score(y_true, y_pred, labels=["favor", "against"], average="micro")
    )
    assert f1_by_label(y_true, y_pred, labels=("none", "favor")) == pytest.approx(
        metrics.f1_score(y_true, y_pred, labels=["none", "favor"], average=None)
    )
    assert confusion(y_true, y_pred, labels=LABELS).tolist() == (
        metrics.confusion_matrix(y_true, y_pred, labels=LABELS).tolist()
    )


def test_scores_of_five_labels_agree_with_scikit_learn():
    random = np.random.default_rng(7)
    y_true = random.choice(FIVE[:4], 150)
    y_pred = np.where(random.random(150) < 0.4, y_true, random.choice(FIVE[1:], 150))
    assert f1_macro(y_true, y_pred, labels=FIVE) == pytest.approx(
        metrics.f1_score(y_true, y_pred, labels=FIVE, average="macro", zero_division=0)
    )
    assert average_recall(y_true, y_pred, labels=FIVE) == pytest.approx(
        metrics.recall_score(y_true, y_pred, labels=FIVE[:4], average="macro")
    )


def test_a_label_that_is_neither_there_nor_predicted_counts_as_zero_in_f1_macro():
    y_true = y_pred = np.array(["favor", "against"])
    assert f1_macro(y_true, y_pred, labels=LABELS) == pytest.approx(2 / 3)
    assert metrics.f1_score(
        y_true, y_pred, labels=LABELS, average="macro", zero_division=0
    ) == pytest.approx(2 / 3)
    assert metrics.f1_score(y_true, y_pred, average="macro") == 1


def test_f1_micro_pools_the_counts_of_the_labels_given():
    y_true = np.array(["favor", "favor", "against", "none", "none"])
    y_pred = np.array(["favor", "none", "favor", "favor", "none"])
    # favor and against: one hit, two false positives (both favor), two misses (one of each).
    assert f1_micro(y_true, y_pred, labels=("favor", "against")) == pytest.approx(2 / (2 + 2 + 2))
    assert f1_micro(y_true, y_pred, labels=LABELS) == pytest.approx(2 / 5)


@pytest.mark.parametrize("name", SCORES)
def test_a_score_of_a_stack_of_matrices_is_the_score_of_each(name):
    random = np.random.default_rng(3)
    y_true, y_pred = random.choice(LABELS, (2, 90))
    groups = [f"g{n % 6}" for n in range(90)]
    stack = confusion_by_group(y_true, y_pred, groups, labels=LABELS)
    each = [
        SCORES[name](y_true[at], y_pred[at], labels=LABELS)
        for at in (np.array(groups) == f"g{n}" for n in range(6))
    ]
    found = SCORES[name].of_confusion(stack.reshape(2, 3, 3, 3), LABELS)
    assert found.shape == (2, 3)
    assert found.ravel() == pytest.approx(each)


def test_every_score_is_to_be_had_of_rows_and_of_matrices():
    random = np.random.default_rng(4)
    y_true, y_pred = random.choice(LABELS, (2, 30))
    counts = confusion(y_true, y_pred, labels=LABELS)
    for score in SCORES.values():
        assert score(y_true, y_pred, labels=LABELS) == score.of_confusion(counts, LABELS)


def test_accuracy_and_average_recall_of_no_rows_are_unknown():
    none = np.array([], dtype=np.str_)
    assert np.isnan(accuracy(none, none, labels=LABELS))
    assert np.isnan(average_recall(none, none, labels=LABELS))
    assert f1_macro(none, none, labels=LABELS) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        pytest.param(
            lambda: confusion(np.array(["for"]), np.array(["favor"]), labels=LABELS),
            "confusion: labels must be of ('favor', 'against', 'none'), got 'for'.",
            id="unknown label",
        ),
        pytest.param(
            lambda: score_named("f1"),
            "score: must be one of f1_macro, f1_micro, accuracy, average_recall, "
            "f1_favor_against, got 'f1'.",
            id="unknown score",
        ),
        pytest.param(
            lambda: SCORES["f1_favor_against"].of_confusion(np.eye(2), ("positive", "negative")),
            "f1_favor_against: labels must hold favor and against, got ('positive', 'negative').",
            id="favor and against of sentiment",
        ),
        pytest.param(
            lambda: risk_at_coverage(
                np.array(["favor"]), np.eye(3)[:1], labels=LABELS, coverage=80
            ),
            "coverage: must be above 0 and at most 1, got 80.",
            id="coverage in percent",
        ),
    ],
)
def test_what_cannot_be_scored_is_refused(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value) == message


def test_guessing_each_targets_majority_gets_its_published_score_on_semeval_2016(data_folder):
    y_true, y_pred = [], []
    for target in sorted((data_folder / "tweeteval_stance").glob("*/")):
        train = _semeval(target / "train_labels.txt")
        test = _semeval(target / "test_labels.txt")
        y_true.append(test)
        y_pred.append(most_frequent(train, n=len(test)))
    truth, guess = np.concatenate(y_true), np.concatenate(y_pred)
    assert len(truth) == 1249
    assert f1_favor_against(truth, guess, labels=LABELS) == pytest.approx(0.6522, abs=5e-5)


def _semeval(path):
    return SEMEVAL_LABELS[[int(line) for line in path.read_text("utf-8").split()]]


def test_brier_score_agrees_with_scikit_learn(drawn):
    y_true, _, probabilities = drawn
    order = np.argsort(LABELS)
    theirs = metrics.brier_score_loss(
        y_true, probabilities[:, order], labels=sorted(LABELS), scale_by_half=False
    )
    assert brier(y_true, probabilities, labels=LABELS) == pytest.approx(theirs, abs=1e-6)


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


def test_calibration_bins_agree_with_scikit_learn(drawn):
    y_true, _, probabilities = drawn
    right = np.array(LABELS)[probabilities.argmax(axis=1)] == y_true
    theirs = calibration_curve(right, probabilities.max(axis=1), n_bins=10)
    bins = reliability(y_true, probabilities, labels=LABELS)
    assert [b.accuracy for b in bins] == pytest.approx(theirs[0])
    assert [b.confidence for b in bins] == pytest.approx(theirs[1])


def test_calibration_error_agrees_with_its_definition_bin_by_bin(drawn):
    y_true, _, probabilities = drawn
    error = 0.0
    for upper in range(1, 11):
        rows = [n for n in range(200) if (upper - 1) / 10 < max(probabilities[n]) <= upper / 10]
        if rows:
            right = sum(
                LABELS[list(probabilities[n]).index(max(probabilities[n]))] == y_true[n]
                for n in rows
            )
            error += abs(right - sum(max(probabilities[n]) for n in rows)) / 200
    assert expected_calibration_error(y_true, probabilities, labels=LABELS) == pytest.approx(error)


def test_a_confidence_on_an_edge_belongs_to_the_bin_below_it():
    probabilities = np.array([[0.5, 0.25, 0.25], [0.45, 0.3, 0.25], [0.55, 0.25, 0.2]])
    bins = reliability(np.array(["favor"] * 3), probabilities, labels=LABELS)
    assert [b.n for b in bins] == [2, 1]


def test_brier_score_of_small_examples():
    y_true = np.array(["favor", "none"])
    probabilities = np.array([[0.5, 0.3, 0.2], [1.0, 0.0, 0.0]])
    expected = ((0.25 + 0.09 + 0.04) + (1 + 0 + 1)) / 2
    assert brier(y_true, probabilities, labels=LABELS) == pytest.approx(expected)


def sure(*confidences):
    """Shares of rows that say favor, so confident."""
    return np.array([[c, 1 - c, 0.0] for c in confidences])


def test_the_risk_is_the_share_wrong_among_the_most_confident():
    y_true = np.array(["favor", "favor", "against", "favor"])
    coverage, risk = risk_coverage(y_true, sure(0.6, 0.9, 0.8, 0.7), labels=LABELS)
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1]
    assert risk == pytest.approx([0, 1 / 2, 1 / 3, 1 / 4])
    area = area_under_risk_coverage(y_true, sure(0.6, 0.9, 0.8, 0.7), labels=LABELS)
    assert area == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 4) / 4)


def test_tied_rows_get_the_risk_expected_of_a_random_order():
    y_true = np.array(["favor", "against", "favor", "against", "favor", "favor"])
    probabilities = sure(0.9, 0.7, 0.7, 0.7, 0.7, 0.6)
    orders = [(0, *tied, 5) for tied in permutations(range(1, 5))]
    wrong = np.array([[y_true[n] != "favor" for n in order] for order in orders])
    expected = (np.cumsum(wrong, axis=1) / np.arange(1, 7)).mean(axis=0)
    _, risk = risk_coverage(y_true, probabilities, labels=LABELS)
    assert risk == pytest.approx(expected)
    assert area_under_risk_coverage(y_true, probabilities, labels=LABELS) == pytest.approx(
        expected.mean()
    )


def test_the_risk_at_a_coverage_keeps_no_more_rows_than_it_takes():
    y_true = np.array(["favor"] * 7 + ["against"] * 3)
    probabilities = sure(*np.linspace(0.95, 0.6, 10))
    found = [
        risk_at_coverage(y_true, probabilities, labels=LABELS, coverage=c)
        for c in (0.05, 0.7, 0.75, 1)
    ]
    assert found == pytest.approx([0, 0, 1 / 8, 3 / 10])
    assert risk_at_coverage(y_true, probabilities, labels=LABELS) == pytest.approx(1 / 8)


def test_the_risk_coverage_figure_shows_the_curve_and_its_area(drawn, tmp_path):
    y_true, _, probabilities = drawn
    figure = risk_coverage_figure(y_true, probabilities, labels=LABELS, title="a run, test")
    axes = figure.axes[0]
    area = area_under_risk_coverage(y_true, probabilities, labels=LABELS)
    _, risk = risk_coverage(y_true, probabilities, labels=LABELS)
    assert axes.get_title() == "a run, test (n = 200)"
    assert axes.lines[1].get_ydata().tolist() == risk.tolist()
    assert f"model, area {area:.3f}" in [text.get_text() for text in axes.get_legend().texts]
    figure.savefig(tmp_path / "figure.png")


def test_the_majority_is_the_most_frequent_training_label():
    assert list(most_frequent(np.array(["b", "a", "b"]), n=2)) == ["b", "b"]
