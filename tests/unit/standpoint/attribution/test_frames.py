import pytest

from tests.unit.standpoint.attribution.dam_debate import attributions


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("She said it rains.", None, id="pronoun"),
        pytest.param("They met a farmer who said it rains.", "a farmer", id="relative"),
        pytest.param("An aide said it rains.", "An aide", id="words"),
        pytest.param("Ana Kovac said it rains.", "kovac", id="actor"),
    ],
)
def test_a_source_is_named_where_its_words_stand_for_it(text, name):
    assert attributions(text)[0].source.name == name
