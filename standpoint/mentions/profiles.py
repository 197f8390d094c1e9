"""What the reader knows of a codebook's actors beside their names."""

from collections.abc import Iterator
from dataclasses import dataclass

from standpoint.codebook import Actor, Codebook
from standpoint.lexicon.bodies import BODY_NOUNS
from standpoint.lexicon.roles import TITLES
from standpoint.mentions.demonyms import abbreviations_of, adjectives_of, plural_demonyms
from standpoint.mentions.gender import Gender, gender_of
from standpoint.text import build_trie, words_of


@dataclass(frozen=True, slots=True)
class Profile:
    """One actor.

    Attributes
    ----------
    words : keys of every word of its names
    heads : nouns that alone can mean it once it is known ("federation"); of bodies only
    titles : of a person, by the codebook's names, each with the words before it
    """

    kind: str
    parent: str | None
    words: frozenset[str]
    heads: frozenset[str]
    titles: dict[str, frozenset[str]]
    gender: Gender | None


class ActorProfiles:
    """The actors of a codebook; what is told of one is worked out when it is first asked for."""

    def __init__(self, codebook: Codebook) -> None:
        self._actors = {actor.id: actor for actor in codebook.actors}
        self._profiles: dict[str, Profile] = {}
        owned = dict(_owned_adjectives(codebook))
        words = {adjective: words_of(adjective) for adjective in owned}
        self.adjectives = build_trie(
            ([w.key for w in found], tuple(w.text for w in found), owned[adjective])
            for adjective, found in words.items()
        )
        self.opening_adjectives = frozenset(found[0].key for found in words.values())

        self._adjectives: dict[str, set[str]] = {}
        for adjective, state in owned.items():
            self._adjectives.setdefault(state, set()).add(words[adjective][-1].key)

    def adjectives_by_state(self, state: str) -> frozenset[str]:
        """Keys of a state's adjectives."""
        return frozenset(self._adjectives.get(state, ()))

    def of(self, actor: str) -> Profile:
        """What is known of an actor."""
        if actor not in self._profiles:
            self._profiles[actor] = _profile(self._actors[actor])
        return self._profiles[actor]

    def is_person(self, actor: str) -> bool:
        """Whether an actor is a person."""
        return self._actors[actor].kind == "person"

    def homes_of(self, actor: str) -> Iterator[str]:
        """What an actor is a member of, and what that is a member of."""
        home = self._actors[actor].member_of
        while home is not None:
            yield home
            home = self._actors[home].member_of


def _owned_adjectives(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Adjectives that are one state's alone."""
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


def _profile(actor: Actor) -> Profile:
    names = [tuple(word.key for word in words_of(name)) for name in actor.names]
    person = actor.kind == "person"
    words = frozenset(key for name in names for key in name)
    return Profile(
        kind=actor.kind,
        parent=actor.member_of,
        words=words,
        heads=frozenset() if person else frozenset(h for name in names for h in _heads(name)),
        titles=dict(_titles(names)) if person else {},
        gender=_gender(actor) if person else None,
    )


def _heads(name: tuple[str, ...]) -> Iterator[str]:
    """The noun that carries a body's name: its last, or the one before "of"."""
    for number, key in enumerate(name[1:], 1):
        if key in ("of", "for") and name[number - 1] in BODY_NOUNS:
            yield name[number - 1]
            return
    if name and name[-1] in BODY_NOUNS:
        yield name[-1]


def _titles(names: list[tuple[str, ...]]) -> Iterator[tuple[str, frozenset[str]]]:
    """Titles among a person's names, each with every word that stands beside it in one."""
    beside: dict[str, set[str]] = {}
    for name in names:
        for key in name:
            if key in TITLES:
                beside.setdefault(key, set()).update(name)
    for title, words in beside.items():
        yield title, frozenset(words)


def _gender(actor: Actor) -> Gender | None:
    for name in actor.names:
        words = name.split()
        if len(words) > 1 and (found := gender_of(words[0])) is not None:
            return found
    return None
