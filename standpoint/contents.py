"""What is said: the stretch of a sentence that belongs to a cue."""

import re

from standpoint.article import Span
from standpoint.clauses import (
    NOBODY,
    TIMES,
    Clause,
    Source,
)
from standpoint.cues import (
    BEHIND_A_NOUN,
    NEVER_WITH_PARTICLE,
    NOUNS,
    PARTICLES,
    TAKES_TO,
    VERBS,
)
from standpoint.phrases import phrase_right
from standpoint.subjects import skip_helpers
from standpoint.verbs import NOT_BEFORE_A_SUBJECT
from standpoint.words import Word, words_of

_BREAK = re.compile(
    r"[;:]|--|[—–]|, (?:but|while|whereas|though|although|according to)\b"
    r"|\bbut\b|\bwhile\b|\baccording to\b"
)
_MARKS = " \n\t.,;:\"'“”‘’«»-–—()"
_THAT = re.compile(r"[^\n,]{0,60}?\bthat\b")
_CLOSING = ("”", '"', "’", "''", "»")
MAX_ADDRESSEE_WORDS = 7
MAX_TAIL_WORDS = 5
_WHEN = re.compile(
    r" +(?:(?:on|last|this|late|early|later|earlier|next) +)*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|week|month|year)"
    r"(?: (?:morning|afternoon|evening|night))?\b",
    re.IGNORECASE,
)
_IN_A_TAG = re.compile(r" (?:with|in|at|on|to|over|during|after|before)\b[^,;:.\"“]{0,40}(?=,)")
_TELLING = frozenset(
    "told tell tells telling warned warns warning assured assures reminded reminds informed "
    "informs asked asks asking advised advises convinced persuaded".split()
)
_EXPRESSING = frozenset("express expresses expressed expressing voiced raised".split())
_BEFORE_A_QUESTION = frozenset("that if whether how what why who when where about for".split())
_IN_A_TAIL = TIMES | frozenset(
    "on in at to during after before late earlier later last this reporters journalists "
    "lawmakers parliament agency radio television again of".split()
)


def stretch(clause: Clause, first: int, last: int) -> Span | None:
    """Characters of a sentence without the marks and space around; None without a word."""
    words = clause.sentence.text[first:last]
    if not words.strip(_MARKS):
        return None
    first += len(words) - len(words.lstrip(" \n\t,;:-–—"))
    last -= len(words) - len(words.rstrip(" \n\t,"))
    return Span(first, last).shift(clause.sentence.span.start)


def after_cue(clause: Clause, verb: Word, end: int) -> Span | None:
    """What follows a cue that ends at a character: to the break of the clause."""
    text = clause.sentence.text
    first = end + _addressee(clause, verb, end)
    stop = _BREAK.search(text, first)
    while stop and not text[first : stop.start()].strip(_MARKS):
        stop = _BREAK.search(text, stop.end())
    return stretch(clause, first, stop.start() if stop else len(text))


def _addressee(clause: Clause, verb: Word, end: int) -> int:
    """How many characters after a cue only say to whom, or when, and "that"."""
    text = clause.sentence.text[end:]
    that = _THAT.match(text)
    if that and _only_an_addressee(verb, that.group()):
        return that.end()
    when = _WHEN.match(text)
    if when:
        return when.end()
    return _listener(clause, end) if verb.key in _TELLING else 0


def _only_an_addressee(verb: Word, words: str) -> bool:
    between = words_of(words)[:-1]
    if not between:
        return True
    if len(between) > MAX_ADDRESSEE_WORDS or any(w.key in VERBS for w in between):
        return False
    return verb.key in _TELLING or between[0].key in NOT_BEFORE_A_SUBJECT | TIMES


