"""What a run says of its predictions: subsets, baselines, leakage, and DSE's five classes."""

import numpy as np
import pytest

from standpoint.labels import LABELS
from train.config.schema import Scoring
from train.corpora.dse_classes import SIDES
from train.corpora.record import Record
from train.scoring.predictions import (
    Predictions,
    most_frequent_by_issue,
    official_class_arrays,
    pair_arrays,
    subset_flags,
)
from train.scoring.split_scores import objective_of, score_split
from train.splitting.leakage import TextIndex
from train.tracking.prediction_tables import prediction_rows

STANCES = LABELS["stance"]


def record(number, *, label="favor", text=None, issue="dam", actor="kovac", group=None, tags=()):
    return Record(
        id=str(number),
        text=text or f"text number {number} of its own kind, {number * 7919}",
        holder=None,
        target={"name": "x", "start": None, "end": None},
        label=label,
        group=group or f"g{number}",
        issue=issue,
        actor=actor,
        date=None,
        stratum="s",
        split="test",
        tags=tags,
    )


def shares_of(labels, known=STANCES, sure=0.8):
    rest = (1 - sure) / (len(known) - 1)
    return np.array([[sure if k == label else rest for k in known] for label in labels], np.float32)


def predicted(train, test, said, tmp_path, *, tags=()):
    everything = [*train, *test]
    leaks = TextIndex(everything, cache=tmp_path).leaks(
        range(len(train)), range(len(train), len(everything))
    )
    found = Predictions("test")
    flags = subset_flags(train, test, leaks=leaks, tags=tags)
    found.add(test, shares_of(said), train=train, flags=flags)
    return found


def scores(predictions, metric="accuracy", subset=None):
    scoring = Scoring(metric=metric, subset=subset, bootstrap=100)
    return score_split(predictions, task="stance", scoring=scoring, seed=1)


TRAIN = [record(n, label="against" if n < 3 else "favor", issue="tax") for n in range(5)]


def test_the_clean_score_leaves_out_what_train_has_seen(tmp_path):
    test = [record(10, text=TRAIN[0].text), record(11), record(12)]
    found = scores(predicted(TRAIN, test, ["favor", "favor", "against"], tmp_path))
    assert found.flat["test.accuracy"] == pytest.approx(2 / 3)
    assert found.flat["test.accuracy.clean"] == pytest.approx(1 / 2)
    assert found.flat["test.n.clean"] == found.leakage["n_clean"] == 2
    assert found.leakage["score_clean"] == pytest.approx(1 / 2)
    assert found.leakage["n_repeated_text"] == 1


def test_seen_and_unseen_issues_and_actors_are_scored_apart(tmp_path):
    test = [
        record(10, issue="tax"),
        record(11, issue="tax", actor="brandt"),
        record(12, issue="dam", actor="brandt"),
    ]
    flat = scores(predicted(TRAIN, test, ["favor", "against", "against"], tmp_path)).flat
    assert flat["test.accuracy.seen_issue"] == pytest.approx(1 / 2)
    assert flat["test.accuracy.unseen_issue"] == 0
    assert (flat["test.n.seen_issue"], flat["test.n.unseen_issue"]) == (2, 1)
    assert flat["test.accuracy.seen_actor"] == 1
    assert flat["test.accuracy.unseen_actor"] == 0


def test_a_subset_names_the_run_where_the_config_asks_for_it(tmp_path):
    test = [record(10, tags=("zero_shot",)), record(11), record(12)]
    predictions = predicted(
        TRAIN, test, ["against", "favor", "favor"], tmp_path, tags=["zero_shot"]
    )
    found = scores(predictions, subset="zero_shot")
    assert (found.n, found.score) == (1, 0)
    assert scores(predictions).n == 3


