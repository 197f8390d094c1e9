import pytest

from tests.unit.standpoint.attribution.dam_debate import said


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param("Ana Kovac said it rains; the dam holds.", "it rains", id="semicolon"),
        pytest.param("Ana Kovac said it rains, but the dam holds.", "it rains", id="but"),
        pytest.param("Ana Kovac said it rains, while the dam holds.", "it rains", id="while"),
        pytest.param("Ana Kovac said it rains — the dam holds.", "it rains", id="dash"),
    ],
)
def test_indirect_speech_ends_where_the_clause_breaks(text, content):
    assert said(text)[0] == ("kovac", content)


def test_two_clauses_have_two_speakers():
    assert said("Ana Kovac said it rains, but Peter Brandt rejected the dam.") == [
        ("kovac", "it rains"),
        ("brandt", "the dam."),
    ]


def test_speech_about_speech_is_nested():
    assert said("Ana Kovac said Peter Brandt opposes the dam.") == [
        ("kovac", "Peter Brandt opposes the dam."),
        ("brandt", "the dam."),
    ]
