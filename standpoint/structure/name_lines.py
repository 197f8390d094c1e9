"""Speakers without a colon: a name on a line of its own, or before a dash, above what is said."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from standpoint.structure.labels import Label, is_speaker_name, without_notes
from standpoint.structure.lines import Line
from standpoint.text import Span

MAX_NAME_LINE_CHARS = 70
"""A longer line is a headline: "Senator Ana Maria Kovac-Brandt, North Valdia" has 45."""
MAX_NAME_LINE_WORDS = 6
_NAME_LINE = re.compile(
    r"(?:#{1,6} +)?(\*{2,3}|__)?([^\W\d_][^*_:.!?;]*(?:\.[^*_:.!?;]+)*?)(?:\1)?$"
)
_NAME_AND_DASH = re.compile(
    r"([^\W\d_][\w.'’ -]{2,50}?(?: \([^()\n]{1,40}\))?) +(?:--|[-–—]) +(?=[^\Wa-z]|[\"“‘'(])"
)


def name_lines(lines: Sequence[Line]) -> Iterator[Label]:
    """The lines that may be only the name of who speaks below them, and names before a dash.

    >>> from standpoint.structure.lines import lines_of
    >>> lines = [*lines_of("Ana Kovac\\n\\nIt leaks.\\n\\nKovac – No.")]
    >>> [label.name for label in name_lines(lines)]
    ['Ana Kovac', 'Kovac']
    """
    for line, following in zip_longest(lines, lines[1:]):
        if following is not None and line.opens and len(line.text) <= MAX_NAME_LINE_CHARS:
            name = _NAME_LINE.match(line.text)
            # "Ana Kovac (Reuters)" without a mark is the credit of a photo.
            is_plain = not line.text.startswith(("#", "*", "_"))
            if name and _may_be_name(name.group(2)) and not (is_plain and "(" in name.group(2)):
                yield _label(line, name.span(2), end=len(line.text))
                continue
        dash = _NAME_AND_DASH.match(line.text)
        if dash is not None and _may_be_name(dash.group(1)):
            yield _label(line, dash.span(1), end=dash.end())


def _may_be_name(words: str) -> bool:
    end, _ = without_notes(words, 0, len(words))
    name = words[:end].partition(",")[0]
    return len(words.split()) <= MAX_NAME_LINE_WORDS and is_speaker_name(name)


def _label(line: Line, name: tuple[int, int], *, end: int) -> Label:
    origin = line.span.start
    name_end, notes = without_notes(line.text, *name)
    words, _, role = line.text[name[0] : name_end].partition(",")
    span = Span(name[0], name[0] + len(words)).shift(origin)
    is_line = end == len(line.text)
    return Label(
        "bare", Span(origin, origin + end), words, span, role.strip(), notes, is_line=is_line
    )
