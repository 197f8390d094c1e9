"""``standpoint ship``: a champion becomes a model that comes with the project."""

import json

import pytest

from standpoint.model import read_manifest
from standpoint.model.shipped import read_index
from tests.judges import write_taught
from tests.shipping import faults_of
from train.tracking import shipping

CARD = "# judge: stance\n\n## Learned from\n\n- seeds: 90 pairs, Apache-2.0\n- more: 9 pairs, MIT\n"
CORPUS = {
    "name": "seeds",
    "n_pairs": 90,
    "licence": "Apache-2.0",
    "also": [{"name": "more", "n_pairs": 9, "licence": "MIT"}],
}
SCORES = {
    "run_id": "judge-run", "data": "real", "split": "test", "cues": "given", "metric": "cells.f1",
    "score": 0.6543, "ci95": [0.61, 0.701], "n": 242,
}  # fmt: skip


@pytest.fixture
def judge(house, tmp_path):
    """A judge that is the stance champion of the house, with a file that serving does not need."""
    folder = write_taught(
        tmp_path / "judge",
        topics=("river", "dam"),
        card=CARD,
        corpus=CORPUS,
        scores={"dev.cells.f1": 0.7},
        run_id="judge-run",
    )
    (folder / "place.json").write_text("{}", "utf-8")
    target = house.models / "stance" / "4"
    folder.rename(target)
    house.point("stance", 4)
    return target


@pytest.fixture
def scores(house):
    def write(name="real.json", **changes):
        path = house.root / name
        path.write_text(json.dumps({**SCORES, **changes}), "utf-8")
        return path

    return write


@pytest.mark.usefixtures("judge")
def test_a_champion_is_shipped_with_its_scores_and_labels_by_its_name(
    standpoint, house, article, scores
):
    without = scores("without.json", cues="none", score=0.51, ci95=None)
    done = standpoint("ship", "fast", "--scores", scores(), "--scores", without)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("fast: run judge-run, stance, ")
    folder = house.models / "shipped" / "fast"
    assert not (folder / "place.json").exists()
    card = (folder / "card.md").read_text("utf-8")
    assert card.startswith(CARD)
    assert "| real-test | cells.f1 | 0.654 | 0.610 to 0.701 | 242 |" in card
    assert "| real-test-no-cues | cells.f1 | 0.510 |  | 242 |" in card
    assert "## Limits" in card
    manifest = read_manifest(folder)
    assert manifest.scores["dev.cells.f1"] == 0.7
    assert manifest.scores["real-test.cells.f1.low"] == 0.61
    assert read_index(house.models).digests == {"fast": manifest.digest}
    assert faults_of(house.models) == []
    file = article("Ruritania backs the river dam.")
    words = ("label", file, "--codebook", "dam", "--model", "fast", "--format", "json")
    answer = json.loads(standpoint(*words).out)
    assert answer["model"]["stance"]["name"] == "fast"
    assert answer["statements"][0]["stance"] == "favor"


def test_a_bundle_may_be_named_and_shipped_beside_another_and_again(
    standpoint, house, judge, scores
):
    for name in ("accurate", "fast", "fast"):
        done = standpoint("ship", name, "--bundle", judge, "--scores", scores())
        assert done.status == 0, done.err
    assert sorted(read_index(house.models).digests) == ["accurate", "fast"]
    assert faults_of(house.models) == []
    assert [path.name for path in (house.models / "shipped").iterdir() if path.name[0] == "."] == []


def test_the_check_of_shipped_models_finds_what_is_wrong(standpoint, house, judge, scores):
    standpoint("ship", "fast", "--bundle", judge, "--scores", scores(ci95=None))
    (house.models / "shipped" / "fast" / "notes.txt").write_text("x")
    assert faults_of(house.models) == [
        "fast: no score with an interval",
        f"{house.models / 'shipped' / 'fast' / 'notes.txt'}: of no shipped model",
    ]


def refused(done, house, message):
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert not (house.models / "shipped").exists() or not read_index(house.models).digests


def test_a_model_that_learned_from_data_for_research_only_is_not_shipped(
    standpoint, house, tmp_path, scores
):
    corpus = {**CORPUS, "also": [{"name": "r", "n_pairs": 1, "licence": "research only"}]}
    bundle = write_taught(tmp_path / "b", card=CARD, corpus=corpus, run_id="judge-run")
    done = standpoint("ship", "fast", "--bundle", bundle, "--scores", scores())
    refused(done, house, "must have learned from data for any use, got data under research only.")


def test_a_model_without_a_card_or_licences_is_not_shipped(standpoint, house, tmp_path, scores):
    bundle = write_taught(tmp_path / "a", corpus=CORPUS, run_id="judge-run")
    done = standpoint("ship", "fast", "--bundle", bundle, "--scores", scores())
    refused(done, house, "card.md: must say what the model learned from, got no such section.")
    bundle = write_taught(tmp_path / "b", card=CARD, run_id="judge-run")
    done = standpoint("ship", "fast", "--bundle", bundle, "--scores", scores())
    refused(done, house, "got data under unknown")


@pytest.mark.usefixtures("judge")
@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("MAX_FILE_BYTES", "must have at most 100 bytes to be shipped, got"),
        ("MAX_SHIPPED_BYTES", "must have, with the other shipped model, at most 100 bytes, got"),
    ],
)
def test_a_model_that_is_too_large_is_not_shipped(
    standpoint, house, scores, monkeypatch, limit, message
):
    monkeypatch.setattr(shipping, limit, 100)
    refused(standpoint("ship", "fast", "--scores", scores()), house, message)


@pytest.mark.usefixtures("judge")
@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "must be what `standpoint evaluate --json` prints, got something else."),
        ("[]", "must be what `standpoint evaluate --json` prints, got something else."),
        ('{"data": "real"}', "must be what `standpoint evaluate --json` prints, got"),
        (json.dumps({**SCORES, "run_id": "x"}), "must be scores of run judge-run, got those of x."),
    ],
)
def test_scores_that_are_not_of_the_model_are_refused(standpoint, house, content, message):
    (house.root / "s.json").write_text(content, "utf-8")
    refused(standpoint("ship", "fast", "--scores", "s.json"), house, message)


def test_without_a_champion_the_way_to_ship_is_told(standpoint, house, scores):
    (house.models / "stance" / "champion.json").unlink()
    done = standpoint("ship", "fast", "--scores", scores())
    refused(done, house, "stance: must hold a champion to ship, got none. Promote a run, or name a")
