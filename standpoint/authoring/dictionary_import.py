"""Actors of a codebook, imported from CAMEO actor dictionaries."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from standpoint.authoring.actor_kinds import KINDS, is_country, kind_of
from standpoint.authoring.cameo import Entry, Role
from standpoint.authoring.dictionary_stats import DictionaryStats, collect_stats, truecased_names
from standpoint.authoring.state_names import official_names, state_names
from standpoint.authoring.truecasing import initials, slug, truecase, unique_id
from standpoint.codebook import MAX_PHRASES, Actor, Kind, fold_name
from standpoint.lexicon.countries import countries

MAX_NAME_CHARS = 200  # the limit of a codebook
MAX_STEM_CHARS = 60  # of an id before a code is appended
GOVERNMENT = "GOV"


@dataclass(slots=True)
class _Draft:
    """An actor whose names may still be those of other actors too."""

    code: str
    kind: Kind
    names: list[str]
    id: str = ""

    def key(self, name: str) -> tuple[str, str]:
        """A name within its country: only drafts of one country are merged."""
        return self.code[:3], fold_name(name)

    def acronyms(self) -> set[str]:
        """The acronyms that an organisation may have."""
        return initials(self.names[0]) if self.kind == "organisation" else set()


@dataclass(frozen=True, slots=True)
class ImportedActors:
    """Actors of a dictionary, and counts of what was left out.

    Attributes
    ----------
    codes : actor id to the code of its role
    shared : names that several actors share
    places : names of places and peoples under the code of a state
    unnamed : actors without a name of their own
    """

    actors: tuple[Actor, ...]
    codes: dict[str, str]
    shared: int
    places: int
    unnamed: int


def import_actors(
    entries: Sequence[Entry],
    *,
    codes: Sequence[str],
    on: date | None = None,
    kinds: Collection[str] = KINDS,
) -> ImportedActors:
    """The actors under some codes, as of a day.

    Parameters
    ----------
    codes : prefixes of codes, whole steps of three letters
    on : None for the roles whose end is open
    kinds : only actors of these kinds

    Notes
    -----
    Names that two actors share are dropped from both, but for the first name of one that is only
    another name of the other.
    """
    stats = collect_stats(entries)
    chosen = [(e, role) for e in entries if (role := role_of(e, codes=codes, on=on)) is not None]
    drafts, n_places = _draft_actors(chosen, stats)
    drafts = [draft for draft in _merge(drafts) if draft.kind in kinds]
    n_shared = _drop_shared_names(drafts)
    named = [draft for draft in drafts if draft.names]
    _set_ids(named)
    return ImportedActors(
        tuple(_actors(named)),
        codes={draft.id: draft.code for draft in named},
        shared=n_shared,
        places=n_places,
        unnamed=len(drafts) - len(named),
    )


def role_of(entry: Entry, *, codes: Sequence[str], on: date | None) -> Role | None:
    """The role of an entry under some codes on a day; a dated role is preferred."""
    roles = [role for role in entry.roles if role.holds(on) and role.code.startswith(tuple(codes))]
    return min(roles, key=lambda role: (not role.is_dated, "ELI" in role.code), default=None)


def _draft_actors(
    chosen: Sequence[tuple[Entry, Role]], stats: DictionaryStats
) -> tuple[list[_Draft], int]:
    """A draft for each entry, but one for all entries of a state; and the number of places."""
    drafts, n_places = [], 0
    states: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry, role in chosen:
        if is_country(role.code):
            states[role.code].append(entry)
        else:
            kind = kind_of(entry, role, given_names=stats.given_names)
            names = list(truecased_names(entry, role, kind=kind, stats=stats))
            drafts.append(_Draft(role.code, kind, names))
    for code, entries in states.items():
        draft, n_dropped = _draft_state(code, entries, stats)
        n_places += n_dropped
        drafts.append(draft)
    drafts.sort(key=lambda draft: (draft.code[:3], draft.kind != "state"))
    return drafts, n_places


def _draft_state(code: str, entries: Sequence[Entry], stats: DictionaryStats) -> tuple[_Draft, int]:
    """One state of all entries under a country's code, its usual name first."""
    main = max(entries, key=lambda entry: len(entry.names))
    selection = state_names(code, main.names)
    bare = (name.removeprefix("THE ") for name in selection.names)
    acronyms = stats.acronyms | {name for name in bare if len(name) <= 3}
    names = [truecase(name, acronyms=acronyms) for name in selection.names]
    adjectives = [truecase(name) for name in selection.adjectives]
    country = countries().get(code)
    if country is not None:
        names.sort(key=lambda name: name != country.names[0])
        adjectives.sort(key=lambda name: name not in country.adjectives)
    names += official_names(adjectives, country=names[0])
    n_others = sum(len(entry.names) for entry in entries if entry is not main)
    return _Draft(code, "state", names), selection.n_dropped + n_others


def _merge(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Merge drafts of one country where one has the first name of the other."""
    owners: dict[tuple[str, str], _Draft] = {}
    merged: list[_Draft] = []
    firsts = {draft.key(draft.names[0]) for draft in drafts}
    for draft in drafts:
        first, *others = [draft.key(name) for name in (*draft.names, *draft.acronyms())]
        keys = [first, *(key for key in others if key in firsts)]
        same = next((owners[k] for k in keys if k in owners and _is_same(owners[k], draft)), None)
        if same is None:
            merged.append(draft)
            same = draft
        else:
            same.names += draft.names
        for key in keys:
            owners.setdefault(key, same)
    return merged


def _is_same(left: _Draft, right: _Draft) -> bool:
    """Whether drafts that share a name are one actor."""
    names = fold_name(left.names[0]), fold_name(right.names[0])
    if names[0] == names[1] or left.kind == right.kind == "person":
        return True
    if left.kind != "organisation" or right.kind != "organisation" or left.code != right.code:
        return False
    acronyms = map(fold_name, left.acronyms()), map(fold_name, right.acronyms())
    return names[1] in acronyms[0] or names[0] in acronyms[1]


def _drop_shared_names(drafts: Sequence[_Draft]) -> int:
    """Drop names that are empty, too long or shared; returns how many are shared."""
    n_owners = Counter(key for draft in drafts for key in set(map(fold_name, draft.names)))
    n_firsts = Counter(fold_name(draft.names[0]) for draft in drafts)
    shared = {key for key, n in n_owners.items() if key and n > 1}
    for draft in drafts:
        keys = list(dict.fromkeys(map(fold_name, draft.names)))
        variants = {fold_name(name): name for name in reversed(draft.names)}
        draft.names = [
            variants[key]
            for key in keys
            if key and (key not in shared or (key == keys[0] and n_firsts[key] == 1))
            if len(variants[key]) <= MAX_NAME_CHARS
        ][:MAX_PHRASES]
    return len(shared)


def _set_ids(drafts: Iterable[_Draft]) -> None:
    """Make ids of names, with the code appended where one is taken."""
    taken: set[str] = set()
    for draft in drafts:
        wanted = slug(re.sub(r"^the ", "", draft.names[0])) or slug(draft.code)
        if wanted in taken:
            wanted = slug(f"{wanted[:MAX_STEM_CHARS]}-{draft.code}")
        draft.id = unique_id(wanted, taken=taken)
        taken.add(draft.id)


def _actors(drafts: Sequence[_Draft]) -> Iterator[Actor]:
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
