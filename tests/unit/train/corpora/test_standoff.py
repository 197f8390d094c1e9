"""Stand-off annotations: files named after codebooks, ids that are new, texts known by digest."""

import hashlib
import json
from pathlib import Path

import pytest

from train.config import Strict
from train.corpora.standoff.digests import digest_fault
from train.corpora.standoff.rows import read_folder, repeated_by_codebook

CODEBOOK = """
name = "{name}"
title = "The dam"
actors = [{{ id = "ruritania", name = "Ruritania", kind = "state" }}]
issues = [{{ id = "built", name = "The dam", favor = "Built.", against = "Not built." }}]
"""


class Remark(Strict):
    id: str
    words: str


@pytest.fixture
def read(tmp_path):
    """Write files of rows with a codebook for each, and read them."""

    def write_and_read(files, *, without=()):
        for name, rows in files.items():
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (tmp_path / f"{name}.jsonl").write_text(lines, "utf-8")
            if name not in without:
                (tmp_path / f"{name}.toml").write_text(CODEBOOK.format(name=name), "utf-8")
        faults = []
        books, rows = read_folder(tmp_path, Remark, codebooks=tmp_path, faults=faults)
        return books, rows, faults

    return write_and_read


def remark(id, words="a"):
    return {"id": id, "words": words}


def test_each_row_has_the_codebook_that_its_file_is_named_after(read):
    books, rows, faults = read({"dam": [remark("1"), remark("2")], "levee": [remark("1")]})
    assert (sorted(books), faults) == (["dam", "levee"], [])
    assert [(p.codebook, p.row.id, p.where) for p in rows] == [
        ("dam", "1", "dam.jsonl:1"), ("dam", "2", "dam.jsonl:2"), ("levee", "1", "levee.jsonl:1"),
    ]  # fmt: skip


def test_rows_without_a_codebook_are_one_fault(read):
    books, rows, faults = read({"dam": [remark("1"), remark("2")]}, without=("dam",))
    assert (books, rows, len(faults)) == ({}, [], 1)
    assert "dam.toml" in faults[0]


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_only_a_line_feed_ends_a_row(read, character):
    words = f"one{character}two"
    _, rows, faults = read({"dam": [remark("1", words)]})
    assert (faults, [placed.row.words for placed in rows]) == ([], [words])


def test_an_id_is_new_under_its_codebook_alone(read):
    _, rows, _ = read({"dam": [remark("1"), remark("1")], "levee": [remark("1")]})
    assert list(repeated_by_codebook(rows, field="id")) == [
        "dam.jsonl:2: id must be new under dam, got '1', which is at dam.jsonl:1 too."
    ]


def test_a_text_of_another_digest_is_refused():
    expected = hashlib.sha256(b"Ruritania").hexdigest()
    assert digest_fault("Ruritania", expected, what="the text", place=Path("a")) is None
    fault = digest_fault("Rurania", expected, what="the text of 1", place=Path("a"))
    assert fault.startswith(f"the text of 1 must have the sha256 {expected[:12]}…, got ")
    assert fault.endswith("… in a. Get the version that was annotated.")
