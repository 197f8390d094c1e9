"""Articles, sentences and spans: sentence segmentation that keeps character offsets.

Offsets count Unicode code points. ``article.text[s.span.start : s.span.end] == s.text`` holds for
every sentence ``s``.
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
from standpoint.validation import short_repr

# A longer "sentence" is a table or a text without punctuation. It is cut at a space, since encoder
# and rules read a whole sentence and would cost too much.
MAX_SENTENCE_CHARS = 1_000
# About 30,000 words, more than any news article. It bounds the memory and time of one request.
DEFAULT_MAX_CHARS = 200_000
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\n\s*")
_SURROGATES = re.compile("[\ud800-\udfff]")
# How far rules look to either side of a sentence boundary. A guess: longer than any speech tag.
MAX_CONTEXT_CHARS = 200
MAX_TAG_WORDS = 5  # a speech tag has its verb among its first words: "the prime minister asked"
_TITLE_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(ABBREVIATED_TITLES))})\. *$")
# A given name and an initial: "Peter T. ".
_INITIAL_BEFORE = re.compile(r"\b[A-Z][a-z]+ [A-Z]\. $")
# A list item: its bullet or number begins a line.
_LIST_ITEM = re.compile(r"\n(?=[^\S\n]*(?:[-–*•·‣]|\d{1,2}[.)])[^\S\n]+\S)")
# A footnote's number between a full stop and the next sentence: "he said.[12] The".
_FOOTNOTE = re.compile(r"(?<=[.!?])(?:\[\d{1,3}\])+\s+(?=[\"“‘']?[A-Z])")
_CLOSING = "\"'”’»)]"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters: ``start`` inclusive, ``end`` exclusive.

    Raises
    ------
    ArticleError
        where it is empty or begins below 0
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ArticleError(f"span: start must be below end and not negative, got {self}.")

    def __str__(self) -> str:
        return f"[{self.start}:{self.end}]"

    def overlaps(self, other: "Span") -> bool:
        """Whether two spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> "Span":
        """The same span counted from another origin."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The text of the span, out of the text that it counts in."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article.

    Attributes
    ----------
    index, paragraph : its number among the sentences, and that of its paragraph, from 0
    span : counted from the start of the article
    """

    index: int
    paragraph: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its sentences, in order. ``date`` is that of publication, in ISO 8601."""

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    date: str | None = None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers an offset, if one does."""
        covers = (s for s in self.sentences if s.span.start <= offset < s.span.end)
        return next(covers, None)


def check_text(text: object, *, where: str, max_chars: int | None = None) -> str:
    """The text, if it can be an article.

    Raises
    ------
    ArticleError
        if it is no string, empty, binary, or no valid Unicode
    TooLongError
        if it has more than ``max_chars`` code points
    """
    if not isinstance(text, str):
        raise ArticleError(f"{where}: text must be a string, got {type(text).__name__}.")
    if not text.strip():
        raise ArticleError(f"{where}: text must not be empty. Send the words of an article.")
    if max_chars is not None and len(text) > max_chars:
        raise TooLongError(
            f"{where}: text must be at most {max_chars:,} characters, got {len(text):,}. "
            "Send it in parts."
        )
    if surrogate := _SURROGATES.search(text):
        raise ArticleError(
            f"{where}: text must be valid Unicode, got the lone surrogate "
            f"{surrogate.group()!r} at character {surrogate.start()}. Decode the source again."
        )
    if "\0" in text:
        raise ArticleError(
            f"{where}: text must not contain NUL, got one at character {text.index(chr(0))}. "
            "Is this a binary file?"
        )
    return text


def check_date(date: object) -> str | None:
    """The date, if it is None or an ISO 8601 date, with or without a time; else a ValueError."""
    if date is None:
        return None
    try:
        if not isinstance(date, str):
            raise ValueError
        datetime.fromisoformat(date)
    except ValueError:
        raise ValueError(
            f"must be a date as 2013-11-19, got {short_repr(date)}. "
            "Leave it out if it is not known."
        ) from None
    return date


