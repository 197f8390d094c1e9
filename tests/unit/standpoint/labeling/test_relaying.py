"""Who only relays what is said, or is spoken to, holds no stance."""

import pytest

from standpoint.codebook import parse_codebook
from standpoint.labeling import AnnotatedArticle, read_pairs
from standpoint.mentions import MentionMatcher
from standpoint.text import read_article

ACTORS = {
    "kovac": ("Ana Kovac", "person", ["Kovac"]),
    "brandt": ("Peter Brandt", "person", ["Brandt"]),
    "post": ("The Mora Post", "organisation", ["Mora Post"]),
    "union": ("Dockers' Union", "organisation", []),
    "valdia": ("Valdia", "state", []),
}
DOCKS = MentionMatcher(
    parse_codebook(
        {
            "name": "docks",
            "title": "The docks",
            "actors": [
                {"id": id_, "name": name, "kind": kind, "aliases": aliases}
                for id_, (name, kind, aliases) in ACTORS.items()
            ],
            "issues": [
                {
                    "id": "tariff",
                    "name": "The port tariff",
                    "favor": "It is raised.",
                    "against": "It is not.",
                    "cues": ["port tariff"],
                }
            ],
        },
        where="test",
    )
)


def holders(text):
    """The holders of pairs, each with who reports it."""
    article = AnnotatedArticle(read_article(text, id="a"), DOCKS)
    return {pair.holder: pair.reporter for pair in read_pairs(article)}


@pytest.mark.parametrize(
    ("text", "holder", "reporter"),
    [
        ("Kovac rejected the port tariff, Valdia said.", "kovac", "valdia"),
        ("Kovac said Brandt opposes the port tariff.", "brandt", "kovac"),
        ("Kovac told Brandt that Valdia backs the port tariff.", "valdia", "kovac"),
        ("Kovac told reporters that Valdia backs the port tariff.", "valdia", "kovac"),
        ("According to Kovac, Brandt has long opposed the port tariff.", "brandt", "kovac"),
        ("“Brandt told us ‘the port tariff is dead’,” Kovac said.", "brandt", "kovac"),
    ],
)
def test_whose_stance_is_told_holds_it_and_who_tells_it_reports(text, holder, reporter):
    assert holders(text) == {holder: reporter}


@pytest.mark.parametrize(
    "text",
    [
        "Kovac, quoted by the Mora Post, opposes the port tariff.",
        "In a memo obtained by the Mora Post, Kovac criticised the port tariff.",
        "Kovac opposes the port tariff (Mora Post, 4 May).",
        "Per the Mora Post, Kovac opposes the port tariff.",
    ],
)
def test_a_medium_named_in_passing_reports(text):
    assert holders(text) == {"kovac": "post"}


def test_a_poll_is_no_stance_of_who_took_it():
    assert holders("A poll by the Mora Post shows that most reject the port tariff.") == {}


@pytest.mark.parametrize(
    "text",
    [
        "Kovac said she opposes the port tariff.",
        "Kovac said Brandt's port tariff is wrong.",
    ],
)
def test_who_speaks_for_himself_holds_the_stance(text):
    assert "kovac" in holders(text)


def test_what_another_must_do_is_the_stance_of_who_says_so():
    assert "kovac" in holders("Kovac said Brandt must accept the port tariff.")


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Kovac, I oppose the port tariff.",
        "@Kovac the port tariff is theft, resign!",
    ],
)
def test_who_is_addressed_holds_no_stance(text):
    assert holders(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "“Mr Kovac, the port tariff will fail,” said Brandt.",
        "Addressing Kovac, Brandt said the port tariff would fail.",
    ],
)
def test_who_is_addressed_in_speech_holds_no_stance(text):
    assert set(holders(text)) == {"brandt"}


@pytest.mark.parametrize(
    "text",
    [
        "Mr Kovac, leader of the dockers, opposes the port tariff.",
        "Kovac, I hear, opposes the port tariff.",
        "@Kovac opposes the port tariff.",
    ],
)
def test_a_subject_with_an_aside_is_not_addressed(text):
    assert "kovac" in holders(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Dockers' Union's Nils Moe voted against the port tariff.",
        "Valdia's Moe opposes the port tariff.",
    ],
)
def test_a_person_named_with_an_actor_speaks_for_it(text):
    assert len(holders(text)) == 1


def test_a_body_of_a_state_does_not_speak_for_it():
    assert holders("Valdia's Supreme Court rejected the port tariff.") == {}


@pytest.mark.parametrize(
    "denial", ["denied it.", "confirmed it on Monday.", "called the report a lie."]
)
def test_a_denial_refers_back_to_what_was_said(denial):
    assert "valdia" in holders(f"Kovac spoke of the port tariff. Valdia {denial}")


def test_what_a_denial_says_itself_refers_to_nothing():
    assert "valdia" not in holders("Kovac spoke of the port tariff. Valdia denied it had fired.")
