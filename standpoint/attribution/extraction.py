"""Attribution extraction: source, cue and content of quotations and indirect speech.

An attribution's content belongs to its source. The holder of what is said is the source of the
innermost attribution, and the next outer source is its reporter: "X quoted Y as saying" belongs to
Y, with X as reporter.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from standpoint.attribution.frames import Attribution
from standpoint.attribution.headlines import headline_attributions
from standpoint.attribution.indirect_speech import frames_in
from standpoint.attribution.quote_sources import (
    View,
    announced_source,
    is_interview,
    signed_source,
)
from standpoint.attribution.speakers import name_speakers
from standpoint.lexicon.function_words import FIRST_PERSONS
from standpoint.lexicon.reporting_cues import ATTRIBUTION_WORDS, TAG_VERBS
from standpoint.mentions import ActorMention, SentenceView, by_sentence, view_unquoted
from standpoint.text import Article, Sentence, Span, overlaps_any, words_of

MAX_MARKS = 4
"""Characters between a quotation and its tag, or a comma before it: marks and spaces."""
MAX_TAG_WORDS = 6
"""Words of a sentence that is only a tag: "the minister told reporters on Monday"."""
MIN_SPOKEN_WORDS = 4
"""Fewer words in quotation marks, outside any content, are a term ("the so-called 'great dam'")."""
_UNKNOWN_DISTANCE = 10_000
"""Characters to a source without a span: more than a sentence has."""


def find_attributions(
    article: Article,
    mentions: Sequence[ActorMention],
    *,
    quotes: Sequence[Span],
    people: Collection[str] = (),
) -> list[Attribution]:
    """Every attribution of an article.

    Parameters
    ----------
    mentions : of actors, by name, title or pronoun, in any order
    quotes : from `find_quotes`
    people : the actors who are persons or groups, whom "it" does not mean
    """
    mentions_of = by_sentence(mentions)
    indirect: dict[int, list[Attribution]] = {}
    for sentence in article.sentences:
        if not ATTRIBUTION_WORDS.isdisjoint(word.key for word in words_of(sentence.text)):
            view = view_unquoted(sentence, mentions_of.get(sentence.index, ()), quotes=quotes)
            indirect[sentence.index] = list(_indirect(view))
    indirect = name_speakers(article, indirect, mentions_of, people=people)
    headline = headline_attributions(article, mentions_of)
    with_content = [a for group in indirect.values() for a in group if a.content != a.cue_span]
    beside = partial(_view_beside, mentions=mentions_of, quotes=quotes)
    quoted = _quoted(article, quotes, indirect, view_of=beside)
    return with_content + headline + list(_untagged(article, indirect, quotes)) + list(quoted)


def _view_beside(
    sentence: Sentence, *, mentions: dict[int, list[ActorMention]], quotes: Sequence[Span]
) -> SentenceView:
    """What a sentence has outside quotation marks."""
    return view_unquoted(sentence, mentions.get(sentence.index, ()), quotes=quotes)


def _indirect(view: SentenceView) -> Iterator[Attribution]:
    """Attributions whose cue stands outside quotation marks.

    A tag without content in its sentence can belong to a quotation before it: it has itself as
    content.
    """
    for frame in frames_in(view):
        cue_span = frame.cue_span.shift(view.sentence.span.start)
        is_tag = frame.source.text is not None and frame.cue.casefold() in TAG_VERBS
        for content in frame.contents or ((cue_span,) if is_tag else ()):
            yield Attribution(
                "paraphrase", content, frame.source, frame.cue, frame.reporter, cue_span
            )


def _untagged(
    article: Article, indirect: dict[int, list[Attribution]], quotes: Sequence[Span]
) -> Iterator[Attribution]:
    """Sentences that have lost their quotation marks, before a tag on its own ("he said.")."""
    for index, attributions in indirect.items():
        tag = attributions[0] if attributions else None
        if tag is None or tag.content != tag.cue_span or index == 0:
            continue
        sentence, before = article.sentences[index], article.sentences[index - 1]
        is_bare = len(sentence.text.split()) <= MAX_TAG_WORDS
        if not is_bare or sentence.paragraph != before.paragraph:
            continue
        sources = [a.source.text or "" for a in indirect.get(index - 1, ())]
        is_direct = all(text.casefold() in FIRST_PERSONS for text in sources)
        if is_direct and not overlaps_any(quotes, before.span):
            yield replace(tag, content=before.span)


def _quoted(
    article: Article,
    quotes: Sequence[Span],
    indirect: dict[int, list[Attribution]],
    *,
    view_of: View,
) -> Iterator[Attribution]:
    """An attribution for each quotation: from its own sentences, or carried over from the last."""
    starts = [sentence.span.start for sentence in article.sentences]
    ends = [sentence.span.end for sentence in article.sentences]
    current: Attribution | None = None
    previous_paragraph = -1
    is_asked = is_interview(article, quotes)
    for quote in quotes:
        first = min(bisect_right(ends, quote.start), len(ends) - 1)
        last = max(first, bisect_left(starts, quote.end) - 1)
        tags = _with_source(a for n in range(first, last + 1) for a in indirect.get(n, []))
        tags += _tags_after(article, quote, last, indirect)
        announced = [] if is_asked else _with_source(indirect.get(first - 1, []))[-1:]
        if announced and _is_of_another(article, quote, announced[0], first, last, view_of):
            announced = []
        paragraph = article.sentences[first].paragraph
        is_near = paragraph - previous_paragraph <= 1
        signed = signed_source(article, quote, view_of)
        # Without a tag of its own, a quotation goes on from the one before.
        if signed is not None:
            current = signed
        elif tags and not _is_term(article, quote, tags):
            current = min(tags, key=lambda tag: _nearness(tag, quote))
        elif (introduced := announced_source(article, quote, view_of)) is not None:
            current = introduced
        elif announced or not (is_near and _stands_alone(article, quote, first, last)):
            current = announced[0] if announced else None
        previous_paragraph = paragraph
        if current is not None:
            current = replace(current, kind="quote", content=quote)
            yield current


def _is_of_another(
    article: Article, quote: Span, announced: Attribution, first: int, last: int, view_of: View
) -> bool:
    """Whether somebody else is named around a quotation: 'He left. A banner of Labour read "…"'."""
    if _stands_alone(article, quote, first, last):
        return False
    mentions = view_of(article.sentences[first]).mentions
    return any(m.how == "name" and m.actor != announced.source.actor for m in mentions)


def _with_source(attributions: Iterable[Attribution]) -> list[Attribution]:
    """The attributions whose source is known."""
    return [a for a in attributions if a.source.text is not None]


def _is_term(article: Article, quote: Span, tags: Sequence[Attribution]) -> bool:
    """Whether a few words are quoted that are no part of what anybody says."""
    before = article.text[max(0, quote.start - MAX_MARKS) : quote.start]
    if before.rstrip(" \"“‘'«").endswith((",", ":")):
        return False
    is_short = len(quote.of(article.text).split()) < MIN_SPOKEN_WORDS
    return is_short and not any(tag.content.overlaps(quote) for tag in tags)


def _tags_after(
    article: Article, quote: Span, last: int, indirect: dict[int, list[Attribution]]
) -> list[Attribution]:
    """Tags that the end of a quotation cuts off as a sentence of their own ("he said.")."""
    if last + 1 >= len(article.sentences):
        return []
    following = article.sentences[last + 1]
    is_near = following.paragraph == article.sentences[last].paragraph
    if not is_near or following.span.start - quote.end > MAX_MARKS:
        return []
    return [a for a in indirect.get(last + 1, []) if a.content == a.cue_span]


def _nearness(attribution: Attribution, quote: Span) -> tuple[bool, int]:
    """Least for the innermost attribution that a quotation is part of; else for the nearest
    source, by characters.
    """
    content, source = attribution.content, attribution.source.span
    if content.overlaps(quote):
        return False, content.end - content.start
    if source is None:
        return True, _UNKNOWN_DISTANCE
    return True, max(source.start - quote.end, quote.start - source.end, 0)


def _stands_alone(article: Article, quote: Span, first: int, last: int) -> bool:
    """Whether the sentences of a quotation contain nothing but it."""
    start, end = article.sentences[first].span.start, article.sentences[last].span.end
    outside = article.text[start : quote.start] + article.text[quote.end : end]
    return not outside.strip(" \n\"'“”„‘’.,«»")
