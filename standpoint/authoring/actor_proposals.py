"""Actors proposed from the names that articles hold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from standpoint.authoring.actor_kinds import Kind
from standpoint.authoring.capitalized_spans import CapitalizedSpan
from standpoint.authoring.collective_actors import Collective, named, unnamed
from standpoint.authoring.entity_merging import is_actor
from standpoint.authoring.name_counts import Found
from standpoint.authoring.truecasing import new_id, slug
from standpoint.codebook import Actor, Proposal, count_in_words, fold_name
from standpoint.lexicon.bodies import GOVERNMENT_NOUNS
from standpoint.lexicon.countries import countries, country_words
from standpoint.text import Article

MAX_ACTORS, MAX_ALIASES = 60, 12


@dataclass(slots=True, eq=False)
class _Making:
    """An actor before its names are told apart from those of others."""

    name: str
    kind: Kind
    count: int
    note: str
    aliases: list[str] = field(default_factory=list)
    owner: str = ""
    country: str = ""


def propose_actors(
    names: Sequence[Found],
    runs: Sequence[CapitalizedSpan],
    articles: Sequence[Article],
    *,
    min_count: int,
) -> list[Proposal[Actor]]:
    """Actors of names that recur and of bodies that speak, the commonest first.

    Parameters
    ----------
    names : the commonest first
    min_count : of a body to be proposed
    """
    titles = Counter(title for one in names for title in one.titles)
    makings = [_making(one, names, titles) for one in names if is_actor(one)]
    makings += _many(named(runs), makings, min_count=min_count)
    makings += [_group(one, one.text) for one in unnamed(articles) if one.speaks >= min_count]
    makings.sort(key=lambda making: (-making.count, making.name))
    return _settle(makings[:MAX_ACTORS])


def _making(one: Found, names: Sequence[Found], titles: Counter[str]) -> _Making:
    made = _Making(one.name, one.kind, one.count, _said(one), _aliases(one, names, titles))
    made.owner, made.country = one.member_of, one.country
    return made


def _group(one: Collective, form: str) -> _Making:
    note = f"{count_in_words(one.count)}, speaks {count_in_words(one.speaks)}"
    return _Making(form, "group", one.count, note)


def _said(one: Found) -> str:
    where = f" in {len(one.articles)} articles" if len(one.articles) > 1 else ""
    return f"{count_in_words(one.count)}{where}, speaks {count_in_words(one.speaks)}"


def _aliases(one: Found, names: Sequence[Found], titles: Counter[str]) -> list[str]:
    """Other forms of a name, and titles that stand before no other name."""
    surname = one.name.split()[-1] if one.kind == "person" else ""
    forms = [
        form
        for form, _ in one.forms.most_common()
        if fold_name(form) not in ("", fold_name(surname))
    ]
    forms = [form for form in forms if not _lost_its_apostrophe(form, one)]
    if one.country:
        country = countries()[one.country]
        named_here = {fold_name(form) for other in names for form in (other.name, *other.forms)}
        forms += [seat for seat in country.seats if fold_name(seat) in named_here]
    if one.kind != "person":
        return forms
    own = [title for title, _ in one.titles.most_common() if titles[title] == 1]
    return forms + [title for title in own if _tells_whose(title)]


def _lost_its_apostrophe(form: str, one: Found) -> bool:
    return form.endswith("s") and any(
        fold_name(form[:-1]) == fold_name(other) for other in one.forms
    )


def _tells_whose(title: str) -> bool:
    """Whether a title says of which country or body ("Russian Foreign Minister")."""
    words = title.replace("'s", "").split()
    first = {fold_name(words[0]), fold_name(" ".join(words[:2]))}
    return len(words) > 1 and bool(first & country_words().keys())


def _many(
    groups: Sequence[Collective], makings: Sequence[_Making], *, min_count: int
) -> list[_Making]:
    """Governments go to their states; other bodies become groups of their own."""
    states = {making.country: making for making in makings if making.country}
    made = []
    for one in groups:
        form = one.forms.most_common(1)[0][0]
        state = states.get(country_words().get(one.owner, ""))
        if one.noun in GOVERNMENT_NOUNS and state is not None:
            bare = one.noun in ("officials", "authorities")
            state.aliases.append(form if bare else f"the {form}")
        elif one.count >= min_count and (one.noun not in GOVERNMENT_NOUNS or one.speaks):
            made.append(_group(one, form))
    return made


def _settle(makings: Sequence[_Making]) -> list[Proposal[Actor]]:
    """Actors with ids, and names that no two share: the commoner keeps them."""
    owners: dict[str, _Making] = {}
    ids: dict[str, str] = {}
    for making in makings:
        if fold_name(making.name) and owners.setdefault(fold_name(making.name), making) is making:
            ids[making.name] = new_id(slug(making.name) or "actor", taken=set(ids.values()))
    proposed = []
    for making in makings:
        if owners.get(fold_name(making.name)) is not making:
            continue
        names = [alias for alias in making.aliases if fold_name(alias)]
        own = [alias for alias in names if owners.setdefault(fold_name(alias), making) is making]
        aliases = {fold_name(alias): alias for alias in reversed(own)}
        aliases.pop(fold_name(making.name), None)
        actor = Actor(
            id=ids[making.name],
            name=making.name,
            kind=making.kind,
            aliases=tuple(aliases.values())[::-1][:MAX_ALIASES],
            member_of=ids.get(making.owner),
        )
        proposed.append(Proposal(actor, making.note))
    return proposed
