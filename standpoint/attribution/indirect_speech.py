"""Indirect speech: the attribution frames of a sentence, by cues outside quotation marks."""

from collections.abc import Iterator
from dataclasses import replace

from standpoint.attribution.clauses import relative_object
from standpoint.attribution.content_boundaries import bound_contents
from standpoint.attribution.content_spans import cue_span, trimmed
from standpoint.attribution.cue_disambiguation import is_cue, is_participle
from standpoint.attribution.frames import UNKNOWN_SOURCE, Frame, Source
from standpoint.attribution.nested import cited_frames, nested_frame
from standpoint.attribution.noun_cues import noun_frame
from standpoint.attribution.noun_phrases import source_starting_at
from standpoint.attribution.phrase_heads import coordinated_sources
from standpoint.attribution.quote_tags import contents_around, contents_of, inverted_source
from standpoint.attribution.subjects import Verb, subject_of
from standpoint.lexicon.function_words import TO_BE, is_ly_adverb
from standpoint.lexicon.reporting_cues import (
    CUE_ADJECTIVES,
    CUE_NOUNS,
    CUE_VERBS,
    SOURCE_PREPOSITIONS,
    TAG_VERBS,
    VERBS_WITHOUT_PASSIVE,
)
from standpoint.lexicon.verbs import RELAYING
from standpoint.mentions import SentenceView
from standpoint.text import Span

MAX_AUXILIARIES = 3
"""Tokens before a participle among which a form of "to be" makes it passive."""


def frames_in(view: SentenceView) -> list[Frame]:
    """All frames of a sentence, in the order of their cues."""
    frames = cited_frames([*_by_preposition(view), *_by_cue(view)], view)
    return bound_contents(sorted(frames, key=lambda frame: frame.cue_span), view)


def _by_cue(view: SentenceView) -> Iterator[Frame]:
    """Frames by verb, noun or adjective, each with the subject of its clause."""
    previous = main = UNKNOWN_SOURCE
    clause_start = nested_end = 0
    for at, key in enumerate(view.keys):
        if view.words[at].start < nested_end or at in view.mention_at:
            continue
        if key in RELAYING and (nested := nested_frame(view, at)) is not None:
            frame, nested_end = nested
            yield frame
        elif key in CUE_NOUNS and (noun := noun_frame(view, at, clause_start)) is not None:
            yield noun
        elif is_cue(view, at):
            # "X said that Y is late, adding that …": who adds is X, the main source.
            is_aside = is_participle(view, at) and at > 0 and view.has_break_after(at - 1)
            verb = Verb(view, at, clause_start, main if main.text and is_aside else previous)
            frame = _frame(verb)
            # Whoever adds is who speaks, also where the comma is lost: "he told AFP adding that".
            if key == "adding" and main.text is not None and frame.source.actor is None:
                frame = replace(frame, source=main)
            # A passive has no source, but its subject carries over: "was asked and said".
            previous = frame.source
            if previous.text is None:
                previous = subject_of(verb)
            if main.text is None and key in TAG_VERBS:
                main = frame.source
            clause_start = at + 1
            yield frame
            for source in coordinated_sources(view, frame.source):
                yield replace(frame, source=source)


def _frame(verb: Verb) -> Frame:
    """The frame of a verb or adjective: passive, inverted, or with its subject before it."""
    view, cue = verb.view, verb.view.words[verb.at].text
    span = cue_span(view, verb.at, verb.clause_start)
    agent = _passive_agent(verb)
    if agent is not None:
        return Frame(agent, trimmed(view, 0, span.start), cue, span)
    source = inverted_source(view, verb.at, verb.clause_start)
    if source is not None and source.reach is not None:
        contents = contents_around(view, span.start, view.local(source.reach)[1])
        return Frame(source, contents, cue, span)
    if _is_passive(verb):
        return Frame(UNKNOWN_SOURCE, (), cue, span)
    source = subject_of(verb)
    contents = relative_object(view, source) + contents_of(view, verb.at, span, source)
    return Frame(source, contents, cue, span)


def _is_passive(verb: Verb) -> bool:
    """Whether a verb is passive without an agent: "was rejected"."""
    view, key = verb.view, verb.view.keys[verb.at]
    if CUE_VERBS.get(key) != "past" or key in VERBS_WITHOUT_PASSIVE or key in CUE_ADJECTIVES:
        return False
    at = verb.at - 1
    while at >= verb.clause_start and is_ly_adverb(view.keys[at]):
        at -= 1
    return at >= verb.clause_start and view.keys[at] in TO_BE and not view.has_break_after(at)


def _passive_agent(verb: Verb) -> Source | None:
    """The source after "by": "has been rejected by Washington", "rules proposed by it"."""
    view, at = verb.view, verb.at
    if at + 2 >= len(view.words) or view.keys[at + 1] != "by":
        return None
    if CUE_VERBS.get(view.keys[at]) != "past":
        return None
    auxiliaries = view.keys[max(verb.clause_start, at - MAX_AUXILIARIES) : at]
    is_passive = any(key in TO_BE or key == "as" for key in auxiliaries)
    if not is_passive and view.keys[at] in TAG_VERBS:
        return None
    source = source_starting_at(view, at + 2)
    return source if source.text is not None else None


def _by_preposition(view: SentenceView) -> Iterator[Frame]:
    """Frames of "according to X" and "in the words of X"."""
    for last, key in enumerate(view.keys[:-1]):
        for words in SOURCE_PREPOSITIONS:
            first = last + 1 - len(words)
            if key == words[-1] and first >= 0 and tuple(view.keys[first : last + 1]) == words:
                source = source_starting_at(view, last + 1)
                span = Span(view.words[first].start, view.words[last].end)
                contents = _contents_beside(view, span, source)
                yield Frame(source, contents, span.of(view.sentence.text), span)


def _contents_beside(view: SentenceView, span: Span, source: Source) -> tuple[Span, ...]:
    """The text before "according to X", or after it if that opens the sentence."""
    text = view.sentence.text
    end = span.end if source.reach is None else view.local(source.reach)[1]
    if text[: span.start].strip(" \"'“”‘’"):
        return contents_around(view, span.start, end)
    comma = text.find(",", end)
    return trimmed(view, comma + 1 if comma > 0 else end, len(text))
