"""Labels that open a turn: "KOVAC:", "Senator Kovac.", "Anna Kovac (Leeds) (Lab):", "Q:"."""

import re
from dataclasses import dataclass
from typing import Literal

from standpoint.lexicon.news_terms import (
    CHAIR_LABELS,
    LABEL_TITLES,
    NOT_SPEAKER_LABELS,
    RECORD_TITLES,
)
from standpoint.structure.lines import Line
from standpoint.text import Span

Style = Literal[
    "capitals", "mixed", "marked", "seat", "stop", "dash", "question", "answer", "handle", "bare"
]
"""How a label is set: in capitals, in small letters, as heading or bold, with seat and party, with
a full stop, with a full stop and a dash, as Q or A, as the handle of a social network,
or without a colon."""
MAX_LABEL_CHARS = 110
"""A colon later than this ends no label: "Anna Kovac, Deputy Prime Minister and Minister of …:"."""
MAX_NAME_WORDS = 8
"""Words before a comma: "Head of the Office of the President Kovac"."""

_MARK = r"(?:\*{1,3}|_{1,3}|</?(?:b|strong|u|i|em)>)"
_TIME = r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?"
# ">>" in captions; a single ">" quotes in mails.
_LEAD = re.compile(
    rf"(?:>{{2,3}}\s*)?(#{{1,6}}\s*)?({_MARK}*)\s*(?:{_TIME}\s*[-–—]?\s*)?({_MARK}*)"
)
_ASKED = re.compile(
    r"(?:Q|A|QUESTION|ANSWER|Question|Answer)(?: ?\d{1,3})?"
    r"(?:[:.](?=\W*\s|\W*$)(?! ?[A-Z]\.?:)|(?=\s{2,}\S)|(?=\t))"  # but not "A. K.:"
)
_HANDLE = re.compile(r"(?:RT +)?@([\w.]{2,60}?)(?:(?: ?[:—–])(?=\s)|(?= *$))")
# The head of a post: "Ana Kovac @AnaKovac · 3h".
_POST_HEAD = re.compile(
    r"([^\W\d_][^@\n:]{1,60}?) \(?@[\w.]{2,60}\)?(?: ?[·•|–-] ?[^\n]{1,40})?:?$"
)
_NOTE = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_SPLIT_NOTES = re.compile(rf"\s*(?:[(\[][^()\[\]]{{1,60}}[)\]]|(?<=\s){_TIME}|{_MARK})\s*$")
_STOP = re.compile(
    r"(The [A-Z]{4,}(?: [A-Z]{4,})?|(?:The )?([^\W\d_]+)\.? [^\W\d_][\w'’-]*"
    r"(?: [^\W\d_][\w'’-]*){0,3}?(?: of [^\W\d_][\w ]{2,20}?)?)"
    r"(?: ?[(\[][^()\[\]]{1,60}[)\]])?\. +(?=[^\Wa-z]|[\"“‘'(\[])"
)
_DASH = re.compile(r"([^.:\n]{3,110}?(?: ?\([^()]{1,40}\))?)\. *[–—-] +(?=\S)")
# "**Ana Kovac,** *on behalf of the S&D Group.* –" and "**President.** –".
_BOLD_DASH = re.compile(r"([^.,:*\n]{3,80})(?:\.\*\*|,\*\* \*([^*\n]{3,110})\*\.?) *[–—-] +(?=\S)")
# "MINISTER KOVAC.-", "SENATOR KOVAC (FR).-".
_STOP_DASH = re.compile(r"(([^\W\d_]+) [^.:()\n]{2,60}?)(?: ?\([^()\n]{1,60}\))?\.- +(?=\S)")
_SEAT = re.compile(r"([^\W\d_][^()\n:]{2,60}?)((?: ?\([^()\n]{1,60}\)){2,3})$")
# Who speaks for a state or a body in the records of the United Nations.
_DELEGATE = re.compile(
    r"(The (?:permanent )?(?:representative|delegate|delegation|observer|ambassador)) (?:of|for)"
    r" (?:the )?(?=[A-Z])",
    re.IGNORECASE,
)
# Speakers who are told apart by numbers: "Speaker 2"; "Chapter 2" is none.
NUMBERED_SPEAKERS = frozenset(
    "speaker interviewer interviewee respondent participant person voice reporter question".split()
)
# Words in small letters inside a name or an office.
_SMALL_WORDS = frozenset(
    "of the and for de da do dos del della der den di du la le el al bin ibn bint von van zu y e &"
    " to on in i af ter ten".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a turn.

    Attributes
    ----------
    span : the label with its mark, from the start of the text
    name : who speaks, as printed: "PRESIDENT KOVAC", "Q", "AnnaKovac"
    name_span : where that stands
    role : what stands after a comma: "President of Valdia"
    notes : what stands in brackets: "Russian Federation", "by phone"
    is_line : whether nothing follows it in its line
    """

    style: Style
    span: Span
    name: str
    name_span: Span
    role: str = ""
    notes: tuple[str, ...] = ()
    is_line: bool = False

    @property
    def is_delegate(self) -> bool:
        """Whether the name is that of the state or body for which somebody speaks."""
        return _DELEGATE.match(f"{self.role} of X") is not None


def read_label(line: Line) -> Label | None:
    """The label that a line begins with, if it can be one."""
    lead = _LEAD.match(line.text)
    at = lead.end() if lead else 0
    body = line.text[at:]
    if not body or not (body[0].isalpha() or body[0] == "@"):
        return None
    is_marked = lead is not None and any(lead.groups())
    label = (
        _asked_label(line, at)
        or _handle_label(line, at)
        or _colon_label(line, at, is_marked=is_marked)
    )
    return label or _record_label(line, at)


def _asked_label(line: Line, at: int) -> Label | None:
    asked = _ASKED.match(line.text, at)
    if asked is None:
        return None
    style: Style = "question" if asked.group()[0] == "Q" else "answer"
    return _label(line, style, end=asked.end(), name=(at, at + 1))


def _handle_label(line: Line, at: int) -> Label | None:
    handle = _HANDLE.match(line.text, at) or _POST_HEAD.match(line.text, at)
    return _label(line, "handle", end=handle.end(), name=handle.span(1)) if handle else None


def _colon_label(line: Line, at: int, *, is_marked: bool) -> Label | None:
    colon = line.text.find(":", at, at + MAX_LABEL_CHARS)
    while (
        colon > 0 and line.text[colon - 1].isdigit() and line.text[colon + 1 : colon + 2].isdigit()
    ):
        colon = line.text.find(":", colon + 1, at + MAX_LABEL_CHARS)  # within a time
    if colon <= 0:
        return None
    following = re.compile(rf"{_MARK}*(?=\s|$|{_MARK})").match(line.text, colon + 1)
    if following is None:
        return None
    name_end, notes = without_notes(line.text, at, colon)
    delegate = _DELEGATE.match(line.text, at, name_end)
    if delegate is not None:
        at = delegate.end()
    name, _, role = line.text[at:name_end].partition(",")
    role = delegate.group(1) if delegate is not None else role
    if not is_speaker_name(name, is_marked=is_marked):
        return None
    end = following.end()
    style: Style = "mixed"
    if is_marked:
        style = "marked"
    elif _is_capitals(name):
        style = "capitals"
    elif len(notes) > 1 and end == len(line.text):
        style = "seat"
    return _label(line, style, end=end, name=(at, at + len(name)), role=role.strip(), notes=notes)


def _record_label(line: Line, at: int) -> Label | None:
    """Labels of parliaments: with a full stop, a dash, or the seat on a line of its own."""
    text = line.text
    stop = _STOP.match(text, at)
    if stop is not None and _opens_record(stop):
        return _label(line, "stop", end=stop.end(), name=stop.span(1))
    of_record = _bold_dash_label(line, at) or _stop_dash_label(line, at)
    if of_record is not None:
        return of_record
    dash = _DASH.match(text, at) if "–" in text or "—" in text or ". -" in text else None
    if dash is not None:
        name_end, notes = without_notes(text, at, dash.end(1))
        name, _, role = text[at:name_end].partition(",")
        name = name[: without_notes(name, 0, len(name))[0]]
        if is_speaker_name(name):
            place = (at, at + len(name))
            return _label(line, "dash", end=dash.end(), name=place, role=role.strip(), notes=notes)
    seat = _SEAT.match(text, at) if text.endswith(")") else None
    if seat is not None and is_speaker_name(seat.group(1)):
        notes = tuple(_NOTE.findall(seat.group(2)))
        return _label(line, "seat", end=len(text), name=seat.span(1), notes=notes)
    return None


def _bold_dash_label(line: Line, at: int) -> Label | None:
    """A name in bold with a role behind it, or that of a chair: a bold word alone is a heading."""
    dash = _BOLD_DASH.match(line.text, at) if "**" in line.text else None
    if dash is None:
        return None
    name, role = dash.group(1), dash.group(2) or ""
    if not is_speaker_name(name) or not (role or name.split()[-1].casefold() in CHAIR_LABELS):
        return None
    return _label(line, "dash", end=dash.end(), name=dash.span(1), role=role.strip(" ."))


def _stop_dash_label(line: Line, at: int) -> Label | None:
    """A title and a name in capitals before ".-": a place alone is a dateline."""
    dash = _STOP_DASH.match(line.text, at) if ".-" in line.text else None
    if dash is None or not _is_capitals(dash.group(1)) or not is_speaker_name(dash.group(1)):
        return None
    if dash.group(2).casefold() not in LABEL_TITLES:
        return None
    notes = tuple(_NOTE.findall(line.text[dash.end(1) : dash.end()]))
    return _label(line, "dash", end=dash.end(), name=dash.span(1), notes=notes)


def _opens_record(stop: re.Match[str]) -> bool:
    """Whether a label with a full stop begins with a title, or is an office in capitals."""
    title = stop.group(2)
    if title is None:
        return stop.group(1).split()[-1].casefold() in CHAIR_LABELS | {"officer"}
    names = stop.group(1).removeprefix("The ")[len(title) :].lstrip(". ").split(" of ")[0].split()
    is_title = title.casefold() in RECORD_TITLES and title[0].isupper()
    return is_title and all(name[0].isupper() or name in _SMALL_WORDS for name in names)


def without_notes(text: str, start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Where a label ends without what is in brackets at its end, and the notes there."""
    notes: list[str] = []
    while (match := _SPLIT_NOTES.search(text[start:end])) is not None:
        notes[:0] = _NOTE.findall(match.group())
        end = start + match.start()
        if match.start() == 0:
            break
    return end, tuple(notes)


def is_speaker_name(name: str, *, is_marked: bool = False) -> bool:
    """Whether words may name a speaker: all with a capital, and no "Note" or "Read more"."""
    words = name.split()
    if not 0 < len(words) <= MAX_NAME_WORDS or not words[0][0].isupper():
        return False
    keys = [word.casefold() for word in words]
    if keys[0] in NOT_SPEAKER_LABELS or keys[-1] in NOT_SPEAKER_LABELS:
        return False
    if words[-1].isdigit() and keys[0] not in NUMBERED_SPEAKERS:
        return False
    if words[-1] in _SMALL_WORDS or any(mark in name for mark in '"“”!?;=/<>{}'):
        return False
    # "Speaker 1", and in bold nearly anything with capitals.
    return all(w[0].isupper() or w in _SMALL_WORDS or w.isdigit() or "-" in w for w in words) and (
        not is_marked or not any(word.endswith(("’s", "'s")) for word in words)
    )


def _is_capitals(name: str) -> bool:
    """Whether a name is printed in capitals, as "McCONNELL" and "von der LEYEN" are too."""
    letters = [letter for letter in name if letter.isalpha()]
    n_small = sum(letter.islower() for letter in letters)
    return len(letters) > 1 and 3 * n_small <= len(letters)


def _label(
    line: Line,
    style: Style,
    *,
    end: int,
    name: tuple[int, int],
    role: str = "",
    notes: tuple[str, ...] = (),
) -> Label:
    origin = line.span.start
    name_text = line.text[slice(*name)]
    name_start, name_end = name[0], name[0] + len(name_text.rstrip())
    return Label(
        style,
        Span(origin, origin + end),
        name_text.rstrip(),
        Span(origin + name_start, origin + name_end),
        role,
        notes,
        is_line=not line.text[end:].strip(" *_"),
    )
