import pytest

from tests.unit.standpoint.attribution.dam_debate import attributions


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Oslo Agency quoted Ana Kovac as saying that it rains.", id="quoted"),
        pytest.param("The Oslo Agency cited Ana Kovac as saying it rains.", id="cited"),
        pytest.param(
            "Ana Kovac was quoted as saying by the Oslo Agency that it rains.", id="passive"
        ),
        pytest.param(
            "Ana Kovac, quoted by the Oslo Agency as saying that it rains, left.", id="aside"
        ),
        pytest.param(
            "“It rains,” the Oslo Agency quoted Ana Kovac as saying.", id="behind a quote"
        ),
    ],
)
def test_a_quote_belongs_to_the_speaker_and_not_to_the_agency_that_relays_it(text):
    extracted = attributions(text)
    assert extracted
    assert {(a.source.actor, a.reporter) for a in extracted} == {("kovac", "oslo")}
    assert all("rains" in a.content.of(text) for a in extracted)


def test_quoting_without_as_saying_relays_nothing():
    assert attributions("The Oslo Agency quoted Ana Kovac at length.") == []
