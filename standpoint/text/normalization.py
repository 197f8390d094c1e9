"""A text as a reader sees it, and where each of its characters stands in print.

Soft hyphens, zero-width spaces, byte-order marks, marks of direction and control characters are
not seen; HTML entities are read as what they stand for, and every kind of line end is one kind.
"""

import html
import re
from array import array
from dataclasses import dataclass
from html.entities import html5

_MARKS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_CONTROLS = "\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_UNSEEN = re.compile(f"[{_MARKS}{_CONTROLS}]")
_ENTITY = "&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,30});"
_NOISE = re.compile(f"{_UNSEEN.pattern}+|\r\n?|[\x85\u2028\u2029]|{_ENTITY}")
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"}


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """What is seen of a text; for each of its characters, where in print it begins and ends."""

    text: str
    starts: "array[int]"
    ends: "array[int]"


def is_normalized(text: str) -> bool:
    """Whether a reader sees the text as it is."""
    return _NOISE.search(text) is None


def normalized_text(text: str) -> str:
    """What is seen of a text, without the places."""
    return _NOISE.sub(lambda noise: _seen(noise.group()), text)


def normalize(text: str) -> NormalizedText:
    """What is seen of a text, with the places.

    >>> found = seen("Rus\xadsia &amp; Iran")
    >>> found.text, found.starts[3], found.ends[7]
    ('Russia & Iran', 4, 13)
    """
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    for noise in _NOISE.finditer(text):
        words = _seen(noise.group())
        pieces += [text[at : noise.start()], words]
        starts.extend(range(at, noise.start()))
        ends.extend(range(at + 1, noise.start() + 1))
        starts.extend([noise.start()] * len(words))
        ends.extend([noise.end()] * len(words))
        at = noise.end()
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return NormalizedText("".join([*pieces, text[at:]]), starts, ends)


def _seen(noise: str) -> str:
    """What a reader sees of it.

    >>> _seen("&amp;quot;"), _seen("&eacute;"), _seen("&nothing;"), _seen("&shy;")
    ('"', 'é', '&nothing;', '')
    """
    if noise in _LINE_ENDS:
        return _LINE_ENDS[noise]
    if noise[0] != "&":
        return ""
    entity = noise[1:].rpartition(";")[0].rpartition(";")[2] + ";"
    named = html.unescape(f"&{entity}") if entity[0] == "#" else html5.get(entity, noise)
    return _UNSEEN.sub("", named)
