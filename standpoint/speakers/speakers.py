"""Speakers: the actor that the label of a turn, a title or a byline means."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property

from standpoint.lexicon.news_terms import (
    ASKING_LABELS,
    ISSUERS_BY_HOST,
    OFFICIAL_LABELS,
)
from standpoint.mentions import MentionMatcher, is_given_name
from standpoint.speakers.actor_names import ALL_TITLES, ActorNames
from standpoint.speakers.affiliations import Affiliations, is_for_body
from standpoint.structure import Label, Structure, author_phrases
from standpoint.text import Word, key_of, words_of

_NOT_THE_OFFICE = frozenset({"vice", "deputy", "former", "ex", "under", "assistant"})
_SEGMENT = re.compile(r"\s*(?:,|;|\band\b|&|\bwith\b)\s*", re.IGNORECASE)
# "The Greens, represented by Ana Kovac, and the Liberals": the body is the author.
_REPRESENTED = re.compile(r",? represented by .{2,150}?(?=,? and the\b|;|$)", re.DOTALL)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_|\d+$")
_FULL_NAME = re.compile(r"\b([^\W\d_a-z]\w+) ([^\W\d_a-z][\w-]+)")
# Phrases that make a state or body the author: "the foreign ministers of France and Italy".
_ON_BEHALF = re.compile(
    r"^(?:the )?(?:(?:governments?|delegations?|leaders?|heads? of (?:state|government)"
    r"|foreign ministers?|ministers? (?:of|for) foreign affairs"
    r"|finance ministers?|ministers?|presidents?|members?|representatives?|permanent missions?"
    r"|embassy"
    r"|ministry|parliament|people|office|press office) (?:of|to) )+(?:the )?|^the ",
    re.IGNORECASE,
)
MIN_INITIALS = 2
"""Turns of whom initials mean: one alone is a note or an abbreviation."""
_NOT_INITIALS = frozenset({"PS", "NB", "EU", "UN", "UK", "US", "TV", "OK"})
MAX_COMPARED_LABELS = 50
"""Labels of the document with which an unknown one is compared: more are no longer cheap."""
MIN_MISSPELT_CHARS = 7
"""Shorter words that differ in a letter are mostly two names."""
MIN_LIKENESS = 0.85
"""Two letters swapped in a word of nine ("SECREATRY") leave 0.89."""


class Speakers:
    """Finds the actors whom the labels and author phrases of one document mean."""

    def __init__(self, matcher: MentionMatcher, structure: Structure) -> None:
        self._matcher = matcher
        self._names_of = ActorNames(matcher)
        self._structure = structure
        self._actors_by_label: dict[tuple[str, str, tuple[str, ...]], str | None] = {}
        self._affiliations = Affiliations(matcher, self._names_of, structure.text)
        # The last word of each full name in a label, to the actor; None where that is nobody.
        self._introduced: dict[str, str | None] = {}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {actor.id: actor.name for actor in self._matcher.codebook.actors}

    def of_label(self, label: Label) -> str | None:
        """The actor who speaks under a label; None for anybody else."""
        key = (label.name, label.role, label.notes)
        if key not in self._actors_by_label:
            self._actors_by_label[key] = self._read_label(label)
        return self._actors_by_label[key]

    def _read_label(self, label: Label) -> str | None:
        name = label.name
        if label.style == "handle":
            handle = self._names_of.named(name)
            return handle or self._names_of.named(_CAMEL.sub(" ", name).strip())
        words = words_of(name)
        keys = {word.key for word in words} - {"the", "a", "an"}
        if not keys or keys <= ASKING_LABELS:
            return None
        if not keys.isdisjoint(OFFICIAL_LABELS):
            return self._names_of.named(name) or self.issuer
        if all(key in ALL_TITLES or key.isdigit() for key in keys):
            return (
                self._of_titled_surname(words)
                or self._of_note(label)
                or self._of_office(label)
                or self._affiliations.of_label(label)
            )
        return (
            self._of_name(label)
            or self._of_state(label)
            or self._of_full_note(label)
            or self._affiliations.of_label(label)
            or self._of_initials(name)
            or self._misspelt(words)
            or self._behind_misspelt_title(words)
        )

    def _of_titled_surname(self, words: Sequence[Word]) -> str | None:
        """The person whose surname is a title as well: "MR. KING"."""
        actor = self._names_of.named(words[-1].text)
        if actor is None or not self.is_person(actor) or len(words) > 2:
            return None
        return actor if key_of(self.surname(actor)) == words[-1].key else None

    def _of_note(self, label: Label) -> str | None:
        """The person who stands in brackets behind an office: "The Prime Minister (Ana Kovac)"."""
        actors = (self._names_of.named(note) for note in label.notes)
        return next((a for a in actors if a and self.is_person(a)), None)

    def _of_full_note(self, label: Label) -> str | None:
        """The person whose name with a title or a given name stands in brackets behind an office.

        "The Minister of State, Foreign Office (Lord Kovac)", but not the place in "(Kovac)".
        """
        if any(" " in note for note in label.notes):
            return self._of_note(label)
        return None

    def _of_initials(self, name: str) -> str | None:
        """The person of the text whose initials a label is that comes back: "A. K.", "AK"."""
        if self._label_counts[name] < MIN_INITIALS or name in _NOT_INITIALS:
            return None
        return self._names_of.with_initials(name, self._structure.text)

    @cached_property
    def _label_counts(self) -> Counter[str]:
        return Counter(turn.label.name for turn in self._structure.turns)

    def _of_name(self, label: Label) -> str | None:
        """The actor by name, unless the document introduces another person of that surname."""
        words = [word for word in words_of(label.name) if word.key not in ALL_TITLES]
        last = words[-1].key
        actor = self._names_of.named(label.name)
        if len(words) == 1:
            if last in self._introduced:
                return self._introduced[last]
            return None if actor is not None and self._is_another(words[0], actor) else actor
        self._introduced.setdefault(last, actor)
        return actor

    def _misspelt(self, words: Sequence[Word]) -> str | None:
        """The actor of an earlier label from which one long word of this one differs a little."""
        keys = [word.key for word in words]
        for (name, role, _), actor in [*self._actors_by_label.items()][:MAX_COMPARED_LABELS]:
            if is_for_body(role):  # whom a body sends is known by the whole name alone
                continue
            others = [word.key for word in words_of(name)]
            pairs = [pair for pair in zip(keys, others, strict=False) if pair[0] != pair[1]]
            is_near = len(keys) == len(others) and len(pairs) == 1
            if actor is not None and is_near and _is_misspelling(*pairs[0]):
                return actor
        return None

    def _behind_misspelt_title(self, words: Sequence[Word]) -> str | None:
        """The person named behind a long title with an error of typing: "SECREATRY KOVAC"."""
        key = words[0].key
        is_title = len(words) > 1 and any(_is_misspelling(key, title) for title in ALL_TITLES)
        actor = self._names_of.named(" ".join(w.text for w in words[1:])) if is_title else None
        return actor if actor is not None and self.is_person(actor) else None

    def _of_state(self, label: Label) -> str | None:
        """The state that stands in brackets: "Mr. Kovac (Valdia)"."""
        actors = (self._names_of.named(note) for note in label.notes)
        return next((a for a in actors if a and self._matcher.kinds[a] == "state"), None)

    def _is_another(self, surname: Word, actor: str) -> bool:
        """Whether the text gives a surname another given name than the actor's."""
        own = self._matcher.profiles.of(actor).words
        given = self._given_names.get(surname.key, set())
        return bool(given) and given.isdisjoint(own)

    @cached_property
    def _given_names(self) -> dict[str, set[str]]:
        """The given names that stand before each surname in the text."""
        names: dict[str, set[str]] = {}
        for first, last in _FULL_NAME.findall(self._structure.text):
            if is_given_name(first.title()):
                names.setdefault(last.casefold(), set()).add(first.casefold())
        return names

    def _of_office(self, label: Label) -> str | None:
        """The actor who has an office by what the document says, else by the codebook."""
        office = [word.key for word in words_of(label.name) if word.key != "the"]
        holders = {actor for prefix, actor in self._offices if _is_office(prefix, office)}
        if holders:
            return holders.pop() if len(holders) == 1 else None
        # "The President:" without capitals chairs a council or a parliament.
        if label.style not in ("capitals", "marked"):
            return None
        exact = self._names_of.named(label.name)
        return exact or self._only_holder(office)

    def _only_holder(self, office: list[str]) -> str | None:
        """The only person of the codebook whose names have an office before the name."""
        holders = set()
        for actor in self._matcher.codebook.actors:
            if actor.kind == "person":
                names = ([word.key for word in words_of(name)] for name in actor.names)
                if any(name[: len(office)] == office for name in names):
                    holders.add(actor.id)
        return holders.pop() if len(holders) == 1 else None

    @cached_property
    def _offices(self) -> list[tuple[list[str], str]]:
        """The words before each person in the title, and in labels ("KOVAC, PRESIDENT OF …")."""
        offices = []
        phrases = [phrase.words for phrase in author_phrases(self._structure)]
        phrases += [self._structure.title or ""]
        for phrase in phrases:
            for segment in _SEGMENT.split(phrase):
                words = words_of(segment)
                match = self._names_of.person_in(words)
                if match is not None:
                    prefix = [word.key for word in words[: match.first]]
                    own = [word.key for word in words[match.first : match.past]]
                    titles = [key for key in own if key in ALL_TITLES]
                    offices.append((prefix + titles, match.actor))
        for turn in self._structure.turns[:100]:  # who speaks is introduced in the first turns
            if turn.label.role and (actor := self._names_of.named(turn.label.name)) is not None:
                offices.append(([word.key for word in words_of(turn.label.role)], actor))
        return offices

    @cached_property
    def issuer(self) -> str | None:
        """The actor that publishes the document, by the web address in its front matter."""
        fields = self._structure.fields
        address = fields.get("source_url") or fields.get("url") or fields.get("source") or ""
        for host, names in ISSUERS_BY_HOST.items():
            if host in address.split("?")[0]:
                return next(filter(None, map(self._containing, names)), None)
        return None

    def _containing(self, name: str) -> str | None:
        """The actor of a name, or the only body whose name ends with it."""
        actor = self._names_of.named(name)
        if actor is not None or " " in name:
            return actor
        bodies = {
            a.id
            for a in self._matcher.codebook.actors
            if a.kind == "organisation" and a.name.casefold().endswith(f" {name.casefold()}")
        }
        return bodies.pop() if len(bodies) == 1 else None

    def is_person(self, actor: str) -> bool:
        """Whether an actor is a person."""
        return self._matcher.kinds[actor] == "person"

    def is_spoken_by(self, label: Label, actor: str) -> bool:
        """Whether an actor is the person of a label, or the body for which that person speaks."""
        return self.is_person(actor) or self._affiliations.of_label(label) == actor

    def surname(self, actor: str) -> str:
        """The last word of an actor's name."""
        return self._names[actor].split()[-1]

    def named_person(self, words: str) -> str | None:
        """The person whom a name means, with or without titles."""
        match = self._names_of.person_in(words_of(words))
        return match.actor if match else None

    def only_person(self, text: str) -> str | None:
        """The person that a text names, if it names one only and nobody else in full."""
        words = words_of(text)
        persons = {m.actor for m in self._names_of.matches(words) if self.is_person(m.actor)}
        if len(persons) != 1:
            return None
        own = self._matcher.profiles.of(next(iter(persons))).words
        others = (name for name in _FULL_NAME.findall(text) if is_given_name(name[0]))
        is_alone = all(first.casefold() in own for first, _ in others)
        return persons.pop() if is_alone else None

    def of_phrase(self, phrase: str) -> tuple[str, ...]:
        """The actors that an author phrase names: persons, or states and bodies by themselves."""
        actors: list[str] = []
        for segment in _SEGMENT.split(_REPRESENTED.sub("", phrase)):
            words = words_of(segment)
            person = self._names_of.person_in(words)
            actor = (
                person.actor
                if person
                else self._names_of.named(_ON_BEHALF.sub("", segment.strip()))
            )
            if actor is not None and actor not in actors:
                actors.append(actor)
        return tuple(actors)


def _is_misspelling(word: str, other: str) -> bool:
    """Whether a long word may be another with an error of typing: "secreatry"."""
    if min(len(word), len(other)) < MIN_MISSPELT_CHARS:
        return False
    return SequenceMatcher(None, word, other).ratio() >= MIN_LIKENESS


def _is_office(prefix: Sequence[str], office: Sequence[str]) -> bool:
    """Whether the words before a name are an office: "president" is not "vice president"."""
    for at in range(len(prefix) - len(office) + 1):
        if [*prefix[at : at + len(office)]] == [*office]:
            return at == 0 or prefix[at - 1] not in _NOT_THE_OFFICE
    return False
