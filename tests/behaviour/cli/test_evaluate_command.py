"""``standpoint evaluate`` in the small house, whose stance model reads verbs (see conftest)."""

import json

import pytest

CONFIG = """\
name = "{name}"
task = "stance"
seed = 7
refit = false
[data]
corpus = "{corpus}"
path = "{corpus}"
licence = "none"
{unlabelled}
[protocol]
{protocol}
[model]
kind = "ngrams"
words = [1, 1]
chars = [3, 3]
window = 3
min_count = 1
c = 10.0
balanced = false
[scoring]
metric = "f1_macro"
bootstrap = 100
"""
BY_GROUP = 'kind = "by_group"\ndev_share = 0.1\ntest_share = 0.2'
OFFICIAL = 'kind = "official"\ntrain = "train"\ntest = ["valid"]'
SENTENCES = {
    "dam": [
        ("Ruritania backs the river dam.", ("ruritania", "Ruritania", "river-dam", "river dam", "favor")),
        ("Borduria rejects the river dam.", ("borduria", "Borduria", "river-dam", "river dam", "against")),
        ("Anna Lind sees the shipping toll.", ("lind", "Anna Lind", "toll", "shipping toll", "none")),
        # who this is, the reader does not know
        ("The visitor backs the river dam.", ("lind", "The visitor", "river-dam", "river dam", "favor")),
        # irony: the model takes the verb at its word
        ("Borduria backs the shipping toll.", ("borduria", "Borduria", "toll", "shipping toll", "against")),
    ],
    "fish": [
        ("Syldavia backs the eel quota.", ("syldavia", "Syldavia", "quota", "eel quota", "favor")),
        ("Syldavia rejects the great eel plan.", ("syldavia", "Syldavia", "quota", "great eel plan", "against")),
        ("Syldavia sees the eel quota.", ("syldavia", "Syldavia", "quota", "eel quota", "none")),
        ("Syldavia now rejects the eel quota.", ("syldavia", "Syldavia", "quota", "eel quota", "against")),
    ],
}  # fmt: skip
CONTRACT = {
    "run_id", "task", "kind", "data", "split", "n", "metric", "score", "ci95", "baseline",
    "scores", "leakage", "seconds", "bundle",
}  # fmt: skip


def write_config(house, name, **parts):
    folder = house.root / "configs" / "runs"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(CONFIG.format(name=name, **parts), "utf-8")


