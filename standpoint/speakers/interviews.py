"""Interviews: whose the answers are in a text of questions and answers."""

import re

from standpoint.speakers.speakers import Speakers
from standpoint.structure import Structure

_NAME = (
    r"([^\W\d_a-z][\w.'’-]*(?: (?:(?:de|van|von|der|al|bin|da|el|la) )*[^\W\d_a-z][\w.'’-]*){0,4})"
)
# "Ana Kovac spoke to us", "we talked to the minister, Ana Kovac", "an interview with Ana Kovac".
_SPOKE = re.compile(
    rf"{_NAME}(?:, [^,.]{{2,80}},)? (?:(?:has|have|also|recently|today) )?"
    r"(?:spoke|speaks|talked|talks|sat down|sits down|joined|joins|answered|answers|tells|told"
    r"|explains"
    r"|explained|discusses|discussed|gave|was interviewed|is interviewed)\b"
)
_WITH = re.compile(
    r"(?:interview(?:ed|s)?(?: with)?|conversation with|spoke (?:to|with)|speaks (?:to|with)"
    r"|talk(?:ed|s)? (?:to|with)"
    rf"|Q ?& ?A(?: with|:)|sat down with|asked|guest(?: is|:)?|joined by)(?: (?!us\b"
    rf"|me\b)[a-z][\w’'-]*,?){{0,5}} {_NAME}"
)
MAX_PREAMBLE_CHARS = 3_000
"""The text before the first question that is read. A guess: a page."""


def guest_of(structure: Structure, speakers: Speakers) -> str | None:
    """The actor who answers: the one named as the guest above the first question."""
    first = next((turn for turn in structure.turns if turn.label.style == "question"), None)
    end = first.label.span.start if first else 0
    title = structure.title or ""
    preamble = f"{title}\n{structure.text[max(0, end - MAX_PREAMBLE_CHARS) : end]}"
    for pattern in (_WITH, _SPOKE):
        names = pattern.findall(preamble)
        if names:
            actors = {speakers.named_person(name) for name in names} - {None}
            return actors.pop() if len(actors) == 1 else None
    return speakers.only_person(preamble)
