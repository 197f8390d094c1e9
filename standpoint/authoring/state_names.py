"""The names under which a state speaks, out of all that a dictionary lists under its code.

A dictionary lists a country's adjective, its cities and its rivers with its names, because all of
them place an event. A stance is something else: "Moscow" and "the Russian government" have one,
"Omsk" and "Russian" (as in "Russian opposition") do not.
"""

import difflib
import re
from collections.abc import Iterable, Iterator

from standpoint.authoring.truecasing import initials
from standpoint.lexicon.countries import IRREGULAR_DEMONYMS, STATE_NAME_WORDS, countries

LIKENESS = 0.7
MIN_LIKE_CHARS = 4
_ADJECTIVE_ENDS = ("ian", "ean", "ese", "ish", "ani", "aqi", "eli", "ari", "bian", "rian", "can")
_SMALL_ENDS = ("an", "i", "ic", "ch", "ite", "er")
OFFICIAL = ("the {} government", "{} officials", "the {} authorities", "the {} foreign ministry")


def state_names(code: str, names: list[str]) -> tuple[list[str], list[str], int]:
    """Names of a state that are safe, its adjectives, and how many names were left out.

    Parameters
    ----------
    names : as the dictionary writes them, the country's own first
    """
    country = names[0]
    adjectives = [name for name in names[1:] if is_adjective(name, country)]
    rest = [name for name in names[1:] if name not in adjectives and not set(name) & set(",()")]
    full = [country, *(name for name in rest if name.startswith(f"{country} OF "))]
    seats = countries()[code].seats if code in countries() else ()
    capitals = {seat.upper() for seat in seats}
    own = _own_words(full)
    called = [
        name for name in rest if name in {*capitals, *full} or _is_a_name(name, country, own=own)
    ]
    short = {letters for name in (country, *called) for letters in initials(name)}
    kept = [country, *(name for name in rest if name in called or _bare(name) in short)]
    return kept, adjectives, len(set(names)) - len({*kept, *adjectives})


def _own_words(full: Iterable[str]) -> set[str]:
    """The telling words of a country's full names, and each name in one word."""
    parts = [re.split(r"(?i)\sand\s", name)[0] for name in full]
    return {word for part in parts for word in (*_telling(part), _joined(part))}


def _bare(name: str) -> str:
    return re.sub(r"^THE ", "", name).replace(".", "").replace(" ", "")


def official_names(adjectives: Iterable[str], *, of: str) -> Iterator[str]:
    """What a state's government is called with the country's adjective.

    >>> list(official_names(["Syrian"], of="Syria"))[0]
    'the Syrian government'
    """
    for adjective in list(adjectives)[:1]:
        for form in OFFICIAL:
            yield form.format(adjective)
    if " " not in of:
        yield f"{of}'s government"


def is_adjective(name: str, country: str) -> bool:
    """Whether a name is the adjective of a country, or that of its people.

    >>> is_adjective("SOUTH KOREAN", "SOUTH KOREA"), is_adjective("SEOUL", "SOUTH KOREA")
    (True, False)
    """
    before, _, low = name.lower().replace(".", " ").rpartition(" ")
    of_before, _, last = country.lower().rpartition(" ")
    if before and before.strip() not in (of_before, of_before[:1]):
        return False
    of = last if before else country.lower()
    if low.endswith("stan") or low == of:
        return False
    singular = low.removesuffix("s")
    if low in IRREGULAR_DEMONYMS or singular in IRREGULAR_DEMONYMS:
        return True
    stem = _common_prefix(low, of, *of.split())
    ends = singular.endswith(_ADJECTIVE_ENDS) or singular.endswith(_SMALL_ENDS)
    return ends and stem >= max(3, len(singular) - 6)


def _common_prefix(word: str, *others: str) -> int:
    best = 0
    for other in others:
        length = next(
            (n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
            min(len(word), len(other)),
        )
        best = max(best, length)
    return best


def _is_a_name(name: str, country: str, *, own: set[str]) -> bool:
    """Whether a name is the country's in full, in part or in another spelling."""
    if country.startswith(f"{name} ") or country.endswith(f" {name}"):
        return name.lower() not in STATE_NAME_WORDS
    if {"river", "mount", "lake", "province", "valley", "desert"} & set(name.lower().split()):
        return False
    words = _telling(name)
    if not words:
        return False
    return _joined(name) in own or (len(words) == 1 and any(_is_like(words[0], w) for w in own))


def _telling(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", name.lower())
    return [word for word in words if word not in STATE_NAME_WORDS and len(word) >= MIN_LIKE_CHARS]


def _joined(name: str) -> str:
    return "".join(re.findall(r"[^\W\d_]+", name.lower()))


def _is_like(word: str, other: str) -> bool:
    if word[0] != other[0]:
        return False
    return difflib.SequenceMatcher(None, word, other, autojunk=False).ratio() >= LIKENESS
