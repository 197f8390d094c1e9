import pytest

from standpoint.article import read_article
from standpoint.attribution import find_attributions
from standpoint.codebook import parse_codebook
from standpoint.mentions import Lexicon
from standpoint.quotes import find_quotes
from standpoint.references import resolve_references

WORLD = Lexicon(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "kovac", "name": "Ana Kovac", "kind": "person"},
                {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
                {"id": "valdia", "name": "Valdia", "kind": "state"},
                {"id": "oslo", "name": "Oslo Agency", "kind": "organisation"},
            ],
            "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
        },
        where="test",
    )
)


def attributions(text):
    article = read_article(text)
    quotes = find_quotes(article)
    named = [mention for s in article.sentences for mention in WORLD.actors_in(s)]
    named += resolve_references(article, named, cast=WORLD.cast, quotes=quotes)
    found = find_attributions(article, named, quotes=quotes)
    for attribution in found:
        source = attribution.source
        if source.span is not None:
            assert source.span.of(text) == source.text
    return found


def said(text, kind="paraphrase"):
    """Speaker and what is said, for each attribution of a kind."""
    return [
        (a.source.actor or a.source.text, a.content.of(text).strip(" ,:"))
        for a in attributions(text)
        if a.kind == kind
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        pytest.param("Ana Kovac said that it rains.", "kovac", "it rains.", id="that"),
        pytest.param("Ana Kovac said it rains.", "kovac", "it rains.", id="no that"),
        pytest.param(
            "Ana Kovac told reporters that it rains.", "kovac", "it rains.", id="addressee"
        ),
        pytest.param("Ana Kovac has also said it rains.", "kovac", "it rains.", id="adverbs"),
        pytest.param("It rains, Ana Kovac said.", "kovac", "It rains", id="behind"),
        pytest.param(
            "It rains in the hills, said Ana Kovac.",
            "kovac",
            "It rains in the hills",
            id="inverted",
        ),
        pytest.param(
            "Valdia's foreign ministry said it rains.", "valdia", "it rains.", id="its ministry"
        ),
        pytest.param(
            "A spokesman for Valdia said it rains.", "valdia", "it rains.", id="its spokesman"
        ),
        pytest.param(
            "After talks with Peter Brandt, Ana Kovac said it rains.",
            "kovac",
            "it rains.",
            id="another behind a preposition",
        ),
        pytest.param("Officials said it rains.", "Officials", "it rains.", id="no actor"),
        pytest.param("According to Ana Kovac, it rains.", "kovac", "it rains.", id="according to"),
        pytest.param(
            "It rains, according to Ana Kovac.", "kovac", "It rains", id="according to, behind"
        ),
        pytest.param(
            "In the view of Ana Kovac, it rains.", "kovac", "it rains.", id="in the view of"
        ),
    ],
)
def test_indirect_speech_belongs_to_its_subject(text, speaker, words):
    assert said(text) == [(speaker, words)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The dam was rejected by Ana Kovac.", id="was"),
        pytest.param("The dam has been firmly rejected by Ana Kovac.", id="has been"),
        pytest.param("The dam was rejected by Ana Kovac on Monday.", id="words behind"),
    ],
)
def test_a_passive_belongs_to_who_stands_behind_by(text):
    (found,) = attributions(text)
    assert found.content.of(text).startswith("The dam")
    assert found.source.actor == "kovac"


def test_by_makes_no_passive_without_a_form_of_to_be():
    assert said("Ana Kovac said by Monday it rains.") == [("kovac", "by Monday it rains.")]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param("Ana Kovac said it rains; the dam holds.", "it rains", id="semicolon"),
        pytest.param("Ana Kovac said it rains, but the dam holds.", "it rains", id="but"),
        pytest.param("Ana Kovac said it rains, while the dam holds.", "it rains", id="while"),
        pytest.param("Ana Kovac said it rains — the dam holds.", "it rains", id="dash"),
    ],
)
def test_indirect_speech_ends_where_the_clause_breaks(text, content):
    assert said(text)[0] == ("kovac", content)


def test_a_second_verb_after_and_has_the_same_subject():
    found = said("Ana Kovac said it rains and rejected the dam.")
    assert found[1] == ("kovac", "the dam.")


def test_two_clauses_have_two_speakers():
    assert said("Ana Kovac said it rains, but Peter Brandt rejected the dam.") == [
        ("kovac", "it rains"),
        ("brandt", "the dam."),
    ]


