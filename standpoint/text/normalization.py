"""Normalized text, with an offset map to the original.

Soft hyphens, zero-width spaces, byte-order marks, direction marks and control characters are
removed; HTML entities are decoded; every kind of line end becomes a line feed. The times between
the lines of subtitles become a space, or a line feed behind a full stop.
"""

import html
import re
from array import array
from dataclasses import dataclass
from html.entities import html5

# Unicode formats and controls without a glyph; tab, line feed, form feed and
# U+0085 are not among them.
_MARKS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_CONTROLS = "\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_UNSEEN = re.compile(f"[{_MARKS}{_CONTROLS}]")
_ENTITY = "&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,30});"
_NOISE = re.compile(f"{_UNSEEN.pattern}+|\r\n?|[\x85\u2028\u2029]|{_ENTITY}")
# "[00:00:07 --> 00:00:11] ", and the numbered cues of SubRip and WebVTT files.
_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?"
_CUE_TIMES = (
    r"(?:\AWEBVTT[^\r\n]*)?(?:\A|\A[\r\n]+|[ \t]*[\r\n]+)(?:\d{1,6}[ \t]*\r?\n)?"
    rf"[\[(]?{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}[\])]?(?:[ \t]+[a-z]+:\S+)*[ \t]*(?:\r?\n)?"
)
_NOISE_OF_SUBTITLES = re.compile(f"{_CUE_TIMES}|{_NOISE.pattern}")
_SPEAKER_CHANGE = re.compile(r"\s*(?:>>|[-–—] |[^\W\d_][^:\n]{0,40}:\s)")
_SENTENCE_END = (".", "!", "?", "…", '"', "”", ")", "]")
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"}


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A normalized text, and the span of each of its characters in the original.

    Attributes
    ----------
    starts, ends : offsets into the original, one for each character of ``text``
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"


def is_normalized(text: str) -> bool:
    """Whether normalization leaves a text as it is."""
    return _noise_in(text).search(text) is None


def _noise_in(text: str) -> re.Pattern[str]:
    """The pattern of what a text has to be cleaned of; subtitles' times are looked for if it has
    any.
    """
    return _NOISE_OF_SUBTITLES if "-->" in text else _NOISE


def normalized_text(text: str) -> str:
    """The normalized text, without the offset map."""
    return _noise_in(text).sub(_cleaned, text)


def normalize(text: str) -> NormalizedText:
    """Normalize a text.

    >>> normalized = normalize("Rus\xadsia &amp; Iran")
    >>> normalized.text, normalized.starts[3], normalized.ends[7]
    ('Russia & Iran', 4, 13)
    """
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    for match in _noise_in(text).finditer(text):
        replacement = _cleaned(match)
        pieces += [text[at : match.start()], replacement]
        starts.extend([*range(at, match.start()), *[match.start()] * len(replacement)])
        ends.extend([*range(at + 1, match.start() + 1), *[match.end()] * len(replacement)])
        at = match.end()
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return NormalizedText("".join([*pieces, text[at:]]), starts, ends)


def _cleaned(noise: re.Match[str]) -> str:
    """What replaces a match."""
    if "-->" not in noise.group():
        return _replacement(noise.group())
    before = noise.string[max(0, noise.start() - 1) : noise.start()]
    if not before:
        return ""
    goes_on = not before.endswith(_SENTENCE_END)
    return " " if goes_on and not _SPEAKER_CHANGE.match(noise.string, noise.end()) else "\n"


def _replacement(noise: str) -> str:
    """What replaces a match of ``_NOISE``; nothing where a reader sees nothing.

    >>> [_replacement(entity) for entity in ("&amp;quot;", "&eacute;", "&nothing;", "&shy;")]
    ['"', 'é', '&nothing;', '']
    """
    if noise in _LINE_ENDS:
        return _LINE_ENDS[noise]
    if noise[0] != "&":
        return ""
    # Entities that were encoded twice are decoded twice.
    entity = noise[1:].rpartition(";")[0].rpartition(";")[2] + ";"
    named = html.unescape(f"&{entity}") if entity[0] == "#" else html5.get(entity, noise)
    return _UNSEEN.sub("", named)
