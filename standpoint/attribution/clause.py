"""A sentence as attribution looks at it: its words outside quotation marks, and who says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from standpoint.lexicon.function_words import (
    FUNCTION_WORDS,
    NEVER_A_SPEAKER,
)
from standpoint.lexicon.given_names import GIVEN_NAME_HOMOGRAPHS
from standpoint.mentions import DATELINE, ActorMention
from standpoint.text import Sentence, Span, Word, in_any_span, overlaps_any, words_of

_RELATIVE_AT_END = re.compile(r",? +(?:who|which|that|whose)$")
MAX_DATELINES = 5
_APART = re.compile(r"[,()\[\];:–—\"“”«»]|--| - ")


@dataclass(frozen=True, slots=True)
class Source:
    """The speaker: an actor of the codebook, or only words.

    ``phrase`` is the whole noun phrase: of "Iran's ministry" the actor's span is that of "Iran".
    """

    actor: str | None
    span: Span | None
    text: str | None
    phrase: Span | None = None

    @property
    def reach(self) -> Span | None:
        """The phrase where it is known, else the span."""
        return self.phrase or self.span

    @property
    def name(self) -> str | None:
        """The actor, or words that stand for the speaker by themselves: no "she", no "…, who"."""
        if self.actor is not None or self.text is None:
            return self.actor
        words = _RELATIVE_AT_END.sub("", self.text)
        bare = words.casefold() in NEVER_A_SPEAKER or self.text.casefold() in NEVER_A_SPEAKER
        return None if bare else words


NOBODY = Source(None, None, None)


@dataclass(frozen=True, slots=True)
class Said:
    """A cue with its source and what it attributes; ``group`` counts from the sentence."""

    source: Source
    contents: tuple[Span, ...]
    cue: str
    group: Span
    reporter: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with its words and mentions outside quotation marks.

    ``quotes`` are those of the whole article, in order; ``shouted`` where it has no small letters,
    so that capitals say nothing.
    """

    sentence: Sentence
    words: tuple[Word, ...]
    mentions: tuple[ActorMention, ...]
    quotes: Sequence[Span]
    shouted: bool = False
    named: Mapping[int, ActorMention] = field(default_factory=dict)
    """Where a word begins that is part of a mention, and the mention."""

    def at(self, word: Word) -> int:
        """Where a word stands in the article."""
        return self.sentence.span.start + word.start

    def mention_of(self, word: Word) -> ActorMention | None:
        """The mention a word is part of."""
        return self.named.get(word.start)

    def gap(self, number: int) -> str:
        """What stands between a word and the next."""
        following = self.words[number + 1].start if number + 1 < len(self.words) else None
        return self.sentence.text[self.words[number].end : following]

    def parted(self, number: int) -> bool:
        """Whether a mark parts a word from the next; the point of an abbreviation does not."""
        return _APART.search(self.gap(number)) is not None

    def joined(self, number: int) -> bool:
        """Whether a word and the next are of one phrase: "O'Neill", "Mr. Li", "John R. Roe"."""
        word, gap = self.words[number], self.gap(number)
        if word.joined or gap in ("'", "’", "/"):
            return True
        return gap == ". " and len(word.text) <= 4 and word.text[0].isupper()

    def between(self, first: int, last: int) -> Span:
        """From the beginning of a word to the end of another, in the article."""
        return Span(self.at(self.words[first]), self.sentence.span.start + self.words[last].end)

    def is_name(self, number: int) -> bool:
        """Whether a word looks like a name: a capital that is not only grammar or shouting."""
        word = self.words[number]
        if self.shouted or not word.text[0].isupper():
            return False
        if word.key in GIVEN_NAME_HOMOGRAPHS:
            return any(w.text[0].isupper() for w in self.words[number + 1 : number + 2])
        return word.key not in FUNCTION_WORDS

    def source(self, first: int, last: int) -> Source:
        """Somebody of no codebook, in these words."""
        span = self.between(first, last)
        return Source(None, span, span.shift(-self.sentence.span.start).of(self.sentence.text))

    def source_of(self, mention: ActorMention) -> Source:
        """An actor where he is mentioned."""
        words = mention.span.shift(-self.sentence.span.start).of(self.sentence.text)
        return Source(mention.actor, mention.span, words)


def clause_of(
    sentence: Sentence, mentions: Sequence[ActorMention], quotes: Sequence[Span]
) -> Clause:
    """Look at a sentence; ``mentions`` are its own, ``quotes`` the article's."""
    start = sentence.span.start
    words = words_of(sentence.text)
    dateline = DATELINE.match(sentence.text) if sentence.index < MAX_DATELINES else None
    if dateline is not None:
        words = tuple(word for word in words if word.start >= dateline.end())
    outside = tuple(sorted(mentions, key=lambda m: m.span))
    if overlaps_any(quotes, sentence.span):
        words = tuple(w for w in words if not in_any_span(quotes, start + w.start))
        outside = tuple(m for m in outside if not in_any_span(quotes, m.span.start))
    named = {
        word.start: mention
        for mention in outside
        for word in words
        if mention.span.start <= start + word.start < mention.span.end
    }
    return Clause(sentence, words, outside, quotes, sentence.text.isupper(), named)
