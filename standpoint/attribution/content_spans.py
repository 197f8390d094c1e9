"""What is said: the stretch of a sentence that belongs to a cue."""

import re
from functools import lru_cache

from standpoint.attribution.clause import Clause
from standpoint.attribution.noun_phrases import phrase_right
from standpoint.attribution.subjects import skip_helpers
from standpoint.lexicon.calendar import TIME_WORDS
from standpoint.lexicon.function_words import PREPOSITIONS
from standpoint.lexicon.reporting_cues import (
    ADDRESSEE_VERBS,
    AFTER_CUE_NOUN,
    CUE_NOUNS,
    CUE_VERBS,
    EXPRESSING_VERBS,
    QUESTION_OPENERS,
    VERB_PARTICLES,
    VERBS_WITH_TO,
    VERBS_WITHOUT_PARTICLE,
)
from standpoint.text import Span, Word

MARKS = " \n\t.,;:\"'“”‘’«»-–—()"
MAX_ADDRESSEE_WORDS = 7
_BREAK = re.compile(
    r"[;:]|--|[—–]|, (?:but|while|whereas|though|although|according to)\b"
    r"|\bbut\b|\bwhile\b|\baccording to\b"
)
_WHEN = re.compile(
    r" +(?:(?:on|last|this|late|early|later|earlier|next) +)*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|week|month|year)"
    r"(?: (?:morning|afternoon|evening|night))?\b",
    re.IGNORECASE,
)


def stretch(clause: Clause, first: int, last: int) -> Span | None:
    """Characters of a sentence without the marks and space around; None without a word."""
    words = clause.sentence.text[first:last]
    if not words.strip(MARKS):
        return None
    first += len(words) - len(words.lstrip(" \n\t,;:-–—"))
    last -= len(words) - len(words.rstrip(" \n\t,"))
    return Span(first, last).shift(clause.sentence.span.start)


def after_cue(clause: Clause, number: int, end: int) -> tuple[Span, ...]:
    """What follows a cue that ends at a character: to the break of the clause."""
    text = clause.sentence.text
    first = _past_the_addressee(clause, number, end)
    last = len(text)
    for start, stop in _breaks(text):
        if start >= first and text[first:start].strip(MARKS):
            last = start
            break
        first = max(first, stop) if start >= first else first
    return one(stretch(clause, first, last))


def one(span: Span | None) -> tuple[Span, ...]:
    """A span, or none."""
    return () if span is None else (span,)


@lru_cache(maxsize=4)
def _breaks(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in _BREAK.finditer(text))


def _past_the_addressee(clause: Clause, number: int, end: int) -> int:
    """Past the words behind a cue that only say to whom, or when, and "that"."""
    that = _that(clause, number, end)
    if that is not None:
        return that.end
    when = _WHEN.match(clause.sentence.text, end)
    if when is not None:
        return when.end()
    return (
        past_listener(clause, number, end) if clause.words[number].key in ADDRESSEE_VERBS else end
    )


def _that(clause: Clause, number: int, end: int) -> Word | None:
    """The "that" behind a cue, or behind nothing but an addressee."""
    between: list[Word] = []
    for at in range(number + 1, min(number + MAX_ADDRESSEE_WORDS + 3, len(clause.words))):
        word = clause.words[at]
        if word.start < end:
            continue
        if word.key == "that":
            return word if _only_an_addressee(clause.words[number], between) else None
        if word.key in CUE_VERBS or "," in clause.gap(at):
            return None
        between.append(word)
    return None


def _only_an_addressee(verb: Word, between: list[Word]) -> bool:
    if not between or verb.key in ADDRESSEE_VERBS:
        return len(between) <= MAX_ADDRESSEE_WORDS
    return between[0].key in PREPOSITIONS | TIME_WORDS


def past_listener(clause: Clause, number: int, end: int) -> int:
    """Past the noun phrase behind "told" that something told begins after."""
    first = number + 1
    if first >= len(clause.words) or clause.words[first].start < end:
        return end
    reach = phrase_right(clause, first).reach
    if reach is None:
        return end
    past = reach.end - clause.sentence.span.start
    near = clause.words[first : first + 2 * MAX_ADDRESSEE_WORDS]
    following = next((word for word in near if word.start >= past), None)
    asks = following is not None and following.key in QUESTION_OPENERS
    return past if asks or clause.words[number].key.startswith(("told", "tell")) else end


def cue_group(clause: Clause, number: int, from_word: int) -> Span:
    """A verb with the helpers before it and the particle behind, within its sentence."""
    words = clause.words
    first, last = number, number
    at, _ = skip_helpers(clause, number, from_word)
    while (
        first - 1 > at and not clause.parted(first - 1) and words[first - 1].key not in TIME_WORDS
    ):
        first -= 1
    if _takes_particle(clause, number):
        last += 1
    elif words[number].key in EXPRESSING_VERBS:
        last = _expressed(clause, number)
    return Span(words[first].start, words[last].end)


def _expressed(clause: Clause, number: int) -> int:
    """The noun of "expressed his deep concern that", with a preposition behind it."""
    for at in range(number + 1, min(number + 5, len(clause.words) - 1)):
        if clause.parted(at - 1):
            break
        behind = clause.words[at + 1].key
        if clause.words[at].key in CUE_NOUNS and behind in AFTER_CUE_NOUN and not clause.parted(at):
            return at if behind in ("that", "to") else at + 1
    return number


def _takes_particle(clause: Clause, number: int) -> bool:
    verb, following = clause.words[number], clause.words[number + 1 : number + 3]
    if not following or clause.parted(number):
        return False
    if verb.key in VERBS_WITHOUT_PARTICLE:
        return following[0].key in ("about", "of") and verb.key not in ADDRESSEE_VERBS
    if following[0].key == "to":
        return verb.key in VERBS_WITH_TO
    dated = len(following) > 1 and (
        following[1].key in TIME_WORDS or following[1].text[0].isdigit()
    )
    return following[0].key in VERB_PARTICLES and not dated
