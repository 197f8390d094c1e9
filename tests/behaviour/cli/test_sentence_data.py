"""``standpoint data`` on annotated sentences of public data sets."""

import json
import shutil

import pytest


@pytest.fixture
def sentences(house, root):
    """The project's own codebooks and annotations, in the project of the test."""
    for folder in ("seeds/news-sentences", "configs/codebooks/news-sentences",
                   "configs/codebooks/coal-debate"):  # fmt: skip
        shutil.copytree(root / folder, house.root / folder)
    return house.root / "seeds" / "news-sentences"


@pytest.fixture
def coal(tmp_path, monkeypatch):
    """A folder of public data with three sentences of the coal debate."""
    folder = tmp_path / "data" / "coal_debate"
    folder.mkdir(parents=True)
    row = {"speech": "1", "before": "", "text": "It must end.", "after": ""}
    rows = [{**row, "sentence": str(n), "codes": [n - 1]} for n in range(3)]
    (folder / "sentences.jsonl").write_text("\n".join(map(json.dumps, rows)))
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "data"))
    return folder


def test_annotations_are_checked_without_their_sentences(standpoint, sentences):
    done = standpoint("data", "check", "news-sentences")
    assert done.status == 0
    assert " annotations fit their " in done.out
    assert "no text was checked" in done.out


def test_sentences_that_are_not_here_are_named_with_the_command_that_gets_them(
    standpoint, sentences, coal
):
    done = standpoint("data", "check", "news-sentences")
    assert done.status == 0
    assert "Get it with `standpoint data get newsmtsc`." in done.out


def test_annotations_are_counted(standpoint, sentences):
    counts = json.loads(standpoint("data", "describe", "news-sentences", "--json").out)
    assert counts["annotations"]["sentences"] >= counts["sentences"] > 1_000
    report = standpoint("data", "describe", "news-sentences").out
    assert "annotations Apache-2.0, texts MIT (NewsMTSC)" in report


def test_a_broken_annotation_is_refused_with_its_line(standpoint, sentences):
    file = min(sentences.glob("*.jsonl"))
    row = {"id": "a", "sha256": "0" * 64, "statements": {"nothing": {"nobody": "favor"}}}
    file.write_text(json.dumps(row))
    done = standpoint("data", "check", "news-sentences")
    assert (done.status, done.out) == (2, "")
    assert f"{file.name}:1: statements.nothing: holder: must be an actor of" in done.err


def test_the_debate_is_counted_by_side(standpoint, sentences, coal):
    done = standpoint("data", "describe", "coal_debate", "--json")
    sides = {"favor": 1, "against": 1, "neither": 1}
    assert json.loads(done.out) == {"corpus": "coal_debate", "sentences": sides}
    report = standpoint("data", "check", "coal_debate").out
    assert report.startswith("coal_debate, stance on the subsidies: favor 1, against 1, neither 1.")


def test_a_debate_that_is_not_here_is_refused_with_the_way_to_get_it(standpoint, sentences, coal):
    (coal / "sentences.jsonl").unlink()
    done = standpoint("data", "check", "coal_debate")
    assert done.status == 2
    assert "`standpoint data get coal_debate` says where to get it." in done.err


def test_no_pairs_are_scored_on_sentences(standpoint):
    done = standpoint("evaluate", "--data", "coal_debate")
    assert done.status == 2
    assert "--data: must be one of behaviour, seeds-articles" in done.err


@pytest.fixture
def written(house, root):
    """The project's written documents, in the project of the test."""
    for folder in ("seeds/written", "configs/codebooks/written"):
        shutil.copytree(root / folder, house.root / folder)
    return house.root / "seeds" / "written"


def test_written_documents_are_checked_and_counted(standpoint, written):
    assert " documents fit their " in standpoint("data", "check", "written").out
    counts = json.loads(standpoint("data", "describe", "written", "--json").out)
    assert counts["documents"] == sum(counts["kinds"].values()) > 100
    assert min(counts[stance] for stance in ("favor", "against", "none")) > 300
    assert f"{counts['documents']:,}" in standpoint("data", "describe", "written").out


def test_a_broken_written_document_is_refused_with_its_line(standpoint, written):
    file = min(written.glob("*.jsonl"))
    file.write_text(file.read_text("utf-8").replace('"stance": "', '"stance": "un', 1), "utf-8")
    done = standpoint("data", "check", "written")
    assert (done.status, done.out) == (2, "")
    assert f"{file.name}:1: statements" in done.err
