"""Actors by the words of a label or a title, in any case and beside titles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from standpoint.codebook import Actor
from standpoint.lexicon.honorifics import FEMALE_TITLES, MALE_TITLES
from standpoint.lexicon.news_terms import LABEL_TITLES
from standpoint.lexicon.roles import TITLES
from standpoint.mentions import MentionMatcher, loose_spellings
from standpoint.text import Word, key_of, phrase_words, words_of

ALL_TITLES = LABEL_TITLES | TITLES
# What may stand between two words of one name: "S&D", whose sign is a word, "Greens/EFA".
_INNER_GAP = re.compile(r"\s?(?:[/+]\s?)?")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.? ?){2,4}")
_LINKS = frozenset({"of", "for", "from", "to", "jr", "sr", "ii", "iii"})
MIN_PARTICIPLE_CHARS = 6
"""Shorter words in -ing are names as well: "King", "Ewing"."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name of an actor among some words: from token ``first`` to before ``past``."""

    first: int
    past: int
    actor: str


class ActorNames:
    """Finds the names of a codebook's actors among the words of a label or a title."""

    def __init__(self, matcher: MentionMatcher) -> None:
        self._matcher = matcher

    def person_in(self, words: Sequence[Word]) -> NameMatch | None:
        """The person whom a phrase names: nobody else's name goes on behind the match."""
        kinds = self._matcher.kinds
        for match in self.matches(words):
            ends = (
                match.past == len(words)
                or words[match.past].key in _LINKS
                or _is_followed_by_participle(words, match)
            )
            if kinds[match.actor] == "person" and ends and self._begins(words, match):
                return match
        return None

    def _begins(self, words: Sequence[Word], match: NameMatch) -> bool:
        """Whether no other person's given name stands before a match."""
        if match.first == 0:
            return True
        before = words[match.first - 1]
        own = self._matcher.profiles.of(match.actor).words
        is_initial = len(before.key) == 1
        return before.key in ALL_TITLES | own or is_initial or before.text[0].islower()

    def named(self, name: str) -> str | None:
        """The actor whose name some words are, in any case, beside titles."""
        printed = _name_words(name)
        words = [word for word in printed if word.key not in ("the", "a")]
        whole = printed[1:] if printed and printed[0].key in ("the", "a") else printed
        if len(whole) > len(words):  # "Democratic Republic of the Congo"
            matches = self.matches(whole)
            full = next((m for m in matches if m.first == 0 and m.past == len(whole)), None)
            if full is not None:
                return full.actor
        return self._beside_titles(words)

    def with_initials(self, label: str, text: str) -> str | None:
        """The only person of a text whose initials a label is."""
        if _INITIALS.fullmatch(label) is None:
            return None
        letters = tuple(key_of(letter) for letter in label if letter.isalpha())
        named = [
            actor.id
            for actor in self._by_initials.get(letters, ())
            if re.search(rf"\b{re.escape(actor.name.split()[-1])}\b", text)
        ]
        return named[0] if len(named) == 1 else None

    @cached_property
    def _by_initials(self) -> dict[tuple[str, ...], list[Actor]]:
        persons: dict[tuple[str, ...], list[Actor]] = {}
        for actor in self._matcher.codebook.actors:
            if actor.kind == "person":
                letters = tuple(word.key[0] for word in words_of(actor.name))
                persons.setdefault(letters, []).append(actor)
        return persons

    def _beside_titles(self, words: Sequence[Word]) -> str | None:
        """The actor whose name some words without articles are, beside titles."""
        keys = [word.key for word in words]
        for match in self.matches(words):
            before, behind = keys[: match.first], keys[match.past :]
            if behind[:1] == ["of"]:
                behind = []
            # "GERMAN CHANCELLOR SCHOLZ", but not "AIDE TO CHANCELLOR SCHOLZ".
            if _LINKS.isdisjoint(before) and before and before[-1] in ALL_TITLES:
                before = [key for key in before if key in ALL_TITLES]
            if self._fits([*before, *behind], match.actor):
                return match.actor
        return self._generic(words)

    def _generic(self, words: Sequence[Word]) -> str | None:
        """The actor whose name is matched with its article alone: "the federal government"."""
        if not words:
            return None
        whole = words_of(" ".join(["the", *(word.text for word in words)]))
        keys = [word.key for word in whole]
        matches = self._matcher.actors.matches(whole, keys=keys, at=0)
        return next((actor for past, actor, _ in matches if past == len(whole)), None)

    def _fits(self, rest: Sequence[str], actor: str) -> bool:
        """Whether the words beside a name are titles of the right gender, or the actor's own."""
        if self._matcher.kinds[actor] != "person":
            return not rest
        profile = self._matcher.profiles.of(actor)
        if profile.gender == "he" and not FEMALE_TITLES.isdisjoint(rest):
            return False
        if profile.gender == "she" and not (MALE_TITLES - {"chairman"}).isdisjoint(rest):
            return False
        return all(
            key in ALL_TITLES | (_LINKS - {"to"}) | profile.words
            or (len(key) == 1 and any(word[0] == key for word in profile.words))
            for key in rest
        )

    def matches(self, words: Sequence[Word]) -> Iterator[NameMatch]:
        """The names of actors among some words, in any case; the longest first at each word."""
        keys = [word.key for word in words]
        trie = self._matcher.actors
        for at in range(len(words)):
            matches = sorted(
                trie.matches(words, keys=keys, at=at), reverse=True, key=lambda m: m[0]
            )
            for past, actor, _ in matches:
                yield NameMatch(at, past, actor)
            if not matches:
                yield from self._transliterated(words, keys, at)

    def _transliterated(
        self, words: Sequence[Word], keys: Sequence[str], at: int
    ) -> Iterator[NameMatch]:
        """Names of persons whose first word differs only by the transliteration of its ending."""
        for spelling in loose_spellings(keys[at]):
            changed = [*keys[:at], spelling, *keys[at + 1 :]]
            for past, actor, _ in self._matcher.actors.matches(words, keys=changed, at=at):
                if self._matcher.kinds[actor] == "person":
                    yield NameMatch(at, past, actor)


def _name_words(name: str) -> list[Word]:
    """The words of a name, joined also where a stroke or an ampersand stands between them."""
    words = [*phrase_words(name)]
    for at, (word, following) in enumerate(pairwise(words)):
        if _INNER_GAP.fullmatch(name, word.end, following.start):
            words[at] = replace(word, joined=True)
    return words


def _is_followed_by_participle(words: Sequence[Word], match: NameMatch) -> bool:
    """Whether a title goes on behind a name: "President Kovac Paying Respects to the Dead".

    A name of one word needs a title before it, since names can end in -ing as well.
    """
    key = words[match.past].key
    is_plain = match.past - match.first > 1 or (
        match.first > 0 and words[match.first - 1].key in ALL_TITLES
    )
    return is_plain and key.endswith("ing") and len(key) >= MIN_PARTICIPLE_CHARS
