"""A judge that tells the sentiment, too, on the labelled pairs of public data sets."""

import json

import pytest

from tests.judges import write_taught

VERBS = {"backs": (1, "positive"), "opposes": (-1, "negative"), "mentions": (0, "neutral")}


@pytest.fixture
def judge(house, tmp_path):
    write_taught(house.root / "judge", topics=("dam",), sentiment=True)
    return "judge/bundle"


@pytest.fixture
def score(standpoint):
    def run(*words):
        done = standpoint("evaluate", *words, "--json")
        assert done.status == 0, done.err
        return json.loads(done.out)

    return run


def test_newsmtsc_is_asked_of_the_head_for_sentiment(score, judge, data):
    rows = [
        {"id": f"a_{n}_1_0_dam", "sentence": f"He {verb} the dam.", "mention": "dam",
         "from": len(verb) + 8, "to": len(verb) + 11, "polarity": polarity}
        for n, (verb, (polarity, _)) in enumerate(VERBS.items())
    ]  # fmt: skip
    (data / "newsmtsc").mkdir()
    for split in ("train", "rw_dev", "rw_test", "mt_dev", "mt_test"):
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (data / "newsmtsc" / f"{split}.jsonl").write_text(text, "utf-8")
    told = score(judge, "--data", "newsmtsc")
    assert (told["task"], told["split"], told["metric"]) == ("sentiment", "rw_test", "f1_macro")
    assert (told["score"], told["n"], told["kind"]) == (1, 3, "judge")
    assert score(judge, "--data", "newsmtsc", "--split", "mt_test")["n"] == 3


def write_vast(folder):
    columns = "post,topic_str,label,type_idx,new_id,arc_id,seen?"
    rows = [
        "He opposes it.,dam,0,1,1,a,0", "He backs it.,dam,1,1,2,b,0",
        "He attends.,dam,2,4,3,c,0", "He backs it.,dam,0,1,4,d,1",
    ]  # fmt: skip
    folder.mkdir()
    for split in ("train", "test"):
        (folder / f"vast_{split}.csv").write_text("\n".join([columns, *rows, ""]), "utf-8")


def test_vast_is_scored_on_topics_that_train_has_not(score, standpoint, judge, data):
    write_vast(data / "vast")
    told = score(judge, "--data", "vast")
    assert (told["split"], told["subset"], told["n"], told["score"]) == ("test", "zero_shot", 3, 1)
    assert told["scores"]["test.n"] == 4
    assert told["scores"]["test.f1_macro"] < 1
    line = standpoint("evaluate", judge, "--data", "vast").out
    assert line.startswith("vast, test, zero_shot: f1_macro 1.000")
    assert score(judge, "--data", "vast", "--split", "train")["subset"] is None


def write_dse(folder):
    train = ["[Ann] backs [Bob].\tAnn\tBob\t1"]
    test = [*train, "[Eve] opposes [Bob].\tEve\tBob\t3", "[Eve] mentions [Ann].\tEve\tAnn\t0"]
    folder.mkdir()
    for split, lines in (("train", train), ("valid", train), ("test", test)):
        (folder / f"{split}.txt").write_text("\n".join([*lines, ""]), "utf-8")


def test_dse_is_scored_by_its_official_classes_and_without_rows_of_train(
    score, standpoint, judge, data
):
    write_dse(data / "dse")
    told = score(judge, "--data", "dse")
    assert (told["metric"], told["n"]) == ("f1_macro_five", 3)
    assert told["scores"]["test.n.unrepeated"] == 2
    line = standpoint("evaluate", judge, "--data", "dse").out
    assert ", without rows of train " in line
    assert "(n = 2), classified by the bundle judge/bundle" in line
    train = score(judge, "--data", "dse", "--split", "train")
    assert "train.n.unrepeated" not in train["scores"]


def test_every_pair_of_seesaw_has_a_side(score, judge, data):
    told = score(judge, "--data", "seesaw")
    assert (told["task"], told["metric"], told["n"]) == ("stance", "f1_micro", 6)
    assert told["scores"]["valid.f1.none"] == 0
    assert told["score"] >= 0.5  # "backs" is known, "rejects" is not, and a side must be taken


def test_a_judge_without_the_head_is_no_model_of_sentiment(standpoint, house, data):
    write_taught(house.root / "mute", topics=("dam",))
    (data / "dse").mkdir()
    done = standpoint("evaluate", "mute/bundle", "--data", "dse")
    assert done.status == 2
    assert "got stance" in done.err or "got 'stance'" in done.err
