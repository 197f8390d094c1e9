"""Noun cues and their possessors: "X's claim that …", "his support for …"."""

from standpoint.attribution.content_spans import content_after
from standpoint.attribution.frames import Frame, Source
from standpoint.attribution.noun_phrases import phrase_start, source_starting_at
from standpoint.attribution.subjects import Verb, subject_of
from standpoint.lexicon.function_words import FUNCTION_WORDS, POSSESSIVE_DETERMINERS
from standpoint.lexicon.reporting_cues import AFTER_CUE_NOUN, CUE_VERBS, LIGHT_VERBS
from standpoint.mentions import SentenceView
from standpoint.text import Span

MAX_POSSESSED_WORDS = 4
"""Words from a possessor to the noun: "Iran's often repeated strong belief"."""


MAX_LIGHT_VERB_WORDS = 4
"""Words from a verb to its noun: "launched a harsh new attack on"."""


def noun_frame(view: SentenceView, at: int, clause_start: int) -> Frame | None:
    """The frame of a noun cue, if it has a possessor, a verb or a "by X" and something after it."""
    following = view.key(at + 1)
    if view.has_break_after(at):
        return None
    if following in ("from", "by"):
        return _frame_with_agent(view, at)
    if following not in AFTER_CUE_NOUN:
        return None
    source = _possessor(view, at, clause_start) or _giver(view, at, clause_start)
    if source is None:
        return None
    last = at if following in ("that", "to") else at + 1
    cue_span = Span(view.words[at].start, view.words[last].end)
    contents = content_after(view, at, cue_span.end)
    return Frame(source, contents, view.words[at].text, cue_span)


def _frame_with_agent(view: SentenceView, at: int) -> Frame | None:
    """The frame of "claims by X that …", "criticism from X of …"."""
    source = _agent(view, at + 2)
    if source.reach is None:
        return None
    past = view.first_at(view.local(source.reach)[1])
    if view.key(past) not in AFTER_CUE_NOUN or view.has_break_after(past - 1):
        return None
    cue_span = Span(view.words[at].start, view.words[at].end)
    contents = content_after(view, at, view.words[past].end)
    return Frame(source, contents, view.words[at].text, cue_span)


def _agent(view: SentenceView, first: int) -> Source:
    """The actor behind "by" or "from", without what follows "of"; else the noun phrase."""
    first += view.key(first) == "the" and first + 1 in view.mention_at
    mention = view.mention_at.get(first)
    return source_starting_at(view, first) if mention is None else Source.at_token(view, first)


def _giver(view: SentenceView, noun: int, clause_start: int) -> Source | None:
    """The subject of the verb that a noun belongs to: "X voiced concerns about"."""
    for at in range(noun - 1, max(clause_start, noun - 1 - MAX_LIGHT_VERB_WORDS) - 1, -1):
        if view.has_break_after(at) or at in view.mention_at:
            return None
        if view.keys[at] in LIGHT_VERBS:
            source = subject_of(Verb(view, at, clause_start))
            return source if source.text is not None else None
    return None


def _possessor(view: SentenceView, noun: int, clause_start: int) -> Source | None:
    """Whose a noun is: "Iran's strong belief", "his belief"; None without a possessor."""
    for at in range(noun - 1, max(clause_start, noun - MAX_POSSESSED_WORDS) - 1, -1):
        if view.has_break_after(at):
            return None
        if view.words[at].possessive and at not in view.mention_at:
            return Source.of_words(view, phrase_start(view, at, clause_start), at)
        if view.words[at].possessive or view.keys[at] in POSSESSIVE_DETERMINERS:
            return Source.at_token(view, at)
        if view.keys[at] in FUNCTION_WORDS or view.keys[at] in CUE_VERBS:
            return None
    return None
