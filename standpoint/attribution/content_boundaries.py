"""Content boundaries: where one source's words end because the next cue begins."""

from collections.abc import Sequence
from dataclasses import replace

from standpoint.attribution.content_spans import trimmed
from standpoint.attribution.frames import Frame
from standpoint.mentions import SentenceView
from standpoint.text import Span

MAX_CUES_AHEAD = 8
"""Cues looked at for each content, so that the time grows linearly with a sentence of many cues."""


def bound_contents(frames: Sequence[Frame], view: SentenceView) -> list[Frame]:
    """End each content where the same source's next cue, or another source's clause, begins.

    Parameters
    ----------
    frames : in the order of their cues
    """
    return [
        replace(frame, contents=_bounded(frame, frames[at + 1 : at + 1 + MAX_CUES_AHEAD], view))
        for at, frame in enumerate(frames)
    ]


def _bounded(frame: Frame, later: Sequence[Frame], view: SentenceView) -> tuple[Span, ...]:
    """The contents of a frame, cut at the first boundary that a later frame sets."""
    ends = (_end_before(frame, other, view) for other in later)
    end = next((end for end in ends if end is not None), None)
    if end is None:
        return frame.contents
    contents: list[Span] = []
    for content in frame.contents:
        first, last = view.local(content)
        contents += [content] if last <= end else trimmed(view, first, end)
    return tuple(contents)


def _end_before(frame: Frame, other: Frame, view: SentenceView) -> int | None:
    """Where a content ends because a later cue begins; None where it includes that cue."""
    text, reach = view.sentence.text, other.source.reach
    if other.cue_span.start <= frame.cue_span.end or reach is None:
        return None
    first = view.local(reach)[0]
    # A cue after its own content is a tag: this content ends before the tag.
    if other.contents and view.local(other.contents[0])[1] <= other.cue_span.start:
        return len(_without_article(text[: min(first, other.cue_span.start)]).rstrip(" ,"))
    # The same source goes on ("… and denied …"), or names itself again.
    if reach == frame.source.reach:
        if first > frame.cue_span.end:
            return len(_without_article(text[:first]).rstrip(" ,"))
        return _joint(text[: other.cue_span.start].rstrip(), (" and", " but", ",", " then"))
    # Another source's clause: what it says is nested unless a conjunction separates the two.
    if first <= frame.cue_span.end:
        return None
    return _joint(_without_article(text[:first]), (" and", " but", ", while", ", whereas"))


def _without_article(text: str) -> str:
    """A text without "the" at its end, which belongs to the next noun phrase."""
    return text.rstrip().removesuffix(" the").rstrip()


def _joint(text: str, joints: tuple[str, ...]) -> int | None:
    """Where a text ends without the conjunction or comma at its end; None without one."""
    if not text.endswith(joints):
        return None
    for joint in (" then", " and", " but", " while", " whereas"):
        text = text.removesuffix(joint).rstrip()
    return len(text.rstrip(","))
