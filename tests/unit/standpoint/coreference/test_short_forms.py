import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article


def actor(id, kind, name, *aliases):
    return {"id": id, "kind": kind, "name": name, "aliases": aliases}


WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                actor("montalvo", "person", "Daniel Montalvo", "Montalvo"),
                actor("okafor", "person", "Maria Okafor", "Okafor"),
                actor("silva", "person", "Maria Silva", "Silva"),
                actor("north", "state", "North Korea"),
                actor("south", "state", "South Korea"),
                actor("kenya", "state", "Kenya"),
                actor("volta", "organisation", "Volta Power"),
                actor("church", "organisation", "the Church of Mora"),
                actor("greens", "organisation", "the Green Party"),
                actor("cabinet", "organisation", "the Oster government"),
            ],
            "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
        },
        where="test",
    )
)


def read(text):
    """Actor and words of each mention by title, in order."""
    mentions = AnnotatedArticle(read_article(text), WORLD).mentions
    return [(m.actor, m.span.of(text)) for m in mentions if m.how == "title"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Montalvo left. Daniel refused.", ("montalvo", "Daniel"), id="given name"),
        pytest.param(
            "Montalvo left. “Daniel lied,” they say.", ("montalvo", "Daniel"), id="quoted"
        ),
        pytest.param("North Korea fired. The North denied it.", ("north", "The North"), id="north"),
        pytest.param(
            "South Korea met North Korea. The South left.", ("south", "The South"), id="south"
        ),
        pytest.param(
            "Kenya refused. The country has a dam.", ("kenya", "The country"), id="country"
        ),
        pytest.param("Kenya met Okafor. The nation said no.", ("kenya", "The nation"), id="nation"),
        pytest.param(
            "Volta Power grew. The company refused.", ("volta", "The company"), id="company"
        ),
        pytest.param("Volta Power grew, and the firm said no.", ("volta", "the firm"), id="firm"),
        pytest.param(
            "The Church of Mora met. Critics of the church left.",
            ("church", "the church"),
            id="church",
        ),
        pytest.param(
            "The Green Party met. The organisation refused.",
            ("greens", "The organisation"),
            id="organisation",
        ),
        pytest.param(
            "The Oster government met. The government refused.",
            ("cabinet", "The government"),
            id="government",
        ),
    ],
)
def test_a_short_form_means_the_only_actor_that_fits(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Daniel refused. Montalvo left.", id="not introduced yet"),
        pytest.param("Montalvo left. Daniel Lang refused.", id="another person's"),
        pytest.param("Montalvo met Daniel Lang. Daniel refused.", id="two of one given name"),
        pytest.param("Okafor met Silva. Maria refused.", id="two actors of one given name"),
        pytest.param("North Korea fired. Troops went north.", id="a direction"),
        pytest.param("North Korea fired. The North Sea rose.", id="another name"),
        pytest.param("Kenya met South Korea. The country refused.", id="two states"),
        pytest.param("Kenya met Sweden. The country refused.", id="a state of no codebook"),
        pytest.param("Kenya met. Rain fell in the country.", id="a place"),
        pytest.param("Kenya met. A company failed. The company refused.", id="another company"),
        pytest.param("Volta Power met a bank. The company refused.", id="another body"),
        pytest.param("The Church of Mora met. Guests sat in the church.", id="a building"),
        pytest.param("The Green Party met. The company refused.", id="no company"),
    ],
)
def test_a_short_form_that_is_not_plain_stays_unresolved(text):
    assert read(text) == []
