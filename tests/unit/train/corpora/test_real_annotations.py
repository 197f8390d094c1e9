"""The stand-off annotations of real documents fit their codebooks and their texts."""

import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from standpoint.codebook.parsing import load_codebook

ROOT = Path(__file__).resolve().parents[4]
FOLDER = ROOT / "seeds" / "real"
CODEBOOKS = ROOT / "configs" / "codebooks" / "real"
FILES = sorted(FOLDER.glob("*.jsonl"))
ALL_FILES = [*FILES, *sorted((FOLDER / "second").glob("*.jsonl"))]
MAX_QUOTE_WORDS = 12  # short enough to quote from any of the sources
JSON_LINES = {
    "fakes": "fakes/articles.jsonl",
    "whitehouse": "whitehouse/documents.jsonl",
    "reuters": "reuters21578/articles.jsonl",
}


def rows_of(file):
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def gum_text(file):
    """The sentences of a CoNLL-U file, with two line ends before a new paragraph."""
    text, new = "", False
    for line in file.read_text("utf-8").splitlines():
        new = new or line.startswith("# newpar")
        if line.startswith("# text = "):
            text += ("\n\n" if new else " ") * bool(text) + line.removeprefix("# text = ").strip()
            new = False
    return text


@pytest.fixture(scope="module")
def texts(data_folder):
    """Every text that is there, by document."""
    texts = {}
    for source, name in JSON_LINES.items():
        with (data_folder / name).open(encoding="utf-8") as lines:
            rows = map(json.loads, lines)
            texts |= {f"{source}/{row['id']}": row["text"] for row in rows}
    for file in (data_folder / "gum_news" / "dep").glob("*.conllu"):
        texts[f"gum/{file.stem}"] = gum_text(file)
    return texts


@pytest.mark.parametrize("file", ALL_FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_annotations_name_actors_and_issues_of_their_codebook(file):
    codebook = load_codebook(CODEBOOKS / f"{file.stem}.toml")
    actors = {actor.id for actor in codebook.actors}
    issues = {issue.id for issue in codebook.issues}
    for row in rows_of(file):
        assert {cell["actor"] for cell in row["cells"]} <= actors
        assert {statement["holder"] for statement in row["statements"]} <= actors
        assert {part["issue"] for part in row["cells"] + row["statements"]} <= issues


@pytest.mark.parametrize("file", ALL_FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_cell_rests_on_statements_and_a_side_makes_a_cell(file):
    for row in rows_of(file):
        cells = {(cell["actor"], cell["issue"], cell["stance"]) for cell in row["cells"]}
        sides = {
            (said["holder"], said["issue"], said["stance"])
            for said in row["statements"]
            if said["stance"] != "none"
        }
        assert cells == sides, row["document"]


def test_every_codebook_is_on_one_side_of_the_split_and_every_document_in_one_codebook():
    splits = tomllib.loads((FOLDER / "splits.toml").read_text("utf-8"))
    books = Counter(book for side in splits.values() for book in side)
    assert books == Counter(file.stem for file in FILES)
    documents = Counter(row["document"] for file in FILES for row in rows_of(file))
    assert set(documents.values()) == {1}


def test_every_codebook_has_annotations():
    assert {file.stem for file in CODEBOOKS.glob("*.toml")} == {file.stem for file in FILES}


def test_quotes_are_short():
    quotes = [
        statement["evidence"]["quote"]
        for file in ALL_FILES
        for row in rows_of(file)
        for statement in row["statements"]
    ]
    assert max(len(quote.split()) for quote in quotes) <= MAX_QUOTE_WORDS


@pytest.mark.parametrize("file", ALL_FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_annotations_point_into_the_texts_they_were_made_on(file, texts):
    for row in rows_of(file):
        text = texts[row["document"]]
        assert hashlib.sha256(text.encode()).hexdigest() == row["sha256"]
        for statement in row["statements"]:
            evidence = statement["evidence"]
            words = " ".join(text[evidence["start"] : evidence["end"]].split())
            assert words.startswith(evidence["quote"])
