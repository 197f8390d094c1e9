"""A trie of phrases that bears with the ways in which people write one phrase.

Hyphens, line ends, dots of abbreviations and the signs within a name make no difference; a word
may be broken at a line end, or printed with a hyphen. In cues, a determiner, a title before a name,
and one word behind a possessive may stand between the words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from standpoint.lexicon.abbreviations import (
    NAME_ABBREVIATIONS,
    NUMBERED_ABBREVIATIONS,
    TITLE_ABBREVIATIONS,
)
from standpoint.lexicon.given_names import GIVEN_NAMES
from standpoint.lexicon.honorifics import FORMS_OF_ADDRESS
from standpoint.lexicon.matching.word_forms import INNER_DETERMINERS, PASSIVE_WORDS
from standpoint.lexicon.particles import HYPHENATED_ARTICLES
from standpoint.lexicon.roles import TITLES
from standpoint.text import Word

# In a variant of a cue: here auxiliaries may stand, "sanctions (must be) lifted".
PASSIVE_GAP = "~"
MAX_PASSIVE_WORDS = 4  # "sanctions should not have been lifted"
MAX_SKIPPED_WORDS = 3  # "removal of the President Bashar al-Assad"
# Abbreviations whose dot ends no name: "St. Kitts", "Inc. Magazine".
_ABBREVIATIONS = TITLE_ABBREVIATIONS | NUMBERED_ABBREVIATIONS | NAME_ABBREVIATIONS | {"v", "vs"}
_BEFORE_NAME = TITLES | FORMS_OF_ADDRESS | GIVEN_NAMES | HYPHENATED_ARTICLES | TITLE_ABBREVIATIONS
_HYPHENS = "-‐‑\u00ad"
_BROKEN = re.compile(rf"[{_HYPHENS}](?:[ \t]*\n\s*)?(?=[^\W\d_])")
_OPEN_GAP = re.compile(r"(?:['’`´]s?)?[\s\-‐-―./°'’`´+*_]*$", re.IGNORECASE)
# Signs that separate words, unless the phrase itself has them there: "Washington, D.C.".
_SIGN = re.compile(r"\s?([(),:;!?])\s?[\"“(]?$")
_DOT = re.compile(r"\s*\.\s")
# More spaces than these are columns of a table, unless a line ends in them.
_WIDE_GAP = re.compile(r"[^\S\n]{7,}|\n\s*\n")
Phrase = tuple[Sequence[str], tuple[str, ...], Any]


def sign_before(text: str, words: Sequence[Word], at: int) -> str:
    """The sign between a word and the one before, as `PhraseTrie` keys have it; mostly none."""
    gap = text[words[at - 1].end : words[at].start] if at else ""
    sign = _SIGN.match(gap)
    return sign.group(1) if sign else ""


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase in a text.

    Attributes
    ----------
    past : the index past its last word
    value : what the phrase stands for
    written : the words as the codebook writes them
    texts : the words as the text writes them, one for each of ``written``
    """

    past: int
    value: Any
    written: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Path:
    """How far a phrase was followed."""

    prefix: str
    past: int
    texts: tuple[str, ...]
    skipped: int = 0


class MatchedText:
    """The words of a sentence with the keys that are compared.

    Attributes
    ----------
    words, keys : the words, and the key of each
    fold : makes the key of a word out of its folded form
    """

    def __init__(self, text: str, words: Sequence[Word], *, fold: Any) -> None:
        self.text = text
        self.words = words
        self.fold = fold
        self.keys = [fold(word.key) for word in words]

    @cached_property
    def broken(self) -> dict[int, tuple[str, str]]:
        """Words that a hyphen joins to the next: the key and the text of both as one word."""
        if not any(hyphen in self.text for hyphen in _HYPHENS):
            return {}
        words = self.words
        return {
            at: (self.fold(words[at].key + words[at + 1].key), words[at].text + words[at + 1].text)
            for at in range(len(words) - 1)
            if (hyphen := _BROKEN.match(self.text, words[at].end)) is not None
            and hyphen.end() == words[at + 1].start
        }

    def is_joined(self, at: int, dotted: frozenset[str]) -> bool:
        """Whether a word and the next can be of one phrase."""
        word = self.words[at]
        if word.joined:
            return True
        gap = self.text[word.end : self.words[at + 1].start]
        if _OPEN_GAP.match(gap) is None or _WIDE_GAP.search(gap):
            return False
        is_initial = len(word.text) == 1 and word.text.isupper()
        return _DOT.match(gap) is None or is_initial or word.key in dotted


