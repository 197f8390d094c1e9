import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.coreference.resolver import resolve_references
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article
from standpoint.text.quotes import find_quotes

WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "kovac", "name": "Ana Kovac", "kind": "person"},
                {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
                {"id": "valdia", "name": "Valdia", "kind": "state"},
            ],
            "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
        },
        where="test",
    )
)


def resolved(text):
    """Actor, words and kind of what is added to the names."""
    article = read_article(text)
    named = [mention for s in article.sentences for mention in WORLD.actors_in(s)]
    mentions = resolve_references(
        article, named, profiles=WORLD.profiles, quotes=find_quotes(article)
    )
    assert all(article.sentences[m.sentence].span.contains(m.span) for m in mentions)
    return [(m.actor, m.span.of(text), m.how) for m in mentions]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        pytest.param("Foreign Minister Ana Kovac", "The minister", id="title before the name"),
        pytest.param("President Ana Kovac", "the president", id="bare title"),
    ],
)
def test_a_title_means_the_person_it_was_introduced_with(first, later):
    text = f"{first} arrived. On Monday {later} spoke."
    assert resolved(text) == [("kovac", later, "title")]


def test_a_title_holds_over_paragraphs():
    text = "Minister Ana Kovac arrived.\n\nRain fell.\n\nThe minister spoke."
    assert resolved(text) == [("kovac", "The minister", "title")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Foreign Minister Ana Kovac met Prime Minister Peter Brandt. The minister spoke.",
            id="a title of two people",
        ),
        pytest.param("The minister arrived. Minister Ana Kovac spoke.", id="before the name"),
        pytest.param("Ana Kovac arrived. The minister spoke.", id="never introduced"),
        pytest.param("The minister met Minister Ana Kovac.", id="introduced in the same sentence"),
        pytest.param(
            "Minister Ana Kovac arrived. The minister Ivo Lang spoke.", id="another name behind it"
        ),
        pytest.param("Minister Ana Kovac arrived. A minister spoke.", id="indefinite"),
        pytest.param("Ana Kovac arrived. The driver spoke.", id="no title"),
    ],
)
def test_a_title_that_is_not_plain_stays_unresolved(text):
    assert resolved(text) == []


@pytest.mark.parametrize(
    ("text", "actor", "pronoun"),
    [
        pytest.param("Ana Kovac came. She spoke.", "kovac", "She", id="subject before"),
        pytest.param("Ana Kovac came and then she spoke.", "kovac", "she", id="same sentence"),
        pytest.param(
            "In talks with Peter Brandt, Ana Kovac was calm. She spoke.",
            "kovac",
            "She",
            id="the other stands behind a preposition",
        ),
        pytest.param(
            "Peter Brandt's plan pleased Ana Kovac. She spoke.",
            "kovac",
            "She",
            id="the other is a possessive",
        ),
        pytest.param("Ana Kovac met Valdia. She spoke.", "kovac", "She", id="a state is no person"),
        pytest.param(
            "Ana Kovac came. “It rains.” She spoke.", "kovac", "She", id="a quotation between"
        ),
    ],
)
def test_a_pronoun_with_a_plain_antecedent_is_resolved(text, actor, pronoun):
    assert resolved(text) == [(actor, pronoun, "pronoun")]


def test_a_pronoun_may_lean_on_the_pronoun_before_it():
    assert resolved("Ana Kovac came. She sat. She spoke.") == [
        ("kovac", "She", "pronoun"),
        ("kovac", "She", "pronoun"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She spoke. Ana Kovac came.", id="nobody before"),
        pytest.param("Valdia came. She spoke.", id="only a state"),
        pytest.param("Ana Kovac came. They spoke.", id="plural"),
        pytest.param("Ana Kovac came. It spoke.", id="thing"),
    ],
)
def test_a_pronoun_without_a_plain_antecedent_stays_unresolved(text):
    assert resolved(text) == []
