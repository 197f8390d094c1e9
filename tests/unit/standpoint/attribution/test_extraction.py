import time

import pytest

from standpoint.attribution.extraction import find_attributions
from standpoint.text.article import read_article
from standpoint.text.quotes import find_quotes
from tests.unit.standpoint.attribution.dam_debate import WORLD, attributions, said


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


def test_a_paragraph_that_stands_twice_is_read_twice():
    text = "Ana Kovac said it rains.\n\nAna Kovac said it rains."
    assert said(text) == [("kovac", "it rains."), ("kovac", "it rains.")]


def test_a_quotation_within_quoted_speech_is_the_innermost_speakers():
    text = "Ana Kovac said Peter Brandt called it “a great shame”."
    assert said(text, "quote") == [("brandt", "a great shame")]


def test_a_sentence_that_is_only_a_tag_has_the_quotation_before_it():
    text = "“It rains. It pours.” Ana Kovac said."
    assert said(text, "quote") == [("kovac", "It rains. It pours.")]


def test_a_term_in_quotation_marks_is_not_what_somebody_says():
    text = "The so-called “great dam” leaks. Ana Kovac, who built the “wall”, said it rains."
    assert said(text, "quote") == []


def test_a_quotation_that_goes_on_has_the_cue_of_the_one_before():
    text = "“It rains,” Ana Kovac said. “It pours a lot.”"
    assert {a.cue_span.of(text) for a in attributions(text)} == {"said"}


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("Valdia said that ", id="no punctuation"),
        pytest.param("said ", id="one verb"),
        pytest.param('"Valdia ', id="marks never closed"),
        pytest.param("VALDIA: It rains.\n\n", id="turns"),
        pytest.param("Valdia, ", id="commas"),
    ],
)
@pytest.mark.slow
def test_the_work_grows_with_the_length_of_the_article(piece):
    def seconds(n_chars):
        article = read_article(piece * (n_chars // len(piece)))
        named = [mention for s in article.sentences for mention in WORLD.actors_in(s)]
        start = time.process_time()
        find_attributions(article, named, quotes=find_quotes(article))
        return time.process_time() - start

    seconds(10_000)
    # Eight times the text: a square would take 64 times as long.
    assert seconds(400_000) < 40 * max(seconds(50_000), 0.02)
