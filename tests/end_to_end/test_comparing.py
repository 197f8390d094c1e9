"""Two real runs compared, and the benchmarks run, kept and written down."""

import json
import shutil

import pytest

from tests.end_to_end.conftest import copy_project

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("comparing")]

TARGETS = ("abortion", "atheism", "climate", "feminist", "hillary")
WORDS = {"0": "we saw the news", "1": "down with it now", "2": "long live the cause"}
PAGE = """# Benchmarks

Kept before.

<!-- written by `make benchmarks`: begin -->
old
<!-- written by `make benchmarks`: end -->

Kept behind.
"""


def write_tweets(folder):
    """Five targets in TweetEval's format; what a tweet says is plain to see."""
    folder.mkdir(parents=True)
    (folder / "mapping.txt").write_text("0\tnone\n1\tagainst\n2\tfavor\n", "utf-8")
    for target in TARGETS:
        (folder / target).mkdir()
        for split, n in (("train", 24), ("val", 9), ("test", 12)):
            labels = [str(number % 3) for number in range(n)]
            texts = [f"{WORDS[x]} {target} {split} {k * 37}" for k, x in enumerate(labels)]
            if split == "test":  # not everything can be read off the words
                texts[0] = "long live nothing"
            (folder / target / f"{split}_labels.txt").write_text("\n".join(labels) + "\n", "utf-8")
            (folder / target / f"{split}_text.txt").write_text("\n".join(texts) + "\n", "utf-8")


