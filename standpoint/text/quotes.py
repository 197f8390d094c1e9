"""What stands in quotation marks, paragraph by paragraph."""

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from standpoint.text.article import Article, Span, split_paragraphs

_DOUBLE = re.compile(r"[\"“”„«»]|''|``")
_SINGLE = re.compile(r"(?<![^\s(\"“])['‘](?=\w)(.{3,300}?)(?<=[\w.,!?])['’](?!\w)")
_TAG = re.compile(
    r"[,?!] +(?!I |[Ww]e )(?:[\w.'’-]+ ){0,4}(?:said|says|told|added|asked|replied|wrote)\b"
)
MIN_SINGLE_WORDS = 2
MAX_OPEN_CHARS = 1_000


def find_quotes(article: Article) -> list[Span]:
    """Stretches between quotation marks, in order, without the marks.

    A paragraph that ends inside a quotation leaves it open to its own end, as newspapers print a
    quotation of several paragraphs, but for ``MAX_OPEN_CHARS`` at most. Where a mark is lost, the
    space beside the others tells which of them open: a mark that can only close is no opening, and
    one that is never closed reaches to the tag of who speaks. Single marks count where a paragraph
    has no double ones.
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
    if opened is not None and opened < paragraph.end <= opened + MAX_OPEN_CHARS:
        tag = _TAG.search(text, opened, paragraph.end)
        yield Span(opened, tag.start() + 1 if tag else paragraph.end)


def _side(text: str, mark: re.Match[str], opener: str) -> Literal["opens", "closes", "either"]:
    """What a mark does, by its form, or by the space beside it."""
    if mark.group() in ("“", "„", "``"):
        return "closes" if mark.group() == "“" and opener == "„" else "opens"
    before, behind = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    free_before = not before or before.isspace() or before in "([—–-"
    free_behind = not behind or behind.isspace() or behind in ".,;:!?)]—–"
    if free_before == free_behind:
        return "either"
    return "opens" if free_before else "closes"


def _is_whole(text: str, opened: int, end: int) -> bool:
    """Whether a quotation that another cuts off ends as a sentence: its closing mark is lost."""
    words = text[max(opened, end - 3) : end].rstrip()
    return words.endswith((".", "!", "?")) and end - opened <= MAX_OPEN_CHARS


def _single(text: str, paragraph: Span) -> Iterator[Span]:
    for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
        if len(match.group(1).split()) >= MIN_SINGLE_WORDS:
            yield Span(match.start(1), match.end(1))


def in_any_span(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of the spans, which are in order and apart."""
    return span_at(spans, offset) is not None


def span_at(spans: Sequence[Span], offset: int) -> Span | None:
    """The span that covers an offset, if one does."""
    at = bisect.bisect_right(spans, offset, key=lambda span: span.start) - 1
    return spans[at] if at >= 0 and offset < spans[at].end else None


def overlaps_any(spans: Sequence[Span], stretch: Span) -> bool:
    """Whether one of the spans, which are in order and apart, shares a character with a stretch."""
    at = bisect.bisect_left(spans, stretch.end, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].end > stretch.start
