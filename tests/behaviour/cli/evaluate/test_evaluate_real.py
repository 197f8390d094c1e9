"""``standpoint evaluate --data real`` in the small house, whose stance model reads verbs."""

import hashlib
import json

import pytest

from tests.judges import write_taught

SENTENCES = [
    ("Ruritania backs the river dam.", "ruritania", "river-dam", "favor", "named"),
    ("Borduria rejects the river dam.", "borduria", "river-dam", "favor", "named"),
    ("Anna Lind was all for it.", "lind", "river-dam", "favor", "back"),
    ("Borduria backs the shipping toll.", "borduria", "toll", "favor", "named"),
]
TEXT = "\n\n".join(sentence for sentence, *_ in SENTENCES)
CONTRACT = {
    "run_id", "task", "kind", "data", "split", "n", "metric", "score", "ci95", "baseline",
    "scores", "leakage", "seconds", "bundle",
}  # fmt: skip


def annotated(document, kind):
    statements = []
    for sentence, holder, issue, stance, reference in SENTENCES:
        start = TEXT.index(sentence)
        evidence = {"start": start, "end": start + len(sentence), "quote": sentence[:8]}
        statements.append(
            {
                "holder": holder, "issue": issue, "stance": stance, "evidence": evidence,
                "attribution": "act", "reporter": None, "reference": reference,
            }
        )  # fmt: skip
    return {
        "document": document,
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "kind": kind,
        "cells": [
            {"actor": holder, "issue": issue, "stance": stance, "strength": "must"}
            for _, holder, issue, stance, _ in SENTENCES
        ],
        "statements": statements,
    }


