"""Where a sentence names an actor or an issue.

Longest match first, on word boundaries. Names keep their case: a capital in the alias wants a
capital in the text, and an acronym wants its own capitals, so that "us" is never "US". Cues are
matched by word stems in any case.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from standpoint.codebook import Actor, Codebook, Kind, fold_name
from standpoint.labels import Pole
from standpoint.mentions.casing import Look
from standpoint.mentions.longer_names import is_part_of_longer_name
from standpoint.mentions.profiles import ActorProfiles
from standpoint.text import (
    Sentence,
    Span,
    Word,
    build_trie,
    is_hyphenated,
    key_of,
    matches_at,
    split_words,
    stem_of,
    words_of,
)

# "GENEVA, Feb 18 - ", "PARIS (AP) — ": where a story was filed is nobody's stance
DATELINE = re.compile(r"[A-Z][A-Z .'/]{2,40}(?:,[^-–—\n]{1,25})?(?: ?\([\w. ]+\))? ?(?:--|[-–—]) ")


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A span that names an actor; offsets count from the start of the article."""

    actor: str
    span: Span
    sentence: int
    how: Literal["name", "title", "pronoun"] = "name"
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class CueMention:
    """A span that names what is at issue."""

    issue: str
    pole: Pole
    span: Span
    sentence: int


Mention = TypeVar("Mention", ActorMention, CueMention)


def by_sentence(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    """Mentions by the index of their sentence, in the order they came."""
    grouped: dict[int, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.sentence, []).append(mention)
    return grouped


class MentionMatcher:
    """The names and cues of a codebook, ready to be looked for."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.actors = build_trie(_names(codebook))
        self.cues = build_trie(_cues(codebook))
        self.vectors: dict[str, Any] = {}
        """What is read of the issues' words, by encoder; kept here as long as the matcher."""
        self.about: dict[str, list[str]] = {}
        for issue in codebook.issues:
            if issue.about is not None:
                self.about.setdefault(issue.about, []).append(issue.id)
        self.kinds: dict[str, Kind] = {actor.id: actor.kind for actor in codebook.actors}
        self.profiles = ActorProfiles(codebook)

    def actors_in(self, sentence: Sentence) -> list[ActorMention]:
        """Names of actors in a sentence, in order, none overlapping another."""
        words = words_of(sentence.text)
        found: list[ActorMention] = []
        at = words_in_dateline(sentence.text, words)
        look = Look(words, shouted=sentence.text.isupper())
        while at < len(words):
            first, past, actor = look.longest(self.actors, at)
            if past == first or self._is_no_name(sentence.text, words, first, past, actor):
                at += 1
                continue
            last = words[past - 1]
            lost = look.ends_lost(past, self.profiles.of(actor).words)
            span = Span(words[first].start, last.end - lost).shift(sentence.span.start)
            possessive = last.possessive or lost
            found.append(ActorMention(actor, span, sentence.index, possessive=possessive))
            at = past
        return list(_merged(found, sentence))

    def _is_no_name(
        self, text: str, words: Sequence[Word], first: int, past: int, actor: str
    ) -> bool:
        """Whether a name is only a part of a compound or of a longer name."""
        if is_hyphenated(text, words[first].start, words[past - 1].end):
            return True
        own = self.profiles.of(actor).words if self.profiles.is_person(actor) else frozenset()
        return is_part_of_longer_name(text, words, first, past, own=own)

    def cues_in(self, sentence: Sentence) -> list[CueMention]:
        """Cues of issues in a sentence, the longest where several begin, none overlapping."""
        words = words_of(sentence.text)
        keys = [word.stem for word in words]
        found: list[CueMention] = []
        at = 0
        while at < len(words):
            matches = list(matches_at(self.cues, words, keys, at, gap=True))
            if not matches:
                at += 1
                continue
            past, (issue, pole), _ = max(matches, key=lambda match: match[0])
            span = Span(words[at].start, words[past - 1].end).shift(sentence.span.start)
            found.append(CueMention(issue, pole, span, sentence.index))
            at = past
        return found


def words_in_dateline(text: str, words: Sequence[Word]) -> int:
    """The index of the first word behind a dateline; 0 where there is none."""
    dateline = DATELINE.match(text)
    return sum(word.start < dateline.end() for word in words) if dateline else 0


def _names(codebook: Codebook) -> Iterator[tuple[list[str], tuple[str, ...], str]]:
    taken = {fold_name(name) for actor in codebook.actors for name in actor.names}
    surnames = Counter(surname for actor in codebook.actors if (surname := _surname(actor)))
    for actor in codebook.actors:
        names = list(actor.names)
        surname = _surname(actor)
        if surname and fold_name(surname) not in taken and surnames[surname] == 1:
            names.append(surname)
        for name in names:
            words = split_words(name)
            if words and words[0] == "the" and any(w[0].isupper() for w in words[1:]):
                words = words[1:]
            if words:
                yield [key_of(word) for word in words], tuple(words), actor.id


def _surname(actor: Actor) -> str | None:
    parts = actor.name.split()
    if actor.kind != "person" or len(parts) < 2 or not parts[-1][0].isupper():
        return None
    return parts[-1]


def _cues(codebook: Codebook) -> Iterator[tuple[list[str], tuple[str, ...], tuple[str, Pole]]]:
    for issue in codebook.issues:
        poles: list[tuple[Pole, tuple[str, ...]]] = [
            ("favor", issue.cues),
            ("against", issue.opposite_cues),
        ]
        for pole, cues in poles:
            for cue in cues:
                words = split_words(cue)
                if len(words) > 1 and key_of(words[0]) == "the":
                    words = words[1:]
                if words:
                    stems = [stem_of(key_of(word)) for word in words]
                    yield stems, tuple(words), (issue.id, pole)


def _merged(mentions: list[ActorMention], sentence: Sentence) -> Iterator[ActorMention]:
    """Title and name of one actor side by side ("Foreign Minister Sergei Lavrov") are one."""
    held: ActorMention | None = None
    for mention in mentions:
        if held is not None and held.actor == mention.actor and not held.possessive:
            gap = sentence.text[
                held.span.end - sentence.span.start : mention.span.start - sentence.span.start
            ]
            if gap.strip() in ("", ",") and len(gap) <= 2:
                held = replace(mention, span=Span(held.span.start, mention.span.end))
                continue
        if held is not None:
            yield held
        held = mention
    if held is not None:
        yield held
