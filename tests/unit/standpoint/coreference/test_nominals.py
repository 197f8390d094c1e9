import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article


def actor(id, kind, name, *aliases, of=None):
    return {"id": id, "kind": kind, "name": name, "aliases": aliases, "member_of": of}


def book(*actors):
    issue = {"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["Mora dam"]}
    return MentionMatcher(
        parse_codebook(
            {"name": "dam", "title": "The dam", "actors": actors, "issues": [issue]}, where="test"
        )
    )


WORLD = book(
    actor("valdia", "state", "Valdia"),
    actor("iran", "state", "Iran"),
    actor("kovac", "person", "Ana Kovac", of="greens"),
    actor("brandt", "person", "Peter Brandt", of="valdia"),
    actor("albers", "person", "Henrike Albers", "the mayor of Mora"),
    actor("greens", "organisation", "the Green Party"),
    actor("consumers", "organisation", "the European Consumers' Federation"),
    actor("press", "organisation", "the Federation of Journalists"),
    actor("bank", "organisation", "the Bank of Valdia"),
    actor("lobby", "organisation", "the Dam Lobby"),
    actor("sanders", "person", "Tom Sanders", of="consumers"),
)


def read(text, lexicon=WORLD):
    """Actor and words of what is resolved by a title or a description."""
    mentions = AnnotatedArticle(read_article(text), lexicon).mentions
    return sorted((m.actor, m.span.of(text)) for m in mentions if m.how == "title")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The European Consumers' Federation met. On Monday the federation said no.",
            [("consumers", "the federation")],
            id="last word of the name",
        ),
        pytest.param(
            "The Federation of Journalists met. The federation said no.",
            [("press", "The federation")],
            id="word before of",
        ),
        pytest.param(
            "The Dam Lobby met. The Lobby said no.", [("lobby", "The Lobby")], id="written large"
        ),
        pytest.param(
            "The Bank of Valdia met. Economists at the bank said no.",
            [("bank", "the bank")],
            id="bank",
        ),
        pytest.param(
            "The Green Party met. The party’s board said no.",
            [("greens", "The party")],
            id="possessive",
        ),
        pytest.param(
            "The European Consumers' Federation met the Federation of Journalists. The consumers' "
            "federation said no.",
            [("consumers", "The consumers' federation")],
            id="a word of its name tells which of two",
        ),
        pytest.param(
            "Mayor Henrike Albers came. The mayor said no.", [("albers", "The mayor")], id="mayor"
        ),
        pytest.param(
            "Henrike Albers came. The mayor said no.",
            [("albers", "The mayor")],
            id="title of the codebook",
        ),
        pytest.param(
            "Ana Kovac, the energy minister, came. The minister said no.",
            [("kovac", "The minister")],
            id="title behind the name",
        ),
        pytest.param(
            "Minister Ana Kovac came. The government met in Mora, Valdia. The government said no.",
            [("valdia", "The government")],
            id="the only state",
        ),
    ],
)
def test_a_description_means_the_one_actor_introduced_that_fits(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The federation said no.", id="nobody introduced"),
        pytest.param(
            "The European Consumers' Federation met the Federation of Journalists. The federation "
            "said no.",
            id="two introduced",
        ),
        pytest.param(
            "The European Consumers' Federation met a teachers federation. The federation said no.",
            id="another of the kind",
        ),
        pytest.param(
            "The European Consumers' Federation met. The Federation of Bakers said no.",
            id="another name",
        ),
        pytest.param(
            "The Bank of Valdia met. The bank robbery was solved.", id="part of another noun"
        ),
        pytest.param("The Bank of Valdia met. The river bank gave way.", id="another bank"),
        pytest.param("The Green Party met. A party was held.", id="indefinite"),
        pytest.param("The Dam Lobby met. Fog lay in the lobby.", id="a room"),
        pytest.param("The Green Party met. The party-goers left.", id="compound"),
        pytest.param("Minister Ana Kovac came. A minister said no.", id="indefinite title"),
        pytest.param(
            "Minister Ana Kovac came. A minister from Ostland came too. The minister said no.",
            id="another minister",
        ),
        pytest.param(
            "Minister Ana Kovac met Minister Ivo Lang. The minister said no.",
            id="a minister of no codebook",
        ),
        pytest.param(
            "Energy Minister Ana Kovac came. The defence minister said no.", id="another office"
        ),
        pytest.param("Minister Ana Kovac came. The minister-president said no.", id="other title"),
        pytest.param("Valdia met France. The government said no.", id="another country named"),
        pytest.param("Valdia met Iran. The government said no.", id="two states"),
        pytest.param(
            "Minister Ana Kovac came. The minister of Ostland said no.", id="of another country"
        ),
        pytest.param("Minister Ana Kovac came. The only minister to refuse left.", id="only"),
        pytest.param("The chair was broken. The head of the table was free.", id="furniture"),
    ],
)
def test_a_description_that_is_not_plain_stays_unresolved(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ana Kovac said her party would win.", [("greens", "her party")], id="party"),
        pytest.param(
            "Peter Brandt came. His government said no.",
            [("valdia", "His government")],
            id="government",
        ),
        pytest.param("Peter Brandt said his party would win.", [], id="of a state, no party"),
        pytest.param("Ana Kovac said her house was cold.", [], id="no body"),
        pytest.param(
            "Ana Kovac and Peter Brandt said her party would win.",
            [("greens", "her party")],
            id="of two persons, the woman's",
        ),
    ],
)
def test_whose_body_is_meant_goes_by_the_person(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vice President Ana Kovac met Minister Ivo Lang. The Vice President left.", "kovac"),
        ("Vice President Ana Kovac met President Lang. The Vice President left.", "kovac"),
        ("Vice President Ana Kovac met President Tom Sanders. The president left.", "sanders"),
        ("President Peter Brandt met. The President of Valdia left.", "brandt"),
    ],
)
def test_a_deputy_is_told_from_the_holder_of_the_office(text, expected):
    assert [actor for actor, _ in read(text)] == [expected]


