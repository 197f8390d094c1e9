import pytest

from tests.unit.standpoint.coreference.test_nominals import actor, book, read

PERU = book(
    actor("opposition", "group", "the Peruvian opposition"),
    actor("regime", "organisation", "the Fujimori government", "the Peruvian regime"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Talks began in Peru. The opposition said no.",
            [("opposition", "The opposition")],
            id="in news of its country",
        ),
        pytest.param(
            "Peru's opposition said no.", [("opposition", "opposition")], id="by its country"
        ),
        pytest.param(
            "Perus opposition said no.", [("opposition", "opposition")], id="a lost apostrophe"
        ),
        pytest.param(
            "It rained in Lima, Peru. Reports that opposition groups left came late.",
            [("opposition", "opposition")],
            id="before another noun",
        ),
        pytest.param("Talks began in Chile. The opposition said no.", [], id="of another country"),
        pytest.param("Peru met the opposition to the dam.", [], id="an act"),
        pytest.param("Peru met. The Chilean opposition said no.", [], id="another side"),
    ],
)
def test_a_side_is_known_without_its_full_name_where_its_country_is_named(text, expected):
    assert read(text, PERU) == expected
