"""Truecasing: names in capitals as running text prints them; and ids made of names."""

import re
import unicodedata
from collections.abc import Set
from itertools import chain, count

from standpoint.lexicon.honorifics import VOWELLESS_ABBREVIATIONS
from standpoint.lexicon.particles import (
    HYPHENATED_ARTICLES,
    LOWERCASE_CONNECTIVES,
    LOWERCASE_PARTICLES,
    ROMAN_NUMERALS,
)

MAX_ID_CHARS = 80  # the limit of a codebook
MAX_NUMBER_CHARS = 5  # of the hyphen and the number of an id that is taken
# A guess: a longer word without a vowel is hardly an acronym.
MAX_VOWELLESS_CHARS = 5
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|[^\W\d_]\.")
_VOWELS = frozenset("AEIOUYÀÁÂÃÄÅÆÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ")
_SMALL_WORDS = LOWERCASE_PARTICLES | LOWERCASE_CONNECTIVES


def truecase(
    name: str,
    *,
    acronyms: Set[str] = frozenset(),
    soft_hyphens: bool = False,
    arabic: bool = True,
    person: bool = False,
) -> str:
    """A name in capitals as running text prints it; words with small letters are unchanged.

    Parameters
    ----------
    acronyms : words that stay in capitals
    soft_hyphens : whether the part after a hyphen is lowercase, as in Korean names
    arabic : whether AL is the Arabic article, joined to the next word, and not a given name
    person : whether words like IN are parts of a person's name, not prepositions

    >>> truecase("BASHAR AL ASSAD")
    'Bashar al-Assad'
    >>> truecase("UN SECURITY COUNCIL", acronyms={"UN"})
    'UN Security Council'
    """
    small = LOWERCASE_PARTICLES if person else _SMALL_WORDS
    small = small if arabic else small - {"al"}
    words = [
        _truecase_word(
            word, acronyms=acronyms, small=small if at else frozenset(), soft=soft_hyphens
        )
        for at, word in enumerate(name.split())
    ]
    text = re.sub(r"^The (?=\S)", "the ", " ".join(words))
    text = re.sub(r"(?<= )([DL])(?=['’]\w{2})", lambda match: match.group().lower(), text)
    return re.sub(r"(?:^Al|(?<= )al) (?=[^\W\d_])", "al-", text) if arabic else text


def _truecase_word(word: str, *, acronyms: Set[str], small: Set[str], soft: bool) -> str:
    bare = word.strip(".,:'\"()")
    if not word.isupper() or _DOTTED.fullmatch(word.rstrip(",")) or bare in acronyms:
        return word
    if bare in ROMAN_NUMERALS or is_vowelless(bare):
        return word
    if bare.lower() in small:
        return word.lower()
    parts = word.split("-")
    return "-".join(
        part.lower() if _is_lowercase_part(part, at, len(parts), soft=soft) else _capitalize(part)
        for at, part in enumerate(parts)
    )


def _is_lowercase_part(part: str, at: int, n_parts: int, *, soft: bool) -> bool:
    if at < n_parts - 1 and part.lower() in HYPHENATED_ARTICLES:
        return True
    return at > 0 and (soft or part.lower() in _SMALL_WORDS)


def is_vowelless(word: str) -> bool:
    """Whether a word in capitals is an acronym, because it has no vowel."""
    is_short = 1 < len(word) <= MAX_VOWELLESS_CHARS and word.isalpha() and word.isupper()
    return is_short and word not in VOWELLESS_ABBREVIATIONS and not _VOWELS & set(word)


def _capitalize(part: str) -> str:
    """A capital first, and after "Mc", "O'" and "D'", but not in "Dara'a"."""
    return re.sub(
        r"^(\W*)(mc(?=\w{3})|[^\W\d_]['’`](?=\w{2}))?(.?)",
        lambda match: match[1] + (match[2] or "").capitalize() + match[3].upper(),
        part.lower(),
    )


def initials(name: str) -> set[str]:
    """The acronyms that a name of several words may have, with and without its small words.

    >>> sorted(initials("UNITED STATES OF AMERICA"))
    ['USA', 'USOA']
    """
    words = re.split(r"[\s\-]+", re.sub(r"^the\s+", "", name, flags=re.IGNORECASE))
    words = [word for word in words if word[:1].isalpha()]
    main = [word for word in words if word.lower() not in _SMALL_WORDS]
    return {"".join(w[0] for w in group).upper() for group in (words, main) if len(group) > 1}


def slug(name: str) -> str:
    """A name as an id of a codebook; empty where no letter of it is allowed in one.

    >>> slug("Côte d'Ivoire (the state)")
    'cote-d-ivoire-the-state'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_ID_CHARS].rstrip("-")


def unique_id(wanted: str, *, taken: Set[str]) -> str:
    """An id, with a number appended where it is taken."""
    stem = wanted[: MAX_ID_CHARS - MAX_NUMBER_CHARS]
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(id for id in chain([wanted], numbered) if id not in taken)
