"""The adjectives of states: of the table of countries, by rule, or shown by a codebook."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from standpoint.lexicon.countries import countries
from standpoint.text import key_of

_GOVERNMENT = re.compile(
    r"(?:the )?((?:[A-Z][\w’'-]+ )?[A-Z][\w’'-]+) "
    r"(?:government|authorities|officials|regime|cabinet|diplomats|delegation)$",
    re.IGNORECASE,
)
_ENDS = ("an", "ese", "ish", "i", "ic", "ch", "ot", "ss")
# A state's short name in capitals serves as its own adjective ("a US delegation").
_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,4}$")


PLURAL_DEMONYM_ENDINGS = ("ans", "is")


def plural_demonyms(adjectives: Iterable[str]) -> Iterator[str]:
    """What a state's people is called in the plural, where that is regular.

    >>> list(plural_demonyms(["Russian", "French"]))
    ['Russians']
    """
    return (f"{word}s" for word in adjectives if f"{word}s".endswith(PLURAL_DEMONYM_ENDINGS))


def adjectives_of(names: Sequence[str]) -> tuple[str, ...]:
    """The adjectives of a state of these names: those of countries, or else the regular one.

    >>> adjectives_of(["France", "Paris"]), adjectives_of(["East Valdia"])
    (('French',), ('East Valdian',))
    """
    bare = [name.removeprefix("the ").removeprefix("The ") for name in names]
    known = {adjective for name in bare for adjective in _table().get(name.casefold(), ())}
    shown = {*_shown(names)}
    return tuple(sorted(known | shown)) or tuple(_regular(bare[0]))


def _regular(name: str) -> Iterator[str]:
    """What the rule makes of a name that no table holds, as an invented country's.

    >>> [*_regular("Valdia"), *_regular("Ostan"), *_regular("Civic Dawn Ltd.")]
    ['Valdian', 'Ostanian']
    """
    if not all(word.isalpha() and word[0].isupper() for word in name.split()):
        return
    if name.endswith("a"):
        yield f"{name}n"
    elif name.endswith(("n", "r", "t")):
        yield f"{name}ian"


def _shown(names: Iterable[str]) -> Iterator[str]:
    """Adjectives that a codebook itself shows to be a state's ("the Karvelian government").

    >>> list(_shown(["Telani", "the Karvelian cabinet", "the Obama administration"]))
    ['Karvelian']
    """
    for name in names:
        match = _GOVERNMENT.match(name)
        if match and match.group(1).endswith(_ENDS) and match.group(1)[0].isupper():
            yield match.group(1)


def abbreviations_of(names: Iterable[str]) -> tuple[str, ...]:
    """Short forms in capitals by which news uses a state's name as an adjective.

    >>> abbreviations_of(["the United States"])
    ('US', 'U.S.', 'USA')
    """
    bare = [name.removeprefix("the ").removeprefix("The ").casefold() for name in names]
    return next((_short()[name] for name in bare if name in _short()), ())


@cache
def country_keys() -> frozenset[str]:
    """Keys of every country's name and adjective of one word."""
    return frozenset(
        key_of(name)
        for country in countries().values()
        for name in (*country.names, *country.adjectives)
        if " " not in name
    )


@cache
def _table() -> dict[str, tuple[str, ...]]:
    return {
        name.casefold(): country.adjectives
        for country in countries().values()
        for name in country.names
    }


@cache
def _short() -> dict[str, tuple[str, ...]]:
    return {
        name.casefold(): short
        for country in countries().values()
        if (short := tuple(filter(_ABBREVIATION.match, country.names)))
        for name in country.names
    }
