"""Kinds of actors (person, state, organisation, group), inferred from CAMEO codes and names."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import get_args

from standpoint.authoring.cameo import Entry, Role
from standpoint.codebook import Kind
from standpoint.lexicon.bodies import BODY_NAME_WORDS
from standpoint.lexicon.countries import FAMILY_NAME_FIRST
from standpoint.lexicon.honorifics import ACTOR_HONORIFICS
from standpoint.lexicon.particles import BODY_CONNECTIVES, PERSON_NAME_PARTICLES
from standpoint.lexicon.roles import OFFICE_QUALIFIERS, SPEAKER_ROLES, TITLES

KINDS: tuple[Kind, ...] = get_args(Kind)
ORGANISATIONS = frozenset({"IGO", "NGO", "MNC"})
OFFICES = ORGANISATIONS | frozenset(
    "GOV MIL OPP REB INS ELI LEG JUD COP SPY PTY RAD SEP UAF".split()
)
# CAMEO codes of three letters that are no country's: kinds of actors, roles, regions, faiths.
# Central Africa is missing: its code CAF is also that of the Central African Republic.
NO_COUNTRY = OFFICES | frozenset(
    """
    INT IMG NGM BUS MED EDU HLH AGR ENV LAB HRI REF CVL DEV CRM SET CHR MUS JEW HIN BUD REL CTH AFR
    ASA EUR MEA LAM NAF WAF EAF SAF CFR SAS SEA CAS EAS NMR SAM CRB EEU WEU SCN BLK BLN WST KKL NON
    ALL MOS
    """.split()
)
_HEADS = TITLES | SPEAKER_ROLES
_GENERIC_WORDS = BODY_NAME_WORDS | _HEADS | OFFICE_QUALIFIERS | {"agencies", "ngo", "ngos"}
# Of a person's name. A guess: longer names are mostly of bodies.
MIN_NAME_WORDS, MAX_NAME_WORDS = 2, 6
MIN_NAMESAKES = 3  # persons that share a first word, before it counts as a given name (a guess)


def is_country(code: str) -> bool:
    """Whether a code is that of a country alone."""
    return len(code) == 3 and code.isalpha() and code not in NO_COUNTRY


def kind_of(entry: Entry, role: Role, *, given_names: Set[str] = frozenset()) -> Kind:
    """The kind of an entry in one of its roles.

    Parameters
    ----------
    given_names : first names of persons, in capitals

    >>> kind_of(Entry(["SERGEY LAVROV"]), Role("RUSGOV"))
    'group'
    >>> kind_of(Entry(["SERGEY LAVROV", "AMBASSADOR LAVROV"]), Role("RUSGOV"))
    'person'
    """
    name = entry.names[0]
    if is_country(role.code):
        return "state"
    if is_person(entry) or _has_given_name(entry, role, given_names):
        return "person"
    if is_office(name):
        return "group"
    if has_body_word(name) or role.code[:3] in ORGANISATIONS:
        return "organisation"
    return "group"


def is_person(entry: Entry) -> bool:
    """Whether an entry is a person: a personal name, with a term of office or a title."""
    name, roles = entry.names[0], entry.roles
    is_elite = any("ELI" in role.steps for role in roles)
    if not is_personal(name, roles=roles):
        return is_elite and not has_body_word(name)
    if any(role.code.startswith("MNC") for role in roles):
        return any(role.is_dated for role in roles)
    has_term = any(role.is_dated and OFFICES & set(role.steps) for role in roles)
    return has_term or is_elite or _is_addressed(entry.names)


def _has_given_name(entry: Entry, role: Role, given_names: Set[str]) -> bool:
    if role.code.startswith(("MNC", "NGO")) or not is_personal(entry.names[0], roles=entry.roles):
        return False
    return entry.names[0].split()[0] in given_names


def find_given_names(entries: Iterable[Entry]) -> set[str]:
    """Words with which the names of several persons begin, in capitals."""
    counts = Counter(entry.names[0].split()[0] for entry in entries if is_person(entry))
    excluded = PERSON_NAME_PARTICLES | ACTOR_HONORIFICS | _HEADS
    return {
        word
        for word, count in counts.items()
        if count >= MIN_NAMESAKES and word.isalpha() and word.lower() not in excluded
    }


def _is_addressed(names: Sequence[str]) -> bool:
    """Whether an honorific begins the first name, or a title precedes its surname in another."""
    first, *others = [re.split(r"[\s.]+", name.lower().strip(". ")) for name in names]
    return first[0] in ACTOR_HONORIFICS or any(
        words[-1] == first[-1] and (TITLES | ACTOR_HONORIFICS) & set(words[:-1]) for words in others
    )


def is_personal(name: str, *, roles: Sequence[Role] = ()) -> bool:
    """Whether a name of several words looks like a person's: none names a body or an office."""
    words = [word.strip(".,'\"()") for word in name.lower().split()]
    if not MIN_NAME_WORDS <= len(words) <= MAX_NAME_WORDS:
        return False
    connectives = BODY_CONNECTIVES
    if any(role.code.startswith(FAMILY_NAME_FIRST) for role in roles):
        connectives = connectives - {"in", "on", "to", "or"}  # syllables of Korean names
    if (connectives | BODY_NAME_WORDS) & set(words) or any(char.isdigit() for char in name):
        return False
    return words[-1] not in _HEADS and bool(set(words) - PERSON_NAME_PARTICLES)


def is_office(name: str) -> bool:
    """Whether a name is an office without its holder ("US Secretary of State")."""
    words = re.findall(r"[^\W\d_]+", name.lower().partition(" of ")[0])
    return bool(words) and words[-1] in TITLES


def has_body_word(name: str) -> bool:
    """Whether a word of a name shows that it is a body of people."""
    words = re.findall(r"[^\W\d_]+", name.lower().replace("'", ""))
    has_connective = bool(BODY_CONNECTIVES & set(words[1:-1])) and "of" in words
    return has_connective or bool(BODY_NAME_WORDS & set(words))


def without_title(name: str) -> str:
    """A name without the titles before it; unchanged where fewer than two words would be left.

    >>> without_title("FOREIGN MINISTER ANA KOVAC")
    'ANA KOVAC'
    """
    words = name.split()
    titles = _HEADS | ACTOR_HONORIFICS - {"abu", "umm"}
    ends = [at for at, word in enumerate(words[:-1], 1) if word.strip(".,").lower() in titles]
    start = max(ends, default=0)
    return " ".join(words[start:]) if len(words) - start > 1 else name


def is_generic(word: str) -> bool:
    """Whether a word names only a kind of body or office ("Ministry")."""
    return word.lower() in _GENERIC_WORDS
