import pytest

from standpoint.mentions.mention import ActorMention
from standpoint.mentions.sentence_view import view_sentence, view_unquoted
from standpoint.text.article import Span, read_article
from standpoint.text.quotes import find_quotes


def viewed(text, *mentions, unquoted=False):
    article = read_article(text)
    view = view_unquoted if unquoted else view_sentence
    named = [ActorMention(actor, Span(*span), 0) for actor, *span in mentions]
    return view(article.sentences[0], named, quotes=find_quotes(article))


def test_a_token_belongs_to_the_mention_added_first():
    view = viewed("Foreign Minister Lavrov spoke.", ("lavrov", 8, 23), ("russia", 0, 16))
    assert {at: m.actor for at, m in view.mention_at.items()} == {
        0: "russia",
        1: "lavrov",
        2: "lavrov",
    }


def test_outside_quotes_a_token_belongs_to_the_longest_mention():
    view = viewed("His party left.", ("kovac", 0, 3), ("greens", 0, 9), unquoted=True)
    assert [view.mention_at[at].actor for at in (0, 1)] == ["greens", "greens"]
    assert [mention.actor for mention in view.mentions] == ["kovac", "greens"]


def test_quoted_tokens_and_mentions_can_be_left_out():
    text = "“Valdia left,” Kovac said."
    view = viewed(text, ("valdia", 1, 7), ("kovac", 15, 20), unquoted=True)
    assert view.keys == ["kovac", "said"]
    assert [mention.actor for mention in view.mentions] == ["kovac"]


def test_tokens_of_a_mention_are_found_by_its_span():
    view = viewed("On Monday Ana Kovac spoke.")
    assert [*view.indices(ActorMention("kovac", Span(10, 19), 0))] == [2, 3]
    assert view.span(2, 3) == Span(10, 19)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        pytest.param("Mr. Li spoke", True, id="abbreviated title"),
        pytest.param("O'Neill spoke", True, id="apostrophe"),
        pytest.param("Oslo, Rome", False, id="comma"),
        pytest.param("ended. Then", False, id="full stop"),
    ],
)
def test_two_tokens_are_of_one_phrase_unless_a_mark_separates_them(text, joined):
    assert viewed(text).is_joined(0) is joined


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        pytest.param("Kovac spoke", True, id="capital"),
        pytest.param("The dam", False, id="function word"),
        pytest.param("May Smith", True, id="given name"),
        pytest.param("May we", False, id="modal verb"),
        pytest.param("KOVAC SPOKE", False, id="all capitals"),
    ],
)
def test_a_name_is_a_capitalized_word_of_no_closed_class(text, is_name):
    assert viewed(text).is_name(0) is is_name
