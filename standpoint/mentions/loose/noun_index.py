"""The nouns of actors' names, and their synonyms, as an index to the actors that they may mean."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, takewhile

from standpoint.codebook import Actor, Codebook, lineage
from standpoint.lexicon.bodies import (
    BODY_DESCRIPTIONS,
    BODY_NOUNS,
    COLLECTIVE_NOUNS,
    GOVERNMENT_NOUNS,
    SIDE_NOUNS,
)
from standpoint.lexicon.countries import country_words
from standpoint.lexicon.matching.body_synonyms import BODY_SYNONYMS
from standpoint.lexicon.roles import DEPUTY_WORDS, TITLES
from standpoint.lexicon.word_set import words
from standpoint.text import Word, words_of

# Behind one of these, a word of a name is no head: "critics of the church".
_BEHIND_HEAD = words("of for in on against at to from with by near that who without")
# Words of names that say nothing of the head: "other Asian exporters".
_EMPTY = words("the a an other")
# Heads of names that mean something else alone: "the House" is not the White House.
_IN_NAMES = words("house")
# News calls one government alone by this noun, without its country.
_US_GOVERNMENT = "administration"
MIN_PLURAL_CHARS = 4
"""Shorter words in -s are no plurals: "gas", "bus"."""
_PLURALS = (("ies", "y"), ("men", "man"))


def singular_key(key: str) -> str:
    """The singular of a regular plural; any other word as it is.

    >>> [singular_key(word) for word in ("ministries", "congressmen", "rebels", "congress")]
    ['ministry', 'congressman', 'rebel', 'congress']
    """
    for plural, singular in _PLURALS:
        if key.endswith(plural) and len(key) > MIN_PLURAL_CHARS:
            return key.removesuffix(plural) + singular
    is_plural = (
        key.endswith("s") and not key.endswith(("ss", "us")) and len(key) >= MIN_PLURAL_CHARS
    )
    return key[:-1] if is_plural else key


_BODY_NOUNS = frozenset(
    map(
        singular_key,
        BODY_NOUNS | COLLECTIVE_NOUNS | BODY_DESCRIPTIONS | SIDE_NOUNS | GOVERNMENT_NOUNS,
    )
) | frozenset(BODY_SYNONYMS)


class NounIndex:
    """From nouns in the singular to the actors whose names have them as a head, or a synonym.

    Attributes
    ----------
    actors : by a noun, the actors that it may mean, each with whether it is of their own names
    persons : the same for the titles in the names of persons; a deputy's is another title
    """

    def __init__(self, codebook: Codebook) -> None:
        self._by_id = {actor.id: actor for actor in codebook.actors}
        self._parents = codebook.parents()
        self._members: dict[str, list[str]] = {}
        for member, home in self._parents.items():
            self._members.setdefault(home, []).append(member)
        self._words: dict[str, frozenset[str]] = {}
        self.actors: dict[str, dict[str, bool]] = {}
        self.persons: dict[str, dict[str, bool]] = {}
        for actor in codebook.actors:
            if actor.kind == "person":
                for title in {title for name in actor.names for title in _titles(name)}:
                    self.persons.setdefault(title, {})[actor.id] = True
            else:
                self._add(actor)

    def _add(self, actor: Actor) -> None:
        own = {head for name in actor.names for head in _heads(name, kind=actor.kind)} - _IN_NAMES
        if actor.kind == "state" and "USA" in self.countries_of(actor.id):
            self.actors.setdefault(_US_GOVERNMENT, {})[actor.id] = False
        for head in own:
            self.actors.setdefault(head, {})[actor.id] = True
        for synonym in {other for head in own for other in BODY_SYNONYMS.get(head, ())} - own:
            self.actors.setdefault(synonym, {})[actor.id] = False

    def is_group(self, actor: str) -> bool:
        """Whether an actor is a group of persons or bodies."""
        return self._by_id[actor].kind == "group"

    def kin_of(self, actor: str) -> list[str]:
        """An actor, what it is a member of, and its own members."""
        return [*lineage(actor, self._parents), *self._members.get(actor, ())]

    def words_in(self, actor: str) -> frozenset[str]:
        """The keys of all words in the names of an actor."""
        return frozenset(word.key for name in self._by_id[actor].names for word in words_of(name))

    def words_around(self, actor: str) -> frozenset[str]:
        """The keys of all words in the names of an actor and its kin."""
        if actor not in self._words:
            self._words[actor] = frozenset().union(*map(self.words_in, self.kin_of(actor)))
        return self._words[actor]

    def countries_of(self, actor: str) -> set[str]:
        """The codes of the countries in the names of an actor and its kin."""
        return codes_of(self.words_around(actor), country_words())


def codes_of(keys: Iterable[str], countries: Mapping[str, str]) -> set[str]:
    """The codes of the countries that some words name: "syrian", "syria", "syrians"."""
    return {
        countries[form]
        for key in keys
        for form in (key, key.removesuffix("s"))
        if form in countries
    }


def _heads(name: str, *, kind: str) -> Iterator[str]:
    """The head nouns of a name, in the singular: of "refugee charities and lawyers" both.

    A name of one word with a capital has no head: "Anonymous" is no noun of others.
    """
    tokens = words_of(name)
    if len(tokens) == 1 and tokens[0].text[0].isupper():
        return
    before = [*takewhile(lambda word: word.key not in _BEHIND_HEAD, tokens)]
    for head in _last_of_parts(before):
        noun = singular_key(head.key)
        # A group is called by what its members are, whatever the noun.
        is_members = kind == "group" and noun != head.key and head.text.islower()
        if noun in _BODY_NOUNS or is_members:
            yield noun


def _titles(name: str) -> Iterator[str]:
    """The titles in a person's name: "vice president" of "Vice President Harris"."""
    keys = ["", *(word.key for word in words_of(name))]
    return (full_title(before, key) for before, key in pairwise(keys) if key in TITLES)


def full_title(before: str, title: str) -> str:
    """A title with the word before it, if that makes it another: "vice president"."""
    return f"{before} {title}" if before in DEPUTY_WORDS else title


def _last_of_parts(tokens: Iterable[Word]) -> Iterator[Word]:
    """The last word before each "and" and the last of all."""
    last: Word | None = None
    for word in tokens:
        if word.key in ("and", "or"):
            if last is not None:
                yield last
            last = None
        elif word.key not in _EMPTY:
            last = word
    if last is not None:
        yield last
