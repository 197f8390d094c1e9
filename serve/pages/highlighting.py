"""A text with its marks: cut where any mark begins or ends, so that marks may nest and cross."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

Kind = Literal["evidence", "holder", "cue"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that a statement rests on; ``statement`` counts from 1."""

    start: int
    end: int
    kind: Kind
    statement: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text within which no mark begins or ends.

    Attributes
    ----------
    kinds : the kinds of the marks over it
    statements : whose evidence it is, or names or cues in it
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
        kinds: tuple[tuple[Kind, str], ...] = (
            ("evidence", "evidence"),
            ("holder", "holder_span"),
            ("cue", "cue"),
        )
        for kind, key in kinds:
            span = statement[key]
            if span is not None:
                yield Mark(span["start"], span["end"], kind, number)


def pieces_of(
    text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None
) -> list[Piece]:
    """A stretch of a text in pieces, whose texts put together are the stretch.

    >>> holder = Mark(0, 4, "holder", 1)
    >>> [(p.text, p.kinds) for p in pieces_of("Oslo paid.", [holder, Mark(0, 10, "evidence", 1)])]
    [('Oslo', ('evidence', 'holder')), (' paid.', ('evidence',))]
    """
    end = len(text) if end is None else end
    within = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = {start, end, *(mark.start for mark in within), *(mark.end for mark in within)}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    opening, closing = _by_edge(within, cuts)
    over: dict[Mark, None] = {}
    pieces = []
    for at, until in pairwise(cuts):
        for mark in closing.get(at, ()):
            over.pop(mark, None)
        begun = opening.get(at, [])
        over |= dict.fromkeys(begun)
        pieces.append(_piece(text[at:until], list(over), begun, closing.get(until, [])))
    return pieces


def _by_edge(
    marks: list[Mark], cuts: list[int]
) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
    """The marks that begin, and those that end, at each cut; one that began before begins first."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in marks:
        opening.setdefault(max(mark.start, cuts[0]), []).append(mark)
        closing.setdefault(mark.end, []).append(mark)
    return opening, closing


def _piece(text: str, over: list[Mark], begun: list[Mark], done: list[Mark]) -> Piece:
    kinds: tuple[Kind, ...] = ("evidence", "holder", "cue")
    return Piece(
        text,
        tuple(kind for kind in kinds if any(mark.kind == kind for mark in over)),
        tuple(sorted({mark.statement for mark in over})),
        tuple(kind for kind in kinds if any(mark.kind == kind for mark in begun)),
        tuple(sorted({mark.statement for mark in done if mark.kind == "evidence"})),
    )
