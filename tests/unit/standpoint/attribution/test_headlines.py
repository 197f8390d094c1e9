import pytest

from tests.unit.standpoint.attribution.dam_debate import attributions, said


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
