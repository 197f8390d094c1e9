"""Articles, their sentences, and spans whose offsets always hold.

Offsets count Unicode code points. ``article.text[s.start:s.end] == s.text`` for every sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from standpoint.errors import ArticleError, TooLongError
from standpoint.lexicon.function_words import SENTENCE_STARTERS
from standpoint.lexicon.honorifics import ABBREVIATED_TITLES
from standpoint.lexicon.verbs import SPEAKING
from standpoint.validation import show

MAX_SENTENCE_CHARS = 1_000
DEFAULT_MAX_CHARS = 200_000
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\n\s*")
_SURROGATES = re.compile("[\ud800-\udfff]")
MAX_LOOK_CHARS = 200
_TITLE_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(ABBREVIATED_TITLES))})\. *$")
_INITIAL_BEFORE = re.compile(r"\b[A-Z][a-z]+ [A-Z]\. $")
_POINT = re.compile(r"\n(?=[^\S\n]*(?:[-–*•·‣]|\d{1,2}[.)])[^\S\n]+\S)")
_FOOTNOTE = re.compile(r"(?<=[.!?])(?:\[\d{1,3}\])+\s+(?=[\"“‘']?[A-Z])")
_CLOSING = "\"'”’»)]"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: ``start`` inclusive, ``end`` exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ArticleError(f"span: start must be below end and not negative, got {self}.")

    def __str__(self) -> str:
        return f"[{self.start}:{self.end}]"

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether the other lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> "Span":
        """The same span counted from another origin."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``span`` counts from the start of the article."""

    index: int
    paragraph: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its sentences."""

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    date: str | None = None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers an offset, if one does."""
        for sentence in self.sentences:
            if sentence.span.start <= offset < sentence.span.end:
                return sentence
        return None


def check_text(text: object, *, where: str, max_chars: int | None = None) -> str:
    """Refuse what cannot be an article: no string, no words, lone surrogates, too long, binary."""
    if not isinstance(text, str):
        raise ArticleError(f"{where}: text must be a string, got {type(text).__name__}.")
    if not text.strip():
        raise ArticleError(f"{where}: text must not be empty. Send the words of an article.")
    if max_chars is not None and len(text) > max_chars:
        raise TooLongError(
            f"{where}: text must be at most {max_chars:,} characters, got {len(text):,}. "
            "Send it in parts."
        )
    if lone := _SURROGATES.search(text):
        raise ArticleError(
            f"{where}: text must be valid Unicode, got the lone surrogate "
            f"{lone.group()!r} at character {lone.start()}. Decode the source again."
        )
    if "\0" in text:
        raise ArticleError(
            f"{where}: text must not contain NUL, got one at character {text.index(chr(0))}. "
            "Is this a binary file?"
        )
    return text


def check_date(given: object) -> str | None:
    """Refuse what is no ISO 8601 date or date and time; None is no date."""
    if given is None:
        return None
    try:
        if not isinstance(given, str):
            raise ValueError
        datetime.fromisoformat(given)
    except ValueError:
        raise ValueError(
            f"must be a date as 2013-11-19, got {show(given)}. Leave it out if it is not known."
        ) from None
    return given


def read_article(
    text: str, *, id: str = "article", date: str | None = None, max_chars: int | None = None
) -> Article:
    """Check a text and cut it into sentences.

    >>> [s.text for s in read_article("Talks opened. Mr. Lavrov spoke.").sentences]
    ['Talks opened.', 'Mr. Lavrov spoke.']
    """
    check_text(text, where=id, max_chars=max_chars)
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(split_paragraphs(text)):
        for span in split_sentences(text, within=paragraph):
            sentences.append(Sentence(len(sentences), number, span, span.of(text)))
    return Article(id=id, text=text, sentences=tuple(sentences), date=date)


def split_paragraphs(text: str) -> Iterator[Span]:
    """Stretches between blank lines; where a text has none, its lines if most end a sentence."""
    separator = _BLANK_LINES if _BLANK_LINES.search(text.strip()) else _LINE_END
    if separator is _LINE_END and not _lines_are_paragraphs(text):
        separator = _BLANK_LINES
    start = 0
    for gap in separator.finditer(text):
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, len(text))


def _lines_are_paragraphs(text: str) -> bool:
    lines = [line.strip().rstrip(_CLOSING) for line in text.splitlines() if line.strip()]
    return 2 * sum(line.endswith((".", "!", "?", ":")) for line in lines) >= len(lines)


def split_sentences(text: str, *, within: Span) -> Iterator[Span]:
    """Sentences of one paragraph, none longer than ``MAX_SENTENCE_CHARS``."""
    paragraph = within.of(text)
    firsts = {*_sentence_starts(paragraph), *_marked_starts(paragraph)} - {0}
    starts = [within.start, *(within.start + first for first in sorted(firsts))]
    for start, end in zip(starts, [*starts[1:], within.end], strict=True):
        for span in _trimmed(text, start, end):
            yield from _cut_long(text, span)


def _marked_starts(paragraph: str) -> Iterator[int]:
    """Where a point of a list begins, and what follows a footnote's mark behind a full stop."""
    for mark in _POINT.finditer(paragraph):
        yield mark.start() + 1
    for mark in _FOOTNOTE.finditer(paragraph):
        yield mark.end()


def _sentence_starts(paragraph: str) -> Iterator[int]:
    for sentence in _segmenter()(paragraph):
        if sentence:
            start = sentence[0].offset
            if not _is_a_speech_tag(paragraph, start) and not _is_behind_a_title(paragraph, start):
                yield start


def _is_a_speech_tag(paragraph: str, start: int) -> bool:
    """Whether a quotation that asks or exclaims goes on with its speaker: '"Why?" she asked'."""
    before = paragraph[max(0, start - MAX_LOOK_CHARS) : start].rstrip()
    if len(before) < 2 or before[-1] not in _CLOSING or before[-2] not in "?!,":
        return False
    following = paragraph[start : start + MAX_LOOK_CHARS]
    tag = re.split(r"[.,;:\"“?!]", following, maxsplit=1)[0].split()
    return bool(SPEAKING & {word.casefold() for word in tag[:5]})


def _is_behind_a_title(paragraph: str, start: int) -> bool:
    """Whether a point ends an abbreviated title or an initial: "Gov. Roe", "Peter T. King"."""
    before = paragraph[max(0, start - MAX_LOOK_CHARS) : start]
    following = paragraph[start : start + MAX_LOOK_CHARS].split(maxsplit=1)[:1]
    if not following or not following[0][0].isupper():
        return False
    if _TITLE_BEFORE.search(before):
        return True
    return _INITIAL_BEFORE.search(before) is not None and following[0] not in SENTENCE_STARTERS


@cache
def _segmenter() -> Any:
    from syntok import segmenter
    from syntok.tokenizer import Tokenizer

    tokenizer = Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)

    def sentences(paragraph: str) -> list[Any]:
        return list(segmenter.segment(tokenizer.tokenize(paragraph)))

    return sentences


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start < end:
        yield Span(start, end)


def _cut_long(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start + MAX_SENTENCE_CHARS // 2, start + MAX_SENTENCE_CHARS)
        cut = cut if cut > start else start + MAX_SENTENCE_CHARS
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, span.end)
