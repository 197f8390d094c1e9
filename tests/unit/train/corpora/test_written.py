"""Documents written for training: their texts and annotations are checked together."""

import json

import pytest

from standpoint.errors import CorpusError
from train.articles import Reader
from train.corpora import load_written

CODEBOOK = """
name  = "dam"
title = "The dam"

[[actors]]
id   = "okafor"
name = "Ada Okafor"
kind = "person"

[[issues]]
id      = "built"
name    = "The dam is built"
favor   = "It is built."
against = "It is not built."
"""
TEXT = "A statement.\n\nI shall never sign it. The river is ours."


def row(id="w-1", **changes):
    start = TEXT.index("I shall")
    evidence = {"start": start, "end": start + 22, "quote": "I shall never"}
    statement = {
        "holder": "okafor", "issue": "built", "stance": "against", "evidence": evidence,
        "attribution": "voice", "reporter": None, "reference": "meant",
    }  # fmt: skip
    return {
        "id": id, "title": "", "date": None, "kind": "statement", "author": "okafor",
        "text": TEXT, "statements": [{**statement, **changes.pop("statement", {})}], **changes,
    }  # fmt: skip


@pytest.fixture
def load(tmp_path):
    def write_and_load(*rows):
        (tmp_path / "dam.toml").write_text(CODEBOOK)
        (tmp_path / "dam.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        return load_written(tmp_path, codebooks=tmp_path)

    return write_and_load


def test_a_document_is_annotated_to_its_end_and_is_of_no_split_that_is_scored(load):
    (document,) = load(row())
    assert (document.id, document.split, document.cells) == ("written/w-1", "written", ())
    assert document.annotated.of(document.text) == document.text == TEXT
    assert document.author == "Ada Okafor"


def test_the_sentences_of_an_author_are_read_as_the_authors_own(load):
    own, unsigned = load(row(), row("w-2", author=None))
    reader = Reader()
    voices = [reader.read(d, lambda article: ()).article.voices for d in (own, unsigned)]
    assert all(voice.actors == ("okafor",) for voice in voices[0].values() if voice.actors)
    assert any(voice.actors for voice in voices[0].values())
    assert not any(voice.actors for voice in voices[1].values())


def test_a_folder_that_is_not_there_has_no_documents(tmp_path):
    assert load_written(tmp_path / "none", codebooks=tmp_path) == ()


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([row(author="nobody")], "dam.jsonl:1: author must be an actor of dam, got 'nobody'."),
        ([row(), row()], "id must be new"),
        (
            [row(statement={"holder": "nobody"})],
            "dam.jsonl:1: statements[0].holder: must be an actor of",
        ),
        (
            [row(text=TEXT.replace("never", "gladly"))],
            "statements[0].evidence: must begin with 'I shall never', got 'I shall gladly",
        ),
        ([row(text="")], "text"),
    ],
)
def test_every_fault_is_told_with_its_line(load, rows, fault):
    with pytest.raises(CorpusError) as error:
        load(*rows)
    assert fault in str(error.value)