@pytest.fixture
def seeds(house, seed_row):
    """Seeds on two codebooks: an article on the dam, and two on fish."""
    write_config(house, "seeds-stance", corpus="seeds", unlabelled="", protocol=BY_GROUP)
    (house.root / "seeds").mkdir()
    rows = [
        seed_row("dam-1", "dam", *SENTENCES["dam"]),
        seed_row("fish-1", "fish", *SENTENCES["fish"][:2]),
        seed_row("fish-2", "fish", *SENTENCES["fish"][2:]),
    ]
    for name in SENTENCES:
        lines = [json.dumps(row) for row in rows if row["codebook"] == name]
        (house.root / "seeds" / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return house


ENTITIES = {"Ann Lind": "People", "Ruritania": "GPE", "Dam Act": "Topic"}


def write_story(folder, number, split, sentences):
    """A SEESAW article; a sentence is its text, then holder, side and target, if it takes one."""
    stances = {
        str(n): [{"subject": holder, "sentiment": side, "object": target, "annotators": ["A"]}]
        for n, (_, holder, side, target) in enumerate(sentences)
        if side
    }
    entities = [[name, [type], ["Main"], ["A"]] for name, type in ENTITIES.items()]
    texts = [{"id": n, "text": text} for n, (text, *_) in enumerate(sentences)]
    story = f"TRIPLET_{number:03}"
    parts = {
        f"annotations/{story}_DOCUMENT_0": {
            "entity lists": entities, "sentence-level stances": stances,
        },
        f"articles/{story}_DOCUMENT_0": {"text": texts},
        f"meta/{story}": {"Split": split, "story_time": "2015-03-21"},
    }  # fmt: skip
    for name, content in parts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")


@pytest.fixture
def data(house, monkeypatch):
    """A folder of public data, with SEESAW and PolNeAR in it."""
    folder = house.root / "data"
    write_config(
        house, "seesaw-articles", corpus="seesaw", unlabelled="unlabelled = true", protocol=OFFICIAL
    )
    backs = ("Ann Lind backs the Dam Act.", "Ann Lind", "POS", "Dam Act")
    rejects = ("Ruritania rejects the Dam Act.", "Ruritania", "NEG", "Dam Act")
    sees = ("Ann Lind sees Ruritania.", None, None, None)
    for number in range(8):
        write_story(folder / "seesaw", number, "train", [backs, rejects, sees])
    for number in range(8, 11):
        write_story(folder / "seesaw", number, "valid", [rejects, sees, backs])
    for part, name, content in (
        ("text", "a.txt", "Lind said it rained."),
        ("attributions", "a_4b22.ann", ""),
    ):
        (folder / "polnear" / "dev" / part).mkdir(parents=True)
        (folder / "polnear" / "dev" / part / name).write_text(content, "utf-8")
    monkeypatch.setenv("STANDPOINT_DATA", str(folder))
    return folder


def found(done):
    """The one JSON object that a command printed."""
    assert done.status == 0, done.err
    assert done.out.count("\n") == 1
    return json.loads(done.out)


def counts(told):
    return {stage: n for stage, n in told["errors"].items() if n}


# --- articles -----------------------------------------------------------------


def test_a_model_is_scored_on_the_statements_and_the_tables_of_the_seeds(standpoint, seeds):
    told = found(standpoint("evaluate", "stance", "--data", "seeds-articles", "--json"))
    assert told.keys() >= CONTRACT
    own = told["as_it_is"]
    # of seven sides four are found, and a fifth is the wrong one
    assert (own["statements"]["n"], counts(own["statements"])) == (
        7,
        {"mention": 1, "stance": 2, "issue": 1},
    )
    assert own["statements"]["precision"] == pytest.approx(4 / 5)
    assert own["statements"]["recall"] == pytest.approx(4 / 7)
    assert own["statements"]["f1"] == pytest.approx(8 / 12)
    assert (told["score"], told["n"], told["metric"]) == (
        own["statements"]["f1"],
        7,
        "statements.f1",
    )
    assert (told["split"], told["run_id"], told["kind"]) == ("all", "stance-run-3", "ngrams")
    assert told["judged_by"] == "the champion of stance, version 3"
    assert (told["n_articles"], told["min_confidence"], told["baseline"]) == (3, 0.4, None)
    assert own["statements"]["ci95"][0] <= own["statements"]["f1"] <= own["statements"]["ci95"][1]
    assert list(told["by_codebook"]) == ["dam", "fish"]
    assert told["by_codebook"]["dam"]["statements"]["n"] == 4


def test_a_perfect_stage_is_told_what_it_would_win(standpoint, seeds):
    told = found(standpoint("evaluate", "stance", "--data", "seeds-articles", "--json"))
    f1 = {stage: way["statements"]["f1"] for stage, way in told["perfect"].items()}
    assert f1 == {
        "mention": pytest.approx(10 / 13),
        "attribution": pytest.approx(8 / 12),
        "issue": pytest.approx(10 / 13),
        "stance": pytest.approx(10 / 12),
        "adding up": pytest.approx(8 / 12),
    }


def test_without_a_model_each_codebook_is_judged_by_one_that_never_saw_it(standpoint, seeds):
    done = standpoint("evaluate", "--data", "seeds-articles", "--json")
    told = found(done)
    assert told["judged_by"] == "seeds-stance, each codebook left out of training"
    assert (told["split"], told["run_id"], told["kind"]) == ("left out", None, "ngrams")
    assert done.err == "leaving out dam\nleaving out fish\n"
    assert told.keys() >= CONTRACT
    again = found(standpoint("evaluate", "--data", "seeds-articles", "--json"))
    assert {**again, "seconds": None} == {**told, "seconds": None}


def test_a_floor_makes_the_model_abstain(standpoint, seeds):
    words = ("evaluate", "stance", "--data", "seeds-articles", "--json")
    strict = found(standpoint(*words, "--min-confidence", "1"))
    assert strict["min_confidence"] == 1
    assert strict["as_it_is"]["statements"]["recall"] == 0
    assert strict["perfect"]["stance"]["statements"]["precision"] == 1


def test_the_floor_of_the_settings_is_taken_where_none_is_given(standpoint, seeds, monkeypatch):
    monkeypatch.setenv("STANDPOINT_MIN_CONFIDENCE", "0.25")
    told = found(standpoint("evaluate", "stance", "--data", "seeds-articles", "--json"))
    assert told["min_confidence"] == 0.25


def test_the_folder_of_a_bundle_is_a_model(standpoint, seeds):
    told = found(standpoint("evaluate", "models/stance/3", "--data", "seeds-articles", "--json"))
    assert told["judged_by"] == "the bundle models/stance/3"
    assert told["bundle"] == "models/stance/3"


def test_the_report_shows_scores_causes_stages_and_codebooks(standpoint, seeds):
    done = standpoint("evaluate", "stance", "--data", "seeds-articles")
    lines = done.out.splitlines()
    assert (
        lines[0] == "seeds-articles, all: 3 articles, judged by the champion of stance, version 3"
    )
    assert lines[2].split() == ["precision", "recall", "F1", "95%", "of", "F1"]
    assert lines[3].startswith("statements                     0.800   0.571  0.667   [")
    assert lines[3].endswith("], n = 7")
    assert lines[7] == (
        "  statements: mention 1 (25%), attribution 0 (0%), issue 1 (25%), stance 2 (50%), "
        "adding up 0 (0%)"
    )
    assert lines[10].split() == ["F1", "were", "a", "stage", "perfect", "statements", "table"]
    assert lines[11].split()[:3] == ["mention", "0.769", "(+0.103)"]
    assert lines[17].split() == ["F1", "by", "codebook", "statements", "table"]
    assert [line.split()[0] for line in lines[18:]] == ["dam", "fish"]
    assert done.err == "stance: trained on none; its scores on that are no test.\n"


def test_one_article_alone_has_no_interval(standpoint, seeds):
    (seeds.root / "seeds" / "fish.jsonl").unlink()
    told = found(standpoint("evaluate", "stance", "--data", "seeds-articles", "--json"))
    assert told["ci95"] == [None, None]
    assert "no interval, n = 4" in standpoint("evaluate", "stance", "--data", "seeds-articles").out


def test_seesaw_is_read_end_to_end_beside_its_baseline(standpoint, data):
    done = standpoint("evaluate", "--data", "seesaw-articles", "--json")
    told = found(done)
    assert told.keys() >= CONTRACT
    assert (told["split"], told["n_articles"], told["n"]) == ("valid", 3, 6)
    assert told["as_it_is"]["statements"]["f1"] == told["as_it_is"]["table"]["f1"] == 1
    assert told["baseline"] == told["comentioned"]["statements"]["f1"] == 1
    assert "errors" not in told["comentioned"]["statements"]
    assert "by_codebook" not in told
    assert told["judged_by"] == "seesaw-articles, fitted on train"
    report = standpoint("evaluate", "--data", "seesaw-articles").out
    assert "co-mentioned, table" in report
    assert "by codebook" not in report


def test_a_model_may_be_scored_on_any_split_of_seesaw(standpoint, data):
    for split, n in (("train", 8), ("valid", 3)):
        words = ("evaluate", "stance", "--data", "seesaw-articles", "--split", split, "--json")
        told = found(standpoint(*words))
        assert (told["split"], told["n_articles"], told["baseline"]) == (split, n, None)
        assert told["score"] == 1


def test_polnear_scores_the_reader_of_attributions(standpoint, data):
    told = found(standpoint("evaluate", "--data", "polnear", "--json"))
    assert told["dev.n_documents"] == 1
    assert standpoint("evaluate", "--data", "polnear").out.startswith("PolNeAR dev: 0 attributions")


# --- labelled pairs -----------------------------------------------------------


def test_a_model_is_scored_on_the_pairs_of_a_corpus(standpoint, seeds):
    told = found(standpoint("evaluate", "stance", "--data", "seeds", "--json"))
    assert told.keys() >= CONTRACT
    assert (told["data"], told["split"], told["n"]) == ("seeds", "all", 9)
    assert (told["model"], told["run_id"], told["trained_on"]) == (
        "the champion of stance, version 3", "stance-run-3", "none",
    )  # fmt: skip
    assert told["scores"]["all.accuracy"] == pytest.approx(8 / 9)
    assert told["scores"]["all.f1_macro"] == told["score"] > told["baseline"]
    assert told["leakage"] is None


def test_statements_that_do_not_name_their_issue_are_scored_apart(standpoint, seeds, seed_row):
    row = seed_row(
        "dam-2", "dam", ("Anna Lind is all for it.", ("lind", "Anna Lind", "toll", None, "favor"))
    )
    with (seeds.root / "seeds" / "dam.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    scores = found(standpoint("evaluate", "stance", "--data", "seeds", "--json"))["scores"]
    assert (scores["all.n.implied"], scores["all.n.cued"]) == (1, 9)


def test_pairs_are_scored_by_the_task_of_the_model(standpoint, seeds):
    told = found(standpoint("evaluate", "sentiment", "--data", "seeds", "--json"))
    assert (told["task"], told["n"]) == ("sentiment", 9)


def test_the_split_of_pairs_is_the_one_that_is_held_out(standpoint, data):
    told = found(standpoint("evaluate", "stance", "--data", "seesaw", "--json"))
    assert (told["split"], told["n"]) == ("valid", 6)
    told = found(standpoint("evaluate", "stance", "--data", "seesaw", "--split", "train", "--json"))
    assert (told["split"], told["n"]) == ("train", 16)


def test_the_line_of_pairs_names_model_score_and_baseline(standpoint, seeds):
    done = standpoint("evaluate", "models/stance/3", "--data", "seeds")
    assert done.out.startswith("seeds, all: f1_macro 0.")
    assert done.out.endswith("judged by the bundle models/stance/3, trained on none\n")


# --- what is wrong ------------------------------------------------------------


def refused(done, told):
    assert done.status == 2
    assert done.out == ""
    assert done.err == f"{told}\n"


CORPORA = "seeds, newsmtsc, dse, seesaw, tweeteval_stance, semeval2016, vast, pstance, polnear"
NO_MODEL = "Name a run, the folder of a bundle, or stance or sentiment for the champion."
WRONG = [
    pytest.param(
        ["--data", "seed-articles"],
        f"--data: must be one of seeds-articles, seesaw-articles, {CORPORA}, got 'seed-articles'. "
        "Did you mean 'seeds-articles'?",
        id="near miss",
    ),
    pytest.param(
        ["--data", "news"],
        f"--data: must be one of seeds-articles, seesaw-articles, {CORPORA}, got 'news'.",
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
        "RUN|BUNDLE: must be a run that logged a bundle, the folder of a bundle, or the task of a "
        f"champion, got {name!r}. `standpoint ui` lists the runs.",
    )


def test_a_task_without_a_champion_says_how_to_get_one(standpoint, seeds):
    (seeds.models / "stance" / "champion.json").unlink()
    done = standpoint("evaluate", "stance", "--data", "seeds-articles")
    refused(
        done,
        f"{seeds.models / 'stance'}: must hold a champion, got none. Run `make champion` in the "
        "project's folder, or set STANDPOINT_MODELS_DIR.",
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
