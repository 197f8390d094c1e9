"""Writes actors and issues as tables of a TOML file."""

import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from standpoint.codebook.schema import Actor, Issue

MAX_LINE_CHARS = (
    100  # a longer list gets a line for each string; the width of the project's own files
)
Entry = TypeVar("Entry", Actor, Issue)


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Entry]):
    """A proposed actor or issue, with a note for the comment above it."""

    entry: Entry
    note: str


def count_in_words(number: int) -> str:
    """A count as an adverb.

    >>> count_in_words(0), count_in_words(1), count_in_words(3)
    ('never', 'once', '3 times')
    """
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def toml_string(text: str) -> str:
    r"""A string as TOML.

    >>> print(toml_string('the "Coalition"'))
    "the \"Coalition\""
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def entry_table(entry: Actor | Issue, *, note: str = "") -> str:
    """An actor or issue as a table of its array, with a comment above it."""
    lines = [f"# {note}"] if note else []
    lines.append("[[actors]]" if isinstance(entry, Actor) else "[[issues]]")
    for field, value in entry:
        if isinstance(value, str):
            lines.append(f"{field} = {toml_string(value)}")
        elif value:
            texts = [toml_string(text) for text in value]
            line = f"{field} = [{', '.join(texts)}]"
            broken = [f"{field} = [", *(f"  {text}," for text in texts), "]"]
            lines += [line] if len(line) <= MAX_LINE_CHARS else broken
    return "\n".join(lines) + "\n"
