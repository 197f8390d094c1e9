"""What kind of actor a name of a dictionary is, as far as its code and its words tell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Literal

from standpoint.authoring.cameo import Entry, Role
from standpoint.lexicon import ROLES, TITLES

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
_BODIES = frozenset(
    """
    party front movement army brigade brigades council coalition ministry government union
    committee court police force forces bank association organization organisation organizations
    group groups federation alliance league congress parliament assembly senate department agency
    authority bureau office commission institute university company corporation corp inc ltd
    foundation fund center centre society club network board corps guard guards militia command
    faction cell battalion regime junta cabinet administration embassy service services academy
    school college newspaper times news agencies television radio mission contingent delegation
    regiment division fighters martyrs state republic republics kingdom region province palace
    house forum initiative resistance revolution revolutionary liberation tigers vanguard commandos
    gang tribe clan syndicate cartel states trust church conference campaign program programme
    project partnership secretariat staff unit units declaration brotherhood rebels militants
    separatists people peoples workers students women youth rights internet limited laboratories
    soldiers citizens civilians officials troops intelligence security defence defense affairs
    national international united democratic socialist communist islamic popular treaty pact
    committees councils parties tv channel observatory ministries commissions companies frente
    partido parti movimiento ejercito harakat jaysh jaish lashkar hizb hezb jabhat jamaat jamiat
    liwa liwaa katibat katiba tanzim mouvement armee ansar jund lashkar-e
""".split()
)
_PARTICLES = frozenset(
    "al el ul ol ud ed ad as bin ibn bint de la del des du der den von van da dos das do di e y ap "
    "jr sr ii iii".split()
)
_FUNCTIONS = frozenset("of the for and in on at to by with from against or".split())
_HONORIFICS = frozenset(
    "mr mrs ms dr sheikh shaykh mullah ayatollah sir lord king queen prince princess sultan emir "
    "pope general gen colonel col major captain admiral judge justice senator congressman abu umm "
    "maulana imam hojatolislam field marshal marshall lieutenant gov vice-president".split()
)
# Words that stand before a title and are part of it: "Deputy Foreign Minister".
QUALIFIERS = frozenset(
    """
    deputy vice foreign prime defence defense interior finance state chief former acting economy
    trade justice energy assistant special senior general parliamentary press presidential security
""".split()
)
MIN_NAME_WORDS, MAX_NAME_WORDS = 2, 6
MIN_NAMESAKES = 3
EAST_ASIAN = ("KOR", "PRK", "TWN", "HKG", "SGP", "CHN")


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
    no_name = _PARTICLES | _HONORIFICS | TITLES | ROLES
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
    if rows[0][0] in _HONORIFICS:
        return True
    titled = [row for row in rows[1:] if (TITLES | _HONORIFICS) & set(row[:-1])]
    return any(row[-1] == rows[0][-1] for row in titled)


def is_personal(name: str, *, roles: Sequence[Role] = ()) -> bool:
    """Whether a name of several words is like a person's: no word of it names a body or office."""
    words = [word.strip(".,'\"()") for word in name.lower().split()]
    if not MIN_NAME_WORDS <= len(words) <= MAX_NAME_WORDS:
        return False
    in_east_asia = any(role.code.startswith(EAST_ASIAN) for role in roles)
    functions = _FUNCTIONS - {"in", "on", "to", "or"} if in_east_asia else _FUNCTIONS
    if (functions | _BODIES) & set(words) or any(char.isdigit() for char in name):
        return False
    return words[-1] not in TITLES | ROLES and bool(set(words) - _PARTICLES)


def is_office(name: str) -> bool:
    """Whether a name is that of an office and not of who holds it ("US Secretary of State")."""
    words = re.findall(r"[^\W\d_]+", name.lower().partition(" of ")[0])
    return bool(words) and words[-1] in TITLES


def has_body_word(name: str) -> bool:
    """Whether a word of a name says that it is a body of people."""
    words = re.findall(r"[^\W\d_]+", name.lower().replace("'", ""))
    return bool(_BODIES & set(words)) or bool(_FUNCTIONS & set(words[1:-1]) and "of" in words)


def without_title(name: str) -> str:
    """A name without the titles before it; as it is where nothing else would be left.

    >>> without_title("FOREIGN MINISTER ANA KOVAC")
    'ANA KOVAC'
    """
    words = name.split()
    known = TITLES | ROLES | _HONORIFICS - {"abu", "umm"}
    first = 0
    for at, word in enumerate(words[:-1]):
        if word.strip(".,").lower() in known:
            first = at + 1
    return " ".join(words[first:]) if len(words) - first > 1 else name


def is_generic(word: str) -> bool:
    """Whether a word alone says only what kind of body or office it is ("Ministry")."""
    return word.lower() in _BODIES | TITLES | ROLES | QUALIFIERS | {"agencies", "ngo", "ngos"}
