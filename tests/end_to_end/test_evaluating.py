"""A run of its own, tracked, and then evaluated by its id; n-grams, so that no encoder is needed."""

import json
import os

import pytest

from tests.end_to_end.conftest import Project

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("evaluating")]

CODEBOOK = """\
name = "{name}"
title = "The {cue}"
[[actors]]
id = "one"
name = "{one}"
kind = "state"
[[actors]]
id = "other"
name = "{other}"
kind = "state"
[[issues]]
id = "it"
name = "The {cue}"
favor = "It comes."
against = "It does not come."
cues = ["{cue}"]
"""
DEBATES = {
    "dam": ("Ruritania", "Borduria", "river dam"),
    "fish": ("Syldavia", "Zubrowka", "eel quota"),
    "rail": ("Freedonia", "Grandania", "night train"),
}
VERBS = {"favor": "backs", "against": "rejects", "none": "mulls"}
CONFIG = """\
name = "seeds-stance"
task = "stance"
seed = 7
refit = true
[data]
corpus = "seeds"
path = "seeds"
licence = "none"
[protocol]
kind = "by_group"
dev_share = 0.2
test_share = 0.2
[model]
kind = "ngrams"
words = [1, 1]
chars = [3, 3]
window = 3
min_count = 1
c = 10.0
balanced = true
[scoring]
metric = "f1_macro"
bootstrap = 100
"""


@pytest.fixture(scope="module")
def small(root, tmp_path_factory, seed_row):
    """Three debates of six articles in three sentences each; what is said is plain to see."""
    folder = tmp_path_factory.mktemp("small")
    for place in ("configs/codebooks", "configs/runs", "seeds", "models"):
        (folder / place).mkdir(parents=True)
    (folder / "configs" / "runs" / "seeds-stance.toml").write_text(CONFIG, "utf-8")
    for name, (one, other, cue) in DEBATES.items():
        text = CODEBOOK.format(name=name, one=one, other=other, cue=cue)
        (folder / "configs" / "codebooks" / f"{name}.toml").write_text(text, "utf-8")
        rows = []
        for number in range(6):
            actors = (("one", one), ("other", other), ("one", one))
            said = [
                (f"{words} {verb} the {cue} in part {number}.", (id, words, "it", cue, stance))
                for (id, words), (stance, verb) in zip(actors, VERBS.items(), strict=True)
            ]
            rows.append(json.dumps(seed_row(f"{name}-{number}", name, *said)))
        (folder / "seeds" / f"{name}.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    environ = {**os.environ, "PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore"}
    for name in [name for name in environ if name.startswith("STANDPOINT_")]:
        del environ[name]
    return Project(folder, environ)


@pytest.fixture(scope="module")
def small_run(small):
    return small.train("seeds-stance")


def evaluate(small, *words):
    done = small.standpoint("evaluate", *words, "--json")
    assert done.stdout.count("\n") == 1
    return json.loads(done.stdout)


def test_a_run_is_evaluated_by_its_id_on_articles_and_on_pairs(small, small_run):
    told = evaluate(small, small_run["run_id"], "--data", "seeds-articles")
    assert told["run_id"] == small_run["run_id"]
    assert told["judged_by"] == f"run {small_run['run_id']}"
    assert told["score"] == told["as_it_is"]["table"]["f1"] == 1
    pairs = evaluate(small, small_run["run_id"], "--data", "seeds")
    assert (pairs["run_id"], pairs["n"], pairs["score"]) == (small_run["run_id"], 54, 1)
    assert pairs["trained_on"] == "seeds"


def test_each_debate_is_judged_by_models_of_the_other_two_without_any_run(small):
    told = evaluate(small, "--data", "seeds-articles")
    assert (told["run_id"], told["split"], told["n"]) == (None, "left out", 36)
    assert list(told["by_codebook"]) == list(DEBATES)
    assert told["score"] > 0.9


def test_a_run_that_does_not_exist_is_refused(small, small_run):
    for name in ("0123abcd", small_run["run_id"][:-1], "models/stance/9"):
        done = small.standpoint("evaluate", name, "--data", "seeds-articles", check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            "RUN|BUNDLE: must be a run that logged a bundle, the folder of a bundle, the task "
            f"of a champion, or a shipped model, got {name!r}. `standpoint ui` lists the runs.\n"
        )
