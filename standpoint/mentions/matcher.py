"""Mention matching: the names of actors and the cues of issues in a sentence.

The longest match wins, on word boundaries. Names are matched with their case: a capital in the
alias requires a capital in the text, and an acronym requires all of its capitals, so that "us" is
never "US". Cues are matched by stems, in any case.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from standpoint.codebook import Actor, Codebook, Kind, fold_name
from standpoint.labels import Pole
from standpoint.mentions.dateline import words_in_dateline
from standpoint.mentions.longer_names import is_part_of_longer_name
from standpoint.mentions.mention import ActorMention, CueMention
from standpoint.mentions.name_search import NameSearch
from standpoint.mentions.profiles import ActorProfiles
from standpoint.mentions.sentence_view import SentenceView, view_sentence
from standpoint.text import (
    Sentence,
    Span,
    Trie,
    is_hyphenated,
    key_of,
    split_words,
    stem_of,
    words_of,
)

MAX_APPOSITION_GAP_CHARS = 2  # ", "


class MentionMatcher:
    """Finds the actors and the cues of a codebook in sentences.

    Attributes
    ----------
    actors : a trie from the names to the ids of actors
    cues : a trie from the stems of cues to issue and pole
    about : the ids of the issues about each actor
    kinds : the kind of each actor
    vectors : issue vectors by encoder digest, cached here for the life of the matcher
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.actors = Trie(_names(codebook))
        self.cues = Trie(_cues(codebook))
        self.vectors: dict[str, Any] = {}
        self.about: dict[str, list[str]] = {}
        for issue in codebook.issues:
            if issue.about is not None:
                self.about.setdefault(issue.about, []).append(issue.id)
        self.kinds: dict[str, Kind] = {actor.id: actor.kind for actor in codebook.actors}
        self.profiles = ActorProfiles(codebook)

    def actors_in(self, sentence: Sentence) -> list[ActorMention]:
        """Mentions of actors by name, in order and without overlaps; none in a dateline."""
        search = NameSearch(view_sentence(sentence, (), quotes=()))
        words = search.view.words
        mentions: list[ActorMention] = []
        at = words_in_dateline(sentence.text, words)
        while at < len(words):
            first, past, actor = search.longest_at(self.actors, at)
            if past == first or self._is_part(search.view, first=first, past=past, actor=actor):
                at += 1
                continue
            last, profile = words[past - 1], self.profiles.of(actor)
            lost = search.lost_apostrophe(past, name_keys=profile.words)
            span = Span(words[first].start, last.end - lost).shift(sentence.span.start)
            possessive = last.possessive or lost
            mentions.append(ActorMention(actor, span, sentence.index, possessive=possessive))
            at = past
        return _merged(mentions, sentence)

    def _is_part(self, view: SentenceView, *, first: int, past: int, actor: str) -> bool:
        """Whether a name is only part of a compound or of a longer name."""
        start, end = view.words[first].start, view.words[past - 1].end
        if is_hyphenated(view.sentence.text, start=start, end=end):
            return True
        own = self.profiles.of(actor).words if self.profiles.is_person(actor) else frozenset()
        return is_part_of_longer_name(view, first=first, past=past, own=own)

    def cues_in(self, sentence: Sentence) -> list[CueMention]:
        """Cues of issues, in order and without overlaps; the longest of those at one word."""
        words = words_of(sentence.text)
        stems = [word.stem for word in words]
        mentions: list[CueMention] = []
        past = 0
        for at in range(len(words)):
            matches = [*self.cues.matches(words, keys=stems, at=at, gap=True)] if at >= past else []
            if matches:
                past, (issue, pole), _ = max(matches, key=lambda match: match[0])
                span = Span(words[at].start, words[past - 1].end).shift(sentence.span.start)
                mentions.append(CueMention(issue, pole, span, sentence.index))
        return mentions


def _names(codebook: Codebook) -> Iterator[tuple[list[str], tuple[str, ...], str]]:
    """The names of actors for a trie, with persons' surnames if no two actors share them."""
    taken = {fold_name(name) for actor in codebook.actors for name in actor.names}
    surnames = Counter(surname for actor in codebook.actors if (surname := _surname(actor)))
    for actor in codebook.actors:
        names = list(actor.names)
        surname = _surname(actor)
        if surname and fold_name(surname) not in taken and surnames[surname] == 1:
            names.append(surname)
        for name in names:
            words = split_words(name)
            if words and words[0] == "the" and any(word[0].isupper() for word in words[1:]):
                words = words[1:]
            if words:
                yield [key_of(word) for word in words], tuple(words), actor.id


def _surname(actor: Actor) -> str | None:
    """The last word of a person's full name."""
    words = actor.name.split()
    has_one = actor.kind == "person" and len(words) > 1 and words[-1][0].isupper()
    return words[-1] if has_one else None


def _cues(codebook: Codebook) -> Iterator[tuple[list[str], tuple[str, ...], tuple[str, Pole]]]:
    """The cues of issues for a trie, as stems."""
    for issue in codebook.issues:
        cues: list[tuple[str, Pole]] = [(cue, "favor") for cue in issue.cues]
        cues += [(cue, "against") for cue in issue.opposite_cues]
        for cue, pole in cues:
            words = split_words(cue)
            if len(words) > 1 and key_of(words[0]) == "the":
                words = words[1:]
            if words:
                yield [stem_of(key_of(word)) for word in words], tuple(words), (issue.id, pole)


def _merged(mentions: list[ActorMention], sentence: Sentence) -> list[ActorMention]:
    """One mention for a title and a name of one actor side by side ("Foreign Minister Lavrov")."""
    merged: list[ActorMention] = []
    for mention in mentions:
        if merged and _are_apposed(merged[-1], mention, sentence):
            span = Span(merged[-1].span.start, mention.span.end)
            merged[-1] = replace(merged[-1], span=span)
        else:
            merged.append(mention)
    return merged


def _are_apposed(first: ActorMention, second: ActorMention, sentence: Sentence) -> bool:
    """Whether two mentions of one actor have nothing but a comma or a space between them."""
    origin = sentence.span.start
    gap = sentence.text[first.span.end - origin : second.span.start - origin]
    same = first.actor == second.actor and not first.possessive
    return same and gap.strip() in ("", ",") and len(gap) <= MAX_APPOSITION_GAP_CHARS
