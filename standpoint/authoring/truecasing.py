"""Names written in capitals, spelled as news spells them, and ids made of names."""

import re
import unicodedata
from collections.abc import Iterable, Set

from standpoint.lexicon.honorifics import VOWELLESS_ABBREVIATIONS
from standpoint.lexicon.particles import (
    HYPHENATED_ARTICLES,
    LOWERCASE_CONNECTIVES,
    LOWERCASE_PARTICLES,
    ROMAN_NUMERALS,
)

MAX_ID_CHARS = 80
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|[^\W\d_]\.")
_VOWELS = frozenset("AEIOUYÀÁÂÃÄÅÆÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ")
MAX_BARE_CONSONANTS = 5


def spell(
    name: str,
    *,
    acronyms: Set[str] = frozenset(),
    soft_hyphens: bool = False,
    arabic: bool = True,
    person: bool = False,
) -> str:
    """A name in capitals in the letters of running text; what has small letters keeps them.

    Parameters
    ----------
    acronyms : words that keep their capitals
    soft_hyphens : whether the part after a hyphen is small, as in Korean names
    arabic : whether AL is the article, which is joined to its word, and not a given name
    person : whether words like IN are parts of a person's name

    >>> spell("BASHAR AL ASSAD")
    'Bashar al-Assad'
    >>> spell("UN SECURITY COUNCIL", acronyms={"UN"})
    'UN Security Council'
    """
    small = LOWERCASE_PARTICLES if person else LOWERCASE_PARTICLES | LOWERCASE_CONNECTIVES
    small = small if arabic else small - {"al"}
    words = [
        _spelled(word, acronyms=acronyms, small=small if at else frozenset(), soft=soft_hyphens)
        for at, word in enumerate(name.split())
    ]
    spelled = re.sub(r"^The (?=\S)", "the ", " ".join(words))
    spelled = re.sub(r"(?<= )([DL])(?=['’]\w{2})", lambda match: match.group().lower(), spelled)
    return re.sub(r"(?:^Al|(?<= )al) (?=[^\W\d_])", "al-", spelled) if arabic else spelled


def _spelled(word: str, *, acronyms: Set[str], small: Set[str], soft: bool) -> str:
    bare = word.strip(".,:'\"()")
    if not word.isupper() or _DOTTED.fullmatch(word.rstrip(",")) or bare in acronyms:
        return word
    if bare in ROMAN_NUMERALS or is_consonants(bare):
        return word
    if bare.lower() in small:
        return word.lower()
    parts = word.split("-")
    return "-".join(
        part.lower() if _is_small_part(part, at, len(parts), soft=soft) else _capital(part)
        for at, part in enumerate(parts)
    )


def _is_small_part(part: str, at: int, of: int, *, soft: bool) -> bool:
    if at < of - 1 and part.lower() in HYPHENATED_ARTICLES:
        return True
    return at > 0 and (soft or part.lower() in LOWERCASE_PARTICLES | LOWERCASE_CONNECTIVES)


def is_consonants(word: str) -> bool:
    """Whether a word in capitals can only be an acronym: it has no vowel."""
    short = 1 < len(word) <= MAX_BARE_CONSONANTS and word.isalpha() and word.isupper()
    return short and word not in VOWELLESS_ABBREVIATIONS and not _VOWELS & set(word)


def _capital(part: str) -> str:
    """A capital, also behind "Mc", "O'" and "D'", but not in "Dara'a"."""
    low = part.lower()
    match = re.match(r"(\W*)(mc(?=\w{3})|[^\W\d_]['’`](?=\w{2}))?(.*)", low, re.DOTALL)
    if match is None:  # pragma: no cover - every string fits
        return part
    before, prefix, rest = match.groups()
    return before + (prefix or "").capitalize() + rest[:1].upper() + rest[1:]


def initials(name: str) -> set[str]:
    """The acronyms that a name of several words may have, with and without its small words.

    >>> sorted(initials("UNITED STATES OF AMERICA"))
    ['USA', 'USOA']
    """
    words = re.split(r"[\s\-]+", re.sub(r"^the\s+", "", name, flags=re.IGNORECASE))
    words = [word for word in words if word[:1].isalpha()]
    main = [
        word for word in words if word.lower() not in LOWERCASE_PARTICLES | LOWERCASE_CONNECTIVES
    ]
    return {"".join(w[0] for w in group).upper() for group in (words, main) if len(group) > 1}


def slug(name: str) -> str:
    """A name as an id of a codebook; empty where it has no letter that can be in one.

    >>> slug("Côte d'Ivoire (the state)")
    'cote-d-ivoire-the-state'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_ID_CHARS].rstrip("-")


def new_id(wanted: str, *, taken: Iterable[str]) -> str:
    """An id, with a number behind it where it is taken."""
    held = taken if isinstance(taken, Set) else set(taken)
    if wanted not in held:
        return wanted
    number = 2
    while (found := f"{wanted[: MAX_ID_CHARS - 5]}-{number}") in held:
        number += 1
    return found
