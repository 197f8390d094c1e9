"""Issues of the grammar with their slots filled, and the words that name them in a sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from train.corpora.grammar.cast import CastMember
from train.corpora.grammar.conjugation import Subject
from train.corpora.grammar.files import ClaimEntry, ThingEntry

SLOT = re.compile(r"\{(country|city|region|river|island|firm|person)\}")
CULPRIT = re.compile(r"\{(C's|Co|C|C \w+)\}")
BE = ("is", "was")
Named = Literal["no", "thing", "outcome"]


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase and the pronoun for it."""

    text: str
    subject: Subject


@dataclass(frozen=True)
class Thing:
    """A thing at issue with its slots filled."""

    entry: ThingEntry
    names: tuple[NounPhrase, ...]
    short: NounPhrase
    clauses: Mapping[str, tuple[str, ...]]

    @property
    def is_person(self) -> bool:
        """Whether it is a person in office."""
        return self.entry.kind == "post"


@dataclass(frozen=True)
class Claim:
    """A claim with its slots filled, but for the actor whom it accuses.

    Attributes
    ----------
    culprit : that actor
    """

    entry: ClaimEntry
    culprit: CastMember | None
    event: str
    deed: str
    clauses: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Telling:
    """What a sentence has named so far.

    Attributes
    ----------
    named : of an issue, by its id: nothing, the thing alone, or an outcome
    several : whether it speaks of several issues, so that "it" could be any
    plain : whether one word decides the side: no negation, and no verb against an outcome
    """

    rng: Random
    several: bool = False
    plain: bool = False
    named: dict[str, Named] = field(default_factory=dict)

    def sign(self, side: int = 1) -> int:
        """A sign that is drawn first, and evenly; where it is plain, the one that is given."""
        return side if self.plain else self.rng.choice((1, -1))


def fill_thing(entry: ThingEntry, names: Mapping[str, tuple[str, ...]], rng: Random) -> Thing:
    """A thing with names for its places, persons and firms."""
    fill = _filler(names, rng)
    plural = set(entry.plural_things or ())
    if entry.plural and entry.plural_things is None:
        plural = set(range(len(entry.things)))
    phrases = tuple(
        NounPhrase(fill(text), Subject("they" if number in plural else entry.pronoun))
        for number, text in enumerate(entry.things)
    )
    short = NounPhrase(entry.short, Subject("they" if entry.plural else entry.pronoun))
    sides = {"on": entry.on, "off": entry.off, "pro": entry.pro, "con": entry.con}
    return Thing(entry, phrases, short, {k: tuple(map(fill, v)) for k, v in sides.items()})


def fill_claim(
    entry: ClaimEntry,
    names: Mapping[str, tuple[str, ...]],
    rng: Random,
    *,
    culprit: CastMember | None,
) -> Claim:
    """A claim with names for its places, persons and firms."""
    fill = _filler(names, rng)
    clauses = {"yes": tuple(map(fill, entry.yes)), "no": tuple(map(fill, entry.no))}
    return Claim(entry, culprit, fill(entry.event), fill(entry.deed), clauses)


def _filler(names: Mapping[str, tuple[str, ...]], rng: Random) -> "_Filler":
    return _Filler({slot: rng.choice(own) for slot, own in names.items()})


@dataclass(frozen=True, slots=True)
class _Filler:
    chosen: Mapping[str, str]

    def __call__(self, text: str) -> str:
        filled = SLOT.sub(lambda match: self.chosen[match[1]], text)
        return filled.replace("the the ", "the ").replace("'s the ", "'s ")


def name_culprit(text: str, claim: Claim, rng: Random, *, holder: CastMember | None) -> str:
    """A text of a claim with the accused named, or as a pronoun where the holder is accused.

    Parameters
    ----------
    holder : whose words or thoughts the text is; None names the accused in any case
    """
    culprit = claim.culprit
    if culprit is None:
        return text
    mention = rng.choice(culprit.mentions)
    subject = mention.subject
    is_own = holder is not None and holder.actor.id == culprit.actor.id
    name = subject.pronoun if is_own else mention.text
    possessive = subject.their if is_own else mention.possessive
    by = subject.object if is_own else mention.text
    return CULPRIT.sub(lambda match: _form(match[1], name, subject, possessive, by), text)


def name_own(text: str) -> str:
    """A text of a claim in the words of the accused."""
    subject = Subject("we")
    return CULPRIT.sub(lambda match: _form(match[1], "we", subject, "our", "us"), text)


def _form(slot: str, name: str, subject: Subject, possessive: str, by: str) -> str:
    """The accused in a slot; ``by`` is how it is named as an object."""
    if slot in ("C's", "Co"):
        return possessive if slot == "C's" else by
    verb = slot[2:]
    if verb in BE:
        verb = subject.be(past=verb == "was")
    elif verb and not subject.is_third_singular:
        verb = "have" if verb == "has" else verb.removesuffix("s")
    return f"{name} {verb}".rstrip()
