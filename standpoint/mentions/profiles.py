"""Profiles of a codebook's actors: words, heads and titles of their names, gender, adjectives."""

from collections.abc import Iterator
from dataclasses import dataclass

from standpoint.codebook import Actor, Codebook, lineage
from standpoint.lexicon.bodies import BODY_DESCRIPTIONS, BODY_NOUNS, SIDE_NOUNS
from standpoint.lexicon.countries import country_words
from standpoint.lexicon.roles import TITLES
from standpoint.mentions.demonyms import abbreviations_of, adjectives_of, plural_demonyms
from standpoint.mentions.gender import Gender, gender_of
from standpoint.text import Trie, words_of

_CITIES = frozenset({"city", "municipality"})
_REBELLIOUS = frozenset({"free", "liberation", "resistance"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What the names of one actor show.

    Attributes
    ----------
    words : the keys of every word of its names
    heads : head nouns that alone can mean a body once it is introduced ("federation")
    nouns : other nouns of a body's names that can mean it where it was mentioned lately ("museum",
        "city" of "Mora City Council")
    titles : the titles in a person's names, each with all words of the names it is in
    opening : the first words of names of several words: given names, or "north" of a state
    """

    kind: str
    words: frozenset[str]
    heads: frozenset[str]
    nouns: frozenset[str]
    titles: dict[str, frozenset[str]]
    gender: Gender | None
    opening: frozenset[str]


class ActorProfiles:
    """The profiles of a codebook's actors, each made at first use, and the adjectives of states.

    Attributes
    ----------
    adjectives : a trie of the adjectives that belong to one state alone, to its id
    sides : from a noun for a side ("opposition") to its only actor, and the code of its country
    opening_adjectives : the keys of the first words of all adjectives
    adjectives_by_state : the keys of each state's adjectives, of those of several words the last
    """

    def __init__(self, codebook: Codebook) -> None:
        self._actors = {actor.id: actor for actor in codebook.actors}
        self._profiles: dict[str, Profile] = {}
        self._parents = codebook.parents()
        rows = [(words_of(adjective), state) for adjective, state in _owned_adjectives(codebook)]
        self.adjectives = Trie(
            ([word.key for word in words], tuple(word.text for word in words), state)
            for words, state in rows
        )
        self.sides = dict(_sides(codebook))
        self.opening_adjectives = frozenset(words[0].key for words, _ in rows)
        self.adjectives_by_state: dict[str, set[str]] = {}
        for words, state in rows:
            self.adjectives_by_state.setdefault(state, set()).add(words[-1].key)

    def of(self, actor: str) -> Profile:
        """The profile of an actor."""
        if actor not in self._profiles:
            self._profiles[actor] = _profile(self._actors[actor])
        return self._profiles[actor]

    def is_person(self, actor: str) -> bool:
        """Whether an actor is a person."""
        return self._actors[actor].kind == "person"

    def parents_of(self, actor: str) -> list[str]:
        """What an actor is a member of, and what that is a member of, and so on."""
        return lineage(actor, self._parents)[1:]


def _owned_adjectives(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Adjectives that belong to one state alone, with its id."""
    owners: dict[str, set[str]] = {}
    for actor in codebook.actors:
        if actor.kind == "state":
            adjectives = adjectives_of(actor.names)
            short = abbreviations_of(actor.names)
            for adjective in (*adjectives, *plural_demonyms(adjectives), *short):
                owners.setdefault(adjective, set()).add(actor.id)
    for adjective, states in owners.items():
        if len(states) == 1:
            yield adjective, next(iter(states))


def _sides(codebook: Codebook) -> Iterator[tuple[str, tuple[str, str]]]:
    """The nouns for sides of one country that one actor alone has in its names."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for actor in codebook.actors:
        for name in actor.names:
            words = [word.key for word in words_of(name)]
            country = country_words().get(words[-2]) if len(words) > 1 else None
            if country is not None and words[-1] in ("opposition", "regime"):
                owners.setdefault(words[-1], set()).add((actor.id, country))
    return ((noun, next(iter(sides))) for noun, sides in owners.items() if len(sides) == 1)


def _profile(actor: Actor) -> Profile:
    names = [tuple(word.key for word in words_of(name)) for name in actor.names]
    person = actor.kind == "person"
    words = frozenset(key for name in names for key in name)
    return Profile(
        kind=actor.kind,
        words=words,
        heads=frozenset() if person else frozenset(h for name in names for h in _heads(name)),
        nouns=_nouns(names, kind=actor.kind),
        titles=dict(_titles(names)) if person else {},
        gender=_gender(actor) if person else None,
        opening=frozenset(name[0] for name in names if len(name) > 1),
    )


def _heads(name: tuple[str, ...]) -> Iterator[str]:
    """The head noun of a body's name: the last word, or the one before "of" or "for"."""
    for number, key in enumerate(name[1:], 1):
        if key in ("of", "for") and name[number - 1] in BODY_NOUNS:
            yield name[number - 1]
            return
    is_side = len(name) > 1 and name[-1] in SIDE_NOUNS | {"government"}
    if name and (name[-1] in BODY_NOUNS or is_side):
        yield name[-1]


def _nouns(names: list[tuple[str, ...]], *, kind: str) -> frozenset[str]:
    """The last words of the names of bodies, if they are no heads; and the cities in them."""
    if kind == "person":
        return frozenset()
    nouns = {name[-1] for name in names if len(name) > 1} & (BODY_DESCRIPTIONS - BODY_NOUNS)
    if kind != "state" and any(map(_is_of_city, names)):
        nouns.add("city")
    # "The army" is the state's, where rebels have one of their own too.
    words = {key for name in names for key in name}
    if kind == "group" or not _REBELLIOUS.isdisjoint(words):
        nouns.discard("army")
    return frozenset(nouns)


def _is_of_city(name: tuple[str, ...]) -> bool:
    """Whether a name is of a city's government: "Mora City Council", "Municipality of Mora"."""
    opens = name[:1] in (("city",), ("municipality",)) and name[1:2] == ("of",)
    return opens or (len(name) > 1 and not _CITIES.isdisjoint(name[-2:]))


def _titles(names: list[tuple[str, ...]]) -> Iterator[tuple[str, frozenset[str]]]:
    """Titles in a person's names, each with every word of the names that it is in."""
    for title in dict.fromkeys(key for name in names for key in name if key in TITLES):
        yield title, frozenset(key for name in names if title in name for key in name)


def _gender(actor: Actor) -> Gender | None:
    """The gender of the first word of a person's names, where it is a title or a given name."""
    rows = (name.split() for name in actor.names)
    return next(filter(None, (gender_of(words[0]) for words in rows if len(words) > 1)), None)
