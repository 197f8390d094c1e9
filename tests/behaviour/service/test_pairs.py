"""Pairs of holder and target are judged."""

import pytest

SENTENCE = "Ruritania rejects the river dam."
HOLDER = {"start": 0, "end": 9}
TARGET = {"start": 22, "end": 31}


def pair(verb, **more):
    text = f"Ruritania {verb} the river dam."
    start = text.index("river dam")
    target = {"start": start, "end": start + 9}
    return {"text": text, "holder": HOLDER, "target": target, **more}


def test_pairs_are_answered_in_order_and_none_is_lost(judge):
    verbs = ["backs", "rejects", "saw", "vetoes", "backs"] * 20
    found = judge(*map(pair, verbs))
    expected = {"backs": "favor", "rejects": "against", "saw": "none", "vetoes": "against"}
    assert [p["label"] for p in found["pairs"]] == [expected[verb] for verb in verbs]


def test_no_pairs_in_no_pairs_out(judge):
    assert judge()["pairs"] == []


def test_a_pair_is_answered_with_its_label_and_the_probability_of_every_label(judge):
    found = judge(pair("rejects"))
    assert list(found) == ["task", "pairs", "model"]
    [answered] = found["pairs"]
    assert answered["label"] == "against"
    assert list(answered["probabilities"]) == ["favor", "against", "none"]
    assert sum(answered["probabilities"].values()) == pytest.approx(1, abs=2e-4)


def test_the_task_chooses_the_model(judge):
    found = judge(pair("rejects"), task="sentiment")
    assert found["task"] == "sentiment"
    assert found["pairs"][0]["label"] == "negative"
    assert list(found["pairs"][0]["probabilities"]) == ["positive", "neutral", "negative"]


@pytest.mark.parametrize("given", [{"holder": None}, {}], ids=["null", "left out"])
def test_without_a_holder_the_author_is_judged(judge, given):
    words = {"text": "Hurrah for the river dam!", "target": {"start": 15, "end": 24}, **given}
    assert judge(words)["pairs"][0]["label"] == "favor"
    assert judge({**pair("rejects"), "holder": None})["pairs"][0]["label"] == "none"


def test_a_target_in_words_is_judged_where_the_text_has_it_in_any_case(judge):
    in_words, at_offsets = judge(pair("rejects", target="River Dam"), pair("rejects"))["pairs"]
    assert in_words == at_offsets


def test_a_target_in_words_is_not_found_inside_a_longer_word(judge):
    assert judge(pair("rejects", target="riv"))["pairs"][0]["label"] == "none"


def test_offsets_of_a_pair_count_code_points(judge):
    shifted = {
        "text": f"👩‍👧 {SENTENCE}",
        "holder": {"start": 4, "end": 13},
        "target": {"start": 26, "end": 35},
    }
    assert judge(shifted)["pairs"] == judge(pair("rejects"))["pairs"]


def test_a_pair_and_the_statement_of_an_article_are_judged_alike(judge, label):
    [statement] = label(SENTENCE)["statements"]
    [answered] = judge({"text": SENTENCE, "holder": HOLDER, "target": TARGET})["pairs"]
    assert answered["probabilities"] == statement["probabilities"]
