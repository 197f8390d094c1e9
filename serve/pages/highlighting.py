"""Highlighting: a text cut into segments at the ends of its marks, which may nest and overlap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

Kind = Literal["evidence", "holder", "cue"]
_SPAN_KEYS: dict[Kind, str] = {"evidence": "evidence", "holder": "holder_span", "cue": "cue"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a statement; ``statement`` is its number, from 1."""

    start: int
    end: int
    kind: Kind
    statement: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text within which no mark begins or ends.

    Attributes
    ----------
    kinds, statements : of the marks that cover it
    begins : the kinds of which a mark begins here
    ends : the statements whose evidence ends here
    """

    text: str
    kinds: tuple[Kind, ...]
    statements: tuple[int, ...]
    begins: tuple[Kind, ...]
    ends: tuple[int, ...]


def marks_of(statements: Iterable[Mapping[str, Any]], *, first: int = 1) -> Iterator[Mark]:
    """The marks of an answer's statements, numbered from ``first``."""
    for number, statement in enumerate(statements, first):
        for kind, key in _SPAN_KEYS.items():
            span = statement[key]
            if span is not None:
                yield Mark(span["start"], span["end"], kind, number)


def segments_of(
    text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None
) -> list[Segment]:
    """The segments of ``text[start:end]``; their texts joined are that text.

    >>> holder = Mark(0, 4, "holder", 1)
    >>> [(s.text, s.kinds) for s in segments_of("Oslo paid.", [holder, Mark(0, 10, "evidence", 1)])]
    [('Oslo', ('evidence', 'holder')), (' paid.', ('evidence',))]
    """
    end = len(text) if end is None else end
    opening: defaultdict[int, list[Mark]] = defaultdict(list)
    closing: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.start < end and mark.end > start:
            opening[max(mark.start, start)].append(mark)
            closing[mark.end].append(mark)
    cuts = sorted(cut for cut in {start, end, *opening, *closing} if start <= cut <= end)
    covering: dict[Mark, None] = {}  # an ordered set
    segments = []
    for left, right in pairwise(cuts):
        # A mark that ends where another begins does not cover the segment after it.
        for mark in closing[left]:
            covering.pop(mark, None)
        covering |= dict.fromkeys(opening[left])
        segments.append(
            Segment(
                text[left:right],
                kinds=_kinds(covering),
                statements=tuple(sorted({mark.statement for mark in covering})),
                begins=_kinds(opening[left]),
                ends=tuple(
                    sorted({mark.statement for mark in closing[right] if mark.kind == "evidence"})
                ),
            )
        )
    return segments


def _kinds(marks: Iterable[Mark]) -> tuple[Kind, ...]:
    """The kinds of some marks, always in the same order."""
    kinds = {mark.kind for mark in marks}
    return tuple(kind for kind in get_args(Kind) if kind in kinds)
