"""Quote tags: cues after or inside what they attribute ("…, he said", '"…," said X, "…"')."""

import re

from standpoint.attribution.content_spans import MARKS, content_after, past_addressee, trimmed
from standpoint.attribution.cue_disambiguation import is_participle
from standpoint.attribution.frames import Source
from standpoint.attribution.noun_phrases import source_starting_at
from standpoint.attribution.subjects import opening_subject
from standpoint.lexicon.calendar import TIME_WORDS
from standpoint.lexicon.function_words import PREPOSITIONS, SUBJECT_PRONOUNS
from standpoint.lexicon.reporting_cues import (
    ADDRESSEE_VERBS,
    FRAGMENT_OPENERS,
    INVERTED_AFTER_QUOTE,
    TAG_TAIL_WORDS,
    TAG_VERBS,
)
from standpoint.mentions import SentenceView
from standpoint.text import Span

MAX_TAIL_WORDS = 5
"""Words after a tag at the end of a sentence: "…, he told state television on Monday"."""
MAX_REST_WORDS = 60
"""With more words after it, a subject and a cue are no tag: such a text has no full stops."""
MIN_STATEMENT_WORDS = 5
"""Words of a statement before a tag that no comma separates. A guess: shorter ones are subjects."""
MIN_TAGGED_WORDS = 3
"""Words of a statement before a tag at the end of a sentence."""
CLOSING_MARKS = ('"', "”", "’", "'", "“", "''", "»")
# "…, she said with a sigh, …": an adverbial inside the tag, at most 40 characters to the comma.
_ADVERBIAL = re.compile(r" (?:with|in|at|on|to|over|during|after|before)\b[^,;:.\"“]{0,40}(?=,)")
_MARK = re.compile(r"[,;:.\"“]")


def contents_of(view: SentenceView, cue: int, cue_span: Span, source: Source) -> tuple[Span, ...]:
    """What a verb with its subject before it attributes: the text after, before or around both."""
    text, reach = view.sentence.text, source.reach
    if reach is not None and view.keys[cue] in TAG_VERBS:
        start, reach_end = view.local(reach)
        if reach_end <= cue_span.start:
            before, end = _before_subject(text, start), _tag_end(view, cue, cue_span.end)
            is_near = not text[reach_end : cue_span.start].strip(" ,")
            # A comma on both sides: the tag interrupts what is said.
            if is_near and before.endswith(",") and text.startswith(",", end):
                return contents_around(view, start, end)
            if _closes_statement(view, before, end):
                return _before_and_about(view, len(before), cue_span)
    return content_after(view, cue, cue_span.end)


def _before_subject(text: str, start: int) -> str:
    """The text before a subject, without the subject's article."""
    before = text[:start].rstrip()
    return before.removesuffix(" the").removesuffix(",the").removesuffix("”the").rstrip()


def _tag_end(view: SentenceView, cue: int, end: int) -> int:
    """The end of a tag that begins with a subject: "he told the crowd", "she said with a sigh"."""
    if view.keys[cue] in ADDRESSEE_VERBS:
        end = past_addressee(view, cue, end)
    adverbial = _ADVERBIAL.match(view.sentence.text, end)
    return adverbial.end() if adverbial else end


def _closes_statement(view: SentenceView, before: str, end: int) -> bool:
    """Whether subject and cue follow what is said, as in "X will end, Y warned on Monday"."""
    if not before.strip(MARKS):
        return False
    if before.endswith(CLOSING_MARKS) or not view.sentence.text[end:].strip(MARKS + "!?"):
        return True
    rest = view.keys[view.first_at(end) :]
    if not rest or len(rest) > MAX_REST_WORDS or rest[0] not in TAG_TAIL_WORDS:
        return False
    is_separate, n_words = before.endswith((",", "?", "!")), len(before.split())
    if len(rest) <= MAX_TAIL_WORDS:
        return n_words >= (MIN_TAGGED_WORDS if is_separate else MIN_STATEMENT_WORDS)
    if not is_separate or "that" in rest:
        return False
    return n_words >= MIN_STATEMENT_WORDS and view.keys[0] not in FRAGMENT_OPENERS


def _before_and_about(view: SentenceView, before: int, cue_span: Span) -> tuple[Span, ...]:
    """The text before a tag, and in '"…," she said of the dam' what it is about."""
    text = view.sentence.text
    contents = trimmed(view, _statement_start(view), before)
    if text.endswith((" of", " about"), 0, cue_span.end):
        mark = _MARK.search(text, cue_span.end)
        contents += trimmed(view, cue_span.end, mark.start() if mark else len(text))
    return contents


def contents_around(view: SentenceView, start: int, end: int) -> tuple[Span, ...]:
    """The text before a tag, and after it if a comma closes it; offsets of the sentence."""
    text = view.sentence.text
    before = text[:start].rstrip().removesuffix(" the")
    contents = trimmed(view, _statement_start(view), len(before))
    if text.startswith(",", end) and not before.endswith(CLOSING_MARKS):
        contents += trimmed(view, end, len(text))
    return contents


def _statement_start(view: SentenceView) -> int:
    """Where a sentence begins after "And" or "But"."""
    first = view.words[0] if view.words else None
    if first is not None and first.start == 0 and first.key in ("and", "but", "yet"):
        return first.end
    return 0


def inverted_source(view: SentenceView, cue: int, clause_start: int) -> Source | None:
    """The subject after a verb: '"…," said X', or "…, said X"."""
    if not _may_be_inverted(view, cue):
        return None
    key, before = view.keys[cue], view.text_before(cue)
    if not before:  # "Said Kovac, …"
        return source_starting_at(view, 1)
    is_quoted, has_comma = before.endswith(CLOSING_MARKS), before.endswith(",")
    is_plain = key in ("said", "says") and cue - clause_start >= MIN_TAGGED_WORDS
    if not (is_quoted or has_comma or is_plain):
        return None
    source = source_starting_at(view, cue + 1)
    if source.reach is None:
        return None
    past = view.first_at(view.local(source.reach)[1])
    if is_quoted or (is_plain and _ends_with_name(view, past)):
        return source
    return source if has_comma and _follows_statement(view, cue, clause_start, past) else None


def _may_be_inverted(view: SentenceView, cue: int) -> bool:
    """Whether a verb can have its subject behind it: no participle, and no "that" follows."""
    if view.keys[cue] not in TAG_VERBS or is_participle(view, cue) or cue + 1 >= len(view.words):
        return False
    return not view.has_break_after(cue) and view.keys[cue + 1] != "that"


def _ends_with_name(view: SentenceView, past: int) -> bool:
    """Whether the token before an index is a name, and only a time comes after it."""
    if not view.is_name(past - 1) and past - 1 not in view.mention_at:
        return False
    rest = view.keys[past:]
    return len(rest) <= MAX_TAIL_WORDS and all(key in TIME_WORDS or key == "on" for key in rest)


def _follows_statement(view: SentenceView, cue: int, clause_start: int, past: int) -> bool:
    """Whether a whole sentence precedes ", said X", and X does nothing else in it."""
    if view.keys[cue] in INVERTED_AFTER_QUOTE:
        return False
    if view.key_outside_mentions(cue + 1) in SUBJECT_PRONOUNS:
        return False
    if cue - clause_start < 2 or opening_subject(view, cue - 1) is not None:
        return False
    if past == len(view.words) or view.has_break_after(past - 1):
        return True
    following = view.keys[past]
    return following in PREPOSITIONS - {"by"} or following in ("who", "on")
