"""Actors proposed for a codebook from the entities and collectives of articles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from standpoint.authoring.capitalized_spans import CapitalizedSpan
from standpoint.authoring.collective_actors import (
    Collective,
    find_bare_collectives,
    find_named_collectives,
)
from standpoint.authoring.entity_merging import is_actor
from standpoint.authoring.name_counts import Entity
from standpoint.authoring.truecasing import slug, unique_id
from standpoint.codebook import Actor, Kind, Proposal, count_in_words, fold_name
from standpoint.lexicon.bodies import GOVERNMENT_NOUNS
from standpoint.lexicon.countries import countries, country_words
from standpoint.text import Article

MAX_ACTORS, MAX_ALIASES = 60, 12  # as many as one can read and edit (a guess)


@dataclass(slots=True, eq=False)
class _Candidate:
    """A proposed actor whose names may still be those of others too."""

    name: str
    kind: Kind
    count: int
    note: str
    aliases: list[str] = field(default_factory=list)
    owner: str = ""
    country: str = ""


def propose_actors(
    entities: Sequence[Entity],
    spans: Sequence[CapitalizedSpan],
    articles: Sequence[Article],
    *,
    min_count: int,
) -> list[Proposal[Actor]]:
    """Propose actors of frequent entities and of collectives that speak, the most frequent first.

    Parameters
    ----------
    entities : the most frequent first
    min_count : minimum frequency of a collective
    """
    titles = Counter(title for entity in entities for title in entity.titles)
    candidates = [_of_entity(e, entities, titles) for e in entities if is_actor(e)]
    candidates += _of_collectives(find_named_collectives(spans), candidates, min_count=min_count)
    bare = find_bare_collectives(articles)
    candidates += [_of_collective(item, item.noun) for item in bare if item.speaks >= min_count]
    candidates.sort(key=lambda candidate: (-candidate.count, candidate.name))
    return _resolve_names(candidates[:MAX_ACTORS])


def _of_entity(entity: Entity, entities: Sequence[Entity], titles: Counter[str]) -> _Candidate:
    where = f" in {len(entity.articles)} articles" if len(entity.articles) > 1 else ""
    return _Candidate(
        entity.name,
        entity.kind,
        entity.count,
        f"{count_in_words(entity.count)}{where}, speaks {count_in_words(entity.speaks)}",
        _aliases(entity, entities, titles),
        owner=entity.member_of,
        country=entity.country,
    )


def _of_collective(collective: Collective, name: str) -> _Candidate:
    note = f"{count_in_words(collective.count)}, speaks {count_in_words(collective.speaks)}"
    return _Candidate(name, "group", collective.count, note)


def _aliases(entity: Entity, entities: Sequence[Entity], titles: Counter[str]) -> list[str]:
    """Name variants of an entity, and titles that stand before no other name."""
    surname = entity.name.split()[-1] if entity.kind == "person" else ""
    folded = set(map(fold_name, entity.variants))
    aliases = [
        variant
        for variant, _ in entity.variants.most_common()
        if fold_name(variant) not in ("", fold_name(surname))
        if not (variant.endswith("s") and fold_name(variant[:-1]) in folded)  # lost its apostrophe
    ]
    if entity.country:
        mentioned = {
            fold_name(name) for other in entities for name in (other.name, *other.variants)
        }
        seats = countries()[entity.country].seats
        aliases += [seat for seat in seats if fold_name(seat) in mentioned]
    if entity.kind == "person":
        own = (title for title, _ in entity.titles.most_common() if titles[title] == 1)
        aliases += [title for title in own if _names_country(title)]
    return aliases


def _names_country(title: str) -> bool:
    """Whether a title says of which country it is ("Russian Foreign Minister")."""
    words = title.replace("'s", "").split()
    first = {fold_name(words[0]), fold_name(" ".join(words[:2]))}
    return len(words) > 1 and bool(first & country_words().keys())


def _of_collectives(
    collectives: Sequence[Collective], candidates: Sequence[_Candidate], *, min_count: int
) -> list[_Candidate]:
    """Make governments aliases of their states, and candidates of the other collectives."""
    states = {candidate.country: candidate for candidate in candidates if candidate.country}
    groups = []
    for item in collectives:
        name = item.variants.most_common(1)[0][0]
        state = states.get(country_words().get(item.owner, ""))
        is_government = item.noun in GOVERNMENT_NOUNS
        if is_government and state is not None:
            is_plural = item.noun in ("officials", "authorities")
            state.aliases.append(name if is_plural else f"the {name}")
        elif item.count >= min_count and (item.speaks or not is_government):
            groups.append(_of_collective(item, name))
    return groups


def _resolve_names(candidates: Sequence[_Candidate]) -> list[Proposal[Actor]]:
    """Actors with ids and without shared names: the more frequent actor gets the name."""
    owners: dict[str, _Candidate] = {}
    ids: dict[str, str] = {}

    def owns(item: _Candidate, name: str) -> bool:
        return bool(fold_name(name)) and owners.setdefault(fold_name(name), item) is item

    named = [item for item in candidates if owns(item, item.name)]
    for item in named:
        ids[item.name] = unique_id(slug(item.name) or "actor", taken=set(ids.values()))
    proposed = []
    for item in named:
        own = [alias for alias in item.aliases if owns(item, alias)]
        aliases = {fold_name(alias): alias for alias in reversed(own)}
        aliases.pop(fold_name(item.name), None)
        actor = Actor(
            id=ids[item.name],
            name=item.name,
            kind=item.kind,
            aliases=tuple(aliases.values())[::-1][:MAX_ALIASES],
            member_of=ids.get(item.owner),
        )
        proposed.append(Proposal(actor, item.note))
    return proposed
