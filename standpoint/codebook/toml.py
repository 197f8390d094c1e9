"""Actors and issues as tables of a TOML file."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from standpoint.codebook.schema import Actor, Issue

MAX_LINE_CHARS = 100
Part = TypeVar("Part", Actor, Issue)


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Part]):
    """An actor or an issue, and why it is proposed."""

    part: Part
    note: str


def count_in_words(number: int) -> str:
    """How often, in words.

    >>> count_in_words(0), count_in_words(1), count_in_words(3)
    ('never', 'once', '3 times')
    """
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def toml_string(text: str) -> str:
    r"""A string of TOML.

    >>> print(toml_string('the "Coalition"'))
    "the \"Coalition\""
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_array(texts: Iterable[str], *, indent: int = 0) -> str:
    """A list of strings, on one line where it fits."""
    strings = [toml_string(text) for text in texts]
    line = f"[{', '.join(strings)}]"
    if indent + len(line) <= MAX_LINE_CHARS:
        return line
    return "\n".join(["[", *(f"  {string}," for string in strings), "]"])


def actor_table(actor: Actor, *, note: str = "") -> str:
    """One ``[[actors]]`` table, with a comment above it."""
    lines = [f"# {note}"] if note else []
    lines += ["[[actors]]", f"id = {toml_string(actor.id)}", f"name = {toml_string(actor.name)}"]
    lines.append(f"kind = {toml_string(actor.kind)}")
    if actor.aliases:
        lines.append(f"aliases = {toml_array(actor.aliases, indent=10)}")
    if actor.member_of is not None:
        lines.append(f"member_of = {toml_string(actor.member_of)}")
    return "\n".join(lines) + "\n"


def issue_table(issue: Issue, *, note: str = "") -> str:
    """One ``[[issues]]`` table, with a comment above it."""
    lines = [f"# {note}"] if note else []
    lines += ["[[issues]]", f"id = {toml_string(issue.id)}", f"name = {toml_string(issue.name)}"]
    lines += [f"favor = {toml_string(issue.favor)}", f"against = {toml_string(issue.against)}"]
    lines.append(f"cues = {toml_array(issue.cues, indent=7)}")
    if issue.opposite_cues:
        lines.append(f"opposite_cues = {toml_array(issue.opposite_cues, indent=16)}")
    return "\n".join(lines) + "\n"
