"""Articles, their sentences, and spans of their text.

Offsets count Unicode code points. ``article.text[s.span.start : s.span.end] == s.text`` holds for
every sentence ``s``.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from standpoint.errors import ArticleError, TooLongError
from standpoint.text.sentences import split_into_sentences
from standpoint.validation import short_repr

# About 30,000 words, more than any news article. It bounds the memory and time of one request.
DEFAULT_MAX_CHARS = 200_000
_SURROGATES = re.compile("[\ud800-\udfff]")


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
    """A text with its sentences, in order.

    Attributes
    ----------
    date : of publication, in ISO 8601
    author : id of the actor who wrote it, where the user says so
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    date: str | None = None
    author: str | None = None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers an offset, if one does."""
        return next((s for s in self.sentences if s.span.start <= offset < s.span.end), None)


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


def check_date(date: str | None) -> str | None:
    """The date, if it is None or an ISO 8601 date, with or without a time; else a ValueError."""
    try:
        if date is not None:
            datetime.fromisoformat(date)
    except (TypeError, ValueError):
        raise ValueError(
            f"must be a date as 2013-11-19, got {short_repr(date)}. "
            "Leave it out if it is not known."
        ) from None
    return date


def read_article(
    text: str,
    *,
    id: str = "article",
    date: str | None = None,
    author: str | None = None,
    max_chars: int | None = None,
) -> Article:
    """Check a text (see `check_text`) and segment it into sentences.

    >>> [s.text for s in read_article("Talks opened. Mr. Lavrov spoke.").sentences]
    ['Talks opened.', 'Mr. Lavrov spoke.']
    """
    check_text(text, where=id, max_chars=max_chars)
    spans = ((number, Span(*bounds)) for number, bounds in split_into_sentences(text))
    sentences = (Sentence(n, number, s, s.of(text)) for n, (number, s) in enumerate(spans))
    return Article(id, text, tuple(sentences), date, author)
