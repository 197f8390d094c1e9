"""Where one speaker's words end and the next cue begins."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from standpoint.attribution.clause import Clause, Said
from standpoint.attribution.content_spans import stretch
from standpoint.text import Span

MAX_CUES_AHEAD = 8


def cut_apart(found: Sequence[Said], clause: Clause) -> list[Said]:
    """End what is said where the same speaker's next cue, or another's clause, begins.

    Parameters
    ----------
    found : in the order of their cues
    """
    return [
        replace(said, contents=_cut(said, found[at + 1 : at + 1 + MAX_CUES_AHEAD], clause))
        for at, said in enumerate(found)
    ]


def _cut(said: Said, later: Sequence[Said], clause: Clause) -> tuple[Span, ...]:
    for other in later:
        end = _end_before(said, other, clause)
        if end is not None:
            return tuple(_until(said.contents, end, clause))
    return said.contents


def _until(contents: tuple[Span, ...], end: int, clause: Clause) -> Iterator[Span]:
    start = clause.sentence.span.start
    for span in contents:
        if span.end <= start + end:
            yield span
        elif span.start < start + end and (cut := stretch(clause, span.start - start, end)):
            yield cut


def _end_before(said: Said, other: Said, clause: Clause) -> int | None:
    """Where a content must end because another cue begins; None where it goes on over it."""
    text, start = clause.sentence.text, clause.sentence.span.start
    reach = other.source.reach
    if other.group.start <= said.group.end or reach is None:
        return None
    first = reach.start - start
    if _is_behind_its_content(other, start):
        return len(_without_the(text[: min(first, other.group.start)]).rstrip(" ,"))
    if reach == said.source.reach and first > said.group.end:
        return len(_without_the(text[:first]).rstrip(" ,"))
    if reach == said.source.reach:
        lead = text[: other.group.start].rstrip()
        return _joint(lead, (" and", " but", ",", " then"))
    if first <= said.group.end:
        return None
    return _joint(_without_the(text[:first]), (" and", " but", ", while", ", whereas"))


def _is_behind_its_content(other: Said, start: int) -> bool:
    return bool(other.contents) and other.contents[0].end <= other.group.start + start


def _without_the(lead: str) -> str:
    return lead.rstrip().removesuffix(" the").rstrip()


def _joint(lead: str, joints: tuple[str, ...]) -> int | None:
    """Where a lead ends before the word that joins on what comes; None without one."""
    if not lead.endswith(joints):
        return None
    for joint in (" then", " and", " but", " while", " whereas"):
        lead = lead.removesuffix(joint).rstrip()
    return len(lead.rstrip(","))
