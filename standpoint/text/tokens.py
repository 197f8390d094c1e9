"""Tokenizer: the words of a text with their offsets; stems; and phrase matching by a trie.

A phrase is matched by following the words through a trie: the cost grows with the text and the
longest phrase, not with the number of phrases.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

_LETTER = r"[^\W\d_]"
_APOSTROPHES = "'’`´‘ʼ"
# Soft hyphens and joiners, which nobody sees, and accents set apart from their letter (NFD).
_UNSEEN = r"\u00ad\u200b-\u200d\u2060"
_ACCENTS = r"\u0300-\u036f"
# What follows an apostrophe in a contraction or a possessive, which are words of their own.
_CONTRACTED = r"(?:[sStTdDmM]|ll|LL|re|RE|ve|VE)(?![^\W_])"
_WORD = re.compile(
    r"(?:[A-Z]\.)+[A-Z](?![^\W_])\.?"  # "U.S.", "H.R"
    rf"|(?:{_LETTER}\.){{2,}}"  # "p.m."
    r"|\d+(?:[.,]\d+)+"  # "1.5", "12,000"
    rf"|[^\W_]+(?:[{_ACCENTS}]+[^\W_]*|[{_UNSEEN}]+[^\W_]+"
    rf"|(?<={_LETTER})[{_APOSTROPHES}](?={_LETTER})(?!{_CONTRACTED})[^\W_]+)*"  # "O'Neill"
)
_NOT_IN_KEYS = re.compile(rf"[{_APOSTROPHES}\u00ad\u200b-\u200d\u2060]")
_POSSESSIVE = re.compile(r"['’`´]s?(?![^\W_])", re.IGNORECASE)
_JOINT = re.compile(r"(?:['’`´]s?)?[\s\-‐-―]{1,6}(?=\w)", re.IGNORECASE)
_HYPHENS = "-‐‑"
# Letters that Unicode does not decompose, as news agencies print them without special characters.
_PLAIN_LETTERS = {
    **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"},
    **{"þ": "th", "ħ": "h", "ŋ": "n", "ə": "a"},
}


@dataclass(frozen=True, slots=True)
class Word:
    """One token.

    Attributes
    ----------
    possessive : whether ``'s`` follows it
    joined : whether only a space, a hyphen or that ``'s`` separates it from the next token
    key : the folded form, see `key_of`
    """

    start: int
    end: int
    text: str
    possessive: bool
    joined: bool
    key: str

    @property
    def stem(self) -> str:
        """The English Snowball stem."""
        return stem_of(self.key)


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


_STEMMER_LOCK = Lock()  # the stemmer stores the current word in itself


# A guess at the different words of a large codebook and of the articles read meanwhile.
@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The English Snowball stem of a folded word.

    >>> stem_of("inviting"), stem_of("invited")
    ('invit', 'invit')
    """
    with _STEMMER_LOCK:
        return str(_stemmer().stemWord(word))


def key_of(word: str) -> str:
    """The folded form of a word: case-folded, without dots, apostrophes and accents.

    Numbers keep the point of their decimals and lose the commas between thousands.

    >>> key_of("U.S."), key_of("Müller"), key_of("O’Neill"), key_of("1,000.5")
    ('us', 'muller', 'oneill', '1000.5')
    """
    key = word.casefold()
    if key.isascii() and key.isalnum():
        return key
    if key[:1].isdigit():
        return key.replace(",", "")
    key = _NOT_IN_KEYS.sub("", key.replace(".", ""))
    return key if key.isascii() else "".join(map(_plain, key))


@lru_cache(maxsize=2_000)
def _plain(letter: str) -> str:
    """A letter without its accent or its special form ("ﬁ"); nothing for an accent set apart."""
    if unicodedata.combining(letter):
        return ""
    plain = unicodedata.normalize("NFKD", letter)
    return _PLAIN_LETTERS.get(letter) or "".join(
        part for part in plain if not unicodedata.combining(part)
    )


@lru_cache(maxsize=2_000)  # sentences: those of a few long articles
def words_of(text: str) -> tuple[Word, ...]:
    """Tokenize a text. Results are cached, since many steps tokenize the same sentences.

    >>> [(w.text, w.possessive) for w in words_of("Iran's U.S. envoy")]
    [('Iran', True), ('U.S.', False), ('envoy', False)]
    """
    return tuple(
        Word(
            match.start(),
            match.end(),
            match.group(),
            possessive=_POSSESSIVE.match(text, match.end()) is not None,
            joined=_JOINT.match(text, match.end()) is not None,
            key=key_of(match.group()),
        )
        for match in _word_matches(text)
    )


def _word_matches(text: str) -> Iterator[re.Match[str]]:
    """Matches of ``_WORD`` that are not the "s" of a possessive."""
    for match in _WORD.finditer(text):
        start = match.start()
        if match.group() not in ("s", "S") or start < 2 or text[start - 1] not in "'’`´":
            yield match


def split_words(text: str) -> list[str]:
    """The words of a text as they are written, without offsets: much cheaper than `words_of`.

    >>> split_words("Iran's U.S. envoy")
    ['Iran', 'U.S.', 'envoy']
    """
    return [match.group() for match in _word_matches(text)]


def is_hyphenated(text: str, *, start: int, end: int) -> bool:
    """Whether the characters from start to end are part of a hyphenated word ("Iran-backed")."""
    before = start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum()
    after = end + 1 < len(text) and text[end] in _HYPHENS and text[end + 1].isalnum()
    return before or after


class Trie:
    """A prefix tree of phrases.

    ``ends`` maps each prefix, its keys joined by spaces, to the phrases that end there, as pairs of
    a value and the words as written. It is one flat dictionary: node objects would make each run of
    the garbage collector slower by the size of the codebook.
    """

    def __init__(self, phrases: Iterable[tuple[Sequence[str], tuple[str, ...], Any]]) -> None:
        """Each phrase is given by its keys, its words as written, and its value."""
        self.ends: dict[str, tuple[tuple[Any, tuple[str, ...]], ...]] = {}
        for keys, written, value in phrases:
            prefix = ""
            for key in keys:
                prefix = f"{prefix} {key}" if prefix else key
                self.ends.setdefault(prefix, ())
            self.ends[prefix] = (*self.ends[prefix], (value, written))

    def matches(
        self, words: Sequence[Word], *, keys: Sequence[str], at: int, gap: bool = False
    ) -> Iterator[tuple[int, Any, tuple[str, ...]]]:
        """Phrases that begin at a word: the index past the last word, value, words as written.

        Parameters
        ----------
        keys : what is compared with the keys of the phrases, one for each word
        gap : skip at most one word after a possessive ("Assad's *immediate* removal")
        """
        first, paths = at, [("", at, False)]
        while paths:
            prefix, at, skipped = paths.pop()
            if at >= len(words) or (at > first and not words[at - 1].joined):
                continue
            if gap and not skipped and at > first and words[at - 1].possessive:
                paths.append((prefix, at + 1, True))
            prefix = f"{prefix} {keys[at]}" if prefix else keys[at]
            ends = self.ends.get(prefix)
            if ends is None:
                continue
            for value, written in ends:
                yield at + 1, value, written
            paths.append((prefix, at + 1, skipped))
