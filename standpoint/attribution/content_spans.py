"""Content spans: the part of a sentence that a cue attributes, and the span of the cue."""

import re
from functools import lru_cache

from standpoint.attribution.noun_phrases import source_starting_at
from standpoint.attribution.subjects import skip_preverbal
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
from standpoint.mentions import SentenceView
from standpoint.text import Span

MARKS = " \n\t.,;:\"'“”‘’«»-–—()"
MAX_ADDRESSEE_WORDS = 7
"""Words between a cue and "that" which only name the addressee. A guess: longer ones are rare."""
MAX_EXPRESSED_WORDS = 4
"""Words from "expressed" to its noun: "expressed his deep and lasting concern"."""
_BREAK = re.compile(
    r"[;:]|--|[—–]|, (?:but|while|whereas|though|although|according to)\b"
    r"|\bbut\b|\bwhile\b|\baccording to\b"
)
_TIME = re.compile(
    r" +(?:(?:on|last|this|late|early|later|earlier|next) +)*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|week|month|year)"
    r"(?: (?:morning|afternoon|evening|night))?\b",
    re.IGNORECASE,
)


def trimmed(view: SentenceView, first: int, last: int) -> tuple[Span, ...]:
    """The span between two characters of a sentence, without marks around; none without a word."""
    text = view.sentence.text[first:last]
    if not text.strip(MARKS):
        return ()
    first += len(text) - len(text.lstrip(" \n\t,;:-–—"))
    last -= len(text) - len(text.rstrip(" \n\t,"))
    return (Span(first, last).shift(view.sentence.span.start),)


def content_after(view: SentenceView, cue: int, end: int) -> tuple[Span, ...]:
    """What follows a cue whose span ends at a character, until the clause breaks."""
    text = view.sentence.text
    first, last = _content_start(view, cue, end), len(text)
    # A break right after the cue only introduces the content ("said: …").
    for start, stop in _breaks(text):
        if start >= first and text[first:start].strip(MARKS):
            last = start
            break
        first = max(first, stop) if start >= first else first
    return trimmed(view, first, last)


@lru_cache(maxsize=4)
def _breaks(text: str) -> tuple[tuple[int, int], ...]:
    """The marks and words that end a clause; cached, since each cue of a sentence needs them."""
    return tuple(match.span() for match in _BREAK.finditer(text))


def _content_start(view: SentenceView, cue: int, end: int) -> int:
    """The character where a content begins: after the addressee, a time, or "that"."""
    that = _that(view, cue, end)
    if that is not None:
        return view.words[that].end
    time = _TIME.match(view.sentence.text, end)
    if time is not None:
        return time.end()
    return past_addressee(view, cue, end) if view.keys[cue] in ADDRESSEE_VERBS else end


def _that(view: SentenceView, cue: int, end: int) -> int | None:
    """The "that" after a cue, with nothing but an addressee between."""
    first = view.first_at(end)
    for at in range(first, min(cue + MAX_ADDRESSEE_WORDS + 3, len(view.words))):
        if view.keys[at] == "that":
            return at if _is_addressee(view, cue, first, at) else None
        if view.keys[at] in CUE_VERBS or "," in view.gap(at):
            return None
    return None


def _is_addressee(view: SentenceView, cue: int, first: int, past: int) -> bool:
    """Whether the tokens between a cue and "that" can name an addressee, or a time."""
    if first == past or view.keys[cue] in ADDRESSEE_VERBS:
        return past - first <= MAX_ADDRESSEE_WORDS
    return view.keys[first] in PREPOSITIONS | TIME_WORDS


def past_addressee(view: SentenceView, cue: int, end: int) -> int:
    """The character after the noun phrase that follows "told", if a content begins there."""
    first = cue + 1
    if first >= len(view.words) or view.words[first].start < end:
        return end
    reach = source_starting_at(view, first).reach
    if reach is None:
        return end
    past = view.local(reach)[1]
    following = view.first_at(past)
    is_near = following < first + 2 * MAX_ADDRESSEE_WORDS
    asks = is_near and view.key(following) in QUESTION_OPENERS
    return past if asks or view.keys[cue].startswith(("told", "tell")) else end


def cue_span(view: SentenceView, cue: int, clause_start: int) -> Span:
    """A verb with its auxiliaries and its particle, counted from the start of the sentence."""
    first, last = cue, cue
    before, _ = skip_preverbal(view, cue, clause_start)
    while first - 1 > before and not view.has_break_after(first - 1):
        if view.keys[first - 1] in TIME_WORDS:
            break
        first -= 1
    if _takes_particle(view, cue):
        last += 1
    elif view.keys[cue] in EXPRESSING_VERBS:
        last = _expressed_end(view, cue)
    return Span(view.words[first].start, view.words[last].end)


def _expressed_end(view: SentenceView, cue: int) -> int:
    """The noun in "expressed his deep concern that", with a preposition after it."""
    for at in range(cue + 1, min(cue + MAX_EXPRESSED_WORDS + 1, len(view.words) - 1)):
        if view.has_break_after(at - 1):
            break
        following = view.keys[at + 1]
        is_cue_noun = view.keys[at] in CUE_NOUNS and following in AFTER_CUE_NOUN
        if is_cue_noun and not view.has_break_after(at):
            return at if following in ("that", "to") else at + 1
    return cue


def _takes_particle(view: SentenceView, cue: int) -> bool:
    """Whether the next token belongs to the verb: "called for", "spoke of"."""
    verb, particle, following = (view.key(at) for at in range(cue, cue + 3))
    if not particle or view.has_break_after(cue):
        return False
    if verb in VERBS_WITHOUT_PARTICLE:
        return particle in ("about", "of") and verb not in ADDRESSEE_VERBS
    if particle == "to":
        return verb in VERBS_WITH_TO
    # "said on Monday": the preposition belongs to the time.
    is_time = following in TIME_WORDS or following[:1].isdigit()
    return particle in VERB_PARTICLES and not is_time
