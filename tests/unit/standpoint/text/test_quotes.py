from itertools import pairwise

import pytest

from standpoint.text.article import Span, read_article
from standpoint.text.quotes import find_quotes, in_any_span, overlaps_any


def quotes(text):
    return [span.of(text) for span in find_quotes(read_article(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('She said "no" and "never".', ["no", "never"], id="straight"),
        pytest.param("She said “no” and “never”.", ["no", "never"], id="curly"),
        pytest.param("She said «no» today.", ["no"], id="guillemets"),
        pytest.param("She said ''no'' today.", ["no"], id="two apostrophes"),
        pytest.param("She said ``no'' today.", ["no"], id="typewriter"),
        pytest.param("She said 'no never' today.", ["no never"], id="single"),
        pytest.param("She said ‘no, never.’ Today.", ["no, never."], id="single curly"),
        pytest.param("She said nothing.", [], id="none"),
        pytest.param('She said "" today.', [], id="nothing between the marks"),
    ],
)
def test_quotations_are_found_without_their_marks(text, expected):
    assert quotes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It's the people's dam, isn't it.", id="apostrophes"),
        pytest.param("The ‘dam’ stands.", id="a single word is no quotation"),
        pytest.param("the ministers' dam and the states' river", id="plural possessives"),
    ],
)
def test_an_apostrophe_opens_no_quotation(text):
    assert quotes(text) == []


def test_single_marks_do_not_count_beside_double_ones():
    assert quotes("“They call it ‘a great dam’ here,” she said.") == [
        "They call it ‘a great dam’ here,"
    ]


def test_a_quotation_may_run_over_sentences():
    assert quotes("“One came. Two came.” She left.") == ["One came. Two came."]


def test_a_quotation_of_several_paragraphs_is_open_to_the_end_of_each():
    text = "She said: “One came.\n\n“Two came.\n\n“Three came.” Rain fell."
    assert quotes(text) == ["One came.", "Two came.", "Three came."]


def test_a_mark_that_is_never_closed_does_not_reach_the_next_paragraph():
    assert quotes('She said "no.\n\nRain fell.\n\nIt was "wet".') == ["no.", "wet"]


def test_quotations_stand_in_order_and_apart():
    spans = find_quotes(read_article("“A b.” c “d e” f.\n\n‘g h’ i.\n\n“j"))
    assert spans == sorted(spans)
    assert not any(a.overlaps(b) for a, b in pairwise(spans))


SPANS = [Span(2, 4), Span(6, 9)]


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, False), (2, True), (3, True), (4, False), (6, True), (8, True), (9, False)],
)
def test_an_offset_lies_in_the_span_that_covers_it(offset, expected):
    assert in_any_span(SPANS, offset) is expected


def test_no_offset_lies_in_no_spans():
    assert not in_any_span([], 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('It rains" and "it pours" here.', ["it pours"], id="never opened"),
        pytest.param('She said "it rains and "it pours" here.', ["it pours"], id="never closed"),
        pytest.param('"It rains. "It pours," she said.', ["It rains. ", "It pours,"], id="joined"),
        pytest.param("“It rains, she said and left.", ["It rains,"], id="up to the tag"),
        pytest.param("”It rains,” she said.", ["It rains,"], id="closing mark that opens"),
    ],
)
def test_a_lost_mark_does_not_turn_the_others_over(text, expected):
    assert quotes(text) == expected


def test_a_mark_never_closed_does_not_swallow_a_long_article():
    assert quotes("She said “no. " + "Rain fell. " * 200) == []


def test_a_stretch_shares_a_character_with_a_span_or_not():
    assert overlaps_any(SPANS, Span(0, 3))
    assert overlaps_any(SPANS, Span(8, 20))
    assert not overlaps_any(SPANS, Span(4, 6))
    assert not overlaps_any([], Span(4, 6))
