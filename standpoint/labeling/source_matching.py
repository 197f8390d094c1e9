"""Whether the source of an attribution is a mention, a holder, or the speaker himself."""

from standpoint.attribution import Attribution, Source
from standpoint.lexicon.function_words import FIRST_PERSONS
from standpoint.mentions import ActorMention
from standpoint.text import Span


def is_by_self(attribution: Attribution) -> bool:
    """Whether an unresolved "I" or "we" is the source: the speaker of the words around it."""
    source = attribution.source
    return source.actor is None and (source.text or "").casefold() in FIRST_PERSONS


def is_at(source: Source, mention: ActorMention) -> bool:
    """Whether a source is a mention, or a noun phrase that speaks for its actor."""
    if source.span == mention.span:
        return True
    if source.actor != mention.actor or source.phrase is None:
        return False
    return source.phrase.contains(mention.span)


def is_by(source: Source, holder: str, span: Span | None) -> bool:
    """Whether a holder is the source, also as one of several or by an apposition.

    Of "the mayor, Inger Haug" the source may be only one half; a comma and a space are between.
    """
    if source.actor == holder or (span is not None and source.span == span):
        return True
    if source.actor is not None or source.span is None or span is None:
        return False
    gap = max(span.start - source.span.end, source.span.start - span.end)
    return gap <= len(", ")