def test_speech_about_speech_is_nested():
    assert said("Ana Kovac said Peter Brandt opposes the dam.") == [
        ("kovac", "Peter Brandt opposes the dam."),
        ("brandt", "the dam."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The said dam stands.", id="adjective"),
        pytest.param("Its claims stand.", id="noun behind a possessive pronoun"),
        pytest.param("Ana Kovac's claims stand.", id="noun behind a possessive"),
        pytest.param("An argued-over dam stands.", id="part of a compound"),
        pytest.param("“Peter Brandt said no.”", id="within a quotation"),
    ],
)
def test_a_word_that_only_looks_like_a_verb_of_saying_attributes_nothing(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“It rains,” Ana Kovac said.", id="before"),
        pytest.param("“It rains,” said Ana Kovac.", id="before, inverted"),
        pytest.param("“It rains,” said the minister Ana Kovac.", id="before, with a title"),
        pytest.param("“It rains!” Ana Kovac said.", id="exclamation"),
        pytest.param("Ana Kovac said: “It rains.”", id="after a colon"),
        pytest.param("Ana Kovac said, “It rains.”", id="after a comma"),
        pytest.param("“It rains,” Ana Kovac told the Oslo Agency.", id="told an agency"),
        pytest.param("Ana Kovac came. “It rains,” she said.", id="pronoun"),
        pytest.param("'It rains,' Ana Kovac said.", id="single marks"),
    ],
)
def test_a_quotation_belongs_to_its_speaker(text):
    assert [(speaker, words.rstrip(",.!")) for speaker, words in said(text, "quote")] == [
        ("kovac", "It rains")
    ]


def test_both_halves_of_a_split_quotation_belong_to_its_speaker():
    text = "“It rains,” Ana Kovac said, “and it pours.”"
    assert said(text, "quote") == [("kovac", "It rains"), ("kovac", "and it pours.")]


def test_a_quotation_of_several_sentences_is_one():
    text = "“It rains. It pours. The old man snores,” Ana Kovac said."
    assert said(text, "quote") == [("kovac", "It rains. It pours. The old man snores")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“It rains,” Ana Kovac said. “It pours.”", id="next sentence"),
        pytest.param("“It rains,” Ana Kovac said.\n\n“It pours.”", id="next paragraph"),
        pytest.param("Ana Kovac said: “It rains.\n\n“It pours.”", id="left open"),
    ],
)
def test_a_quotation_that_stands_alone_goes_on_from_the_one_before(text):
    assert [speaker for speaker, _ in said(text, "quote")] == ["kovac", "kovac"]


def test_a_quotation_is_not_carried_over_a_paragraph_without_one():
    text = "Ana Kovac said: “It rains.”\n\nRain fell.\n\n“It pours.”"
    assert said(text, "quote") == [("kovac", "It rains.")]


def test_a_new_speaker_ends_what_went_on():
    text = "“It rains,” Ana Kovac said. “It pours,” Peter Brandt said. “It snows.”"
    assert said(text, "quote") == [
        ("kovac", "It rains"),
        ("brandt", "It pours"),
        ("brandt", "It snows."),
    ]


def test_a_quotation_nobody_speaks_is_left_alone():
    assert attributions("Signs read “It rains.”") == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Oslo Agency quoted Ana Kovac as saying that it rains.", id="quoted"),
        pytest.param("The Oslo Agency cited Ana Kovac as saying it rains.", id="cited"),
        pytest.param(
            "Ana Kovac was quoted as saying by the Oslo Agency that it rains.", id="passive"
        ),
        pytest.param(
            "“It rains,” the Oslo Agency quoted Ana Kovac as saying.", id="behind a quote"
        ),
    ],
)
def test_a_quote_belongs_to_the_speaker_and_not_to_the_agency_that_relays_it(text):
    found = attributions(text)
    assert found
    assert {(a.source.actor, a.reporter) for a in found} == {("kovac", "oslo")}
    assert all("rains" in a.content.of(text) for a in found)


def test_quoting_without_as_saying_relays_nothing():
    assert attributions("The Oslo Agency quoted Ana Kovac at length.") == []


def test_the_cue_of_an_attribution_is_the_verb_as_printed():
    found = attributions("According to Valdia, it rains. Ana Kovac WARNED it pours.")
    assert [a.cue for a in found] == ["According to", "WARNED"]