def read_article(
    text: str, *, id: str = "article", date: str | None = None, max_chars: int | None = None
) -> Article:
    """Check a text (see `check_text`) and segment it into sentences.

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
    """Blocks between blank lines, or single lines in a text without blank lines.

    Single lines are paragraphs only if at least half of them end with sentence punctuation: else
    they are lines of a fixed width, and the text is one paragraph.
    """
    has_blank_lines = _BLANK_LINES.search(text.strip()) is not None
    separator = _BLANK_LINES if has_blank_lines or not _lines_are_paragraphs(text) else _LINE_END
    start = 0
    for gap in separator.finditer(text):
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, len(text))


def _lines_are_paragraphs(text: str) -> bool:
    lines = [line.strip().rstrip(_CLOSING) for line in text.splitlines() if line.strip()]
    return 2 * sum(line.endswith((".", "!", "?", ":")) for line in lines) >= len(lines)


def split_sentences(text: str, *, within: Span) -> Iterator[Span]:
    """The sentences of one paragraph, none longer than ``MAX_SENTENCE_CHARS``."""
    paragraph = within.of(text)
    offsets = sorted({0, *_sentence_starts(paragraph), *_marked_starts(paragraph)})
    starts = [within.start + offset for offset in offsets]
    for start, end in zip(starts, [*starts[1:], within.end], strict=True):
        for span in _trimmed(text, start, end):
            yield from _cut_long(text, span)


def _marked_starts(paragraph: str) -> Iterator[int]:
    """Boundaries that the segmenter misses: before list items, and after footnote numbers."""
    yield from (match.start() + 1 for match in _LIST_ITEM.finditer(paragraph))
    yield from (match.end() for match in _FOOTNOTE.finditer(paragraph))


def _sentence_starts(paragraph: str) -> Iterator[int]:
    """Boundaries of the segmenter, without those at speech tags and abbreviated titles."""
    segmenter, tokenizer = _segmenter()
    for tokens in segmenter.segment(tokenizer.tokenize(paragraph)):
        start = tokens[0].offset if tokens else 0
        if start and not _is_speech_tag(paragraph, start) and not _follows_title(paragraph, start):
            yield start


def _is_speech_tag(paragraph: str, start: int) -> bool:
    """Whether the speaker of a quotation that ends with "?" or "!" follows: '"Why?" she asked'."""
    before = paragraph[max(0, start - MAX_CONTEXT_CHARS) : start].rstrip()
    if len(before) < 2 or before[-1] not in _CLOSING or before[-2] not in "?!,":
        return False
    following = paragraph[start : start + MAX_CONTEXT_CHARS]
    tag = re.split(r"[.,;:\"“?!]", following, maxsplit=1)[0].split()
    return bool(SPEAKING & {word.casefold() for word in tag[:MAX_TAG_WORDS]})


def _follows_title(paragraph: str, start: int) -> bool:
    """Whether a period ends an abbreviated title or an initial: "Gov. Roe", "Peter T. King"."""
    before = paragraph[max(0, start - MAX_CONTEXT_CHARS) : start]
    word, *_ = paragraph[start : start + MAX_CONTEXT_CHARS].split(maxsplit=1) or [""]
    if not word[:1].isupper():
        return False
    if _TITLE_BEFORE.search(before):
        return True
    return _INITIAL_BEFORE.search(before) is not None and word not in SENTENCE_STARTERS


@cache
def _segmenter() -> tuple[Any, Any]:
    """Syntok's segmenter and a tokenizer for it, imported at first use."""
    from syntok import segmenter
    from syntok.tokenizer import Tokenizer

    # Both options keep each token as it is printed, so that its offset holds.
    return segmenter, Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without space at its ends; none if nothing is left."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    if start < end:
        yield Span(start, end)


def _cut_long(text: str, span: Span) -> Iterator[Span]:
    """Parts of a sentence, each cut at the last space in the second half of the limit."""
    start = span.start
    while span.end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start + MAX_SENTENCE_CHARS // 2, start + MAX_SENTENCE_CHARS)
        cut = cut if cut > start else start + MAX_SENTENCE_CHARS
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, span.end)
