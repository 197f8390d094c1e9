"""What kind of actor a name of a dictionary is, as far as its code and its words tell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Literal

from standpoint.authoring.cameo import Entry, Role
from standpoint.lexicon.bodies import BODY_NAME_WORDS
from standpoint.lexicon.countries import FAMILY_NAME_FIRST
from standpoint.lexicon.honorifics import ACTOR_HONORIFICS
from standpoint.lexicon.particles import BODY_CONNECTIVES, PERSON_NAME_PARTICLES
from standpoint.lexicon.roles import OFFICE_QUALIFIERS, SPEAKER_ROLES, TITLES

Kind = Literal["person", "state", "organisation", "group"]
KINDS: tuple[Kind, ...] = ("person", "state", "organisation", "group")
ORGANISATIONS = frozenset({"IGO", "NGO", "MNC"})
OFFICES = ORGANISATIONS | frozenset(
    "GOV MIL OPP REB INS ELI LEG JUD COP SPY PTY RAD SEP UAF".split()
)
# Codes of three letters that stand for no country: kinds of actors, roles, regions, faiths.
NO_COUNTRY = (
    OFFICES
    | frozenset(
        """
    INT IMG NGM ELI BUS MED EDU HLH AGR ENV LAB HRI REF CVL DEV CRM SET CHR MUS JEW HIN BUD REL CTH
    AFR ASA EUR MEA LAM NAF WAF EAF CAF SAF CFR SAS SEA CAS EAS NMR SAM CRB EEU WEU SCN BLK BLN WST
    KKL NON ALL MOS
""".split()
    )
) - {"CAF"}  # the Central African Republic too
MIN_NAME_WORDS, MAX_NAME_WORDS = 2, 6
MIN_NAMESAKES = 3


def is_country(code: str) -> bool:
    """Whether a code is that of a country alone."""
    return len(code) == 3 and code.isalpha() and code not in NO_COUNTRY


def kind_of(entry: Entry, role: Role, *, given: Set[str] = frozenset()) -> Kind:
    """The kind of an entry in one of its roles.

    Parameters
    ----------
    given : words that persons' names begin with, in capitals

    >>> kind_of(Entry(["SERGEY LAVROV"]), Role("RUSGOV"))
    'group'
    >>> kind_of(Entry(["SERGEY LAVROV", "AMBASSADOR LAVROV"]), Role("RUSGOV"))
    'person'
    """
    name = entry.names[0]
    if is_country(role.code):
        return "state"
    if is_person(entry) or _begins_like_one(entry, role, given):
        return "person"
    if is_office(name):
        return "group"
    if has_body_word(name) or role.code[:3] in ORGANISATIONS:
        return "organisation"
    return "group"


def is_person(entry: Entry) -> bool:
    """Whether an entry reads like a person: a personal name, with a term of office or a title."""
    if not is_personal(entry.names[0], roles=entry.roles):
        return any("ELI" in _steps(r.code) for r in entry.roles) and not has_body_word(
            entry.names[0]
        )
    if any(role.code.startswith("MNC") for role in entry.roles):
        return any(role.is_dated for role in entry.roles)
    termed = any(r.is_dated for r in entry.roles if OFFICES & set(_steps(r.code)))
    elite = any("ELI" in _steps(role.code) for role in entry.roles)
    return termed or elite or _is_addressed(entry.names)


def _begins_like_one(entry: Entry, role: Role, given: Set[str]) -> bool:
    if role.code.startswith(("MNC", "NGO")) or not is_personal(entry.names[0], roles=entry.roles):
        return False
    return entry.names[0].split()[0] in given


def given_names(entries: Iterable[Entry]) -> set[str]:
    """Words that the names of several persons begin with, in capitals."""
    firsts = Counter(entry.names[0].split()[0] for entry in entries if is_person(entry))
    no_name = PERSON_NAME_PARTICLES | ACTOR_HONORIFICS | TITLES | SPEAKER_ROLES
    return {
        word
        for word, number in firsts.items()
        if number >= MIN_NAMESAKES and word.isalpha() and word.lower() not in no_name
    }


def _steps(code: str) -> list[str]:
    return [code[at : at + 3] for at in range(0, len(code), 3)]


def _is_addressed(names: Sequence[str]) -> bool:
    """Whether a title stands before the first name, or before its last word in another name."""
    rows = [re.split(r"[\s.]+", name.lower().strip(". ")) for name in names]
    if rows[0][0] in ACTOR_HONORIFICS:
        return True
    titled = [row for row in rows[1:] if (TITLES | ACTOR_HONORIFICS) & set(row[:-1])]
    return any(row[-1] == rows[0][-1] for row in titled)


def is_personal(name: str, *, roles: Sequence[Role] = ()) -> bool:
    """Whether a name of several words is like a person's: no word of it names a body or office."""
    words = [word.strip(".,'\"()") for word in name.lower().split()]
    if not MIN_NAME_WORDS <= len(words) <= MAX_NAME_WORDS:
        return False
    in_east_asia = any(role.code.startswith(FAMILY_NAME_FIRST) for role in roles)
    functions = BODY_CONNECTIVES - {"in", "on", "to", "or"} if in_east_asia else BODY_CONNECTIVES
    if (functions | BODY_NAME_WORDS) & set(words) or any(char.isdigit() for char in name):
        return False
    return words[-1] not in TITLES | SPEAKER_ROLES and bool(set(words) - PERSON_NAME_PARTICLES)


def is_office(name: str) -> bool:
    """Whether a name is that of an office and not of who holds it ("US Secretary of State")."""
    words = re.findall(r"[^\W\d_]+", name.lower().partition(" of ")[0])
    return bool(words) and words[-1] in TITLES


def has_body_word(name: str) -> bool:
    """Whether a word of a name says that it is a body of people."""
    words = re.findall(r"[^\W\d_]+", name.lower().replace("'", ""))
    return bool(BODY_NAME_WORDS & set(words)) or bool(
        BODY_CONNECTIVES & set(words[1:-1]) and "of" in words
    )


def without_title(name: str) -> str:
    """A name without the titles before it; as it is where nothing else would be left.

    >>> without_title("FOREIGN MINISTER ANA KOVAC")
    'ANA KOVAC'
    """
    words = name.split()
    known = TITLES | SPEAKER_ROLES | ACTOR_HONORIFICS - {"abu", "umm"}
    first = 0
    for at, word in enumerate(words[:-1]):
        if word.strip(".,").lower() in known:
            first = at + 1
    return " ".join(words[first:]) if len(words) - first > 1 else name


def is_generic(word: str) -> bool:
    """Whether a word alone says only what kind of body or office it is ("Ministry")."""
    return word.lower() in BODY_NAME_WORDS | TITLES | SPEAKER_ROLES | OFFICE_QUALIFIERS | {
        "agencies",
        "ngo",
        "ngos",
    }