def test_there_is_a_baseline_of_all_rows_and_one_of_each_issue(tmp_path):
    """Of all training rows most are against; of those on the tax, most are in favor."""
    train = [record(n, label="favor", issue="tax") for n in range(3)]
    train += [record(20 + n, label="against", issue="dam") for n in range(4)]
    test = [record(30 + n, label="favor", issue="tax") for n in range(4)]
    found = scores(predicted(train, test, ["favor"] * 4, tmp_path))
    assert found.flat["test.accuracy.majority"] == found.baseline == 0
    assert found.flat["test.accuracy.majority_by_issue"] == found.baseline_by_issue == 1


def test_an_issue_that_train_lacks_gets_the_majority_of_all():
    test = [record(1, issue="war"), record(2, issue=None), record(3, issue="tax")]
    train = [*TRAIN[3:], *[record(n, label="none", issue="dam") for n in range(9)]]
    assert most_frequent_by_issue(train, test) == ["none", "none", "favor"]


def test_scores_of_nothing_are_left_out_and_not_made_up(tmp_path):
    test = [record(10, text=TRAIN[0].text)]
    found = scores(predicted(TRAIN, test, ["favor"], tmp_path))
    assert "test.accuracy.clean" not in found.flat
    assert found.leakage["n_clean"] == 0
    assert np.isnan(found.interval[0])


def test_every_split_has_calibration_and_risk(tmp_path):
    flat = scores(predicted(TRAIN, [record(10), record(11)], ["favor"] * 2, tmp_path)).flat
    names = {key.removeprefix("test.") for key in flat}
    assert {"brier", "ece", "aurc", "risk_at_80", "f1_micro", "f1_favor_against"} <= names


def test_a_row_of_the_predictions_says_what_it_is_one_of(tmp_path):
    test = [record(10, text=TRAIN[0].text), record(11, issue="tax")]
    predictions = predicted(TRAIN, test, ["favor", "none"], tmp_path)
    first, second = prediction_rows(pair_arrays(predictions, task="stance"), predictions)
    assert "clean" not in first["subsets"]
    assert {"clean", "seen_issue"} <= set(second["subsets"])
    assert (second["id"], second["label"], second["group"]) == ("11", "favor", "g11")
    assert second["shares"] == pytest.approx([0.1, 0.1, 0.8])
    assert second["text"].startswith("text number 11")


def five_records(labels):
    rows = []
    for number, label in enumerate(labels):
        for way, side in zip(("p_to_q", "q_to_p"), SIDES[label], strict=True):
            row = record(f"test:{number}:{way}", label=side, text=f"sentence {number}")
            rows.append(row)
    return rows


def test_five_classes_are_scored_sentence_by_sentence(tmp_path):
    rows = five_records(["0", "1", "2", "3", "4", "0"])
    probabilities = shares_of([row.label for row in rows], LABELS["sentiment"])
    probabilities[2:4] = shares_of(["neutral", "neutral"], LABELS["sentiment"])
    found = Predictions("test")
    train = five_records(["0", "0", "1"])
    leaks = TextIndex(rows, cache=tmp_path).leaks([], range(len(rows)))
    found.add(
        rows, probabilities, train=train, flags=subset_flags(train, rows, leaks=leaks, tags=())
    )
    five = official_class_arrays(found)
    assert len(five.ids) == 6
    scoring = Scoring(metric="f1_macro_five", bootstrap=100)
    flat = score_split(found, task="sentiment", scoring=scoring, seed=1).flat
    # Neutral: 2 right, 1 claimed too much; three classes right; one never predicted.
    assert flat["test.f1_macro_five"] == pytest.approx((0.8 + 3) / 5)
    assert flat["test.f1_micro_five"] == pytest.approx(5 / 6)
    assert flat["test.f1_macro_five.majority"] == pytest.approx((2 * 2 / 8) / 5)
    said = objective_of(rows, task="sentiment", metric="f1_macro_five")(probabilities)
    assert said == pytest.approx(flat["test.f1_macro_five"])