def _listener(clause: Clause, end: int) -> int:
    """Past the noun phrase behind "told" that something told begins after."""
    number = next((n for n, w in enumerate(clause.words) if w.start >= end), None)
    if number is None:
        return 0
    listener = phrase_right(clause, number)
    if listener.span is None:
        return 0
    past = listener.span.end - clause.sentence.span.start
    following = next((w for w in clause.words[number:] if w.start >= past), None)
    asks = following is not None and following.key in _BEFORE_A_QUESTION
    told = clause.words[number - 1].key in ("told", "tells", "tell", "telling")
    return past - end if asks or told else 0


def cue_group(clause: Clause, number: int, from_word: int) -> Span:
    """A verb with the helpers before it and the particle behind, within its sentence."""
    words = clause.words
    first, last = number, number
    at, _ = skip_helpers(clause, number, from_word)
    while first - 1 > at and not clause.parted(first - 1) and words[first - 1].key not in TIMES:
        first -= 1
    if _takes_particle(clause, number):
        last += 1
    elif words[number].key in _EXPRESSING:
        last = _expressed(clause, number)
    return Span(words[first].start, words[last].end)


def _expressed(clause: Clause, number: int) -> int:
    """The noun of "expressed his deep concern that", with a preposition behind it."""
    for at in range(number + 1, min(number + 5, len(clause.words) - 1)):
        behind = clause.words[at + 1].key
        if clause.parted(at - 1):
            break
        if clause.words[at].key in NOUNS and behind in BEHIND_A_NOUN and not clause.parted(at):
            return at if behind in ("that", "to") else at + 1
    return number


def _takes_particle(clause: Clause, number: int) -> bool:
    verb, following = clause.words[number], clause.words[number + 1 : number + 3]
    if not following or clause.parted(number):
        return False
    if verb.key in NEVER_WITH_PARTICLE:
        return following[0].key in ("about", "of") and verb.key not in _TELLING
    if following[0].key == "to":
        return verb.key in TAKES_TO
    dated = len(following) > 1 and (following[1].key in TIMES or following[1].text[0].isdigit())
    return following[0].key in PARTICLES and not dated


def is_a_closing_tag(clause: Clause, source: Source, end: int) -> bool:
    """Whether subject and cue stand behind what is said, as in "X will end, Y warned on Monday"."""
    lead = lead_of(clause, source)
    rest = clause.sentence.text[end:].strip(" .,!?\"'“”’")
    if not lead.strip(_MARKS):
        return False
    if not rest or lead.endswith(_CLOSING):
        return True
    keys = [word.key for word in words_of(rest)]
    if not keys or keys[0] not in _IN_A_TAIL:
        return False
    apart = lead.endswith((",", "?", "!"))
    if len(keys) <= MAX_TAIL_WORDS:
        return len(lead.split()) > 2 and (apart or len(lead.split()) > 4)
    return apart and _is_a_statement(lead) and "that" not in keys


def tag_end(clause: Clause, verb: Word, end: int) -> int:
    """Where a tag ends that begins with a subject: "he told the crowd", "she said with a sigh"."""
    if verb.key in _TELLING:
        end += _listener(clause, end)
    aside = _IN_A_TAG.match(clause.sentence.text, end)
    return aside.end() if aside else end


def _is_a_statement(lead: str) -> bool:
    words = words_of(lead)
    opens = bool(words) and words[0].key not in NOT_BEFORE_A_SUBJECT | {"as", "when", "while", "if"}
    return opens and len(words) > 4


def lead_of(clause: Clause, source: Source) -> str:
    """What stands before the subject, without its article."""
    reach = source.reach
    if reach is None:
        return ""
    lead = clause.sentence.text[: reach.start - clause.sentence.span.start].rstrip()
    return lead.removesuffix(" the").removesuffix(",the").removesuffix("”the").rstrip()


def beginning(clause: Clause) -> int:
    """Where a sentence begins behind "And" or "But"."""
    if clause.words and clause.words[0].key in ("and", "but", "yet"):
        return clause.words[0].end if clause.words[0].start == 0 else 0
    return 0


__all__ = ["NOBODY", "after_cue", "beginning", "cue_group", "is_a_closing_tag", "stretch"]
