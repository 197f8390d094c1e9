"""Cues that stand behind or amid what they attribute: "…, he said", '"…," said X, "…"'."""

import re

from standpoint.attribution.clause import Clause, Source
from standpoint.attribution.content_spans import MARKS, after_cue, one, past_listener, stretch
from standpoint.attribution.noun_phrases import phrase_right
from standpoint.attribution.subjects import opening_subject
from standpoint.lexicon.calendar import TIME_WORDS
from standpoint.lexicon.function_words import PREPOSITIONS, SUBJECT_PRONOUNS
from standpoint.lexicon.reporting_cues import (
    ADDRESSEE_VERBS,
    CUE_VERBS,
    FRAGMENT_OPENERS,
    INVERTED_AFTER_QUOTE,
    TAG_TAIL_WORDS,
    TAG_VERBS,
)
from standpoint.text import Span, Word

MAX_TAIL_WORDS = 5
MIN_STATEMENT_WORDS = 5
CLOSING_MARKS = ('"', "”", "’", "'", "“", "''", "»")
_IN_A_TAG = re.compile(r" (?:with|in|at|on|to|over|during|after|before)\b[^,;:.\"“]{0,40}(?=,)")
_MARK = re.compile(r"[,;:.\"“]")


def contents_of(clause: Clause, number: int, group: Span, source: Source) -> tuple[Span, ...]:
    """What a verb attributes whose subject stands before it: behind both, or before, or around."""
    start, text = clause.sentence.span.start, clause.sentence.text
    reach, verb = source.reach, clause.words[number]
    if reach is not None and reach.end - start <= group.start and verb.key in TAG_VERBS:
        lead, end = _lead(clause, reach), _tag_end(clause, number, group.end)
        near = not text[reach.end - start : group.start].strip(" ,")
        if near and lead.endswith(",") and text.startswith(",", end):
            return around(clause, reach.start - start, end)
        if _is_closing(clause, lead, end):
            return _before_and_about(clause, len(lead), group)
    return after_cue(clause, number, group.end)


def _lead(clause: Clause, reach: Span) -> str:
    """What stands before the subject, without its article."""
    lead = clause.sentence.text[: reach.start - clause.sentence.span.start].rstrip()
    return lead.removesuffix(" the").removesuffix(",the").removesuffix("”the").rstrip()


def _tag_end(clause: Clause, number: int, end: int) -> int:
    """Where a tag ends that begins with a subject: "he told the crowd", "she said with a sigh"."""
    if clause.words[number].key in ADDRESSEE_VERBS:
        end = past_listener(clause, number, end)
    aside = _IN_A_TAG.match(clause.sentence.text, end)
    return aside.end() if aside else end


def _is_closing(clause: Clause, lead: str, end: int) -> bool:
    """Whether subject and cue stand behind what is said, as in "X will end, Y warned on Monday"."""
    if not lead.strip(MARKS):
        return False
    if lead.endswith(CLOSING_MARKS) or not clause.sentence.text[end:].strip(MARKS + "!?"):
        return True
    rest = _words_from(clause, end, MAX_TAIL_WORDS + 1)
    if not rest or rest[0].key not in TAG_TAIL_WORDS:
        return False
    apart, n_words = lead.endswith((",", "?", "!")), len(lead.split())
    if len(rest) <= MAX_TAIL_WORDS:
        return n_words > 2 and (apart or n_words >= MIN_STATEMENT_WORDS)
    that = any(word.key == "that" for word in clause.words if word.start >= end)
    return apart and not that and _is_a_statement(clause, n_words)


def _is_a_statement(clause: Clause, n_words: int) -> bool:
    return n_words >= MIN_STATEMENT_WORDS and clause.words[0].key not in FRAGMENT_OPENERS


def _words_from(clause: Clause, offset: int, limit: int) -> list[Word]:
    found: list[Word] = []
    for word in reversed(clause.words):
        if word.start < offset or len(found) > 10 * limit:
            break
        found.append(word)
    return found[::-1][:limit] if len(found) <= 10 * limit else found[:limit]


def _before_and_about(clause: Clause, lead: int, group: Span) -> tuple[Span, ...]:
    """What stands before a tag, and in '"…," she said of the dam' what it is about."""
    text = clause.sentence.text
    about = None
    if text.endswith((" of", " about"), 0, group.end):
        mark = _MARK.search(text, group.end)
        about = stretch(clause, group.end, mark.start() if mark else len(text))
    return one(stretch(clause, _beginning(clause), lead)) + one(about)


def around(clause: Clause, before: int, behind: int) -> tuple[Span, ...]:
    """What stands before a tag, and behind it if a comma closes it; offsets of the sentence."""
    text = clause.sentence.text
    lead = text[:before].rstrip().removesuffix(" the")
    goes_on = text.startswith(",", behind) and not lead.endswith(CLOSING_MARKS)
    second = stretch(clause, behind, len(text)) if goes_on else None
    return one(stretch(clause, _beginning(clause), len(lead))) + one(second)


def _beginning(clause: Clause) -> int:
    """Where a sentence begins behind "And" or "But"."""
    first = clause.words[0] if clause.words else None
    joins = first is not None and first.start == 0 and first.key in ("and", "but", "yet")
    return first.end if first is not None and joins else 0


def inverted(clause: Clause, number: int, from_word: int) -> Source | None:
    """Who stands behind the verb: '"…," said X', or "…, said X"."""
    word = clause.words[number]
    if word.key not in TAG_VERBS or CUE_VERBS.get(word.key) == "participle":
        return None
    if number + 1 >= len(clause.words) or clause.parted(number):
        return None
    before = clause.sentence.text[: word.start].rstrip()
    quoted, comma = before.endswith(CLOSING_MARKS), before.endswith(",")
    plain = word.key in ("said", "says") and number - from_word > 2
    if not (quoted or comma or plain) or clause.words[number + 1].key == "that":
        return None
    source = phrase_right(clause, number + 1)
    if source.reach is None:
        return None
    end = source.reach.end - clause.sentence.span.start
    fits = quoted or (plain and _is_a_name_at_the_end(clause, end))
    fits = fits or (comma and _stands_alone(clause, number, from_word, end))
    return source if fits else None


def _is_a_name_at_the_end(clause: Clause, end: int) -> bool:
    """Whether a name ends at a character, and the sentence too, but for a time."""
    last = next(n for n in range(len(clause.words) - 1, -1, -1) if clause.words[n].start < end)
    if not clause.is_name(last) and clause.mention_of(clause.words[last]) is None:
        return False
    rest = _words_from(clause, end, MAX_TAIL_WORDS + 1)
    times = all(word.key in TIME_WORDS or word.key == "on" for word in rest)
    return times and len(rest) <= MAX_TAIL_WORDS


def _stands_alone(clause: Clause, number: int, from_word: int, end: int) -> bool:
    """Whether a sentence is whole before ", said X", and X does nothing else in it."""
    following = clause.words[number + 1]
    if clause.words[number].key in INVERTED_AFTER_QUOTE:
        return False
    if following.key in SUBJECT_PRONOUNS and clause.mention_of(following) is None:
        return False
    if number - from_word < 2 or opening_subject(clause, number - 1) is not None:
        return False
    last = number
    while last + 1 < len(clause.words) and clause.words[last + 1].start < end:
        last += 1
    if last + 1 == len(clause.words) or clause.parted(last):
        return True
    behind = clause.words[last + 1].key
    return behind in PREPOSITIONS - {"by"} or behind in ("who", "on")