def test_its_leader_is_the_person_introduced_as_such():
    text = "Leader Tom Sanders came. The European Consumers' Federation met. Its leader said no."
    assert read(text) == [("sanders", "Its leader")]


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        pytest.param(
            "Minister Ana Kovac met Minister Peter Brandt. The two ministers said no.",
            "The two ministers",
            ["brandt", "kovac"],
            id="two ministers",
        ),
        pytest.param(
            "Valdia met Iran. Both governments said no.",
            "Both governments",
            ["iran", "valdia"],
            id="both governments",
        ),
        pytest.param(
            "Valdia met Iran. The two sides said no.",
            "The two sides",
            ["iran", "valdia"],
            id="sides",
        ),
        pytest.param(
            "Ana Kovac met Peter Brandt. The pair said no.",
            "The pair",
            ["brandt", "kovac"],
            id="pair",
        ),
    ],
)
def test_two_of_a_kind_in_the_sentence_before_are_both_meant(text, words, actors):
    assert read(text) == [(actor, words) for actor in actors]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Valdia left. Both governments said no.", id="one"),
        pytest.param("Ana Kovac met Peter Brandt and Tom Sanders. The pair said no.", id="three"),
        pytest.param(
            "Valdia met Iran. Rain fell. Both governments said no.", id="a sentence between"
        ),
        pytest.param(
            "A minister came. Ana Kovac met Peter Brandt. The two ministers said no.",
            id="another minister",
        ),
        pytest.param("Valdia met Ana Kovac. Both governments said no.", id="of different kinds"),
        pytest.param(
            "Fighting went on in Iran. Valdia said no. The two sides met.", id="one a place"
        ),
    ],
)
def test_two_that_are_not_plain_stay_unresolved(text):
    assert read(text) == []


def test_what_two_say_together_is_said_by_each():
    text = "Valdia met Iran. Both governments said the Mora dam was needed."
    pairs = read_pairs(AnnotatedArticle(read_article(text), WORLD))
    assert {(pair.holder, pair.kind, pair.reporter) for pair in pairs} == {
        ("iran", "paraphrase", None),
        ("valdia", "paraphrase", None),
    }


def test_a_noun_before_another_noun_and_one_in_a_headline_are_no_other_body():
    text = "The Green Party met. A party lawyer came. The party said no."
    assert ("greens", "The party") in read(text)
    text = "Farmer leaves party\n\nThe Green Party met. The party said no."
    assert ("greens", "The party") in read(text)


SIDES = book(
    actor("regime", "organisation", "the Valdian regime", "the Valdian government"),
    actor("opposition", "group", "the Valdian opposition"),
    actor("coalition", "organisation", "the Mora-led coalition"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The Valdian regime met. Regime forces left, and the regime said no.",
            [("regime", "Regime"), ("regime", "the regime")],
            id="sides by their noun",
        ),
        pytest.param(
            "The Mora-led coalition met. It rains, said coalition spokesman Jim Roe.",
            [("coalition", "coalition")],
            id="a spokesman without an article",
        ),
        pytest.param(
            "The Valdian opposition met. Two opposition leaders left.",
            [("opposition", "opposition")],
            id="members of a side",
        ),
        pytest.param(
            "The Mora-led coalition met. The Urb Coalition Forces left.", [], id="a longer name"
        ),
    ],
)
def test_a_side_is_known_by_its_noun_and_before_another_noun(text, expected):
    assert read(text, SIDES) == expected


def test_a_government_is_that_of_the_state_named_most_unless_another_country_is_before_it():
    states = book(
        actor("iran", "state", "Iran", "the Iranian government"), actor("france", "state", "France")
    )
    text = "Iran met France. Iran left. Government forces stayed."
    assert read(text, states) == [("iran", "Government")]
    assert read("Iran met France. Iran left. Italy said that the government paid.", states) == []
    assert read("Iran met France. France left. France said no. The government paid.", states) == []
