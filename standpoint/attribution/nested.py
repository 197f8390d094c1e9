"""Nested attribution: words that one source relays of another ("X quoted Y as saying")."""

import re
from collections.abc import Sequence
from dataclasses import replace

from standpoint.attribution.content_spans import trimmed
from standpoint.attribution.frames import Frame, Source
from standpoint.attribution.noun_phrases import source_ending_at, source_starting_at
from standpoint.attribution.subjects import Verb, subject_of
from standpoint.lexicon.function_words import PASSIVE_AUXILIARIES
from standpoint.lexicon.news_terms import MEDIA_WORDS
from standpoint.mentions import SentenceView
from standpoint.text import Span, words_of

_AS_SAYING = re.compile(r"\bas (?:saying|telling|having said)\b(?: that\b)?")


def nested_frame(view: SentenceView, at: int) -> tuple[Frame, int] | None:
    """The frame of "X quoted Y as saying" or "Y was quoted by X as saying", and where it ends."""
    verb = view.words[at]
    as_saying = _AS_SAYING.search(view.sentence.text, verb.end)
    if as_saying is None:
        return None
    subject = subject_of(Verb(view, at))
    if view.key(at - 1) in PASSIVE_AUXILIARIES or view.key(at + 1) in ("by", "as"):
        if subject.name is None and at > 0:  # "Kovac, quoted by Reuters as saying"
            subject = source_ending_at(view, at - 1, 0)
        source, reporter = subject, _agent(view, at)
    else:
        source, reporter = source_starting_at(view, at + 1), _reporter(subject)
    contents = trimmed(view, as_saying.end(), len(view.sentence.text)) or (view.sentence.span,)
    cue_span = Span(verb.start, verb.end)
    return Frame(source, contents, f"{verb.text} as saying", cue_span, reporter), as_saying.end()


def cited_frames(frames: Sequence[Frame], view: SentenceView) -> list[Frame]:
    """The frames, with whom a medium cites as the source: "Reuters, citing Kovac, said"."""
    at = next((n for n, key in enumerate(view.keys) if key in ("citing", "quoting")), None)
    if at is None or at == 0:
        return list(frames)
    medium, cited = subject_of(Verb(view, at)), source_starting_at(view, at + 1)
    words = {word.key for word in words_of(medium.text or "")}
    if cited.name is None or MEDIA_WORDS.isdisjoint(words):
        return list(frames)
    return [
        replace(frame, source=cited, reporter=_reporter(medium))
        if frame.source.span == medium.span
        else frame
        for frame in frames
    ]


def _agent(view: SentenceView, verb: int) -> str | None:
    """The reporter after "by"."""
    for at in range(verb + 1, len(view.words) - 1):
        if view.keys[at] == "by":
            return _reporter(source_starting_at(view, at + 1))
    return None


def _reporter(source: Source) -> str | None:
    """The actor, or the name without its article."""
    if source.actor is not None or source.name is None:
        return source.actor
    return re.sub(r"^[Tt]he ", "", source.name)
