"""A tokenized sentence with the mentions and quotations in it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from standpoint.lexicon.function_words import FUNCTION_WORDS
from standpoint.lexicon.given_names import GIVEN_NAME_HOMOGRAPHS
from standpoint.mentions.dateline import words_in_dateline
from standpoint.mentions.mention import ActorMention
from standpoint.text import Sentence, Span, Word, in_any_span, is_hyphenated, overlaps_any, words_of

_BREAK = re.compile(r"[,()\[\];:–—\"“”«»]|--| - ")
MAX_DATELINES = 5
"""Only this many first sentences can begin with a dateline: a page may begin with other lines."""
# "Prof. ", "Sept. ": most abbreviated titles have at most four letters.
MAX_ABBREVIATION_CHARS = 4


@dataclass(slots=True)
class SentenceView:
    """A sentence as tokens. Methods take the index of a token in ``words``.

    Attributes
    ----------
    words : the tokens, in order: all of the sentence, or those outside quotation marks
    quotes : the quotations of the whole article, in order
    mentions : the mentions in the sentence, in the order in which they were added
    mention_at : for each token that is part of a mention, the first mention added with it
    keys : the folded form of each token
    is_shouted : whether the sentence has no small letters, so that capitals say nothing
    """

    sentence: Sentence
    words: tuple[Word, ...]
    quotes: Sequence[Span]
    mentions: list[ActorMention] = field(default_factory=list)
    mention_at: dict[int, ActorMention] = field(default_factory=dict)
    keys: list[str] = field(init=False)
    is_shouted: bool = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = [word.key for word in self.words]
        self.is_shouted = self.sentence.text.isupper()
        self._starts = [word.start for word in self.words]

    def add(self, mention: ActorMention) -> None:
        """Add a mention; tokens that already belong to another mention stay with that."""
        self.mentions.append(mention)
        for at in self.indices(mention):
            self.mention_at.setdefault(at, mention)

    def indices(self, mention: ActorMention) -> range:
        """The tokens of a mention."""
        start, end = self.local(mention.span)
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def local(self, span: Span) -> tuple[int, int]:
        """The start and end of a span, counted from the start of the sentence."""
        origin = self.sentence.span.start
        return span.start - origin, span.end - origin

    def first_at(self, offset: int) -> int:
        """The first token that begins at a character of the sentence or after it."""
        return bisect_left(self._starts, offset)

    def key(self, at: int) -> str:
        """The key of a token; empty before the first and after the last."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def key_outside_mentions(self, at: int) -> str:
        """The key of a token that is part of no mention; else empty."""
        return "" if at in self.mention_at else self.key(at)

    def span(self, first: int, last: int) -> Span:
        """The span in the article from the first to the last of some tokens."""
        return Span(self.words[first].start, self.words[last].end).shift(self.sentence.span.start)

    def mention(
        self, actor: str, first: int, last: int, how: Literal["name", "title", "pronoun"]
    ) -> ActorMention:
        """A mention made of the tokens from ``first`` to ``last``; it is not added."""
        span, possessive = self.span(first, last), self.words[last].possessive
        return ActorMention(actor, span, self.sentence.index, how=how, possessive=possessive)

    def gap(self, at: int) -> str:
        """The characters between a token and the next; after the last, the rest of the text."""
        end = self._starts[at + 1] if at + 1 < len(self._starts) else None
        return self.sentence.text[self.words[at].end : end]

    def text_before(self, at: int) -> str:
        """The text before a token, without space at its end."""
        return self.sentence.text[: self._starts[at]].rstrip()

    def is_quoted(self, at: int) -> bool:
        """Whether a token is in quotation marks."""
        return in_any_span(self.quotes, self.sentence.span.start + self._starts[at])

    def is_capitalized(self, at: int) -> bool:
        """Whether a token begins with a capital, in a sentence that is not all capitals."""
        is_token = 0 <= at < len(self.words)
        return is_token and not self.is_shouted and self.words[at].text[0].isupper()

    def is_hyphenated(self, at: int) -> bool:
        """Whether a token is part of a compound ("government-held")."""
        word = self.words[at]
        return is_hyphenated(self.sentence.text, start=word.start, end=word.end)

    def has_possessor(self, at: int) -> bool:
        """Whether a noun has a possessive just before it ("Iran's" for "envoy")."""
        return at > 0 and self.words[at - 1].possessive

    def has_break_after(self, at: int) -> bool:
        """Whether a punctuation mark separates a token from the next, other than an
        abbreviation's point.
        """
        return _BREAK.search(self.gap(at)) is not None

    def is_joined(self, at: int) -> bool:
        """Whether a token and the next can be of one phrase: "O'Neill", "Mr. Li", "John R. Roe"."""
        word, gap = self.words[at], self.gap(at)
        is_short = len(word.text) <= MAX_ABBREVIATION_CHARS and word.text[0].isupper()
        return word.joined or gap in ("'", "’", "/") or (gap == ". " and is_short)

    def is_name(self, at: int) -> bool:
        """Whether a token looks like part of a proper name: capitalized and no function word."""
        if self.is_shouted or not self.words[at].text[0].isupper():
            return False
        if self.keys[at] in GIVEN_NAME_HOMOGRAPHS:
            return self.is_capitalized(at + 1)
        return self.keys[at] not in FUNCTION_WORDS


def view_sentence(
    sentence: Sentence, mentions: Iterable[ActorMention], *, quotes: Sequence[Span]
) -> SentenceView:
    """Tokenize a sentence; ``mentions`` are its own, ``quotes`` those of the article."""
    view = SentenceView(sentence, words_of(sentence.text), quotes)
    for mention in mentions:
        view.add(mention)
    return view


def view_unquoted(
    sentence: Sentence, mentions: Iterable[ActorMention], *, quotes: Sequence[Span]
) -> SentenceView:
    """The same, with only the tokens and mentions outside quotation marks and datelines.

    Mentions are in text order. Of overlapping mentions, a token belongs to the one that begins
    last, and of those to the longest: "his party" before "his".
    """
    words = words_of(sentence.text)
    if sentence.index < MAX_DATELINES:
        words = words[words_in_dateline(sentence.text, words) :]
    ordered = sorted(mentions, key=lambda mention: mention.span)
    if overlaps_any(quotes, sentence.span):
        start = sentence.span.start
        words = tuple(word for word in words if not in_any_span(quotes, start + word.start))
        ordered = [mention for mention in ordered if not in_any_span(quotes, mention.span.start)]
    view = SentenceView(sentence, words, quotes)
    for mention in reversed(ordered):
        view.add(mention)
    view.mentions.reverse()
    return view
