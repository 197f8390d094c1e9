"""What stands in quotation marks, paragraph by paragraph."""

import bisect
import re
from collections.abc import Iterator, Sequence

from standpoint.article import Article, Span, split_paragraphs

_DOUBLE = re.compile(r"[\"“”„«»]|''|``")
_SINGLE = re.compile(r"(?<![^\s(\"“])['‘](?=\w)(.{3,300}?)(?<=[\w.,!?])['’](?!\w)")
MIN_SINGLE_WORDS = 2


def find_quotes(article: Article) -> list[Span]:
    """Stretches between quotation marks, in order, without the marks.

    A paragraph that ends inside a quotation leaves it open to its own end, as newspapers print a
    quotation of several paragraphs. Single marks count where a paragraph has no double ones.
    """
    found: list[Span] = []
    for paragraph in split_paragraphs(article.text):
        inside = list(_double(article.text, paragraph)) or list(_single(article.text, paragraph))
        found += inside
    return found


def _double(text: str, paragraph: Span) -> Iterator[Span]:
    opened: int | None = None
    opener = ""
    for mark in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        nested = mark.group() == "“" and opener != "„"
        if opened is None or nested:
            opened, opener = mark.end(), mark.group()
        else:
            if opened < mark.start():
                yield Span(opened, mark.start())
            opened = None
    if opened is not None and opened < paragraph.end:
        yield Span(opened, paragraph.end)


def _single(text: str, paragraph: Span) -> Iterator[Span]:
    for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
        if len(match.group(1).split()) >= MIN_SINGLE_WORDS:
            yield Span(match.start(1), match.end(1))


def in_any(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of the spans, which are in order and apart."""
    return span_at(spans, offset) is not None


def span_at(spans: Sequence[Span], offset: int) -> Span | None:
    """The span that covers an offset, if one does."""
    at = bisect.bisect_right(spans, offset, key=lambda span: span.start) - 1
    return spans[at] if at >= 0 and offset < spans[at].end else None


def any_within(spans: Sequence[Span], stretch: Span) -> bool:
    """Whether one of the spans, which are in order and apart, shares a character with a stretch."""
    at = bisect.bisect_left(spans, stretch.end, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].end > stretch.start
