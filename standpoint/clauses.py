"""A sentence as attribution looks at it, and the subjects of its verbs."""

from collections.abc import Sequence
from dataclasses import dataclass

from standpoint.article import Sentence, Span
from standpoint.mentions import ActorMention
from standpoint.quotes import in_any
from standpoint.verbs import BESIDE_A_VERB, NOT_BEFORE_A_SUBJECT, ROLES
from standpoint.words import Word, words_of

MAX_SUBJECT_WORDS = 7
_JOINING = frozenset("and but or yet then".split())
_BEFORE_A_NOUN_PHRASE = NOT_BEFORE_A_SUBJECT | frozenset("that as if when and but or".split())


@dataclass(frozen=True, slots=True)
class Source:
    """The speaker: an actor of the codebook, or only words."""

    actor: str | None
    span: Span | None
    text: str | None


NOBODY = Source(None, None, None)


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with its words and mentions outside quotation marks.

    ``quotes`` are those of the whole article, in order.
    """

    sentence: Sentence
    words: tuple[Word, ...]
    mentions: tuple[ActorMention, ...]
    quotes: Sequence[Span]

    def at(self, word: Word) -> int:
        """Where a word stands in the article."""
        return self.sentence.span.start + word.start

    def mention_of(self, word: Word) -> ActorMention | None:
        """The mention a word is part of."""
        offset = self.at(word)
        return next((m for m in self.mentions if m.span.start <= offset < m.span.end), None)


def clause_of(
    sentence: Sentence, mentions: Sequence[ActorMention], quotes: Sequence[Span]
) -> Clause:
    """Look at a sentence; ``mentions`` are its own, ``quotes`` the article's."""
    start = sentence.span.start
    words = tuple(w for w in words_of(sentence.text) if not in_any(quotes, start + w.start))
    outside = tuple(
        sorted((m for m in mentions if not in_any(quotes, m.span.start)), key=lambda m: m.span)
    )
    return Clause(sentence, words, outside, quotes)


def subject_left_of(clause: Clause, number: int, from_word: int, held: Source) -> Source:
    """The subject of a verb: just before it, or at the head of its clause, or the one before."""
    at = number - 1
    while at >= from_word and _may_stand_between(clause, at):
        at -= 1
    if at < from_word:
        return held
    last = clause.words[at]
    if last.key in _JOINING:
        return held if held.text is not None else _head(clause, from_word, number)
    gap = clause.sentence.text[last.end : clause.words[at + 1].start]
    if "," in gap:
        return _head(clause, from_word, number)
    mention = clause.mention_of(last)
    if mention is not None:
        return _source(clause, mention)
    return _noun_phrase(clause, at, from_word)


def _may_stand_between(clause: Clause, at: int) -> bool:
    word = clause.words[at]
    adverb = word.key in BESIDE_A_VERB or word.key.endswith("ly")
    return adverb and clause.mention_of(word) is None


def _head(clause: Clause, from_word: int, number: int) -> Source:
    """The first actor of the clause that no preposition governs."""
    for at in range(from_word, number):
        mention = clause.mention_of(clause.words[at])
        if mention is None or mention.possessive:
            continue
        before = [w.key for w in clause.words[max(0, at - 2) : at] if w.key not in ("the", "a")]
        if not before or before[-1] not in NOT_BEFORE_A_SUBJECT:
            return _source(clause, mention)
    return NOBODY


def _noun_phrase(clause: Clause, at: int, from_word: int) -> Source:
    """A subject that ends in no actor: one within it may still be meant ("Iran's ministry")."""
    first = at
    while first > from_word and at - first < MAX_SUBJECT_WORDS and clause.words[first - 1].joined:
        if clause.words[first - 1].key in _BEFORE_A_NOUN_PHRASE:
            break
        first -= 1
    start = clause.sentence.span.start
    span = Span(start + clause.words[first].start, start + clause.words[at].end)
    words = clause.sentence.text[clause.words[first].start : clause.words[at].end]
    for mention in clause.mentions:
        if span.contains(mention.span):
            following = {
                w.key for w in clause.words[first : at + 1] if clause.at(w) >= mention.span.end
            }
            if following & ROLES:
                return _source(clause, mention)
    return Source(None, span, words)


def actor_right_of(clause: Clause, offset: int) -> Source:
    """The actor named within a few words after an offset, before any comma."""
    start = clause.sentence.span.start
    words = [w for w in clause.words if clause.at(w) >= offset][:MAX_SUBJECT_WORDS]
    for word in words:
        mention = clause.mention_of(word)
        if mention is not None and not mention.possessive:
            return _source(clause, mention)
        if not word.joined:
            break
    capital = next((w for w in words[:3] if w.text[0].isupper()), None)
    if capital is None:
        return NOBODY
    return Source(None, Span(start + capital.start, start + capital.end), capital.text)


def _source(clause: Clause, mention: ActorMention) -> Source:
    start = clause.sentence.span.start
    words = clause.sentence.text[mention.span.start - start : mention.span.end - start]
    return Source(mention.actor, mention.span, words)
