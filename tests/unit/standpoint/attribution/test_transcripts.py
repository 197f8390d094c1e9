import pytest

from tests.unit.standpoint.attribution.dam_debate import attributions, said


def test_turns_of_a_transcript_belong_to_whose_name_opens_them():
    text = "KOVAC: It rains. It pours.\n\nBRANDT: It snows.\n\nKOVAC: No."
    assert said(text, "quote") == [
        ("kovac", "It rains. It pours."),
        ("brandt", "It snows."),
        ("kovac", "No."),
    ]


def test_turns_in_small_letters_are_known_by_names_that_come_back():
    text = "Dan Lee: It rains.\n\nRoe: It snows.\n\nDan Lee: No.\n\nRoe: Yes."
    assert [speaker for speaker, _ in said(text, "quote")] == ["Dan Lee", "Roe", "Dan Lee", "Roe"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Rain fell.\n\nOSLO: The dam leaks.", id="a dateline"),
        pytest.param("Place: Oslo\n\nPrice: 5\n\nTerms: none", id="a list"),
        pytest.param("Note: the dam leaks.", id="a note"),
    ],
)
def test_a_colon_alone_makes_no_speaker(text):
    assert attributions(text) == []


def test_a_headline_may_name_its_speaker():
    text = "Kovac: Dam is safe\n\nRain fell on the hills.\n\nThe river rose."
    assert said(text) == [("kovac", "Dam is safe")]
