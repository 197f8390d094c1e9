"""Quotations: the spans between quotation marks, paragraph by paragraph."""

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from standpoint.text.article import Article, Span
from standpoint.text.paragraphs import split_paragraphs

_DOUBLE = re.compile(r"[\"“”„«»]|''|``")
# Single marks are apostrophes as well: at most 300 characters, so that two apostrophes far apart
# make no quotation.
_SINGLE = re.compile(r"(?<![^\s(\"“])['‘](?=\w)(.{3,300}?)(?<=[\w.,!?])['’](?!\w)")
_TAG = re.compile(
    r"[,?!] +(?!I |[Ww]e )(?:[\w.'’-]+ ){0,4}(?:said|says|told|added|asked|replied|wrote)\b"
)
# One word between single marks is mostly a word spoken of, or between two apostrophes.
MIN_SINGLE_WORDS = 2
# How much an unclosed mark may quote: a guess at a long paragraph, against stray marks.
MAX_OPEN_CHARS = 1_000


def find_quotes(article: Article) -> list[Span]:
    """The quotations of an article, in order, without their marks.

    A quotation that is still open at the end of a paragraph ends there, if it is no longer than
    ``MAX_OPEN_CHARS``: newspapers print a quotation of several paragraphs so. Where a mark is
    missing, the space beside the others shows which of them open or close, and a quotation that is
    never closed ends at its speech tag (", she said"). Single marks count only in paragraphs
    without double marks.
    """
    return [
        span
        for start, end in split_paragraphs(article.text)
        for span in list(_double(article.text, start, end)) or _single(article.text, start, end)
    ]


def _double(text: str, start: int, end: int) -> Iterator[Span]:
    """Quotations in double marks of any kind."""
    opened: int | None = None
    opener = ""
    for mark in _DOUBLE.finditer(text, start, end):
        side = _side(text, mark, opener)
        if opened is None and side == "closes":
            continue
        ends = opened is not None and (side != "opens" or _is_whole(text, opened, mark.start()))
        if opened is not None and ends and opened < mark.start():
            yield Span(opened, mark.start())
        if opened is None or side == "opens":
            opened, opener = mark.end(), mark.group()
        else:
            opened = None
    if opened is not None and opened < end <= opened + MAX_OPEN_CHARS:
        tag = _TAG.search(text, opened, end)
        yield Span(opened, tag.start() + 1 if tag else end)


def _side(text: str, mark: re.Match[str], opener: str) -> Literal["opens", "closes", "either"]:
    """Whether a mark opens or closes a quotation, by its form or by the space beside it."""
    if mark.group() in ("“", "„", "``"):
        return "closes" if mark.group() == "“" and opener == "„" else "opens"
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    may_open = not before or before.isspace() or before in "([—–-"
    may_close = not after or after.isspace() or after in ".,;:!?)]—–"
    if may_open == may_close:
        return "either"
    return "opens" if may_open else "closes"


def _is_whole(text: str, opened: int, end: int) -> bool:
    """Whether a quotation ends like a sentence before the next opens: its closing mark is lost."""
    tail = text[max(opened, end - 3) : end].rstrip()
    return tail.endswith((".", "!", "?")) and end - opened <= MAX_OPEN_CHARS


def _single(text: str, start: int, end: int) -> Iterator[Span]:
    """Quotations in single marks, of at least ``MIN_SINGLE_WORDS`` words."""
    for match in _SINGLE.finditer(text, start, end):
        if len(match.group(1).split()) >= MIN_SINGLE_WORDS:
            yield Span(match.start(1), match.end(1))


def in_any_span(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of the spans, which are sorted and do not overlap."""
    at = bisect.bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


def overlaps_any(spans: Sequence[Span], other: Span) -> bool:
    """Whether one of the spans, which are sorted and do not overlap, overlaps another span."""
    at = bisect.bisect_left(spans, other.end, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].end > other.start