class PhraseTrie:
    """A prefix tree of phrases, as `standpoint.text.Trie`, that tolerates how a text writes them.

    Attributes
    ----------
    ends : each prefix, its keys joined by spaces, with the values and words of what ends there
    """

    def __init__(self, phrases: Iterable[Phrase], *, dotted: Iterable[str] = ()) -> None:
        """Each phrase is given by its keys, its words as written, and its value."""
        self.ends: dict[str, tuple[tuple[Any, tuple[str, ...]], ...]] = {}
        self.dotted = _ABBREVIATIONS | frozenset(dotted)
        for keys, written, value in phrases:
            prefix = ""
            for key in keys:
                prefix = f"{prefix} {key}" if prefix else key
                self.ends.setdefault(prefix, ())
            if (value, written) not in self.ends[prefix]:
                self.ends[prefix] = (*self.ends[prefix], (value, written))

    def starts(self, sentence: MatchedText) -> list[int]:
        """The words of a sentence at which a phrase may begin."""
        ends, broken = self.ends, sentence.broken
        starts = [at for at, key in enumerate(sentence.keys) if key in ends]
        if broken:
            starts = sorted({*starts, *(at for at, (key, _) in broken.items() if key in ends)})
        return starts

    def matches(
        self, sentence: MatchedText, *, at: int, keys: Sequence[str] = (), loose: bool = False
    ) -> Iterator[PhraseMatch]:
        """Phrases that begin at a word.

        Parameters
        ----------
        keys : what is compared, if not the keys of the sentence
        loose : let determiners, titles and a word behind a possessive stand within a phrase
        """
        keys = keys or sentence.keys
        paths = list(self._steps(sentence, keys, _Path("", at, ()), first=True))
        while paths:
            path = paths.pop()
            for value, written in self.ends[path.prefix]:
                yield PhraseMatch(path.past, value, written, path.texts)
            if path.past >= len(keys):
                continue
            if not sentence.is_joined(path.past - 1, self.dotted):
                paths += self._over_sign(sentence, keys, path)
                continue
            paths += self._steps(sentence, keys, path, first=False)
            if loose:
                paths += self._after_gap(sentence, keys, path)

    def _steps(
        self, sentence: MatchedText, keys: Sequence[str], path: _Path, *, first: bool
    ) -> Iterator[_Path]:
        """The paths with the next word, also with that and the word behind its hyphen as one."""
        at = path.past
        prefix = keys[at] if first else f"{path.prefix} {keys[at]}"
        if prefix in self.ends:
            texts = (*path.texts, sentence.words[at].text)
            yield _Path(prefix, at + 1, texts, path.skipped)
        if at in sentence.broken:
            key, text = sentence.broken[at]
            prefix = key if first else f"{path.prefix} {key}"
            if prefix in self.ends:
                yield _Path(prefix, at + 2, (*path.texts, text), path.skipped)

    def _over_sign(
        self, sentence: MatchedText, keys: Sequence[str], path: _Path
    ) -> Iterator[_Path]:
        """The path with the next word behind a sign that the phrase has too."""
        at = path.past
        sign = sign_before(sentence.text, sentence.words, at)
        prefix = f"{path.prefix} {sign}{keys[at]}"
        if sign and prefix in self.ends:
            yield _Path(prefix, at + 1, (*path.texts, sentence.words[at].text), path.skipped)

    def _after_gap(
        self, sentence: MatchedText, keys: Sequence[str], path: _Path
    ) -> Iterator[_Path]:
        """The paths with the next word behind words that may stand within a cue."""
        at, words = path.past, sentence.words
        if path.skipped < MAX_SKIPPED_WORDS and at + 1 < len(words):
            is_skipped = words[at].key in INNER_DETERMINERS or (
                path.skipped == 0 and words[at - 1].possessive
            )
            if is_skipped or _precedes_name(words, at):
                skipped = _Path(path.prefix, at + 1, path.texts, path.skipped + 1)
                yield from self._resumed(sentence, keys, skipped)
        passive = f"{path.prefix} {PASSIVE_GAP}"
        if passive in self.ends:
            past = at
            while past < min(len(words) - 1, at + MAX_PASSIVE_WORDS):
                if words[past].key not in PASSIVE_WORDS or not words[past].joined:
                    break
                past += 1
            if past > at:
                yield from self._steps(
                    sentence, keys, _Path(passive, past, path.texts, path.skipped), first=False
                )

    def _resumed(self, sentence: MatchedText, keys: Sequence[str], path: _Path) -> Iterator[_Path]:
        """The paths behind a skipped word; more may be skipped."""
        if not sentence.is_joined(path.past - 1, self.dotted):
            return
        yield from self._steps(sentence, keys, path, first=False)
        yield from self._after_gap(sentence, keys, path)


def _precedes_name(words: Sequence[Word], at: int) -> bool:
    """Whether a word is a title, a given name or a particle, and a name follows."""
    following = words[at + 1]
    is_name = following.text[0].isupper() or following.key in HYPHENATED_ARTICLES
    return words[at].key in _BEFORE_NAME and is_name
