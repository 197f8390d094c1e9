"""The lines of a text, with their offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standpoint.text import Span

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Attributes
    ----------
    span : without the white space around it
    indent : the white space before it, in characters
    opens : whether it begins a paragraph: at the start of the text or after a blank line
    """

    span: Span
    text: str
    indent: int
    opens: bool


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that are not blank.

    >>> [(line.text, line.opens) for line in lines_of("One\\ntwo\\n\\nthree")]
    [('One', True), ('two', False), ('three', True)]
    """
    after_blank, previous_end = True, 0
    for match in _LINE.finditer(text):
        printed = match.group()
        stripped = printed.strip()
        after_blank = after_blank or match.start() > previous_end + 1
        previous_end = match.end()
        if not stripped:
            after_blank = True
            continue
        indent = len(printed) - len(printed.lstrip())
        start = match.start() + indent
        yield Line(Span(start, start + len(stripped)), stripped, indent, after_blank)
        after_blank = False
