"""The structure of a document: its blocks, its turns, its title, and the rows of its tables."""

import bisect
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from standpoint.structure.front_matter import front_matter_end, read_fields
from standpoint.structure.inline_labels import (
    bold_prompts,
    bold_question,
    inline_labels,
    lone_question,
    repeated,
    split_at_labels,
)
from standpoint.structure.labels import Label, read_label
from standpoint.structure.line_kinds import (
    LINE_TESTS,
    PROSE_KINDS,
    BlockKind,
    is_byline,
    is_caption,
    is_letterhead,
    is_mail_header,
    is_sender,
)
from standpoint.structure.lines import Line, lines_of
from standpoint.structure.name_lines import name_lines
from standpoint.structure.tables import Row, table_rows
from standpoint.structure.turns import (
    PlacedLabel,
    Turn,
    has_record_labels,
    select_labels,
    turns_of,
)
from standpoint.text import Sentence, Span

MAX_HEAD_LINES = 12
"""Bylines, letterheads and headlines stand among the first lines. A guess."""
MAX_HEADLINE_CHARS = 200
"""Headlines have rarely more than 100 characters; a longer first paragraph is body text."""
MIN_BOLD_QUESTIONS = 2
"""In bold, before other sentences in bold are taken for an interviewer's as well."""
_NO_LABELS: frozenset[BlockKind] = frozenset({"boilerplate", "contact", "menu", "caption"})
"""Kinds of lines that open no turn, whatever stands before their colon."""
_NOT_TURNS = [test for kind, test in LINE_TESTS if kind in _NO_LABELS]
_ENDS_TRANSCRIPT = ("end", "\\###", "###", "-30-", "ends")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document of one kind; blocks do not overlap and cover all words."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True)
class Structure:
    """What the lines of a document show.

    Attributes
    ----------
    blocks : in order
    turns : in order; none in a text that is no transcript
    bare_turns : in order, below lines that may be the name of a speaker without a colon; turns only
        where the names are known
    rows : the rows of its tables
    fields : of its front matter, by name in small letters
    """

    text: str
    blocks: tuple[Block, ...]
    turns: tuple[Turn, ...]
    bare_turns: tuple[Turn, ...]
    rows: tuple[Row, ...]
    fields: Mapping[str, str]

    @cached_property
    def _starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    def blocks_in(self, span: Span) -> Sequence[Block]:
        """The blocks that a span overlaps."""
        first = max(0, bisect.bisect_right(self._starts, span.start) - 1)
        last = bisect.bisect_left(self._starts, span.end)
        return [block for block in self.blocks[first:last] if block.span.overlaps(span)]

    def is_prose(self, sentence: Sentence) -> bool:
        """Whether a sentence can be a statement: no caption, menu, contact line or byline."""
        return any(block.kind in PROSE_KINDS for block in self.blocks_in(sentence.span))

    @property
    def title(self) -> str | None:
        """The title: of the front matter, else the headline."""
        if self.fields.get("title"):
            return self.fields["title"]
        headline = next((block for block in self.blocks if block.kind == "headline"), None)
        return headline.span.of(self.text).strip("#*_ ") if headline else None


def read_structure(text: str) -> Structure:
    """Read the structure of a text.

    >>> [(b.kind, b.span.of("By Ana Kovac\\n\\nIt rains.")) for b in
    ...  read_structure("By Ana Kovac\\n\\nIt rains.").blocks]
    [('byline', 'By Ana Kovac'), ('paragraph', 'It rains.')]
    """
    body_start = front_matter_end(text)
    front = text[:body_start].rstrip()
    lines = [*_lines_from(text, body_start)]
    selected = _selected_labels(lines, is_shouted=text.isupper())
    lines = [*split_at_labels(lines, (label for label, _ in selected))]
    rows = tuple(table_rows(lines)) if "|" in text or "\t" in text or "  " in text else ()
    blocks = [*_blocks(lines, {label.span.start: label for label, _ in selected}, rows)]
    if front.strip():
        blocks.insert(0, Block("front_matter", _trimmed_span(text, 0, len(front))))
    ends = [
        b.span.start
        for b in blocks
        if b.kind in ("boilerplate", "time_stamp")
        and b.span.of(text).strip("*_ ").casefold().startswith(_ENDS_TRANSCRIPT)
    ]
    return Structure(
        text,
        tuple(_with_captions(blocks, text)),
        turns_of(selected, text=text, ends=ends),
        turns_of([(label, False) for label in name_lines(lines)], text=text, ends=ends),
        rows,
        read_fields(front) if front.strip() else {},
    )


