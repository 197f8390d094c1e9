"""The texts of the grammar as a source of the judge."""

import pytest

from standpoint.mentions import MentionMatcher
from train.corpora import compose_texts
from train.judge.short_texts.short_text_units import short_text_units


@pytest.fixture(scope="module")
def units(root):
    texts = compose_texts(root / "seeds" / "grammar", count=240, seed=2)
    return [
        unit
        for text in texts
        for unit in short_text_units(text, matcher=MentionMatcher(text.codebook), source="grammar")
    ]


def test_nearly_all_holders_of_composed_texts_are_candidates(units):
    missed = sum(len(unit.missed) for unit in units)
    stances = [c.stance for unit in units for c in unit.candidates if c.stance != "not"]
    assert missed < 0.03 * len(stances)
    assert {"favor", "against", "none"} <= set(stances)


def test_actors_of_a_text_without_a_stance_are_candidates_too(units):
    concerned = [unit for unit in units if unit.is_concerned]
    assert any(c.stance == "not" for unit in concerned for c in unit.candidates)
    assert any(not unit.is_concerned for unit in units)
