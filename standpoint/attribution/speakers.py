"""Speakers who speak for an actor: known by their office, then by surname or pronoun alone.

"British Foreign Secretary William Hague said …" is Britain's word. So is what "Hague" and "he"
say behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
    return {
        index: [
            speakers.resolve(attribution, article.sentences[index], mentions.get(index, ()))
            for attribution in indirect[index]
        ]
        for index in sorted(indirect)
    }


class _Speakers:
    """Who has spoken for whom so far in an article."""

    def __init__(self) -> None:
        self.actor_of: dict[str, str | None] = {}  # by surname; None for one of two actors' people
        self.last: tuple[str | None, int] = (None, -2)  # the last official's actor, and paragraph

    def resolve(
        self, attribution: Attribution, sentence: Sentence, mentions: Sequence[ActorMention]
    ) -> Attribution:
        """The attribution with its source's actor; learns whom the source speaks for."""
        source = attribution.source
        if source.text is None or source.span is None:
            return attribution
        actor = source.actor or self._actor(source, sentence, mentions)
        is_official = self._learn(source, actor, sentence, mentions)
        if attribution.cue.casefold() in TAG_VERBS:
            self.last = (actor if is_official else None, sentence.paragraph)
        if actor is None or source.actor is not None:
            return attribution
        return replace(attribution, source=replace(source, actor=actor))

    def _actor(
        self, source: Source, sentence: Sentence, mentions: Sequence[ActorMention]
    ) -> str | None:
        """The actor for whom a source speaks that is no mention of it."""
        words = words_of(source.text or "")
        if words and words[-1].key in _CONTINUING:
            actor, paragraph = self.last
            return actor if sentence.paragraph - paragraph <= 1 else None
        by_office = _by_apposition(source, sentence, mentions)
        if by_office is not None or not words:
            return by_office
        return self.actor_of.get(words[-1].text) if _is_surname(words[-1]) else None

    def _learn(
        self,
        source: Source,
        actor: str | None,
        sentence: Sentence,
        mentions: Sequence[ActorMention],
    ) -> bool:
        """Keep the surname of an official; whether the source is one."""
        if actor is None or source.text is None:
            return False
        reach = source.reach
        words = words_of(source.text if reach is None else _text(sentence, reach))
        if source.actor is None:
            known = words[-1].text if words else ""
            if _is_surname(words[-1]) if words else False:
                self._add(known, actor)
            return True
        offices = [n for n, word in enumerate(words) if word.key in SPEAKS_FOR]
        named = [m for m in mentions if m.how == "name" and m.span == source.span]
        is_office = bool(offices) and not (named and source.phrase is None)
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


def _by_apposition(
    source: Source, sentence: Sentence, mentions: Sequence[ActorMention]
) -> str | None:
    """The actor in "Jeff Rathke, the State Department spokesman, said"."""
    if source.span is None or not mentions:
        return None
    start = source.span.end - sentence.span.start
    if not sentence.text.startswith(", ", start):
        return None
    end = sentence.text.find(",", start + 2, start + 2 + MAX_APPOSITION_CHARS)
    if end < 0:
        return None
    aside = Span(start + 2, end).shift(sentence.span.start)
    inside = [m for m in mentions if aside.contains(m.span)]
    words = {word.key for word in words_of(_text(sentence, aside))}
    return inside[0].actor if len(inside) == 1 and words & SPEAKS_FOR else None