@pytest.fixture(scope="module")
def tweets(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("comparing")
    project = copy_project(root, folder / "project")
    write_tweets(folder / "data" / "tweeteval_stance")
    project.environ["STANDPOINT_DATA"] = str(folder / "data")
    benchmarks = project.folder / "configs" / "runs" / "benchmarks"
    for path in benchmarks.glob("*.toml"):
        kept = ("tweeteval_stance-majority", "tweeteval_stance-ngrams", "vast-majority")
        if path.stem not in kept:
            path.unlink()
    shutil.copy(root / "configs" / "benchmarks.toml", project.folder / "configs")
    (project.folder / "docs").mkdir()
    (project.folder / "docs" / "benchmarks.md").write_text(PAGE, "utf-8")
    return project


@pytest.fixture(scope="module")
def runs(tweets):
    return [
        tweets.train(f"benchmarks/tweeteval_stance-{kind}")["run_id"]
        for kind in ("majority", "ngrams")
    ]


@pytest.fixture(scope="module")
def compared(tweets, runs):
    return json.loads(tweets.standpoint("compare", *runs, "--draws", "500", "--json").stdout)


def test_a_comparison_says_which_run_is_better_and_how_sure_that_is(compared, runs):
    (found,) = compared["comparisons"]
    assert (found["a"], found["b"]) == tuple(runs)
    assert compared["metric"] == "f1_favor_against"
    assert found["n"] == 60
    assert found["score_b"] > found["score_a"]
    assert found["difference"] == pytest.approx(found["score_b"] - found["score_a"])
    assert found["ci95"][0] > 0
    assert found["p_randomisation"] == found["p_holm"] < 0.05
    assert found["mcnemar"]["only_b_right"] > found["mcnemar"]["only_a_right"]
    assert all(row["a"] != row["b"] for row in found["differing"])
    assert len(found["differing"]) == found["n_differing"]


@pytest.mark.filterwarnings("ignore")
def test_a_comparison_is_a_run_that_links_the_runs_compared(tweets, compared, runs):
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{tweets.models / 'mlflow.db'}")
    logged = mlflow.get_run(compared["run_id"])
    assert logged.data.tags["kind"] == "comparison"
    assert logged.data.tags["compares"] == ",".join(runs)
    assert all(f"/runs/{run}" in logged.data.tags["mlflow.note.content"] for run in runs)
    name = f"{runs[0][:8]}-{runs[1][:8]}"
    assert logged.data.metrics[f"{name}.difference"] > 0
    table = mlflow.artifacts.load_dict(f"{logged.info.artifact_uri}/tables/{name}-differing.json")
    rows = [dict(zip(table["columns"], row, strict=True)) for row in table["data"]]
    assert {"id", "label", "right", "text"} <= set(rows[0])
    assert all(row["text"] for row in rows)


def test_a_comparison_can_be_of_some_rows_of_another_split(tweets, runs):
    words = ("--split", "val", "--subset", "clean", "--score", "accuracy", "--draws", "200")
    done = tweets.standpoint("compare", *runs, *words)
    assert done.stdout.startswith("accuracy on tweeteval_stance val, clean rows")
    assert "n = 45" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("{0}",), "RUN: must be two or more runs, each once"),
        (("{0}", "{0}"), "RUN: must be two or more runs, each once"),
        (("{0}", "nope"), "RUN: must be the whole id of a run, got 'nope'."),
        (("{0}", "{1}", "--split", "dev"), "must have predictions for one of test, val, got 'dev'"),
        (("{0}", "{1}", "--subset", "odd"), "--subset: must be one of clean, "),
        (("{0}", "{1}", "--draws", "5"), "--draws: must be from 100 to 1,000,000, got 5."),
        (("{0}", "{1}", "--score", "f1_macro_five"), "--score: f1_macro_five is for dse"),
        (("{0}", "{comparison}"), "must be a training run that kept its predictions"),
    ],
    ids=["one run", "twice", "unknown", "split", "subset", "draws", "score", "no training run"],
)
def test_runs_that_cannot_be_compared_are_refused(tweets, runs, compared, words, said):
    filled = [word.format(*runs, comparison=compared["run_id"]) for word in words]
    done = tweets.standpoint("compare", *filled, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_benchmarks_run_what_is_here_keep_it_and_name_what_is_missing(tweets):
    first = tweets.standpoint("benchmarks")
    assert "tweeteval_stance-ngrams: running" in first.stderr
    page = (tweets.folder / "docs" / "benchmarks.md").read_text("utf-8")
    assert page.startswith("# Benchmarks\n\nKept before.")
    assert page.endswith("Kept behind.\n")
    assert "\nold\n" not in page
    assert "| `tweeteval_stance-ngrams` | test | 60 |" in page
    assert "Mohammad et al. (2016)" in page
    assert "`vast-majority` missing: its data (vast) is not in STANDPOINT_DATA" in page
    again = tweets.standpoint("benchmarks")
    assert "running" not in again.stderr
    assert "tweeteval_stance-ngrams: kept from run" in again.stderr
    assert (tweets.folder / "docs" / "benchmarks.md").read_text("utf-8") == page


def test_a_benchmark_whose_config_or_data_changed_is_run_again(tweets):
    tweets.standpoint("benchmarks", "--kind", "majority")
    path = tweets.folder / "configs" / "runs" / "benchmarks" / "tweeteval_stance-majority.toml"
    path.write_text(path.read_text("utf-8").replace("seed  = 13", "seed  = 14"), "utf-8")
    done = tweets.standpoint("benchmarks", "--kind", "majority", "--json")
    assert "tweeteval_stance-majority: running" in done.stderr
    assert {found["status"] for found in json.loads(done.stdout)} == {"done", "missing"}


def test_a_page_without_its_marks_is_left_alone(tweets):
    page = tweets.folder / "docs" / "benchmarks.md"
    page.write_text("# Mine\n", "utf-8")
    done = tweets.standpoint("benchmarks", check=False)
    assert done.returncode == 2
    assert "running" not in done.stderr
    assert "must hold each once, in this order" in done.stderr
    assert page.read_text("utf-8") == "# Mine\n"


def test_a_cross_validation_on_train_alone_and_its_spread_over_seeds(tweets):
    found = tweets.train(
        "benchmarks/tweeteval_stance-ngrams",
        *("--set", 'data.splits=["train", "val"]'),
        *("--set", 'protocol={kind="k_fold", k=3}'),
        *("--set", "more_seeds=[1, 2]"),
    )
    assert found["n"] == 165
    scores = found["scores"]
    assert 0 <= scores["test.f1_favor_against.spread"] < 0.2
    assert scores["test.f1_favor_against.mean"] == pytest.approx(found["score"], abs=0.2)
