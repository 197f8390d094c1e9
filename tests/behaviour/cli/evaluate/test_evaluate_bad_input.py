"""What ``standpoint evaluate`` refuses, and how."""

import pytest


def refused(done, told):
    assert done.status == 2
    assert done.out == ""
    assert done.err == f"{told}\n"


CORPORA = (
    "seeds, real, newsmtsc, dse, seesaw, tweeteval_stance, semeval2016, vast, pstance, polnear"
)
NO_MODEL = "Name a run, the folder of a bundle, or stance or sentiment for the champion."
WRONG = [
    pytest.param(
        ["--data", "seed-articles"],
        f"--data: must be one of behaviour, seeds-articles, seesaw-articles, {CORPORA}, got 'seed-articles'. "
        "Did you mean 'seeds-articles'?",
        id="near miss",
    ),
    pytest.param(
        ["--data", "news"],
        f"--data: must be one of behaviour, seeds-articles, seesaw-articles, {CORPORA}, got 'news'.",
        id="unknown data",
    ),
    pytest.param(
        ["--data", "seeds"],
        f"RUN|BUNDLE: must be named for pairs of seeds, got none. {NO_MODEL}",
        id="pairs without a model",
    ),
    pytest.param(
        ["stance", "--data", "seeds", "--split", "test"],
        "--split: must be left out for seeds, which has none, got 'test'.",
        id="split of pairs that have none",
    ),
    pytest.param(
        ["stance", "--data", "seesaw", "--split", "test"],
        "--split: must be one of train, valid, got 'test'.",
        id="unknown split of pairs",
    ),
    pytest.param(
        ["stance", "--data", "seeds", "--min-confidence", "0.5"],
        "--min-confidence: must be left out for pairs of seeds, which are all judged, got 0.5.",
        id="floor for pairs",
    ),
    pytest.param(
        ["--data", "seeds-articles", "--split", "test"],
        "--split: must be left out for seeds-articles, which has no splits, got 'test'.",
        id="split of seeds",
    ),
    pytest.param(
        ["--data", "seesaw-articles", "--split", "test"],
        "--split: must be one of train, valid, got 'test'.",
        id="unknown split of articles",
    ),
    pytest.param(
        ["--data", "seesaw-articles", "--split", "train"],
        "--split: must not be what is trained on, got 'train'. Name a model too.",
        id="split that is trained on",
    ),
    pytest.param(
        ["--data", "polnear", "--split", "test"],
        "--split: must be one that is here (dev), got 'test'.",
        id="unknown split of PolNeAR",
    ),
    pytest.param(
        ["stance", "--data", "polnear"],
        "RUN|BUNDLE: must be left out for polnear, which scores attributions alone, got 'stance'.",
        id="model for PolNeAR",
    ),
    pytest.param(
        ["--data", "polnear", "--min-confidence", "0.5"],
        "--min-confidence: must be left out for polnear, where nothing abstains, got 0.5.",
        id="floor for PolNeAR",
    ),
    pytest.param(
        ["--data", "gum", "--split", "test"],
        "--split: must be left out for gum, which has no splits, got 'test'.",
        id="split of GUM",
    ),
    pytest.param(
        ["sentiment", "--data", "seeds-articles"],
        "sentiment: must be a model of stance, got one of sentiment.",
        id="champion of sentiment for articles",
    ),
    pytest.param(
        ["models/sentiment/2", "--data", "seesaw-articles"],
        "models/sentiment/2: must be a model of stance, got one of sentiment.",
        id="bundle of sentiment for articles",
    ),
    pytest.param(
        ["seeds", "--data", "seeds"],
        "seeds/manifest.json: must exist, got no such file. Is this a bundle?",
        id="folder that is no bundle",
    ),
    *(
        pytest.param(
            ["stance", "--data", "seeds-articles", f"--min-confidence={given}"],
            f"--min-confidence: must be from 0 to 1, got {float(given)}.",
            id=f"floor of {given}",
        )
        for given in ("1.01", "-0.1", "nan", "inf")
    ),
]


@pytest.mark.parametrize("shape", [[], ["--json"]], ids=["text", "json"])
@pytest.mark.parametrize(("words", "told"), WRONG)
def test_a_call_that_cannot_be_scored_is_refused_in_one_sentence(
    standpoint, seeds, data, words, told, shape
):
    refused(standpoint("evaluate", *words, *shape), told)


@pytest.mark.parametrize("name", ["0123abcd", "models/stance/9", "x" * 300], ids=len)
@pytest.mark.parametrize("to_score", ["seeds-articles", "seeds"])
def test_what_is_no_model_is_refused(standpoint, seeds, name, to_score):
    refused(
        standpoint("evaluate", name, "--data", to_score),
        "RUN|BUNDLE: must be a run that logged a bundle, the folder of a bundle, the task of a "
        f"champion, or a shipped model, got {name!r}. `standpoint ui` lists the runs.",
    )


def test_a_task_without_a_champion_says_how_to_get_one(standpoint, seeds):
    (seeds.models / "stance" / "champion.json").unlink()
    done = standpoint("evaluate", "stance", "--data", "seeds-articles")
    refused(
        done,
        f"{seeds.models}: must hold a champion of stance or a shipped model, got neither. Get the "
        "folder models/shipped of the project (git checkout -- models/shipped), run "
        "`make champion` in the project's folder, or set STANDPOINT_MODELS_DIR.",
    )


def test_a_damaged_bundle_is_refused(standpoint, seeds, flip):
    flip(seeds.models / "stance" / "3" / "head.safetensors")
    done = standpoint("evaluate", "models/stance/3", "--data", "seeds")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("models/stance/3/head.safetensors: must have the sha256 ")


@pytest.mark.parametrize("to_score", ["polnear", "seesaw-articles", "seesaw"])
def test_without_the_public_data_the_variable_is_named(standpoint, data, monkeypatch, to_score):
    monkeypatch.delenv("STANDPOINT_DATA")
    model = ["stance"] if to_score == "seesaw" else []
    refused(
        standpoint("evaluate", *model, "--data", to_score),
        "STANDPOINT_DATA: must name the folder of the public data sets, got nothing. "
        "Set it to the folder above newsmtsc/.",
    )


def test_data_that_is_not_there_is_named(standpoint, data):
    done = standpoint("evaluate", "stance", "--data", "vast")
    assert (done.status, done.out) == (2, "")
    assert f"{data / 'vast'}" in done.err


def test_pairs_of_another_task_are_refused(standpoint, data):
    done = standpoint("evaluate", "stance", "--data", "dse")
    assert (done.status, done.out) == (2, "")
    assert "got stance" in done.err or "got 'stance'" in done.err


def test_outside_a_project_the_config_that_is_missing_is_named(standpoint, house):
    path = house.root / "configs" / "runs" / "seeds-stance.toml"
    done = standpoint("evaluate", "--data", "seeds-articles")
    refused(done, f"{path}: the config must exist, got no such file.")


def test_seeds_of_one_codebook_cannot_be_left_out(standpoint, seeds):
    (seeds.root / "seeds" / "fish.jsonl").unlink()
    refused(
        standpoint("evaluate", "--data", "seeds-articles"),
        "seeds: must be of two codebooks or more, so that one can be left out, got dam. "
        "Name a model to judge them by.",
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "--data"),
        (["--data", "seeds", "--min-confidence", "high"], "'high'"),
        (["--data", "seeds", "--fast"], "--fast"),
    ],
)
def test_a_call_of_another_form_is_refused_with_its_usage(standpoint, words, told):
    done = standpoint("evaluate", *words)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("usage: standpoint")
    assert told in done.err