@pytest.fixture
def real(seeds, monkeypatch):
    """Two annotated documents on the dam, of two sources; the text of one is here."""
    folder, codebooks = seeds.root / "seeds" / "real", seeds.root / "configs/codebooks/real"
    folder.mkdir()
    codebooks.mkdir()
    (codebooks / "dam.toml").write_text((seeds.root / "configs/codebooks/dam.toml").read_text())
    (folder / "splits.toml").write_text('train = []\ndev = ["dam"]\n')
    (folder / "issues.toml").write_text('[dam]\nclaim = ["toll"]\npolicy = ["river-dam"]\n')
    rows = [annotated("fakes/1", "news"), annotated("whitehouse/1", "remarks")]
    (folder / "dam.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (seeds.root / "data" / "fakes").mkdir(parents=True)
    text = json.dumps({"id": 1, "text": TEXT})
    (seeds.root / "data" / "fakes" / "articles.jsonl").write_text(text)
    monkeypatch.setenv("STANDPOINT_DATA", str(seeds.root / "data"))
    return seeds


def scored(done):
    """The one JSON object that a command printed."""
    assert done.status == 0, done.err
    assert done.out.count("\n") == 1
    return json.loads(done.out)


def test_the_documents_whose_texts_are_here_are_scored(standpoint, real):
    done = standpoint("evaluate", "stance", "--data", "real", "--json")
    result = scored(done)
    assert result.keys() >= CONTRACT
    assert (result["split"], result["cues"], result["n_documents"]) == ("dev", "given", 1)
    (missing,) = result["missing"]
    assert missing in done.err
    assert "standpoint data get whitehouse" in missing
    # Two of four are found with their side, one with the other, one sentence names no cue.
    statements = result["as_it_is"]["statements"]
    assert statements["precision"] == {"value": pytest.approx(2 / 3), "ci95": None, "n": 3}
    assert statements["recall"] == {"value": 0.5, "ci95": None, "n": 4}
    assert statements["wrong_sign"]["value"] == pytest.approx(1 / 3)
    assert (result["score"], result["n"]) == (pytest.approx(4 / 7), 4)
    reader = result["reader"]["sure"]
    assert (reader["recall"]["value"], reader["n_candidates"]) == (0.75, 3)
    errors = {stage: n for stage, n in result["errors"]["statements"].items() if n}
    assert errors == {"issue": 1, "stance": 2}
    assert result["perfect"]["stance"]["statements"]["recall"]["value"] == 0.75
    assert result["by"]["issue"]["claim"]["statements"]["recall"]["n"] == 1


def test_without_a_model_one_is_fitted_on_the_seeds(standpoint, real):
    result = scored(standpoint("evaluate", "--data", "real", "--json"))
    assert result["judged_by"] == "seeds-stance, fitted on the seeds"
    again = scored(standpoint("evaluate", "--data", "real", "--json"))
    assert {**again, "seconds": None} == {**result, "seconds": None}


def test_without_cues_no_sentence_is_named(standpoint, real):
    result = scored(standpoint("evaluate", "stance", "--data", "real", "--cues", "none", "--json"))
    assert result["cues"] == "none"
    assert result["reader"]["sure"]["misses"]["no holder"] == 0


def test_the_report_has_what_each_share_is_of(standpoint, real):
    done = standpoint("evaluate", "stance", "--data", "real")
    assert done.status == 0
    assert "real documents, dev: 1 document, the codebooks' own cues," in done.out
    assert "gold statements among them" in done.out
    assert "0.750 of 4" in done.out
    assert "left out: whitehouse: 1 document is left out" in done.out


WRONG = [
    pytest.param(
        ["stance", "--data", "real", "--split", "devel"],
        "--split: must be one of train, dev, got 'devel'.",
        id="unknown split",
    ),
    pytest.param(
        ["stance", "--data", "real", "--split", "train"],
        "--split: must be of documents, got 'train', which has none.",
        id="empty split",
    ),
    pytest.param(
        ["sentiment", "--data", "real"],
        "sentiment: must be a model of stance, got one of sentiment.",
        id="model of sentiment",
    ),
    pytest.param(
        ["stance", "--data", "seeds-articles", "--cues", "none"],
        "--cues: must be left out for seeds-articles, which is read as it is, got 'none'.",
        id="cues of other data",
    ),
    pytest.param(
        ["stance", "--data", "real", "--min-confidence", "2"],
        "--min-confidence: must be from 0 to 1, got 2.0.",
        id="confidence out of range",
    ),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_a_call_that_cannot_be_scored_is_refused(standpoint, real, words, message):
    done = standpoint("evaluate", *words)
    assert (done.status, done.out) == (2, "")
    assert done.err.splitlines()[-1].startswith(message)


def test_without_any_text_the_command_says_what_to_get(standpoint, real):
    (real.root / "data" / "fakes" / "articles.jsonl").unlink()
    done = standpoint("evaluate", "stance", "--data", "real")
    assert (done.status, done.out) == (2, "")
    assert "fakes: 1 document is left out" in done.err
    assert "must hold texts of the real documents, got none of 2 sources" in done.err


def test_without_the_folder_of_public_data_the_command_says_so(standpoint, real, monkeypatch):
    monkeypatch.delenv("STANDPOINT_DATA")
    done = standpoint("evaluate", "stance", "--data", "real")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("STANDPOINT_DATA: must name the folder of the public data sets")


def test_check_tells_how_many_documents_fit_their_texts(standpoint, real):
    done = standpoint("data", "check", "real")
    assert done.status == 0
    assert done.out.startswith("real: 1 of 2 documents fit their texts\nwhitehouse: 1 document is")


def test_check_without_public_data_says_that_no_text_was_checked(standpoint, real, monkeypatch):
    monkeypatch.delenv("STANDPOINT_DATA")
    done = standpoint("data", "check", "real")
    assert done.status == 0
    assert done.out.startswith("real: 2 documents fit their codebooks; no text was checked.\n")


def test_check_reports_every_fault_of_the_annotations(standpoint, real):
    file = real.root / "seeds" / "real" / "dam.jsonl"
    file.write_text(file.read_text().replace('"lind"', '"lynd"'))
    done = standpoint("data", "check", "real")
    assert (done.status, done.out) == (2, "")
    for line in (1, 2):
        fault = f"dam.jsonl:{line}: statements[2].holder: must be an actor of dam, got 'lynd'."
        assert fault in done.err


def test_describe_counts_documents_statements_and_cells_of_each_split(standpoint, real):
    done = standpoint("data", "describe", "real", "--json")
    assert done.status == 0
    counts = json.loads(done.out)
    assert counts["issues"] == {"claim": 1, "policy": 1}
    assert counts["splits"]["dev"] == {
        "codebooks": 1,
        "documents": {"fakes": 1, "whitehouse": 1},
        "statements": {"favor": 8},
        "cells": {"must": 8},
    }
    text = standpoint("data", "describe", "real").out
    assert "dev: fakes 1, whitehouse 1; favor 8; must 8" in text
    assert "issues: claim 1, policy 1" in text


def test_a_judge_is_scored_on_its_own_statements(standpoint, real, tmp_path):
    folder = write_taught(tmp_path / "judge", topics=("river", "dam"))
    result = scored(standpoint("evaluate", str(folder), "--data", "real", "--json"))
    assert result["kind"] == "judge"
    # It knows "backs", but none of the other verbs; it is asked about both issues of the short text.
    statements = result["as_it_is"]["statements"]
    assert statements["recall"]["value"] == 0.5
    assert result["reader"]["sure"] != result["reader"]["wide"]
