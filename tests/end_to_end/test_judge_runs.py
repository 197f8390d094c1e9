"""A judge from its config to the champion that labels: train, promote, label, and bad configs."""

import json
import os
import shutil

import pytest

from standpoint.model.bundle import load_bundle
from tests.end_to_end.conftest import Project
from tests.tiny import toml_of, write_encoder
from tests.tiny_judge import judge_settings, write_pairs, write_project, write_unlabelled

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("finetune")]


@pytest.fixture(scope="module")
def home(tmp_path_factory, root) -> Project:
    folder = write_project(tmp_path_factory.mktemp("judge-run"))
    encoder = write_encoder(folder / "encoder", kind="mpnet", hidden_size=32)
    settings = judge_settings(encoder, sources=("seeds", "real"))
    (folder / "judge.toml").write_text(toml_of(settings))
    (folder / "configs").mkdir()
    shutil.copytree(folder / "codebooks" / "own", folder / "configs" / "codebooks")
    environ = {name: v for name, v in os.environ.items() if not name.startswith("STANDPOINT_")}
    environ |= {"PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore"}
    return Project(folder, {**environ, "STANDPOINT_DATA": str(folder / "data")})


@pytest.fixture(scope="module")
def trained(home):
    done = home.standpoint("train", "judge.toml", "--json")
    return {**json.loads(done.stdout), "stderr": done.stderr}


def test_a_judge_is_trained_tracked_and_promoted(home, trained):
    assert trained["kind"] == "judge"
    assert trained["metric"] == "cells.f1"
    assert trained["score"] == trained["scores"]["dev.cells.f1"]
    assert "24 steps of 8 units in float32 on cpu take about" in trained["stderr"]
    done = home.standpoint("promote", trained["run_id"], "--force")
    assert "stance: champion is version 1" in done.stdout
    bundle = home.models / "stance" / "1"
    model = load_bundle(bundle)
    assert model.manifest.run_id == trained["run_id"]
    card = (bundle / "card.md").read_text("utf-8")
    assert "CC0-1.0" in card
    assert "must not be shipped" not in card


def test_the_champion_labels_an_article(home, trained):
    home.standpoint("promote", trained["run_id"], "--force")
    (home.folder / "a.txt").write_text("Iran praised the dam on Monday. Chile rejected the dam.")
    codebook = str(home.folder / "codebooks" / "own" / "seeded.toml")
    done = home.standpoint("label", "a.txt", "--codebook", codebook, "--format", "json")
    assert json.loads(done.stdout)["model"]["stance"]["run_id"] == trained["run_id"]


def test_the_same_command_again_repeats_no_step(home, trained):
    done = home.standpoint("train", "judge.toml")
    assert "going on after step 24 of 24" in done.stderr


def test_the_shipped_model_is_trained_again_by_one_command_that_goes_on_and_promotes(home, trained):
    (home.folder / "configs" / "runs").mkdir()
    shutil.copy(home.folder / "judge.toml", home.folder / "configs" / "runs")
    shutil.rmtree(home.folder / "seeds" / "contrast")  # texts that no config here learns from
    done = home.standpoint("champion")
    assert done.stderr.startswith("tiny: 24 steps: hours on two cores, far less on a GPU.")
    assert "going on after step 24 of 24" in done.stderr
    assert "stance: champion is version" in done.stdout


def test_a_changed_config_does_not_go_on_from_the_checkpoint(home, trained):
    done = home.standpoint("train", "judge.toml", "--set", "seed=9", check=False)
    assert done.returncode == 2
    assert "must be a checkpoint of this config, data and seed" in done.stderr


def test_a_judge_for_research_says_so_in_its_card(home, trained):
    run = home.standpoint("train", "judge.toml", "--set", "research=true", "--set", "name=open",
                          "--json")  # fmt: skip
    done = home.standpoint("promote", json.loads(run.stdout)["run_id"], "--force")
    version = done.stdout.partition("champion is version ")[2].split()[0]
    card = home.models / "stance" / version / "card.md"
    assert "must not be shipped" in card.read_text("utf-8")


