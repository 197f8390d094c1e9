"""The measure on the real documents themselves, where the public data sets are here."""

import numpy as np
import pytest

from standpoint.labeling import DEFAULT_POOLING, Floors, read_pairs
from train.articles.error_stages import STAGES
from train.articles.real.reader_scores import score_reader
from train.articles.real.reading import Reader
from train.articles.real.scores import JudgedDocument, score_real
from train.articles.real.stages import find_stages
from train.corpora.real.annotations import load_real_annotations
from train.corpora.real.documents import load_real_documents

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("real")]


@pytest.fixture(scope="module")
def loaded(root, data_folder):
    annotations = load_real_annotations(
        root / "seeds" / "real", codebooks=root / "configs" / "codebooks" / "real", split="dev"
    )
    loaded = load_real_documents(annotations, data=data_folder)
    if not loaded.documents:
        pytest.skip("STANDPOINT_DATA has none of the texts of the real documents")
    return loaded


@pytest.fixture(scope="module")
def reads(loaded):
    reader = Reader()
    return [reader.read(document, read_pairs) for document in loaded.documents]


def test_nearly_every_gold_sentence_is_a_sentence_of_the_reader(reads):
    located = [bool(statement.sentences) for read in reads for statement in read.statements]
    assert np.mean(located) > 0.99


def test_the_reader_is_scored_on_every_gold_statement(loaded, reads):
    scores = score_reader(reads, issue_kinds=loaded.issue_kinds)
    assert scores.recall.n == sum(len(document.statements) for document in loaded.documents)
    assert scores.recall.value > 0
    n_missed = sum(scores.misses.values())
    assert scores.recall.value == pytest.approx(1 - n_missed / scores.recall.n)
    for values in scores.by_facet.values():
        assert sum(own["recall"].n for own in values.values()) == scores.recall.n


def test_with_every_stage_replaced_by_gold_the_table_is_right(loaded, reads):
    judged = [
        JudgedDocument(staged, np.full((len(staged.candidates), 3), 1 / 3, np.float32))
        for staged in map(find_stages, reads)
    ]
    scores = score_real(
        judged,
        issue_kinds=loaded.issue_kinds,
        pooling=DEFAULT_POOLING,
        floors=Floors(0.4, 0.4),
        oracle=STAGES,
    )
    assert scores.parts["table"].f1_all.value == 1
    assert scores.parts["statements"].precision.value == 1
    assert scores.parts["statements"].recall.value > 0.99
