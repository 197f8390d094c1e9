import pytest

from standpoint.codebook import parse_codebook
from standpoint.text import Span
from train.articles import score_chains
from train.articles.gum_chains import actor_spans
from train.corpora import GoldMention, GumDocument

ISSUE = {"id": "dam", "name": "the dam", "favor": "+", "against": "-", "cues": ["dam"]}


def actor(name, *aliases, kind="person"):
    return {"id": name.split()[-1].lower(), "name": name, "kind": kind, "aliases": list(aliases)}


def codebook(*actors):
    value = {"name": "mora", "title": "Mora", "actors": list(actors), "issues": [ISSUE]}
    return parse_codebook(value, where="mora")


def story(text, *rows):
    """A document; each row is a chain, a mention, its head, its tag and its link."""
    mentions = []
    cursor: dict[str, int] = {}
    for chain, mention, head, *rest in rows:
        start = text.index(mention, cursor.get(mention, 0))
        cursor[mention] = start + 1
        at = start + mention.index(head)
        heads = (Span(at, at + len(head)),)
        span = Span(start, start + len(mention))
        mentions.append(GoldMention(chain, span, heads, *(rest or ["NOUN"])))
    return GumDocument("dam", text, tuple(mentions))


def gold(document, book):
    return [(m.actor, m.span.of(document.text), m.kind) for m in actor_spans(document, book)]


ANA = actor("Ana Kovac", "Kovac")
TEXT = "Ana Kovac came. The mayor said she likes it."
CAME = story(
    TEXT, ("1", "Ana Kovac", "Ana Kovac"), ("1", "The mayor", "mayor"), ("1", "she", "she", "PRON")
)


def test_a_chain_with_a_name_of_the_actor_is_the_actors_with_all_its_mentions():
    assert gold(CAME, codebook(ANA)) == [
        ("kovac", "Ana Kovac", "name"),
        ("kovac", "The mayor", "nominal"),
        ("kovac", "she", "pronoun"),
    ]


@pytest.mark.parametrize(
    ("text", "rows", "listed"),
    [
        ("The plan of Ana Kovac", [("1", "The plan of Ana Kovac", "plan")], ANA),
        (
            "Kovac's mother came",
            [("1", "Kovac's mother", "mother"), ("2", "Kovac", "Kovac")],
            actor("Kovac's aunt"),
        ),
        ("Raymond Kovac came", [("1", "Raymond Kovac", "Raymond Kovac")], ANA),
        (
            "South Mora voted",
            [("1", "South Mora", "South Mora")],
            actor("Mora", kind="state"),
        ),
    ],
    ids=["no-head", "another-name", "another-person", "part-of-the-state"],
)
def test_a_chain_of_somebody_else_is_not_the_actors(text, rows, listed):
    assert gold(story(text, *rows), codebook(listed)) == []


def test_a_description_in_small_letters_gives_a_chain_no_group():
    curators = actor("Curators", "curator", kind="group")
    text = "Ana Kovac, curator of the museum, came."
    rows = [
        ("1", "Ana Kovac, curator of the museum", "Ana Kovac"),
        ("1", "curator of the museum", "curator", "NOUN", "appos"),
    ]
    assert gold(story(text, *rows), codebook(curators)) == []


def test_the_errors_are_listed_with_their_context():
    scores = score_chains([CAME], {"dam": codebook(ANA)})
    assert (scores.gold.total(), scores.recalled["name"], scores.correct["name"]) == (3, 1, 1)
    missed = {e.text: e.context for e in scores.errors if e.fault == "missed"}
    assert missed["The mayor"] == "Ana Kovac came. [[The mayor]] said she likes it."


def test_a_name_within_a_mention_of_the_same_actor_is_right():
    party = actor("Liberals", "Liberal", kind="organisation")
    text = "The Liberals met. The Liberal party won."
    document = story(text, ("1", "The Liberals", "Liberals"), ("1", "The Liberal party", "party"))
    scores = score_chains([document], {"dam": codebook(party)})
    assert scores.predicted.total() == scores.correct.total() == scores.recalled.total() == 2
