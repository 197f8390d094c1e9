"""Real documents are loaded from annotations and texts; every fault has its file and line."""

import hashlib
import json

import pytest

from standpoint.errors import CorpusError
from train.corpora.real.annotations import load_real_annotations
from train.corpora.real.documents import load_real_documents

CODEBOOK = """
name  = "dam"
title = "The dam on the Drin"

[[actors]]
id   = "ruritania"
name = "Ruritania"
kind = "state"

[[issues]]
id      = "river-dam"
name    = "The river dam"
favor   = "It is built."
against = "It is not built."
cues    = ["river dam"]
"""
TEXT = "A headline\n\nRuritania backs the river dam."
CONLLU = (
    "# newpar\n# text = A headline\n1\tA\n\n# newpar\n# text = Ruritania backs the river dam.\n"
)


def row(document="fakes/7", text=TEXT, **changes):
    """An annotated document with one statement, some of whose fields are changed."""
    start = text.index("Ruritania")
    statement = {
        "holder": "ruritania", "issue": "river-dam", "stance": "favor",
        "evidence": {"start": start, "end": len(text), "quote": "Ruritania backs"},
        "attribution": "act", "reporter": None, "reference": "named",
    }  # fmt: skip
    cell = {"actor": "ruritania", "issue": "river-dam", "stance": "favor", "strength": "must"}
    cells = [{**cell, **changes.pop("cell", {})}]
    statements = [{**statement, **changes.pop("statement", {})}]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return {
        "document": document, "sha256": sha256, "kind": "news", "cells": cells,
        "statements": statements, **changes,
    }  # fmt: skip


@pytest.fixture
def load(tmp_path):
    """Write annotations and texts, and load the documents."""

    def write_and_load(
        *rows, splits='dev = ["dam"]', kinds='[dam]\npolicy = ["river-dam"]', texts=TEXT, split=None
    ):
        folder, codebooks, data = (tmp_path / name for name in ("real", "codebooks", "data"))
        for made in (folder, codebooks, data / "fakes", data / "gum_news" / "dep"):
            made.mkdir(parents=True, exist_ok=True)
        (codebooks / "dam.toml").write_text(CODEBOOK)
        (folder / "splits.toml").write_text(splits)
        (folder / "issues.toml").write_text(kinds)
        (folder / "dam.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        (data / "fakes" / "articles.jsonl").write_text(json.dumps({"id": 7, "text": texts}))
        (data / "gum_news" / "dep" / "GUM_news_dam.conllu").write_text(CONLLU)
        annotations = load_real_annotations(folder, codebooks=codebooks, split=split)
        return load_real_documents(annotations, data=data)

    return write_and_load


def test_a_document_has_its_text_its_codebook_and_its_split(load):
    (document,) = load(row()).documents
    assert document.text == TEXT
    assert (document.codebook.name, document.split, document.source) == ("dam", "dev", "fakes")
    assert document.form == "news"


def test_a_text_of_gum_is_its_sentences_with_two_line_ends_before_a_paragraph(load):
    (document,) = load(row("gum/GUM_news_dam")).documents
    assert document.text == TEXT


def test_what_is_no_news_is_speech(load):
    (document,) = load(row(kind="briefing")).documents
    assert document.form == "speech"


def test_a_source_that_is_not_there_is_left_out_with_the_command_that_gets_it(load):
    loaded = load(row(), row("reuters/1"), row("reuters/2"))
    assert [document.id for document in loaded.documents] == ["fakes/7"]
    (missing,) = map(str, loaded.missing)
    assert missing.startswith("reuters: 2 documents are left out, for ")
    assert missing.endswith("Get it with `standpoint data get reuters21578`.")


def test_another_split_is_not_read(load):
    splits = 'dev = []\ntest = ["dam"]'
    assert load("no row", splits=splits, split="dev").documents == ()


FAULTS = [
    pytest.param(
        {"rows": [row()], "texts": f"{TEXT} "},
        "dam.jsonl:1: the text of fakes/7 must have the sha256",
        id="another text",
    ),
    pytest.param(
        {"rows": [row("fakes/8")]},
        "dam.jsonl:1: document must be in fakes/articles.jsonl, got none with the id '8'.",
        id="a document that is missing",
    ),
    pytest.param(
        {"rows": [row("gum/GUM_news_flood")]},
        "dam.jsonl:1: document must be in gum_news/dep, got none with the id 'GUM_news_flood'.",
        id="a file that is missing",
    ),
    pytest.param(
        {"rows": [row("tweets/1")]},
        "dam.jsonl:1: document must begin with one of fakes, whitehouse, reuters, gum, got",
        id="an unknown source",
    ),
    pytest.param(
        {"rows": [row(), row()]},
        "dam.jsonl:2: document must be new, got 'fakes/7', which is at dam.jsonl:1 too.",
        id="a document twice",
    ),
    pytest.param(
        {"rows": [row(statement={"holder": "borduria"})]},
        "dam.jsonl:1: statements[0].holder: must be an actor of dam, got 'borduria'.",
        id="a holder that the codebook lacks",
    ),
    pytest.param(
        {"rows": [row(cell={"issue": "toll"})]},
        "dam.jsonl:1: cells[0].issue: must be an issue of dam, got 'toll'.",
        id="an issue that the codebook lacks",
    ),
    pytest.param(
        {"rows": [row(statement={"evidence": {"start": 0, "end": 9, "quote": "Ruritania"}})]},
        "dam.jsonl:1: statements[0].evidence: must begin with 'Ruritania', got 'A headlin' at its",
        id="wrong offsets",
    ),
    pytest.param(
        {"rows": [], "splits": 'train = []\ndev = [\n  "damm",\n]'},
        "splits.toml:3: must name a codebook, got 'damm' in dev. Did you mean 'dam'?",
        id="a split of an unknown codebook",
    ),
    pytest.param(
        {"rows": [], "splits": 'train = ["dam"]\ndev = ["dam"]'},
        "splits.toml:2: each codebook must be in one split, got 'dam' in train and dev.",
        id="a codebook in two splits",
    ),
    pytest.param(
        {"rows": []},
        "dam.jsonl: must annotate one document or more, got none.",
        id="an emptied file",
    ),
    pytest.param(
        {"rows": [row()], "splits": "dev = []"},
        "splits.toml: each annotated codebook must be in a split, got none for 'dam'",
        id="a file that is in no split",
    ),
    pytest.param(
        {"rows": [row(cell={"actor": "borduria"})]},
        "dam.jsonl:1: cells[0].actor: must be an actor of dam, got 'borduria'.",
        id="a cell's actor that the codebook lacks",
    ),
    pytest.param(
        {"rows": [], "split": "devel"},
        "--split: must be one of dev, got 'devel'.",
        id="an unknown split",
    ),
    pytest.param(
        {"rows": [], "kinds": "[dam]\nclaim = []"},
        "issues.toml:1: must list each issue of dam once, as claim or policy, got it otherwise for "
        "river-dam.",
        id="an issue of no kind",
    ),
]


@pytest.mark.parametrize(("files", "message"), FAULTS)
def test_a_fault_is_told_with_its_file_and_line(load, files, message):
    with pytest.raises(CorpusError) as refusal:
        load(*files["rows"], **{name: own for name, own in files.items() if name != "rows"})
    assert message in str(refusal.value)
