"""Sentence segmentation: where the paragraphs and the sentences of a text begin and end.

Offsets count Unicode code points.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from standpoint.lexicon.function_words import SENTENCE_STARTERS
from standpoint.lexicon.honorifics import ABBREVIATED_TITLES
from standpoint.lexicon.verbs import SPEAKING

# A longer "sentence" is a table or a text without punctuation. It is cut at a space, since encoder
# and rules read a whole sentence and would cost too much.
MAX_SENTENCE_CHARS = 1_000
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\n\s*")
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
Bounds = tuple[int, int]


def split_paragraphs(text: str) -> Iterator[Bounds]:
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


def split_sentences(text: str, *, within: Bounds) -> Iterator[Bounds]:
    """The sentences of one paragraph, none longer than ``MAX_SENTENCE_CHARS``."""
    first, last = within
    paragraph = text[first:last]
    # The segmenter misses the boundaries before list items and after footnote numbers.
    items = (match.start() + 1 for match in _LIST_ITEM.finditer(paragraph))
    footnotes = (match.end() for match in _FOOTNOTE.finditer(paragraph))
    offsets = sorted({0, *_sentence_starts(paragraph), *items, *footnotes})
    for start, end in pairwise([*(first + offset for offset in offsets), last]):
        for bounds in _trimmed(text, start, end):
            yield from _cut_long(text, *bounds)


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
    has_initial = _INITIAL_BEFORE.search(before) is not None and word not in SENTENCE_STARTERS
    return has_initial or _TITLE_BEFORE.search(before) is not None


@cache
def _segmenter() -> tuple[Any, Any]:
    """Syntok's segmenter and a tokenizer for it, imported at first use."""
    from syntok import segmenter
    from syntok.tokenizer import Tokenizer

    # Both options keep each token as it is printed, so that its offset holds.
    return segmenter, Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)


def _trimmed(text: str, start: int, end: int) -> Iterator[Bounds]:
    """The bounds of a part without space at its ends; none if nothing is left."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    if start < end:
        yield start, end


def _cut_long(text: str, start: int, end: int) -> Iterator[Bounds]:
    """Parts of a sentence, each cut at the last space in the second half of the limit."""
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start + MAX_SENTENCE_CHARS // 2, start + MAX_SENTENCE_CHARS)
        cut = cut if cut > start else start + MAX_SENTENCE_CHARS
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)
