"""A sentence as references look at it: its words, who is named where, what is quoted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from standpoint.lexicon.bodies import NAMED_AFTER_PERSON
from standpoint.lexicon.function_words import (
    AFTER_SUBJECT,
    ARTICLES,
    LOCATIVE_PREPOSITIONS,
    PREPOSITIONS,
)
from standpoint.lexicon.roles import TITLES
from standpoint.lexicon.verbs import REPORTING, SPEAKING
from standpoint.mentions import ActorMention, may_follow
from standpoint.text import Sentence, Span, Word, hyphenated, in_any, words_of

MAX_WORDS_LEADING = 3
_AND = ("and", ", and", "or", "&", ",")


@dataclass(slots=True)
class SentenceView:
    """One sentence; ``owners`` tells by the number of a word whose mention it belongs to."""

    sentence: Sentence
    words: tuple[Word, ...]
    quotes: Sequence[Span]
    mentions: list[ActorMention] = field(default_factory=list)
    owners: dict[int, ActorMention] = field(default_factory=dict)

    def add(self, mention: ActorMention) -> None:
        """Take in a mention, by name or found here."""
        self.mentions.append(mention)
        for number in self.numbers(mention):
            self.owners.setdefault(number, mention)

    def numbers(self, mention: ActorMention) -> list[int]:
        """The numbers of a mention's words."""
        start, end = self.within(mention)
        return [n for n, word in enumerate(self.words) if start <= word.start < end]

    def within(self, mention: ActorMention) -> tuple[int, int]:
        """Where a mention begins and ends in the sentence."""
        shift = self.sentence.span.start
        return mention.span.start - shift, mention.span.end - shift

    def key(self, number: int) -> str:
        """The key of a word; empty before the first and behind the last."""
        return self.words[number].key if 0 <= number < len(self.words) else ""

    def verb(self, number: int) -> str:
        """The key of a word that is part of nobody's name; else empty."""
        return "" if number in self.owners else self.key(number)

    def span(self, first: int, last: int) -> Span:
        """From a word to another, in the article."""
        return Span(self.words[first].start, self.words[last].end).shift(self.sentence.span.start)

    def mention(
        self, actor: str, first: int, last: int, how: Literal["name", "title", "pronoun"]
    ) -> ActorMention:
        """A mention from a word to another."""
        span, possessive = self.span(first, last), self.words[last].possessive
        return ActorMention(actor, span, self.sentence.index, how=how, possessive=possessive)

    def quoted(self, number: int) -> bool:
        """Whether a word stands in quotation marks."""
        return in_any(self.quotes, self.sentence.span.start + self.words[number].start)

    def gap(self, number: int) -> str:
        """What stands between a word and the next."""
        end = self.words[number + 1].start if number + 1 < len(self.words) else None
        return self.sentence.text[self.words[number].end : end]

    def lead(self, number: int) -> str:
        """The text before a word."""
        return self.sentence.text[: self.words[number].start].rstrip()

    def is_capital(self, number: int) -> bool:
        """Whether a word is written large, where not the whole sentence is."""
        if not 0 <= number < len(self.words) or self.sentence.text.isupper():
            return False
        return self.words[number].text[0].isupper()

    def is_whole(self, last: int) -> bool:
        """Whether a noun phrase can end with a word: what follows is no further noun."""
        if not self.words[last].joined or last + 1 >= len(self.words):
            return True
        return self.words[last].possessive or may_follow(self.key(last + 1))

    def is_hyphenated(self, number: int) -> bool:
        """Whether a word is a part of a compound ("government-held")."""
        word = self.words[number]
        return hyphenated(self.sentence.text, word.start, word.end)

    def is_possessed(self, number: int) -> bool:
        """Whether a noun has its owner just before it ("Iran's" for "envoy")."""
        return number > 0 and self.words[number - 1].possessive

    def is_tag(self, number: int) -> bool:
        """Whether a pronoun is the subject of a speech tag: '…, she said' or '…," said she'."""
        lead = self.lead(number)
        if self.verb(number - 1) in SPEAKING:
            ended = not self.words[number].joined or self.key(number + 1) in PREPOSITIONS
            return ended and self.lead(number - 1).endswith((",", '"', "”", "’", "?", "!"))
        after = next(
            (k for n in range(1, 4) if (k := self.key(number + n)) not in AFTER_SUBJECT), ""
        )
        marked = lead.endswith((",", '"', "”", "’", "“", "—", "–", "--"))
        return marked and after in SPEAKING

    def is_free(self, mention: ActorMention) -> bool:
        """Whether a mention may be a subject: no possessive, and nothing governs it."""
        numbers = self.numbers(mention)
        if mention.possessive or not numbers or self.is_attribute(numbers[-1]):
            return False
        before = self._before_phrase(numbers[0])
        if before < 0 or not self.words[before].joined:
            return True
        if self.key(before) in ("and", "or") and before - 1 in self.owners:
            return self.is_free(self.owners[before - 1])
        if self.verb(before) in PREPOSITIONS:
            return False
        return self.verb(before) not in REPORTING or self.is_inverted(before)

    def is_attribute(self, last: int) -> bool:
        """Whether a name only tells which of several: "the Assad regime"."""
        return self.words[last].joined and self.key(last + 1) in NAMED_AFTER_PERSON

    def _before_phrase(self, first: int) -> int:
        """The number of the word before a name and the titles and articles that lead it."""
        at, titled = first - 1, False
        while at >= 0 and self.words[at].joined and at not in self.owners:
            key = self.key(at)
            titled = titled or key in TITLES
            led = key in ARTICLES or key in TITLES or (titled and at and self.is_capital(at))
            if not led or key in PREPOSITIONS:
                break
            at -= 1
        return at

    def is_source(self, mention: ActorMention) -> bool:
        """Whether somebody is the one who says what the sentence tells."""
        numbers = self.numbers(mention)
        if self.verb(numbers[-1] + 1) in SPEAKING:
            return True
        return any(self.is_inverted(numbers[0] - n) for n in range(1, MAX_WORDS_LEADING + 1))

    def is_place(self, mention: ActorMention) -> bool:
        """Whether a mention only says where something is: "in Syria"."""
        first = self.numbers(mention)[0]
        return self.key(first - 1) in LOCATIVE_PREPOSITIONS

    def is_inverted(self, verb: int) -> bool:
        """Whether a verb of speaking has its subject behind it."""
        if self.verb(verb) not in SPEAKING or self.key(verb) in ("told", "tells", "tell", "asked"):
            return False
        lead = self.lead(verb)
        return lead.endswith((",", '"', "”", "’", "'", "?", "!"))

    def free(self) -> list[ActorMention]:
        """Mentions outside quotation marks that may be subjects, in order."""
        outside = [m for m in self.outside() if self.is_free(m)]
        return sorted(outside, key=lambda m: m.span)

    def outside(self) -> Iterator[ActorMention]:
        """Mentions outside quotation marks."""
        return (m for m in self.mentions if not in_any(self.quotes, m.span.start))

    def are_coordinate(self, first: ActorMention, second: ActorMention) -> bool:
        """Whether only "and" parts two mentions."""
        end, start = self.within(first)[1], self.within(second)[0]
        gap = self.sentence.text[end:start].strip() if end <= start else ""
        return gap in _AND or gap.removesuffix(" the") in _AND


def read_line(
    sentence: Sentence, named: Sequence[ActorMention], quotes: Sequence[Span]
) -> SentenceView:
    """Look at a sentence; ``named`` are its own mentions, ``quotes`` the article's."""
    line = SentenceView(sentence, words_of(sentence.text), quotes)
    for mention in named:
        line.add(mention)
    return line
