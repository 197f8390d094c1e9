"""Names of a state as an actor, selected from all that a dictionary lists under its code.

A dictionary lists a country's adjective, its cities and its rivers with its names, because all of
them locate an event. Not all have a stance: "Moscow" and "the Russian government" do, "Omsk" and
"Russian" (as in "Russian opposition") do not.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from os.path import commonprefix
from typing import NamedTuple

from standpoint.authoring.truecasing import initials
from standpoint.lexicon.countries import IRREGULAR_DEMONYMS, LANDFORMS, STATE_NAME_WORDS, countries

# Other spellings of a country are at least this similar, by difflib's ratio, and begin with the
# same letter. Shorter words are too similar to others. Set by hand.
MIN_SIMILARITY = 0.7
MIN_COMPARED_CHARS = 4
# An adjective has at least three letters of the country's name, and at most six after them.
MIN_STEM_CHARS, MAX_ENDING_CHARS = 3, 6
_ADJECTIVE_ENDINGS = (
    *("ian", "ean", "ese", "ish", "ani", "aqi", "eli", "ari", "can"),
    *("an", "i", "ic", "ch", "ite", "er"),
)
_OFFICIAL = ("the {} government", "{} officials", "the {} authorities", "the {} foreign ministry")


class StateNames(NamedTuple):
    """Names of a state, its adjectives, and how many names are neither (places, peoples)."""

    names: list[str]
    adjectives: list[str]
    n_dropped: int


def state_names(code: str, names: Sequence[str]) -> StateNames:
    """Select the names of a state.

    Parameters
    ----------
    names : as the dictionary prints them, the country's own first
    """
    country = names[0]
    adjectives = [name for name in names[1:] if is_adjective(name, country)]
    others = [name for name in names[1:] if name not in adjectives and not set(name) & set(",()")]
    full = [country, *(name for name in others if name.startswith(f"{country} OF "))]
    capitals = {seat.upper() for seat in countries()[code].seats} if code in countries() else set()
    own_words = _own_words(full)
    chosen = {
        name
        for name in others
        if name in capitals or name in full or _is_variant(name, country, own_words=own_words)
    }
    acronyms = {letters for name in (country, *chosen) for letters in initials(name)}
    selected = [country, *(n for n in others if n in chosen or _letters(n) in acronyms)]
    return StateNames(selected, adjectives, len(set(names)) - len({*selected, *adjectives}))


def _own_words(full: Iterable[str]) -> set[str]:
    """The distinctive words of a country's full names, and each name as one word."""
    parts = [re.split(r"(?i)\sand\s", name)[0] for name in full]
    return {word for part in parts for word in (*_distinctive(part), _joined(part))}


def _letters(name: str) -> str:
    return re.sub(r"^THE ", "", name).replace(".", "").replace(" ", "")


def official_names(adjectives: Sequence[str], *, country: str) -> Iterator[str]:
    """Names of a state's government, made with its first adjective.

    >>> list(official_names(["Syrian"], country="Syria"))[0]
    'the Syrian government'
    """
    yield from (form.format(adjective) for adjective in adjectives[:1] for form in _OFFICIAL)
    if " " not in country:
        yield f"{country}'s government"


def is_adjective(name: str, country: str) -> bool:
    """Whether a name is the adjective or the demonym of a country.

    >>> is_adjective("SOUTH KOREAN", "SOUTH KOREA"), is_adjective("SEOUL", "SOUTH KOREA")
    (True, False)
    """
    before, _, word = name.lower().replace(".", " ").rpartition(" ")
    country_before, _, last = country.lower().rpartition(" ")
    if before and before.strip() not in (country_before, country_before[:1]):
        return False
    country_word = last if before else country.lower()
    if word.endswith("stan") or word == country_word:
        return False
    singular = word.removesuffix("s")
    if word in IRREGULAR_DEMONYMS or singular in IRREGULAR_DEMONYMS:
        return True
    candidates = (country_word, *country_word.split())
    stem_chars = max(len(commonprefix([word, c])) for c in candidates)  # noqa: RUF071 - no paths
    return singular.endswith(_ADJECTIVE_ENDINGS) and stem_chars >= max(
        MIN_STEM_CHARS, len(singular) - MAX_ENDING_CHARS
    )


def _is_variant(name: str, country: str, *, own_words: set[str]) -> bool:
    """Whether a name is the country's in full, in part or in another spelling."""
    if country.startswith(f"{name} ") or country.endswith(f" {name}"):
        return name.lower() not in STATE_NAME_WORDS
    if LANDFORMS & set(name.lower().split()):
        return False
    words = _distinctive(name)
    if words and _joined(name) in own_words:
        return True
    return len(words) == 1 and any(_is_similar(words[0], own) for own in own_words)


def _distinctive(name: str) -> list[str]:
    """The words of a name that other states' names do not share."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", name.lower())
    return [w for w in words if w not in STATE_NAME_WORDS and len(w) >= MIN_COMPARED_CHARS]


def _joined(name: str) -> str:
    return "".join(re.findall(r"[^\W\d_]+", name.lower()))


def _is_similar(left: str, right: str) -> bool:
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    return left[0] == right[0] and matcher.ratio() >= MIN_SIMILARITY
