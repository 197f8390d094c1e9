"""``standpoint evaluate`` in the small house, whose stance model reads verbs (see conftest)."""

import json

import pytest

from standpoint.labeling import Labeler
from standpoint.model import load_bundle
from tests.judges import settings, write_taught
from train.articles import seed_articles
from train.corpora import load_seeds

CONTRACT = {
    "run_id", "task", "kind", "data", "split", "n", "metric", "score", "ci95", "baseline",
    "scores", "leakage", "seconds", "bundle",
}  # fmt: skip


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
        lines[0]
        == "seeds-articles, all: 3 articles, classified by the champion of stance, version 3"
    )
    assert lines[2].split() == ["precision", "recall", "F1", "95%", "of", "F1"]
    assert lines[3].startswith("statements                     0.800   0.571  0.667   [")
    assert lines[3].endswith("], n = 7")
    assert lines[7] == (
        "  statements: mention 1 (25%), attribution 0 (0%), issue 1 (25%), stance 2 (50%), "
        "adding up 0 (0%)"
    )
    assert lines[10].split() == ["F1", "with", "a", "perfect", "stage", "statements", "table"]
    assert lines[11].split()[:3] == ["mention", "0.769", "(+0.103)"]
    assert lines[17].split() == ["F1", "by", "codebook", "statements", "table"]
    assert [line.split()[0] for line in lines[18:]] == ["dam", "fish"]
    assert done.err == "stance: trained on none; scores on that are no test.\n"


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
    assert done.out.endswith("classified by the bundle models/stance/3, trained on none\n")


def test_a_judge_is_scored_on_what_it_finds_itself_and_by_its_own_floors(standpoint, seeds):
    features = settings(min_confidence=0.9, min_relevance=0.2)
    bundle = write_taught(seeds.root / "judge", topics=("dam", "toll", "eel"), features=features)
    done = standpoint("evaluate", "judge/bundle", "--data", "seeds-articles", "--json")
    told = found(done)
    assert (told["kind"], told["min_confidence"]) == ("judge", 0.9)
    assert "judge/bundle: trained on " in done.err
    labeler = Labeler(stance=load_bundle(bundle))
    articles = seed_articles(
        load_seeds(seeds.root / "seeds", codebooks=seeds.root / "configs" / "codebooks")
    )
    labeled = [labeler.label(own.article, own.matcher).statements for own in articles]
    n_sides = sum(s.stance != "none" and not s.abstained for own in labeled for s in own)
    own = told["as_it_is"]["statements"]
    n_right = round(own["recall"] * 7)
    assert own["precision"] == pytest.approx(n_right / n_sides)
