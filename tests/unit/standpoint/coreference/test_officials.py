import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article


def book(*actors):
    issue = {"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}
    rows = [{"aliases": [], **actor} for actor in actors]
    return MentionMatcher(
        parse_codebook(
            {"name": "dam", "title": "The dam", "actors": rows, "issues": [issue]}, where="test"
        )
    )


def state(id, name, *aliases):
    return {"id": id, "name": name, "kind": "state", "aliases": aliases}


def person(id, name, *aliases, of=None):
    return {"id": id, "name": name, "kind": "person", "aliases": aliases, "member_of": of}


WORLD = book(
    state("russia", "Russia", "Moscow"),
    state("iran", "Iran", "Tehran"),
    state("france", "France"),
    state("usa", "the United States"),
    state("south-korea", "South Korea"),
    state("netherlands", "the Netherlands"),
    state("syria", "the Syrian regime", "Damascus"),
    state("valdia", "Valdia"),
    state("east-valdia", "East Valdia"),
    {"id": "opposition", "name": "the Syrian opposition", "kind": "organisation"},
    person("lavrov", "Sergei Lavrov", of="russia"),
    person("amir", "Hossein Amir-Abdollahian", of="iran"),
    person("zarif", "Javad Zarif", of="iran"),
)


def read(text, lexicon=WORLD):
    """Actor and words of what is resolved beside the names."""
    mentions = AnnotatedArticle(read_article(text), lexicon).mentions
    return sorted((m.actor, m.span.of(text)) for m in mentions if m.how != "name")


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        pytest.param("Russian officials", "russia", id="officials"),
        pytest.param("Iranian diplomats", "iran", id="diplomats"),
        pytest.param("French government", "france", id="irregular adjective"),
        pytest.param("Dutch negotiators", "netherlands", id="adjective unlike the name"),
        pytest.param("South Korean delegation", "south-korea", id="adjective of two words"),
        pytest.param("American authorities", "usa", id="another name's adjective"),
        pytest.param("US delegation", "usa", id="abbreviation"),
        pytest.param("U.S. troops", "usa", id="abbreviation with points"),
        pytest.param("Syrian state television", "syria", id="state television"),
        pytest.param("Syrian government forces", "syria", id="the longest office"),
        pytest.param("Russian Foreign Ministry", "russia", id="ministry"),
        pytest.param("senior Russian officials", "russia", id="word before"),
        pytest.param("Russian foreign ministry spokesman", "russia", id="spokesman of a ministry"),
        pytest.param("Valdian officials", "valdia", id="invented state, by rule"),
        pytest.param("East Valdian officials", "east-valdia", id="the longest adjective"),
    ],
)
def test_an_adjective_with_an_office_means_the_state(words, actor):
    mentions = read(f"The {words} said no.")
    assert mentions == [(actor, words.removeprefix("senior "))]


def test_a_named_official_of_no_codebook_speaks_for_the_state():
    text = "Russian Deputy Energy Minister Ivan Petrov said no."
    assert read(text) == [("russia", "Russian Deputy Energy Minister Ivan Petrov")]


def test_a_shouted_headline_is_read_as_well():
    assert read("RUSSIAN OFFICIALS SAY NO") == [("russia", "RUSSIAN OFFICIALS")]


def test_an_adjective_broken_from_its_office_by_a_line_is_found():
    assert read("On Monday the Russian\nofficials and some\nothers said no.") == [
        ("russia", "Russian\nofficials")
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Russian opposition said no.", id="opposition"),
        pytest.param("Russian opposition leaders said no.", id="leaders of the opposition"),
        pytest.param("Russian business leaders said no.", id="leaders of business"),
        pytest.param("Former Russian officials said no.", id="former"),
        pytest.param("The Free Syrian Army said no.", id="part of a name"),
        pytest.param("A Russian-backed delegation said no.", id="compound"),
        pytest.param("The Russian winter was hard.", id="no office"),
        pytest.param("russian officials said no.", id="small letter"),
        pytest.param("Shells fell on the Syrian side of the border.", id="side of a border"),
        pytest.param("A Syrian government-held town fell.", id="held by the government"),
        pytest.param("The Syrian government controlled area grew.", id="the hyphen lost"),
        pytest.param("The Russian, officials said, was late.", id="comma"),
        pytest.param("TALKS LEFT US OFFICIALS COLD", id="an ambiguous shout"),
        pytest.param("The Russians are a patient people.", id="a people that says nothing"),
        pytest.param("Some Russians said no.", id="some of a people"),
    ],
)
def test_an_adjective_that_is_not_the_states_voice_is_left_alone(text):
    assert read(text) == []


