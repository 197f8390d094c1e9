"""Paragraphs, and which ends of lines within them end a sentence.

Offsets count Unicode code points.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from standpoint.lexicon.function_words import FUNCTION_WORDS

Bounds = tuple[int, int]
CLOSING = "\"'”’»)]}*_"
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")
_LINE_END = re.compile(r"\n\s*")
_BLANK_LINES_OR_INDENT = re.compile(rf"{_BLANK_LINES.pattern}|\n(?=(?:[^\S\n]{{2,}}|\t)\S)")
# Mail, newswires and plain-text exports wrap lines at 60 to 80 characters; nobody wraps at fewer
# than 40, and longer lines than 140 are paragraphs, or hold an address.
MIN_WIDTH, MAX_WIDTH = 40, 140
MIN_PROSE_WORDS = 5  # lines with fewer are headings, labels, or rows: they say nothing of the width
# A wrapped text: nearly all line ends stand where the next word has no room, and many lines begin
# in small letters (of wrapped English prose about three in four do; of lists and headings, few).
MIN_FULL_LINES, MIN_LOWER_STARTS = 0.8, 0.25
# A line this much shorter than the middle one is full all the same: by one long word.
FULL_LINE = 0.9
# In texts whose paragraphs begin with an indent, the line before one ends its paragraph. Where
# fewer do, the indents are those of continued list items or of quoted blocks.
MIN_ENDED_BEFORE_INDENT = 0.7
# Where more lines than this are indented, the indents begin no paragraphs.
MAX_INDENTED = 0.8
# A list item, heading, table row or time stamp begins a line.
_BULLET = re.compile(
    r"(?:[•·‣▪◦●■□○►▶→✓✔✅❌✖☑»›*+]+|[-–*]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+\S"
)
_WRAPPABLE_BULLET = re.compile(r"[-–—]|\d")
_BLOCK_LINE = re.compile(r"#{1,6}\s|\||>\s|\[?\(?\d{1,2}[:.]\d\d|<[a-z/]")
_STOPS = (".", "!", "?", "…", ":", ";", "؟", "。", "！", "？")
# What begins no sentence, and what ends none.
_CONTINUING = ",.;:!?)]}”’»…%"
_UNFINISHED = ("-", "–", "(", "[", "“", "‘", "/", "&", "\\")


@dataclass(frozen=True, slots=True)
class LineLayout:
    """How the lines of a text are set.

    Attributes
    ----------
    width : that at which lines are wrapped; None where line ends are the writer's own
    indented : whether paragraphs begin with an indent
    has_small_letters, has_capitals : whether case tells where sentences begin
    """

    width: int | None
    indented: bool
    has_small_letters: bool
    has_capitals: bool


def line_layout(text: str) -> LineLayout:
    """Find how the lines of a text are set."""
    has_small_letters, has_capitals = text != text.upper(), text != text.lower()
    lines = [line.rstrip() for line in text.split("\n")] if "\n" in text else []
    if "---" in lines[:1] and "---" in lines[1:]:
        del lines[: lines.index("---", 1)]  # front matter
    ends = [(line, after) for line, after in pairwise(lines) if line and after]
    width = _wrap_width(ends, needs_lower=has_small_letters)
    return LineLayout(width, _is_indented(ends, width), has_small_letters, has_capitals)


def _wrap_width(ends: list[tuple[str, str]], *, needs_lower: bool) -> int | None:
    """The median width of wrapped lines, from the lines of a text with the lines after them."""
    prose = [
        (line, after)
        for line, after in ends
        if MIN_WIDTH <= len(line) <= MAX_WIDTH and len(line.split()) >= MIN_PROSE_WORDS
    ]
    if not prose:
        return None
    width = int(median(len(line) for line, _ in prose))
    full = sum(_is_full(line, after, width) for line, after in prose)
    lower = sum(after.lstrip()[:1].islower() for _, after in prose)
    is_prose = lower >= MIN_LOWER_STARTS * len(prose) or not needs_lower
    return width if full >= MIN_FULL_LINES * len(prose) and is_prose else None


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the line after has no room in a line."""
    first_word = after.split(maxsplit=1)[0] if after.strip() else ""
    return len(line.rstrip()) + 1 + len(first_word) > FULL_LINE * width


