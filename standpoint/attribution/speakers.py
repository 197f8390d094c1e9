"""Speakers who speak for an actor: known by their office, then by surname or pronoun alone.

"British Foreign Secretary William Hague said …" is Britain's word. So is what "Hague" and "he"
say behind it.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from standpoint.attribution.earlier_speakers import EarlierSpeakers
from standpoint.attribution.frames import Attribution, Source
from standpoint.lexicon.function_words import ARTICLES, SUBJECT_PRONOUNS
from standpoint.lexicon.holder_words import SPEAKS_FOR
from standpoint.lexicon.reporting_cues import TAG_VERBS
from standpoint.lexicon.roles import EXPERT_NOUNS, NOT_IN_OFFICE, SPOKESPERSONS
from standpoint.lexicon.verbs import SPEAKING
from standpoint.mentions import ActorMention
from standpoint.text import Article, Sentence, Span, Word, words_of

MAX_APPOSITION_CHARS = 80
"""Characters of an apposition that tells for whom somebody speaks. A guess at the longest."""
MAX_FIRM_CHARS = 40
"""Characters behind a speaker's name in which the firm is: "of Aubrey Lanston Bank". A guess."""
MAX_OFFICE_WORDS = 2
"""Words before a name in which its office stands: "board member Lena Moro"."""
MIN_SURNAME_CHARS = 3
"""Shorter words behind an office are initials and particles."""
_CONTINUING = frozenset({"he", "she"})
_COMMA = re.compile(r",\s")
_OPENING_BRACKET = re.compile(r"\s?\(")
_OPENS_APPOSITION = ARTICLES | SPEAKS_FOR | EXPERT_NOUNS
_CLOSING_MARKS = ('"', "”", "’", "''", "»")
_PRONOUNS = SUBJECT_PRONOUNS | {"who", "which", "that"}


def name_speakers(
    article: Article,
    indirect: Mapping[int, Sequence[Attribution]],
    mentions: Mapping[int, Sequence[ActorMention]],
    *,
    people: Collection[str] = (),
) -> dict[int, list[Attribution]]:
    """The same attributions, with the actors of speakers who are known by their office.

    Parameters
    ----------
    indirect, mentions : by the index of their sentence
    people : the actors who are persons or groups
    """
    speakers = _Speakers(people)
    named: dict[int, list[Attribution]] = {}
    for index in sorted(indirect):
        there = _Mentions.of(article.sentences[index], mentions.get(index, ()))
        named[index] = [speakers.resolve(attribution, there) for attribution in indirect[index]]
        speakers.close(named[index], there)
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

    def __init__(self, people: Collection[str]) -> None:
        self.actor_of: dict[str, str | None] = {}  # by surname; None for one of two actors' people
        self.last: tuple[str | None, int] = (None, -2)  # the last official's actor, and paragraph
        self.earlier = EarlierSpeakers(people)

    def resolve(self, attribution: Attribution, there: _Mentions) -> Attribution:
        """The attribution with its source's actor; learns whom the source speaks for."""
        source = attribution.source
        if source.text is None or source.span is None:
            return attribution
        actor = source.actor or self._actor(source, there, attribution.cue)
        is_official = self._learn(source, actor, there)
        if source.text.casefold() not in _PRONOUNS:
            phrase = _text(there.sentence, source.reach or source.span)
            self.earlier.learn(source, actor, words=phrase, sentence=there.sentence.index)
        if attribution.cue.casefold() in TAG_VERBS:
            self.last = (actor if is_official else None, there.sentence.paragraph)
        if actor is None or source.actor is not None:
            return attribution
        return replace(attribution, source=replace(source, actor=actor))

    def close(self, attributions: Sequence[Attribution], there: _Mentions) -> None:
        """Keep who spoke in a sentence, once all its attributions are resolved."""
        spoken = [
            (a.source.actor, _text(there.sentence, a.source.reach))
            for a in attributions
            if a.source.reach is not None and a.cue.casefold() in TAG_VERBS
        ]
        self.earlier.close(spoken, sentence=there.sentence.index)
        actors = {a.source.actor for a in attributions if a.source.actor is not None}
        if attributions:
            actor = actors.pop() if len(actors) == 1 else None
            self.earlier.acting = actor, there.sentence.index

    def _actor(self, source: Source, there: _Mentions, cue: str) -> str | None:
        """The actor for whom a source speaks that is no mention of it."""
        words = words_of(source.text or "")
        if words and words[-1].key in _CONTINUING:
            actor, paragraph = self.last
            return actor if there.sentence.paragraph - paragraph <= 1 else None
        by_office = _by_apposition(source, there) or _by_acronym(source, there)
        if by_office is not None or not words:
            return by_office
        if words[-1].key in ("it", "they"):
            if cue.casefold() not in SPEAKING or not _opens_or_tags(source, there):
                return None
            means = self.earlier.it if words[-1].key == "it" else self.earlier.they
            return means(sentence=there.sentence.index)
        actor = self.earlier.actor_of(source, sentence=there.sentence.index)
        if actor is not None or not _is_surname(words[-1]):
            return actor or self.earlier.expert({word.key for word in words})
        return self.actor_of.get(words[-1].text) or self._by_first_name(source, words, there)

    def _by_first_name(self, source: Source, words: Sequence[Word], there: _Mentions) -> str | None:
        """The actor of a person whom this sentence names for the first time."""
        aside = _apposition(source, there)
        described = {word.key for word in words}
        if aside is not None:
            described |= {word.key for word in words_of(_text(there.sentence, aside))}
        is_full_name = len(words) > 1
        expert = self.earlier.expert(described)
        if expert is None and is_full_name:
            beside = described | _keys_before(source, there) | _keys_behind(source, there)
            expert = self.earlier.trader(beside)
        is_full_name = is_full_name and _is_surname(words[-2])
        if expert is not None or not is_full_name or (aside is not None and there.inside(aside)):
            return expert
        offices = described | _keys_before(source, there)
        if NOT_IN_OFFICE & offices or SPEAKS_FOR.isdisjoint(offices):
            return None
        index = there.sentence.index
        unnamed = self.earlier.unnamed_in_lead(sentence=index)
        if unnamed is None and offices & SPOKESPERSONS and not _has_mention_before(source, there):
            unnamed = self.earlier.behind_spokesman(sentence=index)
        return unnamed or (self.earlier.by_office(offices, sentence=index) if not aside else None)

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
    aside = _apposition(source, there) if there.mentions else None
    if aside is None:
        return None
    inside = there.inside(aside)
    words = {word.key for word in words_of(_text(there.sentence, aside))}
    if not inside or not words & SPEAKS_FOR or words & NOT_IN_OFFICE:
        return None
    # "head of the EC delegation in Washington": the office is of the first, the rest are places.
    start = there.sentence.span.start
    before = there.sentence.text[aside.start - start : inside[0].span.start - start]
    is_first = any(word.key in SPEAKS_FOR for word in words_of(before))
    return inside[0].actor if len(inside) == 1 or is_first else None


