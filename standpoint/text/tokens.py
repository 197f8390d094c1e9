"""Words of a text with their offsets, and phrases found among them.

A phrase is found by a walk over the words through a trie, so the cost grows with the text and
with the longest phrase, never with the number of phrases.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_POSSESSIVE = re.compile(r"['’`´]s?(?![^\W_])", re.IGNORECASE)
_JOINT = re.compile(r"(?:['’`´]s?)?[\s\-‐-―]{1,6}", re.IGNORECASE)
_HYPHENS = "-‐‑"
# Letters that news agencies write plain, and that no accent can be taken from.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``possessive`` where ``'s`` follows it, ``joined`` where only a space, a hyphen
    or that ``'s`` parts it from the next.
    """

    start: int
    end: int
    text: str
    possessive: bool
    joined: bool
    key: str
    """From `key_of`."""

    @property
    def stem(self) -> str:
        """The English Snowball stem."""
        return stem_of(self.key)


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


_STEMMING = Lock()  # the stemmer keeps the word at hand in itself


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The English Snowball stem of a folded word.

    >>> stem_of("inviting"), stem_of("invited")
    ('invit', 'invit')
    """
    with _STEMMING:
        return str(_stemmer().stemWord(word))


def key_of(word: str) -> str:
    """Folded case, without dots and accents: ``U.S.`` and ``US`` have one key.

    >>> key_of("U.S."), key_of("Müller")
    ('us', 'muller')
    """
    key = word.replace(".", "").casefold()
    if key.isascii():
        return key
    return "".join(map(_plain, key))


@lru_cache(maxsize=2_000)
def _plain(letter: str) -> str:
    """A letter without its accent; an accent that stands by itself is kept."""
    return _PLAIN.get(letter) or unicodedata.normalize("NFD", letter)[0]


@lru_cache(maxsize=2_000)
def words_of(text: str) -> tuple[Word, ...]:
    """Every word of a text in order; the last texts asked for are kept, since many steps ask.

    >>> [(w.text, w.possessive) for w in words_of("Iran's U.S. envoy")]
    [('Iran', True), ('U.S.', False), ('envoy', False)]
    """
    return tuple(_words(text))


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    for match in _WORD.finditer(text):
        if _is_lone_s(text, match.start(), match.end()):
            continue
        end = match.end()
        found.append(
            Word(
                match.start(),
                end,
                match.group(),
                possessive=_POSSESSIVE.match(text, end) is not None,
                joined=_JOINT.match(text, end) is not None,
                key=key_of(match.group()),
            )
        )
    return found


def _is_lone_s(text: str, start: int, end: int) -> bool:
    return text[start:end] in ("s", "S") and start > 1 and text[start - 1] in "'’`´"


def split_words(text: str) -> list[str]:
    """The words of a text as they are written, without their places: a fraction of the cost.

    >>> split_words("Iran's U.S. envoy")
    ['Iran', 'U.S.', 'envoy']
    """
    return [
        match.group()
        for match in _WORD.finditer(text)
        if not _is_lone_s(text, match.start(), match.end())
    ]


def is_hyphenated(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a part of a hyphenated word ("Iran-backed" for "Iran")."""
    before = start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum()
    after = end + 1 < len(text) and text[end] in _HYPHENS and text[end + 1].isalnum()
    return before or after


@dataclass(frozen=True, slots=True)
class Trie:
    """Phrases by what they begin with.

    ``ends`` leads from the first words of a phrase to what the phrases that end there stand for.
    It is one dictionary of strings and tuples: a node apiece would cost the garbage collector,
    and so every reading of a text, as much as the codebook is large.
    """

    ends: dict[str, tuple[tuple[Any, tuple[str, ...]], ...]]


def build_trie(phrases: Iterable[tuple[Sequence[str], tuple[str, ...], Any]]) -> Trie:
    """A trie of phrases, each given as its keys, its words as written, and what it stands for."""
    ends: dict[str, tuple[tuple[Any, tuple[str, ...]], ...]] = {}
    for keys, written, value in phrases:
        begun = ""
        for key in keys:
            begun = f"{begun} {key}" if begun else key
            ends.setdefault(begun, ())
        ends[begun] = (*ends[begun], (value, written))
    return Trie(ends)


def matches_at(
    trie: Trie, words: Sequence[Word], keys: Sequence[str], first: int, *, gap: bool = False
) -> Iterator[tuple[int, Any, tuple[str, ...]]]:
    """Phrases that begin at a word: the index past their last word, the value, how it is written.

    Parameters
    ----------
    gap : let one word stand after a possessive ("Assad's *immediate* removal")
    """
    paths = [("", first, False)]
    while paths:
        begun, at, skipped = paths.pop()
        if at >= len(words) or (at > first and not words[at - 1].joined):
            continue
        if gap and not skipped and at > first and words[at - 1].possessive:
            paths.append((begun, at + 1, True))
        begun = f"{begun} {keys[at]}" if begun else keys[at]
        ends = trie.ends.get(begun)
        if ends is None:
            continue
        for value, written in ends:
            yield at + 1, value, written
        paths.append((begun, at + 1, skipped))
