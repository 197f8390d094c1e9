import pytest

from tests.unit.standpoint.attribution.dam_debate import said


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("It rained on the Mora dam, which Ana Kovac opposes.", "Mora dam, which"),
        ("The new dam that Ana Kovac rejects is old.", "The new dam that"),
        ("The minister whom Ana Kovac blames came late.", "The minister whom"),
    ],
)
def test_the_object_of_a_relative_clause_is_what_is_said(text, content):
    assert any(source == "kovac" and content in words for source, words in said(text))


def test_that_behind_a_verb_is_no_relative_pronoun():
    assert said("Lee said that Ana Kovac agrees.")[-1] != ("kovac", "said that")
