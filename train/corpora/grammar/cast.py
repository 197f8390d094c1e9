"""Draws the actors of a codebook: persons, states, organisations, parties, companies, groups."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from standpoint.codebook import Actor
from train.corpora.grammar.conjugation import Subject
from train.corpora.grammar.files import ActorGroup, Persons

# Shares of the groups of actors in a codebook: persons are as frequent in the real documents.
PERSONS = 0.36
ACCUSED_GROUPS = {"state": "state", "company": "company", "party": "party"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in running text."""

    text: str
    subject: Subject

    @property
    def possessive(self) -> str:
        """The possessive form."""
        has_no_s = self.text.endswith("s") and (
            self.subject.pronoun == "they" or (self.subject.pronoun == "it" and " " in self.text)
        )
        return f"{self.text}'" if has_no_s else f"{self.text}'s"


@dataclass(frozen=True)
class CastMember:
    """An actor with the mentions that texts may have of it.

    Attributes
    ----------
    has_power : whether it may decide ("voted to lift the ban")
    """

    actor: Actor
    mentions: tuple[Mention, ...]
    has_power: bool

    @property
    def is_person(self) -> bool:
        """Whether it is one person."""
        return self.actor.kind == "person"

    @cached_property
    def who(self) -> str:
        """The relative pronoun."""
        return "who" if self.actor.kind in ("person", "group") else "which"


class Casting:
    """Draws actors that share no name."""

    def __init__(self, persons: Persons, groups: Sequence[ActorGroup]) -> None:
        self.persons = persons
        self.groups = groups

    def draw(self, rng: Random, count: int, *, accused: Sequence[str] = ()) -> list[CastMember]:
        """Actors for a codebook.

        Parameters
        ----------
        accused : kinds of actors that the issues accuse; the first ones are of these kinds
        """
        cast: list[CastMember] = []
        taken: set[str] = set()
        wanted = list(accused)
        while len(cast) < max(count, len(accused)):
            member = self._member(rng, wanted[len(cast)] if len(cast) < len(wanted) else None)
            words = {word for name in member.actor.names for word in _words(name)}
            if words & taken:
                continue
            taken |= words
            cast.append(member)
        return cast

    def _member(self, rng: Random, accused: str | None) -> CastMember:
        if accused is None and rng.random() < PERSONS:
            return self._person(rng)
        groups = [group for group in self.groups if _suits(group, accused)]
        weights = [len(group.names) for group in groups]
        group = rng.choices(groups, weights)[0]
        return _from_group(group, rng.choice(group.names))

    def _person(self, rng: Random) -> CastMember:
        pronoun = rng.choice(("he", "she"))
        first = rng.choice(self.persons.he if pronoun == "he" else self.persons.she)
        last, title = rng.choice(self.persons.last), rng.choice(self.persons.titles)
        full = f"{first} {last}"
        actor = Actor(id=_id(full), name=full, kind="person", aliases=(last,))
        texts = (full, last, last, f"{title} {full}", f"{title} {last}")
        subject = Subject(pronoun)
        return CastMember(actor, tuple(Mention(text, subject) for text in texts), has_power=True)


def _suits(group: ActorGroup, accused: str | None) -> bool:
    match accused:
        case None:
            return True
        case "state":
            return group.kind == "state"
        case "company":
            return group.company
        case "party":
            return group.party
    return group.kind == "organisation" and not (group.company or group.party)


def _from_group(group: ActorGroup, row: str) -> CastMember:
    """The actor of a row ``name|alias*|alias``; a star marks an alias as plural."""
    mentions = []
    for part in row.split("|"):
        plural = group.plural or part.endswith("*")
        mentions.append(Mention(part.rstrip("*"), Subject("they" if plural else "it")))
    names = [re.sub(r"^the ", "", mention.text) for mention in mentions]
    name = names[0]
    actor = Actor(id=_id(name), name=name, kind=group.kind, aliases=tuple(names[1:]))
    return CastMember(actor, tuple(mentions), has_power=group.power)


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "actor"


def _words(name: str) -> set[str]:
    """Words that no other actor of the codebook may have; those of common names may recur."""
    return {word for word in name.split() if word[0].isupper()} | {name}
