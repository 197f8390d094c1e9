"""Who says it: source, cue and content of each attribution, for quotes and indirect speech.

An attribution's content belongs to its ``actor``; the holder of what is said is the actor of the
innermost attribution, and an outer one makes its own actor the reporter. "X quoted Y as saying"
belongs to Y, with X as reporter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from standpoint.attribution.clause import Source, clause_of
from standpoint.attribution.indirect_speech import said_in
from standpoint.attribution.transcripts import Turn, find_turns
from standpoint.lexicon.reporting_cues import ATTRIBUTION_WORDS, TAG_VERBS
from standpoint.mentions import ActorMention, by_sentence
from standpoint.text import Article, Sentence, Span, words_of

Kind = Literal["quote", "paraphrase"]
MAX_MARKS = 4
MIN_SPOKEN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying; all spans count from the start of the article.

    ``cue`` is the word that attributes, as printed; ``cue_span`` also covers its helpers, as in
    "has also called for". A quotation that goes on without a tag has the cue of the one before.
    """

    kind: Kind
    content: Span
    source: Source
    cue: str
    reporter: str | None = None
    cue_span: Span | None = None


def find_attributions(
    article: Article, mentions: Sequence[ActorMention], *, quotes: Sequence[Span]
) -> list[Attribution]:
    """Every attribution of an article.

    Parameters
    ----------
    mentions : of actors, by name, title or pronoun, in any order
    quotes : from `find_quotes`
    """
    named = by_sentence(mentions)
    found: list[Attribution] = []
    spoken: dict[int, list[Attribution]] = {}
    for sentence in article.sentences:
        if any(word.key in ATTRIBUTION_WORDS for word in words_of(sentence.text)):
            mentioned = named.get(sentence.index, [])
            spoken[sentence.index] = list(_spoken(sentence, mentioned, quotes))
            found += [a for a in spoken[sentence.index] if a.content != a.cue_span]
    turns = [_of_turn(turn) for turn in find_turns(article, named)]
    return found + turns + list(_quoted(article, quotes, spoken))


def _of_turn(turn: Turn) -> Attribution:
    kind: Kind = "paraphrase" if turn.headline else "quote"
    return Attribution(kind, turn.content, turn.source, ":", cue_span=turn.colon)


def _spoken(
    sentence: Sentence, mentions: Sequence[ActorMention], quotes: Sequence[Span]
) -> Iterator[Attribution]:
    """Attributions whose cue stands in this sentence outside quotation marks.

    A tag beside which nothing is said, which a quotation may stand before, has itself as content.
    """
    for said in said_in(clause_of(sentence, mentions, quotes)):
        cue = said.group.shift(sentence.span.start)
        alone = (cue,) if said.source.text is not None and said.cue.casefold() in TAG_VERBS else ()
        for content in said.contents or alone:
            yield Attribution("paraphrase", content, said.source, said.cue, said.reporter, cue)


def _quoted(
    article: Article, quotes: Sequence[Span], spoken: dict[int, list[Attribution]]
) -> Iterator[Attribution]:
    """A speaker for each quotation: in its own sentences, or carried on from the one before."""
    before: Attribution | None = None
    before_paragraph = -1
    at = 0
    for quote in quotes:
        while article.sentences[at].span.end <= quote.start and at + 1 < len(article.sentences):
            at += 1
        first = last = at
        while (
            last + 1 < len(article.sentences) and article.sentences[last + 1].span.start < quote.end
        ):
            last += 1
        paragraph = article.sentences[first].paragraph
        own = [a for n in range(first, last + 1) for a in spoken.get(n, []) if _may_speak(a)]
        own += _tags_behind(article, quote, last, spoken)
        announced = _announced(spoken.get(first - 1, []))
        goes_on = paragraph - before_paragraph <= 1 and _stands_alone(article, quote, first, last)
        if own and not _is_only_a_term(article, quote, own):
            before = min(own, key=lambda a: _nearness(a, quote))
        elif announced is not None or not goes_on:
            before = announced
        before_paragraph = paragraph
        if before is not None:
            before = replace(before, kind="quote", content=quote)
            yield before


def _is_only_a_term(article: Article, quote: Span, own: Sequence[Attribution]) -> bool:
    """Whether a few words are quoted that are no part of what anybody says."""
    if (
        article.text[max(0, quote.start - MAX_MARKS) : quote.start]
        .rstrip(" \"“‘'«")
        .endswith((",", ":"))
    ):
        return False
    few = len(quote.of(article.text).split()) < MIN_SPOKEN_WORDS
    return few and not any(a.content.overlaps(quote) for a in own)


def _tags_behind(
    article: Article, quote: Span, last: int, spoken: dict[int, list[Attribution]]
) -> list[Attribution]:
    """Tags that the end of a quotation cuts off as a sentence of their own ("he said.")."""
    if last + 1 >= len(article.sentences):
        return []
    following = article.sentences[last + 1]
    near = following.paragraph == article.sentences[last].paragraph
    if not near or following.span.start - quote.end > MAX_MARKS:
        return []
    return [a for a in spoken.get(last + 1, []) if a.content == a.cue_span]


def _may_speak(attribution: Attribution) -> bool:
    return attribution.source.text is not None


def _nearness(attribution: Attribution, quote: Span) -> tuple[bool, int]:
    """Least for the innermost attribution a quotation is part of; else for the nearest source."""
    content = attribution.content
    if content.overlaps(quote):
        return False, content.end - content.start
    return True, _distance(attribution, quote)


def _distance(attribution: Attribution, quote: Span) -> int:
    span = attribution.source.span
    if span is None:
        return 10_000
    return max(span.start - quote.end, quote.start - span.end, 0)


def _stands_alone(article: Article, quote: Span, first: int, last: int) -> bool:
    """Whether the sentences of a quotation hold nothing but it."""
    whole = Span(article.sentences[first].span.start, article.sentences[last].span.end)
    words_outside = article.text[whole.start : quote.start] + article.text[quote.end : whole.end]
    return not words_outside.strip(" \n\"'“”„‘’.,«»")


def _announced(spoken: list[Attribution]) -> Attribution | None:
    return next((a for a in reversed(spoken) if _may_speak(a)), None)
