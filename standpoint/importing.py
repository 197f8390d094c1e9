"""Actors of a codebook out of actor dictionaries."""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from standpoint.codebook import MAX_PHRASES, Actor, fold
from standpoint.dictionary import Entry, Role
from standpoint.errors import InputError
from standpoint.faults import show
from standpoint.kinds import (
    EAST_ASIAN,
    KINDS,
    Kind,
    given_names,
    is_country,
    is_person,
    kind_of,
    without_title,
)
from standpoint.spelling import initials, new_id, slug, spell
from standpoint.states import official_names, state_names

MAX_NAME_CHARS = 200
GOVERNMENT = "GOV"
_ENGLISH = ("USA", "GBR", "CAN", "AUS", "NZL", "IRL")  # where "Al" is a given name
_SMALL_ENDS = frozenset(
    """
    government regime administration forces troops official officials spokesman spokeswoman
    spokesperson authorities leadership fighters rebels militants soldiers
""".split()
)
_PAREN = re.compile(r"\s*\(([^()]*)\)?\s*")
_SYLLABLES = re.compile(r"(?!AL-|EL-|UL-|AD-|AS-|AR-|ES-)[A-Z]{2,5}-[A-Z]{2,5}")
_SUFFIX = re.compile(r",? (?:JR|SR|II|III)\.?$")
_ACRONYM = re.compile(r"[A-Z]{2,6}")


@dataclass(slots=True)
class Draft:
    """An actor before its names are told apart from those of others."""

    code: str
    kind: Kind
    names: list[str]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Lore:
    """Acronyms, those of them that are in no person's name, and words that persons' names begin
    with.
    """

    acronyms: frozenset[str]
    unlike_persons: frozenset[str]
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class Imported:
    """Actors, and how many names were shared or those of places, how many actors left without."""

    actors: tuple[Actor, ...]
    codes: dict[str, str]
    """Actor id to the code of its role."""
    shared: int
    places: int
    unnamed: int


def import_actors(
    entries: Sequence[Entry],
    *,
    codes: Sequence[str],
    on: date | None = None,
    kinds: Collection[str] = KINDS,
) -> Imported:
    """The actors of some codes, as they stand on a day.

    Parameters
    ----------
    codes : the beginnings of codes, whole steps of three letters
    on : None for the roles whose end is open
    kinds : only these

    Notes
    -----
    Names that two actors would share are dropped from both, but for the first name of one that is
    only another name of the other.
    """
    lore = learn(entries)
    chosen = [(e, role) for e in entries if (role := role_of(e, codes=codes, on=on)) is not None]
    drafts, places = _draft(chosen, lore)
    drafts = [draft for draft in _merged(drafts) if draft.kind in kinds]
    shared = _tell_apart(drafts)
    named = [draft for draft in drafts if draft.names]
    _give_ids(named)
    return Imported(
        tuple(_actors(named)),
        codes={draft.id: draft.code for draft in named},
        shared=shared,
        places=places,
        unnamed=len(drafts) - len(named),
    )


def role_of(entry: Entry, *, codes: Sequence[str], on: date | None) -> Role | None:
    """The role under some codes in which an entry counts on a day; a dated one comes first."""
    held = [role for role in entry.roles if role.holds(on) and role.code.startswith(tuple(codes))]
    return min(held, key=lambda role: (not role.is_dated, "ELI" in role.code), default=None)


def find_codes(wanted: Iterable[str], entries: Iterable[Entry]) -> list[str]:
    """Codes, each given as itself or as the name of a country; all that are neither are told."""
    known, names = known_codes(entries), country_names(entries)
    found, faults = [], []
    for word in wanted:
        code = word.upper() if word.upper() in known else names.get(fold(word))
        if code is None:
            hint = _near(word, known=known, names=names)
            faults.append(
                f"--codes: must be a code or a country of the dictionary, got {show(word)}.{hint}"
            )
        else:
            found.append(code)
    if faults:
        raise InputError("\n".join(faults))
    return list(dict.fromkeys(found))