def _is_indented(ends: list[tuple[str, str]], width: int | None) -> bool:
    """Whether the paragraphs of a wrapped text begin with an indent."""
    before = [line for line, after in ends if after.startswith(("  ", "\t"))]
    if width is None or not 0 < len(before) <= MAX_INDENTED * len(ends):
        return False
    ended = sum(_ends_with_stop(line) or len(line) < FULL_LINE * width for line in before)
    return ended >= MIN_ENDED_BEFORE_INDENT * len(before)


def split_paragraphs(text: str, layout: LineLayout | None = None) -> Iterator[Bounds]:
    """Blocks between blank lines, first-line indents, or lines that are paragraphs themselves.

    Single lines are paragraphs where the text is not wrapped, has no blank lines, and at least half
    of them end with sentence punctuation.
    """
    layout = layout or line_layout(text)
    if layout.indented:
        separator = _BLANK_LINES_OR_INDENT
    elif _BLANK_LINES.search(text.strip()) or not _lines_are_paragraphs(text, layout):
        separator = _BLANK_LINES
    else:
        separator = _LINE_END
    start = 0
    for gap in separator.finditer(text):
        if separator is _LINE_END and layout.has_capitals and _is_broken(text, gap):
            continue
        yield from trimmed(text, start, gap.start())
        start = gap.end()
    yield from trimmed(text, start, len(text))


def _is_broken(text: str, gap: re.Match[str]) -> bool:
    """Whether a sentence goes on behind a line end: in small letters, and no stop before."""
    following = text[gap.end() : gap.end() + MAX_WIDTH]
    if not following[:1].islower() or _BULLET.match(following) or _BLOCK_LINE.match(following):
        return False
    before = text[text.rfind("\n", 0, gap.start()) + 1 : gap.start()]
    return not _ends_with_stop(before) and _BULLET.match(before.lstrip()) is None


def _lines_are_paragraphs(text: str, layout: LineLayout) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return layout.width is None and 2 * sum(map(_ends_with_stop, lines)) >= len(lines)


def _ends_with_stop(line: str) -> bool:
    return line.rstrip().rstrip(CLOSING).endswith(_STOPS)


def line_starts(paragraph: str, layout: LineLayout) -> Iterator[int]:
    """Offsets of the lines of a paragraph that begin a sentence, whatever ends the line before."""
    if "\n" not in paragraph:
        return
    lines = ((match.group(), match.start()) for match in _LINE.finditer(paragraph))
    for (before, _), (line, start) in pairwise(lines):
        if line.strip() and before.strip() and _parts(before, line, layout):
            yield start


def _parts(before: str, line: str, layout: LineLayout) -> bool:
    """Whether the end of a line parts two sentences."""
    before, text = before.rstrip(), line.strip()
    is_wrapped = layout.width is not None and _is_full(before, line, layout.width)
    if _BULLET.match(text):
        return not (is_wrapped and _WRAPPABLE_BULLET.match(text)) or _ends_with_stop(before)
    if _BLOCK_LINE.match(text) or _BLOCK_LINE.match(before.lstrip()):
        return not is_wrapped or _ends_with_stop(before)
    if is_wrapped or layout.indented or _goes_on(before) or text[0] in _CONTINUING:
        return False
    # Headings, items and verses begin with capitals; what begins small is running prose.
    return not (layout.has_capitals and (text[0].islower() or before.lstrip()[0].islower()))


def _goes_on(line: str) -> bool:
    """Whether a line cannot end a sentence: it ends with a comma, a dash, or "of the"."""
    if line.endswith(_UNFINISHED) or line.rstrip(CLOSING).endswith(","):
        return True
    last = line.rsplit(maxsplit=1)[-1]
    return last.islower() and last in FUNCTION_WORDS


def trimmed(text: str, start: int, end: int) -> Iterator[Bounds]:
    """The bounds of a part without space at its ends; none if nothing is left."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    if start < end:
        yield start, end
