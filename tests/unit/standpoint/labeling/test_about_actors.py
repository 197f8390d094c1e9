"""Issues that are about an actor: to stand for or against somebody."""

import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

ACTORS = [
    {"id": "kovac", "name": "Ana Kovac", "kind": "person", "member_of": "valdia",
     "aliases": ["the Mayor of Drin"]},
    {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
    {"id": "valdia", "name": "Valdia", "kind": "state"},
]  # fmt: skip
ABOUT_KOVAC = {"id": "kovac-herself", "name": "Ana Kovac", "favor": "is for her", "about": "kovac",
               "against": "is against her", "cues": ["Kovac era"], "opposite_cues": ["her fall"]}  # fmt: skip
DAM = {"id": "dam", "name": "The dam", "favor": "It is built.", "against": "It is not.",
       "cues": ["Mora dam"]}  # fmt: skip


def lexicon(*issues, actors=ACTORS):
    book = {"name": "dam", "title": "The dam", "actors": actors, "issues": list(issues)}
    return MentionMatcher(parse_codebook(book, where="test"))


BOOK = lexicon(ABOUT_KOVAC, DAM)


def met(text, book=BOOK):
    """Holder, issue and the words of the cue of every pair."""
    return [
        (pair.holder, pair.issue, pair.cue.span.of(text))
        for pair in read_pairs(AnnotatedArticle(read_article(text), book))
    ]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        pytest.param("Peter Brandt praised Ana Kovac.", "Ana Kovac", id="name"),
        pytest.param("Peter Brandt praised Kovac's speech.", "Kovac", id="surname, possessive"),
        pytest.param("Peter Brandt praised the Mayor of Drin.", "Mayor of Drin", id="alias"),
        pytest.param("Peter Brandt wants her fall.", "her fall", id="a cue of its own"),
    ],
)
def test_every_name_of_the_actor_is_a_cue(text, cue):
    assert met(text) == [("brandt", "kovac-herself", cue)]


@pytest.mark.parametrize(
    ("text", "holder", "cue"),
    [
        ("Ana Kovac spoke. Valdia praised her.", "valdia", "her"),
        ("Ana Kovac spoke. Peter Brandt praised her plan.", "brandt", "her"),
        ("Ana Kovac spoke. She was praised by Peter Brandt.", "brandt", "She"),
    ],
)
def test_a_pronoun_is_a_cue(text, holder, cue):
    assert met(text) == [(holder, "kovac-herself", cue)]


def test_a_title_is_a_cue():
    pairs = met("Prime Minister Ana Kovac came. Peter Brandt praised the prime minister.")
    assert pairs[-1] == ("brandt", "kovac-herself", "the prime minister")


def test_every_mention_in_a_sentence_is_a_cue():
    text = "Peter Brandt praised Ana Kovac because Kovac came."
    assert [cue for _, _, cue in met(text)] == ["Ana Kovac", "Kovac"]


def test_a_cue_and_a_mention_at_one_place_are_one_and_the_cue_says_its_pole():
    (pair,) = read_pairs(AnnotatedArticle(read_article("Peter Brandt misses the Kovac era."), BOOK))
    assert pair.cue.span.of("Peter Brandt misses the Kovac era.") == "Kovac era"
    text = "Ana Kovac came. Peter Brandt wants her fall."
    (pair,) = read_pairs(AnnotatedArticle(read_article(text), BOOK))
    assert (pair.cue.span.of(text), pair.pole) == ("her fall", "against")


def test_nobody_holds_a_stance_on_himself():
    assert met("Ana Kovac said that Kovac will win.") == []
    pairs = met("Ana Kovac said Peter Brandt praised Kovac.")
    assert {holder for holder, _, _ in pairs} == {"brandt"}


def test_the_actor_holds_stances_on_everything_else():
    assert met("Ana Kovac wants the Mora dam.") == [("kovac", "dam", "Mora dam")]


def test_a_member_holds_a_stance_on_what_he_is_a_member_of():
    valdia = {**ABOUT_KOVAC, "id": "valdia-itself", "about": "valdia", "cues": ["Valdia"],
              "opposite_cues": []}  # fmt: skip
    assert met("Ana Kovac praised Valdia.", lexicon(valdia)) == [
        ("kovac", "valdia-itself", "Valdia")
    ]


def test_several_issues_may_be_about_one_actor():
    other = {**ABOUT_KOVAC, "id": "kovac-as-mayor", "cues": ["mayoralty"], "opposite_cues": []}
    book = lexicon(ABOUT_KOVAC, other)
    assert {issue for _, issue, _ in met("Peter Brandt praised Ana Kovac.", book)} == {
        "kovac-herself",
        "kovac-as-mayor",
    }


def test_actors_whom_no_issue_is_about_are_no_cues():
    pairs = met("Ana Kovac and Peter Brandt met.")
    assert pairs == [("brandt", "kovac-herself", "Ana Kovac")]
    assert met("Ana Kovac praised Peter Brandt.", lexicon(DAM)) == []
    assert lexicon(DAM).about == {}
    assert BOOK.about == {"kovac": ["kovac-herself"]}


def test_cues_of_a_sentence_come_in_the_order_of_the_text():
    text = "Peter Brandt praised Ana Kovac, the Mora dam and the Kovac era."
    of_brandt = [cue for holder, _, cue in met(text) if holder == "brandt"]
    assert of_brandt == ["Ana Kovac", "Mora dam", "Kovac era"]
