"""Spellings of a name that differ by its transliteration alone: Zelensky, Zelenskyy."""

import re
from collections.abc import Iterator
from functools import lru_cache

# The ending of Slavic names, which each newsroom transliterates in its own way.
_SLAVIC_ENDINGS = ("y", "yy", "iy", "ij", "ii", "yi", "i")
_ENDING = re.compile(r"(?:yy|iy|ij|ii|yi|y|i)$")
_ENDING_OF_SKY = re.compile(rf"(?<=[stz]k|ts){_ENDING.pattern}")
_MIN_SLAVIC_CHARS = 6
MIN_FOLDED_CHARS = 6
"""Shorter surnames that differ by a letter are mostly two names: "Roe", "Rose"."""
# What one sound is printed as: initial "Gaddafi", "Qaddafi", "Kadhafi"; "Gorbachev", "Gorbatchov".
_FOLDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:q|gh|kh|g)", "k"),
        (r"dh|th(?=[aeiou])", "d"),
        (r"tch|tsch|sch", "ch"),
        (r"kh", "h"),
        (r"zh|dj", "j"),
        (r"ph", "f"),
        (r"ou|oo", "u"),
        (r"[ae][iy]", "ei"),
        (r"(?:yy|iy|ij|ii|yi|ie|i|y)", "i"),
        (r"(.)\1", r"\1"),
        (r"ff?$", "v"),
    )
)


def safe_spellings(surname: str) -> Iterator[str]:
    """Other endings of a Slavic surname in "-sky", which are never another person's.

    >>> list(safe_spellings("Zelenskyy"))[:2]
    ['Zelensky', 'Zelenskiy']
    """
    if len(surname) >= _MIN_SLAVIC_CHARS:
        yield from _respelled(surname, _ENDING_OF_SKY)


def loose_spellings(name: str) -> Iterator[str]:
    """Other endings of any name in "y" or "i"; some of them may be another person's.

    >>> "sergey" in loose_spellings("sergei"), "navalny" in loose_spellings("navalnyi")
    (True, True)
    """
    return _respelled(name, _ENDING)


def _respelled(name: str, endings: re.Pattern[str]) -> Iterator[str]:
    ending = endings.search(name)
    if ending is not None:
        for other in _SLAVIC_ENDINGS:
            if other != ending.group():
                yield name[: ending.start()] + other


# The capitalized words of the articles read meanwhile: a guess.
@lru_cache(maxsize=20_000)
def sound_key(key: str) -> str:
    """A key that transliterations of one name share.

    >>> sound_key("qaddafi") == sound_key("gadhafi"), sound_key("kovac") == sound_key("kovach")
    (True, False)
    """
    for pattern, sound in _FOLDS:
        key = pattern.sub(sound, key)
    return key
