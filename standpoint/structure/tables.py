"""Simple tables: rows of cells between pipes or tabs, with the cells' offsets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standpoint.structure.lines import Line
from standpoint.text import Span

_RULE = re.compile(r"[|\s:+=-]+$")
_PIPE = re.compile(r"\s*\|\s*")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_TAB = re.compile(r"\s*\t\s*")
MAX_ALIGNED_CHARS = 120
"""A longer line with several blanks in it is badly set prose."""
MIN_ROWS = 2
"""One line with a pipe is a heading or a menu."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    cells : where each cell with text stands, by its column
    table : the number of its table in the text
    is_header : whether it is the first row of its table
    """

    span: Span
    cells: dict[int, Span]
    table: int
    is_header: bool


def table_rows(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows of every run of at least `MIN_ROWS` lines with the same separator and columns."""
    run: list[tuple[Line, list[Span | None]]] = []
    table = 0
    for line in [*lines, None]:
        cells = _cells(line) if line is not None else []
        if line is not None and run and _is_rule(line):
            continue
        if run and (line is None or line.opens or len(cells) != len(run[0][1])):
            yield from _rows(run, table)
            table += 1
            run = []
        if line is not None and len(cells) > 1:
            run.append((line, cells))


def _rows(run: Sequence[tuple[Line, list[Span | None]]], table: int) -> Iterator[Row]:
    if len(run) < MIN_ROWS:
        return
    for number, (line, cells) in enumerate(run):
        placed = {column: cell for column, cell in enumerate(cells) if cell is not None}
        yield Row(line.span, placed, table, is_header=number == 0)


def _is_rule(line: Line) -> bool:
    """Whether a line only separates rows: "|---|---|"."""
    return "-" in line.text and _RULE.match(line.text) is not None


def _cells(line: Line) -> list[Span | None]:
    """The cells of a line, None where one is empty; fewer than two if it is no row."""
    separator = _separator(line.text)
    if separator is None or _is_rule(line):
        return []
    text = line.text
    start, end = 0, len(text)
    if separator is _PIPE:
        start = 1 if text.startswith("|") else 0
        end -= 1 if text.endswith("|") and end > 1 else 0
    cells: list[Span | None] = []
    for match in [*separator.finditer(text, start, end), None]:
        stop = match.start() if match else end
        cells.append(_cell(text, start, stop, origin=line.span.start))
        start = match.end() if match else end
    return cells


def _separator(text: str) -> re.Pattern[str] | None:
    """What stands between the cells of a line: a pipe, a tab, or several blanks."""
    if "|" in text:
        return _PIPE
    if "\t" in text:
        return _TAB
    # Old news is set to a fixed width with two blanks behind a full stop.
    is_aligned = "  " in text and len(text) <= MAX_ALIGNED_CHARS and ".  " not in text
    return _GAP if is_aligned else None


def _cell(text: str, start: int, end: int, *, origin: int) -> Span | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip(" *_`"))
    end -= len(words) - len(words.rstrip(" *_`"))
    return Span(start, end).shift(origin) if start < end else None
