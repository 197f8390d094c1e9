"""Actors of a codebook out of actor dictionaries."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from standpoint.authoring.actor_kinds import KINDS, Kind, is_country, kind_of
from standpoint.authoring.cameo import Entry, Role
from standpoint.authoring.dictionary_stats import Lore, learn, names_of
from standpoint.authoring.state_names import official_names, state_names
from standpoint.authoring.truecasing import initials, new_id, slug, spell
from standpoint.codebook import MAX_PHRASES, Actor, fold_name
from standpoint.lexicon.countries import countries

MAX_NAME_CHARS = 200
GOVERNMENT = "GOV"


@dataclass(slots=True)
class Draft:
    """An actor before its names are told apart from those of others."""

    code: str
    kind: Kind
    names: list[str]
    id: str = ""


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


def _draft(chosen: Sequence[tuple[Entry, Role]], lore: Lore) -> tuple[list[Draft], int]:
    """A draft for each entry but that of states, where one for each country takes all."""
    drafts, places = [], 0
    states: dict[str, list[Entry]] = {}
    for entry, role in chosen:
        if is_country(role.code):
            states.setdefault(role.code, []).append(entry)
            continue
        kind = kind_of(entry, role, given=lore.given)
        drafts.append(Draft(role.code, kind, list(names_of(entry, role, kind=kind, lore=lore))))
    for code, held in states.items():
        draft, left_out = _state(code, held, lore)
        places += left_out
        drafts.append(draft)
    drafts.sort(key=lambda draft: (draft.code[:3], draft.kind != "state"))
    return drafts, places


def _state(code: str, entries: Sequence[Entry], lore: Lore) -> tuple[Draft, int]:
    """One state of all entries of a country's code, under its usual name."""
    main = max(entries, key=lambda entry: len(entry.names))
    others = [entry for entry in entries if entry is not main]
    kept, adjectives, left_out = state_names(code, main.names)
    country = countries().get(code)
    names = [spell(name, acronyms=lore.acronyms | _short(kept)) for name in kept]
    spelled = [spell(name) for name in adjectives]
    if country is not None:
        names.sort(key=lambda name: name != country.names[0])
        spelled.sort(key=lambda name: name not in country.adjectives)
    names += official_names(spelled, of=names[0])
    return Draft(code, "state", names), left_out + sum(len(entry.names) for entry in others)


def _short(names: Iterable[str]) -> set[str]:
    return {name.removeprefix("THE ") for name in names if len(name.removeprefix("THE ")) <= 3}


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of one code family of which one has the other's first name, put together."""
    owners: dict[tuple[str, str], Draft] = {}
    kept: list[Draft] = []
    firsts = {(draft.code[:3], fold_name(draft.names[0])) for draft in drafts}
    for draft in drafts:
        names = [*draft.names, *_short_names(draft)]
        keys = [(draft.code[:3], fold_name(name)) for name in names]
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
    if fold_name(one.names[0]) == fold_name(other.names[0]) or one.kind == other.kind == "person":
        return True
    if one.kind != "organisation" or other.kind != "organisation" or one.code != other.code:
        return False
    return bool(_folded(_short_names(one)) & {fold_name(other.names[0])}) or bool(
        _folded(_short_names(other)) & {fold_name(one.names[0])}
    )


def _folded(names: Iterable[str]) -> set[str]:
    return {fold_name(name) for name in names}


def _tell_apart(drafts: Sequence[Draft]) -> int:
    """Drop names that cannot be used or told apart; gives how many were shared."""
    owners: dict[str, set[int]] = {}
    firsts: dict[str, set[int]] = {}
    for at, draft in enumerate(drafts):
        folded = {fold_name(name): name for name in reversed(draft.names)}
        for key in folded:
            owners.setdefault(key, set()).add(at)
        if draft.names:
            firsts.setdefault(fold_name(draft.names[0]), set()).add(at)
    shared = {key for key, held in owners.items() if key and len(held) > 1}
    for at, draft in enumerate(drafts):
        names = {fold_name(name): name for name in reversed(draft.names)}
        kept = [
            name
            for key in dict.fromkeys(fold_name(name) for name in draft.names)
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
