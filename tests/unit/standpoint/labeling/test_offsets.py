"""What a reader does not see is not read, and every span stands where it is printed."""

import pytest

from standpoint.labeling.offsets import normalize_article
from standpoint.text.article import Span, read_article
from standpoint.text.normalization import is_normalized, normalize, normalized_text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        pytest.param("Rus\u00adsia", "Russia", id="soft hyphen"),
        pytest.param("\ufeffRussia\u200b spoke", "Russia spoke", id="zero width"),
        pytest.param("\u202bRussia\u202c \u2067x\u2069\u200f", "Russia x", id="direction"),
        pytest.param("Russia\x07\x1b spoke", "Russia spoke", id="control"),
        pytest.param("A.\r\n\r\nB.\rC.", "A.\n\nB.\nC.", id="line ends"),
        pytest.param("A.\u2029B.\u2028C.\x85D.", "A.\n\nB.\nC.\nD.", id="separators"),
        pytest.param("&quot;Yes,&#8221; R&amp;D&nbsp;said", '"Yes,” R&D\xa0said', id="entities"),
        pytest.param("&amp;quot;", '"', id="entity in an entity"),
        pytest.param("Rus&shy;sia&#8203;", "Russia", id="entity that is not seen"),
        pytest.param("AT&T; &nothing; &; &#;", "AT&T; &nothing; &; &#;", id="no entity"),
        pytest.param("tabs\t and\fpages ", "tabs\t and\fpages ", id="white space"),
    ],
)
def test_a_text_is_read_as_it_is_seen(printed, read):
    assert normalize(printed).text == normalized_text(printed) == read


def test_every_character_that_is_seen_knows_its_place_in_original():
    normalized = normalize("a\u00ad&amp;\r\n\u2029b")
    assert normalized.text == "a&\n\n\nb"
    assert list(normalized.starts) == [0, 2, 7, 9, 9, 10]
    assert list(normalized.ends) == [1, 7, 9, 10, 10, 11]


def test_an_article_without_noise_is_read_itself():
    article = read_article("Talks opened. R&D & more.")
    assert is_normalized(article.text)
    assert normalize_article(article).article is article


def test_sentences_are_those_that_are_read_where_they_stand_in_original():
    article = read_article("\ufeffTalks op\u00adened.\u200b Rain&nbsp;fell.\ufeff")
    plain = normalize_article(article)
    assert [s.text for s in plain.article.sentences] == ["Talks opened.", "Rain\xa0fell."]
    assert [s.text for s in plain.original.sentences] == ["Talks op\u00adened.", "Rain&nbsp;fell."]
    assert all(s.text == s.span.of(article.text) for s in plain.original.sentences)
    assert plain.to_original(Span(6, 12)).of(article.text) == "op\u00adened"


@pytest.mark.parametrize("text", ["\u200b", "\u200e\ufeff\u00ad", "&shy;&#8203;"])
def test_an_article_of_which_nothing_is_seen_has_no_sentences(text):
    plain = normalize_article(read_article(text))
    assert plain.original.text == text
    assert plain.original.sentences == ()
