"""The service and the command line with a judge as the stance champion."""

import json
import os
import subprocess
import sys

import pytest

from standpoint.cli.main import main
from tests.judges import write_taught

TEXT = "Ruritania backs the river dam. Borduria opposes the river dam. Lind attends."


@pytest.fixture
def judge_house(house, tmp_path):
    folder = write_taught(tmp_path / "judge", topics=("river", "dam"))
    folder.rename(house.models / "stance" / "4")
    house.point("stance", 4)
    return house


def test_an_article_is_labelled_with_the_judge_and_the_sentiment_model_beside_it(judge_house):
    answer = judge_house.client().post("/v1/articles", json={"text": TEXT, "codebook": "dam"})
    assert answer.status_code == 200
    named = [s for s in answer.json["statements"] if s["cue"] and s["holder_span"]]
    assert [(s["holder"], s["issue"], s["stance"], s["sentiment"]) for s in named] == [
        ("ruritania", "river-dam", "favor", "positive"),
        ("borduria", "river-dam", "against", "neutral"),
    ]
    assert answer.json["model"]["stance"]["version"] == 4


def test_an_explanation_names_the_words_that_decided(judge_house):
    body = {"text": TEXT, "codebook": "dam", "explain": True}
    answer = judge_house.client().post("/v1/articles", json=body)
    first = answer.json["statements"][0]["decided_by"]
    assert first["terms"][0]["term"] == "backs"
    assert [part["name"] for part in first["parts"]] == ["judge"]


@pytest.mark.parametrize("target", ["the river dam", {"start": 16, "end": 29}])
def test_pairs_are_judged_toward_words_or_a_span(judge_house, target):
    text = "Ruritania backs the river dam."
    pair = {"text": text, "holder": {"start": 0, "end": 9}, "target": target}
    answer = judge_house.client().post("/v1/pairs", json={"pairs": [pair]})
    assert answer.status_code == 200
    (judged,) = answer.json["pairs"]
    assert judged["label"] == "favor"
    assert sum(judged["probabilities"].values()) == pytest.approx(1, abs=1e-3)


def test_the_model_card_says_what_the_judge_reads(judge_house):
    card = judge_house.client().get("/v1/model").json["stance"]
    assert card["features"]["kind"] == "judge"
    assert card["features"]["statement_floor"] == 0.5
    assert b"reads the sentence, the one before it" in judge_house.client().get("/models").data


def test_graphs_that_do_not_fit_together_leave_the_service_not_ready(judge_house):
    folder = judge_house.models / "stance" / "4"
    first, second = folder / "stage-one.onnx", folder / "stage-two.onnx"
    second.write_bytes(first.read_bytes())
    answer = judge_house.client().post("/v1/articles", json={"text": TEXT, "codebook": "dam"})
    assert answer.status_code == 503


def test_the_command_line_labels_with_the_judge(judge_house, tmp_path, monkeypatch, capsys):
    article = tmp_path / "article.txt"
    article.write_text(TEXT, "utf-8")
    monkeypatch.chdir(judge_house.root)
    monkeypatch.setenv("STANDPOINT_MODELS_DIR", str(judge_house.models))
    assert main(["label", str(article), "--codebook", "dam", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(s["holder"], s["stance"]) for s in answer["statements"]][:1] == [
        ("ruritania", "favor")
    ]


@pytest.mark.slow
def test_the_service_is_timed_against_the_passes_of_the_judge(judge_house, root):
    article = judge_house.root / "article.txt"
    article.write_text(TEXT, "utf-8")
    environ = {
        **os.environ,
        "PYTHONPATH": str(root),
        "STANDPOINT_MODELS_DIR": str(judge_house.models),
        "STANDPOINT_CODEBOOKS_DIR": str(judge_house.codebooks),
    }
    words = [str(article), "--codebook", "dam", "--rounds", "1", "--json"]
    done = subprocess.run(
        [sys.executable, str(root / "benchmarks" / "floor.py"), *words],
        env=environ,
        cwd=judge_house.root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert (told["stance"], told["articles"]) == ("judge", 1)
    # Each unit runs the first stage and its head, and where it does not leave, the second stage.
    assert told["passes"] > 2 * told["sentences_read"]
    assert told["ratio"] > 0


@pytest.fixture
def tonal_house(house, tmp_path):
    folder = write_taught(tmp_path / "judge", topics=("river", "dam"), sentiment=True)
    folder.rename(house.models / "stance" / "4")
    house.point("stance", 4)
    return house


def test_a_judge_that_tells_the_sentiment_too_needs_no_second_model(tonal_house):
    client = tonal_house.client()
    answer = client.post("/v1/articles", json={"text": TEXT, "codebook": "dam"}).json
    named = [s for s in answer["statements"] if s["cue"] and s["holder_span"]]
    assert [(s["holder"], s["stance"], s["sentiment"]) for s in named] == [
        ("ruritania", "favor", "positive"),
        ("borduria", "against", "negative"),
    ]
    assert answer["model"]["sentiment"] == answer["model"]["stance"]
    card = client.get("/v1/model").json["sentiment"]
    assert (card["task"], card["version"]) == ("sentiment", 4)


def test_the_sentiment_of_a_pair_is_asked_of_that_judge_at_the_targets_mention(tonal_house):
    text = "Ruritania backs the river dam."
    pair = {"text": text, "holder": {"start": 0, "end": 9}, "target": {"start": 16, "end": 29}}
    body = {"pairs": [pair, {**pair, "target": "a bridge"}], "task": "sentiment"}
    answer = tonal_house.client().post("/v1/pairs", json=body)
    assert [judged["label"] for judged in answer.json["pairs"]] == ["positive", "positive"]
