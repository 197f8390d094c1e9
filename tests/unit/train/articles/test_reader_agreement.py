"""Agreement of two readers of real documents, by rows whose alpha is known."""

import pytest

from train.articles.real.reader_agreement import (
    NOT_ANNOTATED,
    cell_values,
    reader_agreement,
    statement_values,
)
from train.corpora.real.annotations import AnnotatedRow


def row(*statements):
    """A row of statements ``(start, stance)`` or ``(start, stance, holder)`` of ten characters."""
    rows = [
        {
            "holder": (*holder, "a")[0],
            "issue": "i",
            "stance": stance,
            "evidence": {"start": start, "end": start + 10, "quote": "A"},
            "attribution": "act",
            "reporter": None,
            "reference": "named",
        }
        for start, stance, *holder in statements
    ]
    cells = {(s["holder"], s["stance"]) for s in rows if s["stance"] != "none"}
    return AnnotatedRow.model_validate(
        {
            "document": "fakes/1",
            "sha256": "0" * 64,
            "kind": "news",
            "cells": [
                {"actor": actor, "issue": "i", "stance": stance, "strength": "must"}
                for actor, stance in sorted(cells)
            ],
            "statements": rows,
        }
    )


def test_readers_who_agree_have_an_alpha_of_one():
    same = row((0, "favor"), (20, "against"), (40, "none"))
    result = reader_agreement([(same, same), (same, same)])
    assert (result.documents, result.statements.n, result.cells.n) == (2, 6, 2)
    assert result.statements.value == result.statements_strict.value == 1
    assert result.statements.ci95 == (1, 1)


def test_alpha_is_krippendorffs():
    # Observed disagreement 2 of 6 values; expected (3 * 3) * 2 of 6 * 5: 1 - (2/6) / (18/30).
    first = row((0, "favor"), (20, "against"), (40, "favor"))
    second = row((0, "favor"), (20, "against"), (40, "against"))
    assert reader_agreement([(first, second)]).statements.value == pytest.approx(4 / 9)


def test_a_unit_of_one_reader_counts_only_where_not_annotated_is_a_value():
    result = reader_agreement([(row((0, "favor"), (20, "against")), row((0, "favor")))])
    assert (result.statements.n, result.statements_strict.n) == (1, 2)
    assert result.statements.value is None
    assert result.statements_strict.value < 1


VALUES = [
    pytest.param(row((0, "favor")), row((4, "favor")), ["favor", "favor"], id="cut otherwise"),
    pytest.param(row((0, "none")), row((0, "against")), ["none", "against"], id="none, a side"),
    pytest.param(
        row((0, "favor"), (0, "against")), row((0, "favor"), (0, "none")), ["both", "favor"],
        id="both sides, and a side beside none",
    ),
    pytest.param(row((0, "favor")), row(), ["favor", NOT_ANNOTATED], id="of one reader"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "values"), VALUES)
def test_a_unit_has_the_value_of_each_reader(first, second, values):
    assert [list(pair) for pair in statement_values(first, second)] == [values]


def test_sentences_that_share_less_than_half_are_units_of_their_own():
    assert len(statement_values(row((0, "favor")), row((6, "favor")))) == 2


def test_holders_are_units_of_their_own():
    first, second = row((0, "favor", "a")), row((0, "favor", "b"))
    assert len(statement_values(first, second)) == 2
    assert sorted(cell_values(first, second)) == [
        ("favor", NOT_ANNOTATED),
        (NOT_ANNOTATED, "favor"),
    ]
