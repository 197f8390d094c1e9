"""Hashtags and handles: the names and cues that are printed in them without spaces."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from standpoint.lexicon.matching.common_words import common_words
from standpoint.lexicon.matching.family_names import (
    HANDLE_PREFIXES,
    HANDLE_SUFFIXES,
    HASHTAG_PREFIXES,
    HASHTAG_SUFFIXES,
)
from standpoint.mentions.phrase_trie import Phrase
from standpoint.text import key_of

_TAG = re.compile(r"(?<![\w.])([#@])(\w+)")
MIN_TAG_CHARS = 4
"""Shorter tags in small letters are mostly no names: "#eu" is found as the word "EU"."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag or handle; ``start`` and ``end`` are without its sign."""

    sign: str
    start: int
    end: int
    key: str


def tags_in(text: str) -> list[Tag]:
    """The hashtags and handles of a sentence."""
    if "#" not in text and "@" not in text:
        return []
    return [
        Tag(m.group(1), m.start(2), m.end(2), key_of(m.group(2).replace("_", "")))
        for m in _TAG.finditer(text)
    ]


class TagIndex(Generic[Value]):
    """What tags stand for, by their letters."""

    def __init__(self, closed: Mapping[str, Value]) -> None:
        self._closed = closed

    def value_of(self, tag: Tag) -> Value | None:
        """What a tag stands for, with or without the words that people put around a name.

        "@SenKovac" is Kovac, "#nocarbontariff" is the carbon tariff.
        """
        return next((self._closed[key] for key in _cores(tag) if key in self._closed), None)


def _cores(tag: Tag) -> Iterator[str]:
    """The letters of a tag, then those without what may stand around a name."""
    is_handle = tag.sign == "@"
    prefixes = HANDLE_PREFIXES if is_handle else HASHTAG_PREFIXES
    suffixes = HANDLE_SUFFIXES if is_handle else HASHTAG_SUFFIXES
    key = tag.key.rstrip("0123456789") or tag.key
    cores = [tag.key, key]
    cores += [key.removeprefix(prefix) for prefix in prefixes if key.startswith(prefix)]
    cores += [c.removesuffix(s) for c in tuple(cores) for s in suffixes if c.endswith(s)]
    return (core for core in dict.fromkeys(cores) if len(core) >= MIN_TAG_CHARS)


def closed_forms(phrases: Iterable[Phrase]) -> Iterator[tuple[str, object]]:
    """Phrases without spaces, except single common words, with their values."""
    for _, written, value in phrases:
        key = "".join(map(key_of, written))
        if len(key) >= MIN_TAG_CHARS and (len(written) > 1 or key not in common_words()):
            yield key, value
