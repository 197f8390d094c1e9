import pytest

from tests.unit.standpoint.attribution.dam_debate import attributions, said


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The said dam stands.", id="adjective"),
        pytest.param("Its claims stand.", id="noun behind a possessive pronoun"),
        pytest.param("Ana Kovac's claims stand.", id="noun behind a possessive"),
        pytest.param("An argued-over dam stands.", id="part of a compound"),
        pytest.param("“Peter Brandt said no.”", id="within a quotation"),
    ],
)
def test_a_word_that_only_looks_like_a_verb_of_saying_attributes_nothing(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Foreign claims on the dam stand.", id="noun behind an adjective"),
        pytest.param("The talks ended in reports of rain.", id="noun behind a preposition"),
        pytest.param("Two main questions: rain and snow.", id="noun before a colon"),
        pytest.param("After the Oslo attacks, it rained.", id="noun behind a name"),
        pytest.param("She came to discuss the dam.", id="what for"),
    ],
)
def test_a_noun_or_an_aim_attributes_nothing(text):
    assert said(text) == []


def test_what_somebody_wants_to_see_is_wanted_and_not_seen():
    cues = [a.cue for a in attributions("Valdia wants to see Ana Kovac at the table.")]
    assert cues == ["wants"]
