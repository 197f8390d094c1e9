"""Sentence segmentation: where the paragraphs and the sentences of a text begin and end.

Offsets count Unicode code points.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from standpoint.lexicon.function_words import FUNCTION_WORDS
from standpoint.text.full_stops import Stop, is_sentence_end
from standpoint.text.paragraphs import (
    Bounds,
    LineLayout,
    line_layout,
    line_starts,
    split_paragraphs,
    trimmed,
)

# A longer "sentence" is a table or a text without punctuation. It is cut at a space, since encoder
# and rules read a whole sentence and would cost too much.
MAX_SENTENCE_CHARS = 1_000
# Faces, gestures and things; no flags, arrows, ticks and circles, which begin lines like bullets.
_EMOJI = (
    "[\U0001f300-\U0001f3ff\U0001f400-\U0001f447\U0001f44a-\U0001f4ff\U0001f550-\U0001f5ff"
    "\U0001f600-\U0001f64f\U0001f680-\U0001f6ff\U0001f90c-\U0001faff\u2600-\u2603\u2639-\u2667]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
)
# Stops with closing marks, a footnote's numbers ("he said.[12] The") and emoji behind them.
_STOPS = re.compile(
    r"(?P<mark>[.!?…‼⁇⁈⁉؟۔।]+|[。！？｡]+)"
    r"(?P<closing>[\"'”’»)\]}*_]*(?:“(?=\s))?(?:[ \u00a0\u202f]»(?!\w))?(?:\[\d{1,3}\])*)"
    rf"(?:[ \u00a0]*{_EMOJI})*"
)
# An emoji in place of a stop: "We won 🎉 Roe must go", but not "I ❤ Roe", "to 🎉 Roe".
_EMOJI_RUN = re.compile(rf"(?:{_EMOJI}[ \u00a0]*)+")
_AFTER_EMOJI_STOP = re.compile(r"(?<=[ \u00a0])[A-Z\"“]")
MAX_WORD_CHARS = 40  # how far to look back for the word before an emoji


def split_into_sentences(text: str) -> Iterator[tuple[int, Bounds]]:
    """The sentences of a text, each with the number of its paragraph."""
    layout = line_layout(text)
    for number, paragraph in enumerate(split_paragraphs(text, layout)):
        for bounds in split_sentences(text, within=paragraph, layout=layout):
            yield number, bounds


def split_sentences(text: str, *, within: Bounds, layout: LineLayout) -> Iterator[Bounds]:
    """The sentences of one paragraph, none longer than ``MAX_SENTENCE_CHARS``."""
    first, last = within
    starts = (first + start for start in line_starts(text[first:last], layout))
    for start, end in pairwise([first, *starts, last]):
        for part in pairwise([start, *_stops(text, start, end, layout), end]):
            for bounds in trimmed(text, *part):
                yield from _cut_long(text, *bounds)


def _stops(text: str, start: int, end: int, layout: LineLayout) -> Iterator[int]:
    """Where sentences end within a stretch of text that ends with a line, or a paragraph."""
    stretch = text[start:end]
    emoji = [] if stretch.isascii() else _EMOJI_RUN.finditer(stretch)
    ends = [
        match.end()
        for match in emoji
        if _AFTER_EMOJI_STOP.match(stretch, match.end()) and _follows_phrase(stretch, match.start())
    ]
    at = 0
    for match in _STOPS.finditer(stretch):
        while ends and ends[0] <= match.start():
            at = ends.pop(0)
            yield start + at
        stop = Stop(
            stretch,
            at,
            match.start(),
            match.end(),
            match["mark"],
            match["closing"],
            layout.has_capitals,
        )
        if is_sentence_end(stop):
            at = match.end()
            yield start + at
    yield from (start + offset for offset in ends)


def _follows_phrase(text: str, at: int) -> bool:
    """Whether the word before an emoji can end a sentence: no "to", no mark of punctuation."""
    word = text[max(0, at - MAX_WORD_CHARS) : at].rstrip(' \u00a0)"”').rsplit(maxsplit=1)[-1:]
    return bool(word) and word[0][-1].isalnum() and word[0].lower() not in FUNCTION_WORDS


def _cut_long(text: str, start: int, end: int) -> Iterator[Bounds]:
    """Parts of a sentence, each cut at the last space in the second half of the limit."""
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start + MAX_SENTENCE_CHARS // 2, start + MAX_SENTENCE_CHARS)
        cut = cut if cut > start else start + MAX_SENTENCE_CHARS
        yield from trimmed(text, start, cut)
        start = cut
    yield from trimmed(text, start, end)
