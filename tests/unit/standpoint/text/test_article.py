import pytest

from standpoint.errors import ArticleError, InputError, TooLongError
from standpoint.text.article import Span, check_text, read_article


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(3, 3, id="empty"),
        pytest.param(4, 3, id="backwards"),
        pytest.param(-1, 3, id="negative"),
    ],
)
def test_a_span_without_characters_is_refused(start, end):
    with pytest.raises(ArticleError) as caught:
        Span(start, end)
    assert str(caught.value) == (
        f"span: start must be below end and not negative, got [{start}:{end}]."
    )


def test_spans_that_only_touch_do_not_overlap():
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))
    assert Span(3, 5).overlaps(Span(0, 4))


def test_a_span_contains_itself_and_nothing_that_sticks_out():
    assert Span(2, 5).contains(Span(2, 5))
    assert Span(2, 5).contains(Span(3, 4))
    assert not Span(2, 5).contains(Span(1, 4))
    assert not Span(2, 5).contains(Span(3, 6))


def test_a_shifted_span_keeps_its_length():
    assert Span(2, 5).shift(10) == Span(12, 15)
    assert Span(12, 15).shift(-10).of("0123456789") == "234"


def test_a_shift_to_before_the_text_is_refused():
    with pytest.raises(ArticleError, match=r"got \[-1:2\]"):
        Span(2, 5).shift(-3)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(None, "text must be a string, got NoneType.", id="none"),
        pytest.param(b"Talks.", "text must be a string, got bytes.", id="bytes"),
        pytest.param("", "text must not be empty. Send the words of an article.", id="empty"),
        pytest.param(
            " \n\t", "text must not be empty. Send the words of an article.", id="only white space"
        ),
        pytest.param(
            "Talks \ud83d",
            "text must be valid Unicode, got the lone surrogate '\\ud83d' at character 6. "
            "Decode the source again.",
            id="lone surrogate",
        ),
        pytest.param(
            "PK\0\3",
            "text must not contain NUL, got one at character 2. Is this a binary file?",
            id="binary",
        ),
        pytest.param(
            "x" * 1_001,
            "text must be at most 1,000 characters, got 1,001. Send it in parts.",
            id="too long",
        ),
    ],
)
def test_what_cannot_be_an_article_is_refused_with_its_place_and_the_fault(text, sentence):
    with pytest.raises(ArticleError) as caught:
        check_text(text, where="a1.txt", max_chars=1_000)
    assert str(caught.value) == f"a1.txt: {sentence}"
    assert isinstance(caught.value, InputError)


def test_only_a_long_article_is_an_error_of_length():
    with pytest.raises(TooLongError):
        read_article("Talks opened.", max_chars=12)
    assert len(read_article("Talks opened.", max_chars=13).sentences) == 1


def test_the_length_of_an_article_counts_code_points_and_not_bytes():
    assert read_article("é" * 10, max_chars=10).text == "é" * 10


def test_an_article_is_named_by_its_id_in_an_error():
    with pytest.raises(ArticleError, match=r"^geneva-3: text must not be empty"):
        read_article(" ", id="geneva-3")


def test_sentences_know_their_number_and_their_paragraph():
    article = read_article("One came. Two came.\n\nThree came.")
    assert [(s.index, s.paragraph) for s in article.sentences] == [(0, 0), (1, 0), (2, 1)]


def test_the_sentence_at_an_offset_is_the_one_that_covers_it():
    article = read_article("One came.  Two came.")
    assert article.sentence_at(0).text == "One came."
    assert article.sentence_at(11).text == "Two came."


@pytest.mark.parametrize("offset", [9, 10, 20, 99])
def test_between_and_after_sentences_there_is_no_sentence(offset):
    assert read_article("One came.  Two came.").sentence_at(offset) is None


def test_offsets_count_code_points_after_an_emoji_and_a_combining_mark():
    article = read_article("👩‍🚀 cafe\u0301 opened. Talks began.")
    talks = article.sentences[1]
    assert article.text[talks.span.start : talks.span.end] == "Talks began."
