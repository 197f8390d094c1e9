"""Sources of quotations that no verb attributes: signed behind a dash, or announced by a colon.

'"We will fight it." — Ana Kovac, minister' and 'And from Ana Kovac: "We will fight it."'
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from standpoint.attribution.frames import Attribution, Source
from standpoint.attribution.noun_phrases import source_starting_at
from standpoint.attribution.subjects import main_subject
from standpoint.lexicon.function_words import POSSESSIVE_DETERMINERS
from standpoint.lexicon.reporting_cues import ANNOUNCED_NOUNS, ANNOUNCING_WORDS
from standpoint.mentions import SentenceView
from standpoint.text import Article, Sentence, Span, overlaps_any

MAX_SIGNATURE_CHARS = 120
"""Characters of a signature's line: a name and its office. A guess; longer lines go on in prose."""
MAX_ANNOUNCING_WORDS = 14
"""Words of a sentence that announces a quotation, before its colon. A guess."""
MAX_POSSESSED_WORDS = 3
"""Words from a possessor to what is announced: "Kovac's own considered words"."""
_DASH = re.compile(
    r"[”\"’'»]{0,2}[ \t]*(?:\n[ \t]*(?:>[ \t]*)?){0,2}"
    r"(?:[—–―]|--?|\((?=[A-Z][\w. ]+\)))[ \t]*(?=[A-Z])"
)
# What may follow the name: nothing, an office behind a comma or in brackets, a place or a time.
_REST = re.compile(r"\)?\s*(?:[.]?$|[,(]|(?:of|in|at|on|to|for|from) )")
# What an interviewer asks: a question, or a sentence to "you".
_ASKED = re.compile(r"\?\s*$|\b[Yy]ou(?:r|['’]\w+)?\b")
MIN_ASKED = 3
"""Quotations behind what an interviewer asks: fewer may be a reporter's at a press conference."""
_BEFORE_QUOTE = " \n\t\"“„'‘«`"

View = Callable[[Sentence], SentenceView]


def signed_source(article: Article, quote: Span, view_of: View) -> Attribution | None:
    """The attribution to the name behind a quotation and a dash."""
    dash = _DASH.match(article.text, quote.end)
    if dash is None:
        return None
    end = article.text.find("\n", dash.end())
    end = len(article.text) if end < 0 else end
    if end - dash.end() > MAX_SIGNATURE_CHARS:
        return None
    view = view_of(_sentence_at(article, dash.end()))
    first = view.first_at(dash.end() - view.sentence.span.start)
    source = source_starting_at(view, first)
    if source.reach is None or (not view.is_name(first) and first not in view.mention_at):
        return None
    if not _REST.match(article.text[source.reach.end : end].rstrip()):
        return None
    return Attribution("quote", quote, source, "—", cue_span=Span(dash.start(), dash.end()))


def is_interview(article: Article, quotes: Sequence[Span]) -> bool:
    """Whether quotations answer an interviewer: 'Do you regret it? "I do."'.

    Whom a question names is then not who answers it.
    """
    n_asked = 0
    for quote in quotes:
        at = bisect_right(article.sentences, quote.start, key=lambda s: s.span.start) - 1
        before = article.sentences[max(0, at - 1)]
        opens = at > 0 and quote.start - article.sentences[at].span.start <= 1
        if opens and not overlaps_any(quotes, before.span):
            is_same = before.paragraph == article.sentences[at].paragraph
            n_asked += is_same and _ASKED.search(before.text) is not None
    return n_asked >= MIN_ASKED


def announced_source(article: Article, quote: Span, view_of: View) -> Attribution | None:
    """The attribution to whom a colon before a quotation announces."""
    before = article.text[: quote.start].rstrip(_BEFORE_QUOTE)
    if not before.endswith(":"):
        return None
    colon = len(before) - 1
    view = view_of(_sentence_at(article, colon))
    past = view.first_at(colon - view.sentence.span.start)
    if not 0 < past <= MAX_ANNOUNCING_WORDS:
        return None
    source = _announced(view, past)
    if source is None or source.text is None:
        return None
    return Attribution("quote", quote, source, ":", cue_span=Span(colon, colon + 1))


def _sentence_at(article: Article, offset: int) -> Sentence:
    """The sentence that contains a character, or the one before it."""
    at = bisect_right(article.sentences, offset, key=lambda sentence: sentence.span.start) - 1
    return article.sentences[max(0, at)]


def _announced(view: SentenceView, past: int) -> Source | None:
    """Who is announced by the tokens before a colon: "from X", "X's response", "here is X"."""
    for at in range(past - 2, -1, -1):
        if view.keys[at] == "from" and (at + 1 in view.mention_at or not view.has_break_after(at)):
            source = source_starting_at(view, at + 1)
            return source if _is_person(view, source) else None
    if view.keys[past - 1] in ANNOUNCED_NOUNS:
        return _possessor(view, past - 1)
    first = 0
    while first < past - 1 and view.keys[first] in ANNOUNCING_WORDS:
        first += 1
    if view.keys[first] in POSSESSIVE_DETERMINERS:
        return None
    source = main_subject(view, first, past)
    return source if _is_person(view, source) else None


def _is_person(view: SentenceView, source: Source) -> bool:
    """Whether a source is an actor, or has a name."""
    if source.span is None:
        return False
    start = view.first_at(view.local(source.span)[0])
    last = view.first_at(view.local(source.span)[1]) - 1
    return source.actor is not None or (start > 0 and view.is_name(last))


def _possessor(view: SentenceView, noun: int) -> Source | None:
    """Whose response or words are announced."""
    for at in range(noun - 1, max(-1, noun - 2 - MAX_POSSESSED_WORDS), -1):
        if view.words[at].possessive or view.keys[at] in POSSESSIVE_DETERMINERS:
            return Source.at_token(view, at)
    return None
