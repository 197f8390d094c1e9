"""Dictionary-wide statistics (acronyms, given names), and names that are truecased with them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standpoint.authoring.actor_kinds import find_given_names, is_person, without_title
from standpoint.authoring.cameo import Entry, Role
from standpoint.authoring.truecasing import initials, truecase
from standpoint.codebook import Kind
from standpoint.lexicon.bodies import LOWERCASE_HEADS
from standpoint.lexicon.countries import ENGLISH_SPEAKING, FAMILY_NAME_FIRST

_BRACKETS = re.compile(r"\s*\(([^()]*)\)?\s*")
_SYLLABLES = re.compile(r"(?!AL-|EL-|UL-|AD-|AS-|AR-|ES-)[A-Z]{2,5}-[A-Z]{2,5}")
_GENERATION = re.compile(r",? (?:JR|SR|II|III)\.?$")
_ACRONYM = re.compile(r"[A-Z]{2,6}")


@dataclass(frozen=True, slots=True)
class DictionaryStats:
    """Words of whole dictionaries, in capitals.

    Attributes
    ----------
    acronyms : those whose full form stands under the same code
    nonpersonal_acronyms : those of them that occur in no person's name
    given_names : words with which several persons' names begin
    """

    acronyms: frozenset[str]
    nonpersonal_acronyms: frozenset[str]
    given_names: frozenset[str]


def collect_stats(entries: Sequence[Entry]) -> DictionaryStats:
    """Collect the statistics of dictionaries."""
    personal: set[str] = set()
    short: defaultdict[str, set[str]] = defaultdict(set)
    full: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if is_person(entry):
            personal.update(entry.names[0].split())
            continue
        for code in {role.code for role in entry.roles}:
            for name in entry.names:
                words = name, *_BRACKETS.findall(name)
                short[code].update(filter(_ACRONYM.fullmatch, words))
                full[code].update(initials(name))
    acronyms = frozenset(word for code, words in short.items() for word in words & full[code])
    return DictionaryStats(acronyms, acronyms - personal, frozenset(find_given_names(entries)))


def truecased_names(
    entry: Entry, role: Role, *, kind: Kind, stats: DictionaryStats
) -> Iterator[str]:
    """The names of an entry as news prints them, the name without a title first."""
    is_person = kind == "person"
    names = list(dict.fromkeys(part for name in entry.names for part in _parts(name)))
    if is_person:
        names = list(dict.fromkeys(_GENERATION.sub("", name) or name for name in names))
    if is_person and (plain := without_title(names[0])) in names:
        names.insert(0, plain)
    acronyms = stats.nonpersonal_acronyms if is_person else stats.acronyms
    # In English-speaking countries "Al" is a given name.
    arabic = not role.code.startswith(ENGLISH_SPEAKING) or any("AL-" in name for name in names)
    family_first = any(other.code.startswith(FAMILY_NAME_FIRST) for other in entry.roles)
    for name in names:
        soft = family_first or (is_person and _has_hyphenated_syllables(name))
        text = truecase(name, acronyms=acronyms, soft_hyphens=soft, arabic=arabic, person=is_person)
        yield text if name == names[0] else _lowercase_head(text)


def _has_hyphenated_syllables(name: str) -> bool:
    """Whether the last word is two short syllables: "Ki-moon" is printed with a small m."""
    return _SYLLABLES.fullmatch(name.rsplit(maxsplit=1)[-1]) is not None


def _lowercase_head(name: str) -> str:
    """A name with a small generic noun at its end, as news prints "the Assad government"."""
    before, _, last = name.rpartition(" ")
    return f"{before} {last.lower()}" if before and last.lower() in LOWERCASE_HEADS else name


def _parts(name: str) -> Iterator[str]:
    """A name without its brackets, and what is in them where it is an acronym of the name."""
    bare = _BRACKETS.sub(" ", name).strip(" ,") or name
    yield bare
    for inner in _BRACKETS.findall(name):
        if inner in initials(bare):
            yield inner
