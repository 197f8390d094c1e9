import pytest

from tests.unit.standpoint.attribution.dam_debate import said


@pytest.mark.parametrize(
    "text",
    [
        "Ana Kovac's criticism of the dam is old.",
        "Ana Kovac voiced concern about the dam.",
        "Ana Kovac launched a harsh new attack on the dam.",
        "Criticism from Ana Kovac of the dam is old.",
        "Claims by Ana Kovac about the dam are old.",
    ],
)
def test_a_noun_attributes_to_its_possessor_its_verb_s_subject_or_its_agent(text):
    ((source, content),) = said(text)
    assert source == "kovac"
    assert "the dam" in content


def test_a_noun_without_anybody_beside_it_attributes_nothing():
    assert said("Criticism of the dam is old.") == []