def test_without_texts_for_dev_the_training_says_what_to_get(home):
    del_data = {n: v for n, v in home.environ.items() if n != "STANDPOINT_DATA"}
    done = Project(home.folder, del_data).standpoint("train", "judge.toml", check=False)
    assert done.returncode == 2
    assert "the dev split must have documents whose texts are here" in done.stderr
    assert "standpoint data get" in done.stderr


def test_a_judge_of_sentiment_too_labels_without_another_model_and_is_scored(home, trained):
    write_pairs(home.folder / "data")
    settings = judge_settings(home.folder / "encoder", sources=("seeds", "newsmtsc"), name="both")
    (home.folder / "both.toml").write_text(toml_of(settings))
    run = json.loads(home.standpoint("train", "both.toml", "--json").stdout)
    assert "dev.newsmtsc.rw_dev.f1_macro" in run["scores"]
    scored = home.standpoint("evaluate", run["run_id"], "--data", "newsmtsc", "--json")
    told = json.loads(scored.stdout)
    assert (told["task"], told["kind"], told["split"]) == ("sentiment", "judge", "rw_test")
    assert "newsmtsc: the model was trained on it" in scored.stderr
    home.standpoint("promote", run["run_id"], "--force")
    (home.folder / "b.txt").write_text("Iran praised the dam on Monday.")
    codebook = str(home.folder / "codebooks" / "own" / "seeded.toml")
    words = ("label", "b.txt", "--codebook", codebook, "--format", "json", "--min-confidence", "0")
    answer = json.loads(home.standpoint(*words).stdout)
    assert answer["model"]["sentiment"]["run_id"] == run["run_id"]
    assert all(statement["sentiment"] for statement in answer["statements"])
    card = next((home.models / "stance").glob(f"{answer['model']['stance']['version']}/card.md"))
    assert "For the sentiment of a holder toward a target" in card.read_text("utf-8")


def test_a_judge_and_the_small_one_that_it_teaches_are_shipped_side_by_side(home, trained):
    write_unlabelled(home.folder / "data")
    small = write_encoder(home.folder / "small", kind="bert", hidden_size=16)
    settings = judge_settings(small, sources=("seeds", "unlabelled"), name="tiny-fast")
    settings["model"]["teacher"] = {"config": "judge.toml"}
    (home.folder / "fast.toml").write_text(toml_of(settings))
    done = home.standpoint("train", "fast.toml", "--json")
    assert "the teacher reads" in done.stderr
    run = json.loads(done.stdout)["run_id"]
    for name, own in (("accurate", trained["run_id"]), ("fast", run)):
        score = {"run_id": own, "data": "real", "split": "test", "metric": "cells.f1",
                 "score": 0.5, "ci95": [0.4, 0.6], "n": 9}  # fmt: skip
        (home.folder / f"{name}.json").write_text(json.dumps(score))
        home.standpoint("promote", own, "--force")
        shipped = home.standpoint("ship", name, "--scores", f"{name}.json")
        assert shipped.stdout.startswith(f"{name}: run {own}, stance, ")
    home.standpoint("rollback")
    (home.folder / "c.txt").write_text("Iran praised the dam on Monday. Chile rejected the dam.")
    codebook = str(home.folder / "codebooks" / "own" / "seeded.toml")
    for name, own in (("accurate", trained["run_id"]), ("fast", run)):
        words = ("label", "c.txt", "--codebook", codebook, "--model", name, "--format", "json")
        model = json.loads(home.standpoint(*words).stdout)["model"]["stance"]
        assert (model["name"], model["run_id"]) == (name, own)
    card = (home.models / "shipped" / "fast" / "card.md").read_text("utf-8")
    assert "- real: " in card  # from which its teacher alone learned
    assert "taught by the judge of judge.toml" in card


def test_a_judge_without_its_teacher_says_which_command_trains_it(home, trained):
    settings = judge_settings(home.folder / "encoder", sources=("seeds",), name="untaught")
    settings["model"]["teacher"] = {"config": "judge.toml", "changes": ["name=other"]}
    (home.folder / "untaught.toml").write_text(toml_of(settings))
    done = home.standpoint("train", "untaught.toml", check=False)
    assert done.returncode == 2
    assert "`standpoint train judge.toml --set name=other` trains it." in done.stderr
