"""The annotations of real documents fit their codebooks, their splits and their texts."""

import itertools
import json

import pytest

from train.corpora.catalog import data_folder
from train.corpora.io import read_json_rows
from train.corpora.real.annotations import AnnotatedRow, load_real_annotations
from train.corpora.real.documents import load_real_documents

MAX_QUOTE_WORDS = 12  # short enough to quote from any of the sources
MIN_CLAIMS = 1 / 3  # of the issues


@pytest.fixture(scope="module")
def annotations(root):
    """All annotations; that they load is most of what there is to test."""
    folder = root / "seeds" / "real"
    return load_real_annotations(folder, codebooks=root / "configs" / "codebooks" / "real")


@pytest.fixture(scope="module")
def second_rows(root):
    files = sorted((root / "seeds" / "real" / "second").glob("*.jsonl"))
    faults = []
    rows = [
        (file.stem, row)
        for file in files
        for _, row in read_json_rows(file, AnnotatedRow, name=file.name, faults=faults)
    ]
    assert faults == []
    return rows


def test_every_codebook_is_in_a_split(annotations, root):
    files = {file.stem for file in (root / "configs" / "codebooks" / "real").glob("*.toml")}
    assert set(itertools.chain(*annotations.splits.values())) == files
    assert {placed.codebook for placed in annotations.rows} == files


def test_a_cell_rests_on_statements_and_a_side_makes_a_cell(annotations, second_rows):
    for row in [*(placed.row for placed in annotations.rows), *(row for _, row in second_rows)]:
        cells = {(cell.actor, cell.issue, cell.stance) for cell in row.cells}
        sides = {(s.holder, s.issue, s.stance) for s in row.statements if s.stance != "none"}
        assert cells == sides, row.document


def test_the_second_reader_names_actors_and_issues_of_the_codebook(annotations, second_rows):
    for name, row in second_rows:
        codebook = annotations.codebooks[name]
        assert {s.holder for s in row.statements} <= {actor.id for actor in codebook.actors}
        assert {s.issue for s in row.statements} <= {issue.id for issue in codebook.issues}


def test_gold_is_what_was_settled(annotations, root):
    gold = {}
    for placed in annotations.rows:
        for said in placed.row.statements:
            key = (placed.row.document, said.holder, said.issue, said.evidence.start)
            gold.setdefault(key, []).append(said.model_dump())
    decisions = root / "seeds" / "real" / "settled" / "decisions.jsonl"
    for line in decisions.read_text("utf-8").splitlines():
        row = json.loads(line)
        own = gold.get((row["document"], row["holder"], row["issue"], row["start"]), [])
        settled = row["settled"]
        if settled is None:
            assert own == [], row
        else:
            assert any(settled.items() <= said.items() for said in own), row


def test_a_third_of_the_issues_are_claims(annotations):
    kinds = list(annotations.issue_kinds.values())
    assert len(kinds) == sum(len(book.issues) for book in annotations.codebooks.values())
    assert kinds.count("claim") >= MIN_CLAIMS * len(kinds)


def test_quotes_are_short(annotations, second_rows):
    rows = [*(placed.row for placed in annotations.rows), *(row for _, row in second_rows)]
    quotes = [statement.evidence.quote for row in rows for statement in row.statements]
    assert max(len(quote.split()) for quote in quotes) <= MAX_QUOTE_WORDS


@pytest.mark.slow
@pytest.mark.usefixtures("data_folder")
def test_annotations_point_into_the_texts_they_were_made_on(annotations):
    loaded = load_real_documents(annotations, data=data_folder())
    n_missing = sum(source.n_documents for source in loaded.missing)
    assert len(loaded.documents) + n_missing == len(annotations.rows)
    assert {document.split for document in loaded.documents} <= {"train", "dev", "test"}