def known_codes(entries: Iterable[Entry]) -> set[str]:
    """Every code, and what it begins with in steps of three letters."""
    codes = {role.code for entry in entries for role in entry.roles}
    return {code[:end] for code in codes for end in range(3, len(code) + 3, 3)}


def country_names(entries: Iterable[Entry]) -> dict[str, str]:
    """The folded names of countries with their codes; a name of two countries is none's."""
    found: dict[str, str] = {}
    for entry in entries:
        code = next((r.code for r in reversed(entry.roles) if is_country(r.code)), None)
        for name in state_names(code, entry.names)[0] if code else ():
            if found.setdefault(fold(name), code or "") != code:
                found[fold(name)] = ""
    return {name: code for name, code in found.items() if code}


def _near(word: str, *, known: set[str], names: dict[str, str]) -> str:
    low = word.casefold()
    close = [code for code in sorted(known) if len(code) == len(word) and _differ(code, low) == 1]
    close = close if len(close) <= 4 else [code for code in close if code in names.values()][:4]
    likely = difflib.get_close_matches(low, names, n=2, cutoff=0.75)
    told = list(dict.fromkeys([*(names[name] for name in likely), *close]))[:4]
    return f" Did you mean {' or '.join(told)}?" if told else ""


def _differ(code: str, word: str) -> int:
    return sum(a != b for a, b in zip(code.casefold(), word, strict=True))


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


def _draft(chosen: Sequence[tuple[Entry, Role]], lore: Lore) -> tuple[list[Draft], int]:
    """A draft for each entry but that of states, where one for each country takes all."""
    drafts, places = [], 0
    states: dict[str, list[Entry]] = {}
    for entry, role in chosen:
        if is_country(role.code):
            states.setdefault(role.code, []).append(entry)
            continue
        kind = kind_of(entry, role, given=lore.given)
        drafts.append(Draft(role.code, kind, list(_names(entry, role, kind=kind, lore=lore))))
    for code, held in states.items():
        draft, left_out = _state(code, held, lore)
        places += left_out
        drafts.append(draft)
    drafts.sort(key=lambda draft: (draft.code[:3], draft.kind != "state"))
    return drafts, places


def _state(code: str, entries: Sequence[Entry], lore: Lore) -> tuple[Draft, int]:
    main = max(entries, key=lambda entry: len(entry.names))
    others = [entry for entry in entries if entry is not main]
    kept, adjectives, left_out = state_names(code, main.names)
    names = [spell(name, acronyms=lore.acronyms | _short(kept)) for name in kept]
    spelled = [spell(name) for name in adjectives]
    names += official_names(spelled, of=names[0])
    return Draft(code, "state", names), left_out + sum(len(entry.names) for entry in others)


def _short(names: Iterable[str]) -> set[str]:
    return {name.removeprefix("THE ") for name in names if len(name.removeprefix("THE ")) <= 3}


def _names(entry: Entry, role: Role, *, kind: Kind, lore: Lore) -> Iterator[str]:
    """The names of an entry in proper capitals, the plainest first."""
    person = kind == "person"
    written = list(dict.fromkeys(part for name in entry.names for part in _parts(name)))
    if person:
        written = list(dict.fromkeys(_SUFFIX.sub("", name) or name for name in written))
    if person and (plain := without_title(written[0])) in written:
        written.insert(0, plain)
    acronyms = lore.unlike_persons if person else lore.acronyms
    arabic = not role.code.startswith(_ENGLISH) or any("AL-" in name for name in written)
    for name in written:
        soft = any(r.code.startswith(EAST_ASIAN) for r in entry.roles) or _is_asian(name, person)
        spelled = spell(name, acronyms=acronyms, soft_hyphens=soft, arabic=arabic, person=person)
        yield spelled if name == written[0] else _with_a_small_end(spelled)


def _is_asian(name: str, person: bool) -> bool:
    """Whether a person's last word is two short syllables: "Ki-moon" is written with a small m."""
    return person and _SYLLABLES.fullmatch(name.rsplit(maxsplit=1)[-1]) is not None


