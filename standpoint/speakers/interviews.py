"""Interviews: whose the answers are in a text of questions and answers."""

import re
from functools import cached_property

from standpoint.speakers.actor_names import ALL_TITLES
from standpoint.speakers.speakers import Speakers
from standpoint.structure import SPEAKS_TO_YOU, Structure, Turn
from standpoint.text import words_of

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
# "Ana Kovac, interviewed by Peter Brandt".
_INTERVIEWED = re.compile(
    rf"{_NAME},? (?:(?:is|was|being) )?(?:interviewed|questioned|in conversation) (?:by|with)\b"
)
# "Q: Ms. Kovac, should the dam go?"
_ADDRESSED = re.compile(rf"(?:(?:And|So|Now|Well|But),? )?{_NAME}, (?!who\b|whose\b|the\b)")
MAX_PREAMBLE_CHARS = 3_000
"""The text before the first question that is read. A guess: a page."""


class Guest:
    """The guest of an interview, looked for when the first answer asks for him or her.

    Parameters
    ----------
    author : who wrote the text, where the user says so; answers that are no named guest's are by
        the author
    """

    def __init__(self, structure: Structure, speakers: Speakers, *, author: str | None) -> None:
        self._structure, self._speakers, self._author = structure, speakers, author

    @staticmethod
    def answers(turn: Turn) -> bool:
        """Whether a turn is the guest's by its label: "A:", "ME:"."""
        return turn.label.style == "answer" or turn.label.name.casefold() == "me"

    @cached_property
    def actor(self) -> str | None:
        """The actor who answers."""
        return _guest_of(self._structure, self._speakers) or self._author


def _guest_of(structure: Structure, speakers: Speakers) -> str | None:
    """The actor named as the guest above the first question, or addressed in it."""
    first = next((turn for turn in structure.turns if turn.label.style == "question"), None)
    if first is None and not _ask_somebody(structure):
        return None
    # A question in bold is a label, and no turn.
    begun = first or next(iter(structure.turns), None)
    end = begun.label.span.start if begun else 0
    title = structure.title or ""
    preamble = f"{title}\n{structure.text[max(0, end - MAX_PREAMBLE_CHARS) : end]}"
    for pattern in (_INTERVIEWED, _WITH, _SPOKE):
        names = pattern.findall(preamble)
        if names:
            actors = {speakers.named_person(name) for name in names} - {None}
            return actors.pop() if len(actors) == 1 else None
    addressed = _ADDRESSED.match(first.span.of(structure.text)) if first else None
    if addressed is not None and words_of(addressed.group(1))[0].key in ALL_TITLES:
        return speakers.named_person(addressed.group(1))
    return speakers.only_person(preamble)


def _ask_somebody(structure: Structure) -> bool:
    """Whether a question in bold is put to somebody: those of an explainer are not."""
    questions = (turn.label.name_span.of(structure.text) for turn in structure.turns)
    return any(SPEAKS_TO_YOU.search(question) is not None for question in questions)
