"""A sentence as attribution looks at it: its words outside quotation marks, and what they can be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from standpoint.article import Sentence, Span
from standpoint.cues import ALSO_NOUNS, VERBS
from standpoint.mentions import DATELINE, ActorMention
from standpoint.quotes import any_within, in_any
from standpoint.verbs import BESIDE_A_VERB, NOT_BEFORE_A_SUBJECT
from standpoint.words import Word, hyphenated, words_of

DETERMINERS = frozenset(
    "the a an this that these those some any many most several few all no each every both another "
    "other more one two three his her its their my our your".split()
)
POSSESSIVES = frozenset("his her its their my our your whose".split())
SUBJECT_PRONOUNS = frozenset("he she they i we you it who".split())
OBJECT_PRONOUNS = frozenset("him her them me us it you".split())
RELATIVES = frozenset("who which that whom".split())
JOINING = frozenset("and but or yet then nor".split())
SUBORDINATORS = frozenset(
    "that as if when while although though because since unless whether where why how what "
    "after before until once whereas".split()
)
TO_BE = frozenset(
    "is was were are be been being am isn wasn weren aren isnt wasnt werent arent".split()
)
MODALS = frozenset(
    "didnt doesnt dont wont wouldnt couldnt shouldnt cant hasnt havent hadnt "
    "to will would can could may might must shall should do does did not n't t don doesn didn won "
    "wouldn couldn can't cannot never ll d let help helps helped".split()
)
HELPERS = (
    BESIDE_A_VERB
    | TO_BE
    | MODALS
    | frozenset(
        "d ve further hasn haven hadn only even first simply just often always long too instead however "
        "meanwhile so far ever rather soon later earlier today yesterday tonight sometimes "
        "has have had having".split()
    )
) - {"to", "let", "both", "all"}
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight january "
    "february march april june july august september october november december week month year "
    "morning afternoon evening night weekend".split()
)
FUNCTION_WORDS = (
    NOT_BEFORE_A_SUBJECT
    | DETERMINERS
    | SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | RELATIVES
    | JOINING
    | SUBORDINATORS
    | TO_BE
    | MODALS
    | frozenset("has have had".split())
)
_NO_ADVERBS = frozenset(
    "rally family ally july italy assembly reply supply monopoly bully anomaly fly apply rely "
    "imply only".split()
)
_ALSO_FIRST_NAMES = frozenset({"will", "may", "t", "d"})
_SHOWING = frozenset("poll polls survey surveys study studies report data figures".split())
_MANY = frozenset("people all percent majority".split())
_OPENS_A_CONTENT = (DETERMINERS | SUBJECT_PRONOUNS | OBJECT_PRONOUNS | RELATIVES) | frozenset(
    "how why what whether if".split()
)
_RELATIVE_AT_END = re.compile(r",? +(?:who|which|that|whose)$")
_NO_NAMES = (
    SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | RELATIVES
    | POSSESSIVES
    | frozenset("one some others many neither both most each none all this these those".split())
)
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
        bare = words.casefold() in _NO_NAMES or self.text.casefold() in _NO_NAMES
        return None if bare else words


NOBODY = Source(None, None, None)


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

    def at(self, word: Word) -> int:
        """Where a word stands in the article."""
        return self.sentence.span.start + word.start

    def mention_of(self, word: Word) -> ActorMention | None:
        """The mention a word is part of."""
        if not self.mentions:
            return None
        offset = self.at(word)
        return next((m for m in self.mentions if m.span.start <= offset < m.span.end), None)

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
        """Whether a word looks like a name: a capital that neither grammar nor shouting asks for."""
        word = self.words[number]
        if self.shouted or not word.text[0].isupper():
            return False
        if word.key in _ALSO_FIRST_NAMES:
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
    if any_within(quotes, sentence.span):
        words = tuple(w for w in words if not in_any(quotes, start + w.start))
        outside = tuple(m for m in outside if not in_any(quotes, m.span.start))
    return Clause(sentence, words, outside, quotes, sentence.text.isupper())


def is_an_adverb(key: str) -> bool:
    """Whether a word may stand between a verb and its subject."""
    return key in HELPERS or (key.endswith("ly") and key not in _NO_ADVERBS)


def is_a_verb(clause: Clause, number: int) -> bool:
    """Whether a word that has the form of an attributing verb is one here."""
    word = clause.words[number]
    if hyphenated(clause.sentence.text, word.start, word.end):
        return False
    at = number - 1
    while at >= 0 and _is_in_ly(clause, at):
        at -= 1
    if at < 0 or clause.parted(at):
        return word.text.islower() or VERBS[word.key] == "participle" or clause.parted(number)
    return _fits_behind(clause, at, number, word)


def _is_in_ly(clause: Clause, at: int) -> bool:
    key = clause.words[at].key
    return key.endswith("ly") and key not in _NO_ADVERBS and not clause.is_name(at)


def _fits_behind(clause: Clause, at: int, number: int, word: Word) -> bool:
    before, form = clause.words[at], VERBS[word.key]
    if before.possessive or before.key in DETERMINERS - {"all", "both", "that", "this", "many"}:
        return before.key in ("some", "most", "few", "several", "one", "another") and (
            word.key not in ALSO_NOUNS
        )
    if form == "base":
        return _fits_base(clause, at, number, word)
    if before.key in NOT_BEFORE_A_SUBJECT:
        return form == "participle"
    if form == "present" and word.key in ALSO_NOUNS:
        return _is_singular(clause, at, number)
    return True


def _fits_base(clause: Clause, at: int, number: int, word: Word) -> bool:
    before = clause.words[at]
    if before.key in SUBJECT_PRONOUNS | RELATIVES | MODALS or before.key in _MANY:
        return before.key not in ("he", "she", "it")
    if before.key in HELPERS:
        return word.key not in ALSO_NOUNS or before.key not in TO_BE
    if before.key in FUNCTION_WORDS:
        return before.key in JOINING and word.key not in ALSO_NOUNS
    if word.key not in ALSO_NOUNS:
        return True
    plural = before.key.endswith("s") and not before.key.endswith("ss")
    return plural and _opens_a_content(clause, number + 1)


def _is_singular(clause: Clause, at: int, number: int) -> bool:
    before = clause.words[at]
    if before.key in ("he", "she", "it", "who", "which", "that", "this", "also", "now", "still"):
        return True
    if before.key in FUNCTION_WORDS:
        return before.key in JOINING
    return _opens_a_content(clause, number + 1)


def _opens_a_content(clause: Clause, number: int) -> bool:
    if number >= len(clause.words) or clause.parted(number - 1):
        return number > 1 and clause.words[number - 2].key in _SHOWING
    word = clause.words[number]
    if word.key in ("for", "on"):
        return clause.words[number - 1].key.startswith("call")
    known = word.key in _OPENS_A_CONTENT or clause.mention_of(word) is not None
    return known or clause.is_name(number)