def test_a_people_that_speaks_is_its_government():
    assert read("The Iranians have rejected the offer.") == [("iran", "Iranians")]


def test_an_adjective_of_two_states_means_neither():
    two = book(
        state("tripoli", "the Libyan government", "the Tripoli government"),
        state("tobruk", "the Libyan authorities in the east", "the Libyan cabinet"),
    )
    assert read("Libyan officials said no.", two) == []


def test_a_name_that_the_codebook_holds_is_more_specific():
    lexicon = book(
        state("russia", "Russia"),
        {"id": "navy", "name": "the Russian navy", "kind": "organisation"},
    )
    assert read("The Russian navy said no.", lexicon) == []


@pytest.mark.parametrize(
    ("first", "later"),
    [
        pytest.param("Foreign Minister Sergei Lavrov", "The Russian minister", id="minister"),
        pytest.param("Foreign Minister Sergei Lavrov", "The Russian diplomat", id="diplomat"),
        pytest.param("Ambassador Sergei Lavrov", "The Russian envoy", id="envoy"),
    ],
)
def test_adjective_and_title_mean_the_one_person_introduced_so(first, later):
    assert read(f"{first} came. {later} spoke.") == [("lavrov", later.removeprefix("The "))]


def test_an_owner_and_a_title_mean_the_one_person_introduced_so():
    text = "Foreign Minister Sergei Lavrov came. Russia's top diplomat said no."
    assert read(text) == [("lavrov", "Russia's top diplomat")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Sergei Lavrov came. Russia's top diplomat said no.", id="never introduced"),
        pytest.param("Russia's top diplomat met Foreign Minister Sergei Lavrov.", id="later"),
        pytest.param(
            "Energy Minister Sergei Lavrov came. Russia's top diplomat said no.",
            id="another office",
        ),
        pytest.param(
            "Foreign Minister Sergei Lavrov came. Iran's top diplomat said no.", id="another state"
        ),
    ],
)
def test_an_owner_and_a_title_that_fit_nobody_stay_unresolved(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            "Foreign Minister Javad Zarif and Deputy Foreign Minister Hossein Amir-Abdollahian "
            "came. The Iranian diplomat spoke.",
            "Iranian diplomat",
            id="two fit",
        ),
        pytest.param(
            "Foreign Minister Javad Zarif came. An Iranian diplomat spoke.",
            "Iranian diplomat",
            id="indefinite",
        ),
        pytest.param(
            "Javad Zarif came. The Iranian minister spoke.", "Iranian minister", id="no title"
        ),
    ],
)
def test_where_no_one_person_is_meant_it_is_the_state(text, words):
    assert read(text) == [("iran", words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The French and Valdian governments said no.",
            [("france", "French"), ("valdia", "Valdian governments")],
        ),
        (
            "Both the Iranian and the Dutch presidents said no.",
            [("iran", "Iranian"), ("netherlands", "Dutch presidents")],
        ),
        (
            "Russian, Iranian and French envoys left.",
            [("france", "French envoys"), ("iran", "Iranian"), ("russia", "Russian")],
        ),
        ("Russian and Iranian fans said no.", []),
        ("French and Russian forces left.", [("russia", "Russian forces")]),
        ("A Russian and Iranian minister said no.", [("iran", "Iranian minister")]),
    ],
)
def test_adjectives_share_the_office_of_the_last(text, expected):
    assert read(text) == expected
