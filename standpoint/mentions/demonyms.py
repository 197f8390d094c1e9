"""Demonyms and adjectives of states: from the table of countries, the codebook, or a rule."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from standpoint.lexicon.countries import Country, countries
from standpoint.text import key_of

# A name of a codebook whose adjective must be its state's: "the Karvelian government".
_GOVERNMENT = re.compile(
    r"(?:the )?((?:[A-Z][\w’'-]+ )?[A-Z][\w’'-]+) "
    r"(?:government|authorities|officials|regime|cabinet|diplomats|delegation)$",
    re.IGNORECASE,
)
_ADJECTIVE_ENDINGS = ("an", "ese", "ish", "i", "ic", "ch", "ot", "ss")
# A state's short name in capitals serves as its own adjective ("a US delegation").
_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,4}$")
# Regular plurals: "Russians", "Iraqis". Others are the adjective itself ("the French").
PLURAL_DEMONYM_ENDINGS = ("ans", "is")


def plural_demonyms(adjectives: Iterable[str]) -> Iterator[str]:
    """The plural demonyms of a state's people, where they are regular.

    >>> list(plural_demonyms(["Russian", "French"]))
    ['Russians']
    """
    return (f"{word}s" for word in adjectives if f"{word}s".endswith(PLURAL_DEMONYM_ENDINGS))


def adjectives_of(names: Sequence[str]) -> tuple[str, ...]:
    """The adjectives of a state with these names: of countries, the codebook, or the regular one.

    >>> adjectives_of(["France", "Paris"]), adjectives_of(["East Valdia"])
    (('French',), ('East Valdian',))
    """
    listed = {adjective for country in countries_of(names) for adjective in country.adjectives}
    return tuple(sorted({*listed, *_adjectives_in(names)})) or tuple(
        _regular(_without_article(names[0]))
    )


def countries_of(names: Iterable[str]) -> Iterator[Country]:
    """The countries that have one of these names, in the order of the names."""
    keys = (_without_article(name).casefold() for name in names)
    return (_by_name()[key] for key in keys if key in _by_name())


def _without_article(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ")


def _regular(name: str) -> Iterator[str]:
    """The regular adjective of a name that is in no table, such as an invented country's.

    >>> [*_regular("Valdia"), *_regular("Ostan"), *_regular("Civic Dawn Ltd.")]
    ['Valdian', 'Ostanian']
    """
    if not all(word.isalpha() and word[0].isupper() for word in name.split()):
        return
    if name.endswith("a"):
        yield f"{name}n"
    elif name.endswith(("n", "r", "t")):
        yield f"{name}ian"


def _adjectives_in(names: Iterable[str]) -> Iterator[str]:
    """Adjectives in a state's own names in the codebook ("the Karvelian government").

    >>> list(_adjectives_in(["Telani", "the Karvelian cabinet", "the Obama administration"]))
    ['Karvelian']
    """
    for name in names:
        match = _GOVERNMENT.match(name)
        if match and match.group(1).endswith(_ADJECTIVE_ENDINGS) and match.group(1)[0].isupper():
            yield match.group(1)


def abbreviations_of(names: Iterable[str]) -> tuple[str, ...]:
    """The abbreviations of a state's name, which news uses as adjectives ("US officials").

    >>> abbreviations_of(["the United States"])
    ('US', 'U.S.', 'USA')
    """
    rows = (filter(_ABBREVIATION.match, country.names) for country in countries_of(names))
    return next(filter(None, map(tuple, rows)), ())


@cache
def country_keys() -> frozenset[str]:
    """The keys of all names and adjectives of countries that are one word."""
    return frozenset(
        key_of(name)
        for country in countries().values()
        for name in (*country.names, *country.adjectives)
        if " " not in name
    )


@cache
def _by_name() -> dict[str, Country]:
    return {name.casefold(): country for country in countries().values() for name in country.names}