def _selected_labels(lines: Sequence[Line], *, is_shouted: bool) -> list[tuple[Label, bool]]:
    """The labels that open turns, in order, each with whether it is surely one."""
    placed = [
        PlacedLabel(label, line.opens or line.indent > 0, goes_on=_goes_on_from(before, line))
        for before, line in zip((None, *lines), lines, strict=False)
        if (label := _label_of(line, is_shouted=is_shouted)) is not None
    ]
    if has_record_labels(Counter(placed_label.label.style for placed_label in placed)):
        placed += [
            PlacedLabel(label, opens=True)
            for line in lines
            if line.opens and (label := lone_question(line)) is not None
        ]
    if sum(bold_question(line) is not None for line in lines) >= MIN_BOLD_QUESTIONS:
        placed += [PlacedLabel(label, opens=True) for label in bold_prompts(lines)]
    at_start = [placed_label.label for placed_label in placed]
    inline = repeated([*inline_labels(lines)], at_start) if placed else []
    placed += [PlacedLabel(label, opens=False) for label in inline]
    placed.sort(key=lambda placed_label: placed_label.label.span)
    return select_labels(placed, n_paragraphs=sum(line.opens for line in lines))


def _goes_on_from(before: Line | None, line: Line) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    return (
        before is not None
        and not line.opens
        and (before.text[-1].isalnum() or before.text.endswith(","))
    )


def _lines_from(text: str, start: int) -> Iterator[Line]:
    """The lines behind the front matter."""
    for line in lines_of(text[start:] if start else text):
        yield replace(line, span=line.span.shift(start)) if start else line


def _trimmed_span(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))


def _label_of(line: Line, *, is_shouted: bool) -> Label | None:
    """The label of a line that is no list item, contact or caption.

    Parameters
    ----------
    is_shouted : whether the whole text is in capitals; else a line in capitals is a headline
    """
    if line.text[0] in "-•|":
        return None
    label = bold_question(line) or read_label(line)
    if label is None or any(test(line.text) for test in _NOT_TURNS):
        return None
    rest = line.text[label.span.end - line.span.start :]
    is_headline = label.style == "capitals" and rest.isupper() and len(rest.split()) > 1
    return None if is_headline and not is_shouted else label


def _blocks(
    lines: Sequence[Line], labels: Mapping[int, Label], rows: Sequence[Row]
) -> Iterator[Block]:
    """The blocks of the body: lines of the same paragraph make one."""
    row_starts = {row.span.start for row in rows}
    open_block: Block | None = None
    for number, line in enumerate(lines):
        label = labels.get(line.span.start)
        if open_block is not None and (label is not None or line.opens):
            yield open_block
            open_block = None
        for block in _blocks_of(line, label, number=number, lines=lines, row_starts=row_starts):
            if open_block is not None and _goes_on(open_block, block):
                open_block = replace(open_block, span=Span(open_block.span.start, block.span.end))
                continue
            if open_block is not None:
                yield open_block
            open_block = block
    if open_block is not None:
        yield open_block


def _goes_on(block: Block, following: Block) -> bool:
    """Whether a line only continues the block before it."""
    return following.kind == "paragraph" and block.kind in ("paragraph", "list_item")


def _blocks_of(
    line: Line,
    label: Label | None,
    *,
    number: int,
    lines: Sequence[Line],
    row_starts: Container[int],
) -> Iterator[Block]:
    """What is in a line: a label and the rest, or one block."""
    if label is not None:
        yield Block("label", label.span)
        rest = _rest_of(line, label)
        if rest is not None:
            yield Block("paragraph", rest)
    elif line.span.start in row_starts:
        yield Block("table_row", line.span)
    else:
        yield Block(_kind(line, number, lines), line.span)


def _rest_of(line: Line, label: Label) -> Span | None:
    """The part of a line behind its label."""
    rest = line.text[label.span.end - line.span.start :]
    start = label.span.end + len(rest) - len(rest.lstrip())
    return Span(start, line.span.end) if start < line.span.end else None


def _kind(line: Line, number: int, lines: Sequence[Line]) -> BlockKind:
    """What a line is that begins with no label and is no row."""
    is_first_sender = number == 0 and is_sender(line.text)
    tests = (kind for kind, test in LINE_TESTS if test(line.text))
    kind = "letterhead" if is_first_sender else next(tests, None)
    if kind is not None:
        return kind
    if number < MAX_HEAD_LINES:
        if is_byline(line.text):
            return "byline"
        if line.opens and is_letterhead(line.text):
            return "letterhead"
        is_header = is_mail_header(line.text) and any(
            is_mail_header(other.text) for other in _beside(lines, number)
        )
        if is_header:
            return "letterhead"
        if _is_headline(line, number, lines):
            return "headline"
    return "paragraph"


def _beside(lines: Sequence[Line], number: int) -> Sequence[Line]:
    """The lines before and behind a line."""
    return [*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]]


def _is_headline(line: Line, number: int, lines: Sequence[Line]) -> bool:
    """Whether a line is a title: the first of a text or near it, short, and without a full stop."""
    if not line.opens or number + 1 >= len(lines) or not lines[number + 1].opens:
        return False
    is_first = number == 0 or all(
        len(before.text) <= MAX_HEADLINE_CHARS for before in lines[:number]
    )
    is_short = len(line.text) <= MAX_HEADLINE_CHARS
    return is_first and is_short and not line.text.endswith((".", ",", ";", ":"))


def _with_captions(blocks: Sequence[Block], text: str) -> Iterator[Block]:
    """The blocks, with paragraphs that end with a photographer's credit as captions."""
    for block in blocks:
        if block.kind == "paragraph" and is_caption(block.span.of(text)):
            yield replace(block, kind="caption")
        else:
            yield block
