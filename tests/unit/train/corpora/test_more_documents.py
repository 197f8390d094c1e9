"""Real documents for training alone: loaded with the part that was read; none is scored."""

import hashlib
import json

import pytest

from standpoint.errors import CorpusError
from train.corpora.real import (
    count_real,
    ids_sharing_text,
    load_more_annotations,
    load_real_annotations,
    load_real_documents,
)

CODEBOOK = """
name  = "dam"
title = "The dam"

[[actors]]
id   = "ruritania"
name = "Ruritania"
kind = "state"

[[issues]]
id      = "built"
name    = "The dam is built"
favor   = "It is built."
against = "It is not built."
"""
TEXT = "Ruritania backs the dam. Nobody has read on from here."
SENTENCE_END = TEXT.index(" Nobody")


def row(document="fakes/7", end=SENTENCE_END, **changes):
    evidence = {"start": 0, "end": end, "quote": "Ruritania backs"}
    statement = {
        "holder": "ruritania", "issue": "built", "stance": "favor", "evidence": evidence,
        "attribution": "narrator", "reporter": None, "reference": "named",
    }  # fmt: skip
    return {
        "document": document, "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "kind": "news",
        "cells": [], "statements": [statement], **changes,
    }  # fmt: skip


@pytest.fixture
def load(tmp_path):
    """Write annotations and the text, and load the documents."""

    def write_and_load(*rows, published=(), codebooks_of_all=("dam",)):
        folder, codebooks, data = (tmp_path / name for name in ("more", "codebooks", "data"))
        for made in (folder, codebooks, data / "fakes"):
            made.mkdir(parents=True, exist_ok=True)
        for name in codebooks_of_all:
            (codebooks / f"{name}.toml").write_text(CODEBOOK.replace('"dam"', f'"{name}"'))
            lines = "".join(f"{json.dumps(row)}\n" for row in rows)
            (folder / f"{name}.jsonl").write_text(lines)
        (data / "fakes" / "articles.jsonl").write_text(json.dumps({"id": 7, "text": TEXT}))
        annotations = load_more_annotations(folder, codebooks=codebooks, published=published)
        return load_real_documents(annotations, data=data)

    return write_and_load


def test_a_document_is_of_the_split_more_and_is_annotated_to_its_end(load):
    (document,) = load(row()).documents
    assert (document.split, document.cells) == ("more", ())
    assert document.annotated.of(TEXT) == TEXT


def test_what_follows_the_last_sentence_read_is_not_annotated(load):
    (document,) = load(row(until=SENTENCE_END)).documents
    assert document.annotated.of(document.text) == "Ruritania backs the dam."


def test_a_document_may_be_annotated_again_under_another_codebook(load):
    documents = load(row(), codebooks_of_all=("dam", "dam-2")).documents
    assert {d.codebook.name for d in documents} == {"dam", "dam-2"}


FAULTS = [
    pytest.param(
        [row(until=10)],
        "dam.jsonl:1: statements[0].evidence: must end at 10 or before, where the annotation ends",
        id="a statement behind the end",
    ),
    pytest.param(
        [row(until=1_000)],
        "dam.jsonl:1: until must be in the text of 54 characters, got 1,000.",
        id="an end behind the text",
    ),
    pytest.param(
        [row(until=0)],
        "dam.jsonl:1: until: input should be greater than 0, got 0.",
        id="an end at the beginning",
    ),
    pytest.param(
        [row(), row()],
        "dam.jsonl:2: document must be new under dam, got 'fakes/7', which is at dam.jsonl:1 too.",
        id="a document twice",
    ),
]


@pytest.mark.parametrize(("rows", "message"), FAULTS)
def test_a_fault_is_told_with_its_file_and_line(load, rows, message):
    with pytest.raises(CorpusError) as refusal:
        load(*rows)
    assert message in str(refusal.value)


def test_a_document_that_is_scored_is_refused(load):
    with pytest.raises(CorpusError, match="document must be none of train, dev and test"):
        load(row(), published={"fakes/7"})


def test_without_a_folder_there_are_no_more_documents(tmp_path):
    annotations = load_more_annotations(tmp_path / "more", codebooks=tmp_path)
    assert annotations.rows == ()


@pytest.fixture(scope="module")
def published(root):
    codebooks = root / "configs" / "codebooks" / "real"
    return load_real_annotations(root / "seeds" / "real", codebooks=codebooks)


@pytest.fixture(scope="module")
def more(root, published):
    """The project's own; that they load is most of what there is to test."""
    return load_more_annotations(
        root / "seeds" / "real" / "more",
        codebooks=root / "configs" / "codebooks" / "real" / "more",
        published={placed.row.document for placed in published.rows},
    )


def test_the_published_splits_are_as_they_were(published):
    counts = count_real(published)
    assert {split: sum(own.documents.values()) for split, own in counts.items()} == {
        "train": 168, "dev": 103, "test": 129,
    }  # fmt: skip


def test_more_documents_are_of_sources_that_anyone_may_use(more):
    assert {placed.row.document.split("/")[0] for placed in more.rows} <= {"fakes", "whitehouse"}
    assert not any(placed.row.cells for placed in more.rows)
    quotes = [s.evidence.quote for placed in more.rows for s in placed.row.statements]
    assert max(len(quote.split()) for quote in quotes) <= 12


@pytest.mark.slow
def test_more_documents_share_little_text_with_dev_and_test(more, published, data_folder):
    documents = load_real_documents(more, data=data_folder).documents
    real = load_real_documents(published, data=data_folder).documents
    scored = [document.text for document in real if document.split != "train"]
    assert documents and scored
    texts = {document.id: document.text for document in documents}
    assert ids_sharing_text(texts, scored) == frozenset()