def _by_acronym(source: Source, there: _Mentions) -> str | None:
    """The actor in brackets behind a source: "the Agreement on Trade (GATT) said"."""
    if source.span is None:
        return None
    start = source.span.end - there.sentence.span.start
    opening = _OPENING_BRACKET.match(there.sentence.text, start)
    if opening is None:
        return None
    at = opening.end() + there.sentence.span.start
    return next((m.actor for m in there.mentions if m.span.start == at), None)


def _has_mention_before(source: Source, there: _Mentions) -> bool:
    """Whether the sentence mentions an actor before the end of a source."""
    end = source.span.end if source.span is not None else 0
    return bool(there.mentions) and there.mentions[0].span.start < end


def _keys_behind(source: Source, there: _Mentions) -> set[str]:
    """The keys of the next words behind a source in its sentence: "David Jones of Mora Bank"."""
    if source.span is None:
        return set()
    start = source.span.end - there.sentence.span.start
    if there.sentence.text[start : start + 1] not in (" ", "\n", ","):
        return set()
    return {word.key for word in words_of(there.sentence.text[start : start + MAX_FIRM_CHARS])}


def _keys_before(source: Source, there: _Mentions) -> set[str]:
    """The keys of the last words before a source in its sentence: "Board member Lena Moro"."""
    start = source.span.start - there.sentence.span.start if source.span is not None else 0
    return {word.key for word in words_of(there.sentence.text[:start])[-MAX_OFFICE_WORDS:]}


def _opens_or_tags(source: Source, there: _Mentions) -> bool:
    """Whether "it" opens its sentence, or follows a quotation that the sentence begins with."""
    if source.span is None:
        return False
    before = there.sentence.text[: source.span.start - there.sentence.span.start].rstrip()
    return not before or before.endswith(_CLOSING_MARKS)


def _apposition(source: Source, there: _Mentions) -> Span | None:
    """What stands between commas behind a source, or between a comma and the sentence's end."""
    sentence = there.sentence
    if source.span is None:
        return None
    comma = _COMMA.match(sentence.text, source.span.end - sentence.span.start)
    if comma is None:
        return None
    start = comma.end()
    end = sentence.text.find(",", start, start + MAX_APPOSITION_CHARS)
    if end < 0:
        following = words_of(sentence.text[start:])
        if not following or following[0].key not in _OPENS_APPOSITION:
            return None
        end = len(sentence.text)
    is_short = end - start <= MAX_APPOSITION_CHARS
    return Span(start, end).shift(sentence.span.start) if is_short else None