def _with_a_small_end(name: str) -> str:
    """News writes "the Assad government"; a small letter fits a capital too."""
    before, _, last = name.rpartition(" ")
    return f"{before} {last.lower()}" if before and last.lower() in _SMALL_ENDS else name


def _parts(name: str) -> Iterator[str]:
    """A name without what stands in brackets, and that too where it is an acronym of the name."""
    bare = _PAREN.sub(" ", name).strip(" ,") or name
    yield bare
    for inside in _PAREN.findall(name):
        if inside in initials(bare):
            yield inside


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of one code family of which one has the other's first name, put together."""
    owners: dict[tuple[str, str], Draft] = {}
    kept: list[Draft] = []
    firsts = {(draft.code[:3], fold(draft.names[0])) for draft in drafts}
    for draft in drafts:
        names = [*draft.names, *_short_names(draft)]
        keys = [(draft.code[:3], fold(name)) for name in names]
        own = [key for at, key in enumerate(keys) if at == 0 or key in firsts]
        same = next((owners[k] for k in own if k in owners and _fit(owners[k], draft)), None)
        if same is None:
            kept.append(draft)
            same = draft
        else:
            same.names += draft.names
        for key in own:
            owners.setdefault(key, same)
    return kept


def _short_names(draft: Draft) -> set[str]:
    return initials(draft.names[0]) if draft.kind == "organisation" else set()


def _fit(one: Draft, other: Draft) -> bool:
    """Whether drafts with a name in common are one actor."""
    if fold(one.names[0]) == fold(other.names[0]) or one.kind == other.kind == "person":
        return True
    if one.kind != "organisation" or other.kind != "organisation" or one.code != other.code:
        return False
    return bool(_folded(_short_names(one)) & {fold(other.names[0])}) or bool(
        _folded(_short_names(other)) & {fold(one.names[0])}
    )


def _folded(names: Iterable[str]) -> set[str]:
    return {fold(name) for name in names}


def _tell_apart(drafts: Sequence[Draft]) -> int:
    """Drop names that cannot be used or told apart; gives how many were shared."""
    owners: dict[str, set[int]] = {}
    firsts: dict[str, set[int]] = {}
    for at, draft in enumerate(drafts):
        folded = {fold(name): name for name in reversed(draft.names)}
        for key in folded:
            owners.setdefault(key, set()).add(at)
        if draft.names:
            firsts.setdefault(fold(draft.names[0]), set()).add(at)
    shared = {key for key, held in owners.items() if key and len(held) > 1}
    for at, draft in enumerate(drafts):
        names = {fold(name): name for name in reversed(draft.names)}
        kept = [
            name
            for key in dict.fromkeys(fold(name) for name in draft.names)
            if key and (key not in shared or firsts.get(key) == {at})
            for name in (names[key],)
            if len(name) <= MAX_NAME_CHARS
        ]
        draft.names = kept[:MAX_PHRASES]
    return len(shared)


def _give_ids(drafts: Iterable[Draft]) -> None:
    """Ids made of names, with the code behind where one is taken."""
    taken: set[str] = set()
    for draft in drafts:
        wanted = slug(re.sub(r"^the ", "", draft.names[0])) or slug(draft.code)
        if wanted in taken:
            wanted = slug(f"{wanted[:60]}-{draft.code}")
        draft.id = new_id(wanted, taken=taken)
        taken.add(draft.id)


def _actors(drafts: Sequence[Draft]) -> Iterator[Actor]:
    states = {draft.code: draft.id for draft in drafts if draft.kind == "state"}
    for draft in drafts:
        governs = draft.kind != "state" and draft.code[3:6] == GOVERNMENT
        yield Actor(
            id=draft.id,
            name=draft.names[0],
            kind=draft.kind,
            aliases=tuple(draft.names[1:]),
            member_of=states.get(draft.code[:3]) if governs else None,
        )
