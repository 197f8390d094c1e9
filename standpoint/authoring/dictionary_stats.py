"""What a whole dictionary tells about the words in its names, and names spelled by it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standpoint.authoring.actor_kinds import Kind, given_names, is_person, without_title
from standpoint.authoring.cameo import Entry, Role
from standpoint.authoring.truecasing import initials, spell
from standpoint.lexicon.bodies import LOWERCASE_HEADS
from standpoint.lexicon.countries import ENGLISH_SPEAKING, FAMILY_NAME_FIRST

_PAREN = re.compile(r"\s*\(([^()]*)\)?\s*")
_SYLLABLES = re.compile(r"(?!AL-|EL-|UL-|AD-|AS-|AR-|ES-)[A-Z]{2,5}-[A-Z]{2,5}")
_SUFFIX = re.compile(r",? (?:JR|SR|II|III)\.?$")
_ACRONYM = re.compile(r"[A-Z]{2,6}")


@dataclass(frozen=True, slots=True)
class Lore:
    """Acronyms, those of them that are in no person's name, and words that persons' names begin
    with.
    """

    acronyms: frozenset[str]
    unlike_persons: frozenset[str]
    given: frozenset[str]


def learn(entries: Sequence[Entry]) -> Lore:
    """What the whole of some dictionaries tells about words."""
    given = given_names(entries)
    personal: set[str] = set()
    short: dict[str, set[str]] = {}
    long: dict[str, set[str]] = {}
    for entry in entries:
        if is_person(entry):
            personal.update(entry.names[0].split())
            continue
        for code in {role.code for role in entry.roles}:
            for name in entry.names:
                short.setdefault(code, set()).update(_acronyms_in(name))
                long.setdefault(code, set()).update(initials(name))
    acronyms = {word for code, words in short.items() for word in words & long[code]}
    return Lore(frozenset(acronyms), frozenset(acronyms - personal), frozenset(given))


def _acronyms_in(name: str) -> list[str]:
    if _ACRONYM.fullmatch(name):
        return [name]
    return [inside for inside in _PAREN.findall(name) if _ACRONYM.fullmatch(inside)]


def names_of(entry: Entry, role: Role, *, kind: Kind, lore: Lore) -> Iterator[str]:
    """The names of an entry in proper capitals, the plainest first."""
    person = kind == "person"
    written = list(dict.fromkeys(part for name in entry.names for part in _parts(name)))
    if person:
        written = list(dict.fromkeys(_SUFFIX.sub("", name) or name for name in written))
    if person and (plain := without_title(written[0])) in written:
        written.insert(0, plain)
    acronyms = lore.unlike_persons if person else lore.acronyms
    arabic = not role.code.startswith(ENGLISH_SPEAKING) or any("AL-" in name for name in written)
    for name in written:
        soft = any(r.code.startswith(FAMILY_NAME_FIRST) for r in entry.roles) or _is_asian(
            name, person
        )
        spelled = spell(name, acronyms=acronyms, soft_hyphens=soft, arabic=arabic, person=person)
        yield spelled if name == written[0] else _with_a_small_end(spelled)


def _is_asian(name: str, person: bool) -> bool:
    """Whether a person's last word is two short syllables: "Ki-moon" is written with a small m."""
    return person and _SYLLABLES.fullmatch(name.rsplit(maxsplit=1)[-1]) is not None


def _with_a_small_end(name: str) -> str:
    """News writes "the Assad government"; a small letter fits a capital too."""
    before, _, last = name.rpartition(" ")
    return f"{before} {last.lower()}" if before and last.lower() in LOWERCASE_HEADS else name


def _parts(name: str) -> Iterator[str]:
    """A name without what stands in brackets, and that too where it is an acronym of the name."""
    bare = _PAREN.sub(" ", name).strip(" ,") or name
    yield bare
    for inside in _PAREN.findall(name):
        if inside in initials(bare):
            yield inside
