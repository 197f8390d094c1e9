"""Speakers who speak for an actor: known by their office, then by surname or pronoun alone.

"British Foreign Secretary William Hague said …" is Britain's word. So is what "Hague" and "he"
say behind it.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from standpoint.attribution.frames import Attribution, Source
from standpoint.lexicon.holder_words import SPEAKS_FOR
from standpoint.lexicon.reporting_cues import TAG_VERBS
from standpoint.mentions import ActorMention
from standpoint.text import Article, Sentence, Span, Word, words_of

MAX_APPOSITION_CHARS = 80
"""Characters of an apposition that tells for whom somebody speaks. A guess at the longest."""
MIN_SURNAME_CHARS = 3
"""Shorter words behind an office are initials and particles."""
_CONTINUING = frozenset({"he", "she"})


def name_speakers(
    article: Article,
    indirect: Mapping[int, Sequence[Attribution]],
    mentions: Mapping[int, Sequence[ActorMention]],
) -> dict[int, list[Attribution]]:
    """The same attributions, with the actors of speakers who are known by their office.

    Parameters
    ----------
    indirect, mentions : by the index of their sentence
    """
    speakers = _Speakers()
    named: dict[int, list[Attribution]] = {}
    for index in sorted(indirect):
        there = _Mentions.of(article.sentences[index], mentions.get(index, ()))
        named[index] = [speakers.resolve(attribution, there) for attribution in indirect[index]]
    return named


@dataclass(frozen=True, slots=True)
class _Mentions:
    """The mentions of a sentence, in order, and the spans of those by name."""

    sentence: Sentence
    mentions: Sequence[ActorMention]
    names: frozenset[Span]

    @classmethod
    def of(cls, sentence: Sentence, mentions: Sequence[ActorMention]) -> "_Mentions":
        names = frozenset(m.span for m in mentions if m.how == "name")
        return cls(sentence, sorted(mentions, key=lambda mention: mention.span), names)

    def inside(self, span: Span) -> list[ActorMention]:
        """The mentions within a span."""
        first = bisect_left(self.mentions, span.start, key=lambda mention: mention.span.start)
        within = takewhile(lambda m: m.span.start < span.end, islice(self.mentions, first, None))
        return [mention for mention in within if span.contains(mention.span)]


class _Speakers:
    """Who has spoken for whom so far in an article."""

    def __init__(self) -> None:
        self.actor_of: dict[str, str | None] = {}  # by surname; None for one of two actors' people
        self.last: tuple[str | None, int] = (None, -2)  # the last official's actor, and paragraph

    def resolve(self, attribution: Attribution, there: _Mentions) -> Attribution:
        """The attribution with its source's actor; learns whom the source speaks for."""
        source = attribution.source
        if source.text is None or source.span is None:
            return attribution
        actor = source.actor or self._actor(source, there)
        is_official = self._learn(source, actor, there)
        if attribution.cue.casefold() in TAG_VERBS:
            self.last = (actor if is_official else None, there.sentence.paragraph)
        if actor is None or source.actor is not None:
            return attribution
        return replace(attribution, source=replace(source, actor=actor))

    def _actor(self, source: Source, there: _Mentions) -> str | None:
        """The actor for whom a source speaks that is no mention of it."""
        words = words_of(source.text or "")
        if words and words[-1].key in _CONTINUING:
            actor, paragraph = self.last
            return actor if there.sentence.paragraph - paragraph <= 1 else None
        by_office = _by_apposition(source, there)
        if by_office is not None or not words:
            return by_office
        return self.actor_of.get(words[-1].text) if _is_surname(words[-1]) else None

    def _learn(self, source: Source, actor: str | None, there: _Mentions) -> bool:
        """Keep the surname of an official; whether the source is one."""
        if actor is None or source.text is None:
            return False
        reach = source.reach
        words = words_of(source.text if reach is None else _text(there.sentence, reach))
        if source.actor is None:
            if words and _is_surname(words[-1]):
                self._add(words[-1].text, actor)
            return True
        offices = [n for n, word in enumerate(words) if word.key in SPEAKS_FOR]
        is_office = bool(offices) and not (source.span in there.names and source.phrase is None)
        if is_office and offices[-1] + 1 < len(words) and _is_surname(words[-1]):
            self._add(words[-1].text, actor)
        return is_office

    def _add(self, surname: str, actor: str) -> None:
        """Map a surname to an actor; to none if another actor has an official of that name."""
        if self.actor_of.setdefault(surname, actor) != actor:
            self.actor_of[surname] = None


def _text(sentence: Sentence, span: Span) -> str:
    """The words of a span of the article that lies in a sentence."""
    return sentence.text[span.start - sentence.span.start : span.end - sentence.span.start]


def _is_surname(word: Word) -> bool:
    """Whether a word can be a surname: a capital and small letters, and no office."""
    is_capitalized = word.text[:1].isupper() and not word.text.isupper()
    return is_capitalized and len(word.text) >= MIN_SURNAME_CHARS and word.key not in SPEAKS_FOR


def _by_apposition(source: Source, there: _Mentions) -> str | None:
    """The actor in "Jeff Rathke, the State Department spokesman, said"."""
    sentence = there.sentence
    if source.span is None or not there.mentions:
        return None
    start = source.span.end - sentence.span.start
    if not sentence.text.startswith(", ", start):
        return None
    end = sentence.text.find(",", start + 2, start + 2 + MAX_APPOSITION_CHARS)
    if end < 0:
        return None
    aside = Span(start + 2, end).shift(sentence.span.start)
    inside = there.inside(aside)
    words = {word.key for word in words_of(_text(sentence, aside))}
    return inside[0].actor if len(inside) == 1 and words & SPEAKS_FOR else None
