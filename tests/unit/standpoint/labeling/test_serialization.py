"""The JSON of a labelled article."""

from dataclasses import replace
from pathlib import Path

import pytest

from standpoint.labeling.answer_schema import LabelledArticle
from standpoint.labeling.serialization import answer, versions
from standpoint.model.explanations import Explanation, Weight
from standpoint.model.registry import Champion, Champions, Served
from tests.unit.standpoint.labeling.test_aggregation import labelled, words_model

CHAMPIONS = Champions(Champion(words_model(), Served("champion", Path("3"), 3)), None, None)
TEXT = "Ana Kovac backs the Mora dam."


def with_first(result, **changes):
    first, *rest = result.statements
    return replace(result, statements=(replace(first, **changes), *rest))


def test_an_answer_is_of_its_schema_and_says_who_labelled():
    found = answer(labelled(TEXT), CHAMPIONS)
    assert LabelledArticle.model_validate_json(LabelledArticle(**found).model_dump_json())
    assert (
        found["model"]
        == versions(CHAMPIONS)
        == {
            "stance": {"name": "champion", "version": 3, "run_id": words_model().manifest.run_id},
            "sentiment": None,
        }
    )


def test_what_decided_a_statement_is_left_out_unless_it_was_asked_for():
    result = labelled(TEXT)
    assert "decided_by" not in answer(result, CHAMPIONS)["statements"][0]
    why = Explanation((Weight("bias", 0.123456),), (Weight("backs", 1.0),), (Weight("dam", 2.0),))
    statement = answer(with_first(result, explanation=why), CHAMPIONS)["statements"][0]
    assert statement["decided_by"] == {
        "parts": [{"name": "bias", "weight": 0.1235}],
        "terms": [{"term": "dam", "weight": 2.0}],
        "ngrams": [{"term": "backs", "weight": 1.0}],
    }


@pytest.mark.parametrize(
    ("probability", "shown"), [(1.0000001, 1.0), (0.123456, 0.1235), (-1e-9, 0.0)]
)
def test_numbers_have_four_decimals_and_stay_probabilities(probability, shown):
    probabilities = {"favor": probability, "against": 0.0, "none": 0.0}
    result = with_first(labelled(TEXT), probabilities=probabilities)
    found = answer(result, CHAMPIONS)
    assert found["statements"][0]["probabilities"]["favor"] == shown
    assert all(row["confidence"] == round(row["confidence"], 4) for row in found["stances"])
