"""Whether the source of an attribution is a mention, a holder, or the speaker himself."""

from collections.abc import Iterable
from dataclasses import replace

from standpoint.attribution import Attribution, Source
from standpoint.lexicon.function_words import FIRST_PERSONS, POSSESSIVE_DETERMINERS
from standpoint.lexicon.reporting_cues import TAG_VERBS
from standpoint.lexicon.roles import PEOPLE_NOUNS, PLURAL_TITLES
from standpoint.lexicon.word_set import words
from standpoint.mentions import ActorMention
from standpoint.text import Span, words_of

# Sources that are others of the kind: "their delegation", "three ministers", "every deputy".
_OF_OTHERS = POSSESSIVE_DETERMINERS | words("""
    one two three four five six several some many most few every each any no other others another
    both
""")
# Who asks takes no side.
_ASKING = words("ask asks asked asking wonder wonders wondered")


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


def with_likely_source(attribution: Attribution, possible: Iterable[ActorMention]) -> Attribution:
    """An attribution to the only actor that the words of an unknown source may mean.

    In the real documents for training and dev they mean that actor in three cases of four. "A
    deputy said", "officials say", "three ministers urged" and "their union" are mostly others.

    Parameters
    ----------
    possible : the possible mentions in the source
    """
    source, cue = attribution.source, attribution.cue.casefold()
    is_told = attribution.kind == "quote" or cue in TAG_VERBS
    if source.span is None or not is_told or cue in _ASKING or _is_of_others(source.text or ""):
        return attribution
    actors = {mention.actor for mention in possible if mention.span.overlaps(source.span)}
    if len(actors) != 1:
        return attribution
    return replace(attribution, source=replace(source, actor=actors.pop()))


def _is_of_others(phrase: str) -> bool:
    """Whether a noun phrase shows that others of the kind may be meant, or is one person's."""
    keys = [word.key for word in words_of(phrase)]
    if not keys or keys[0] in _OF_OTHERS or (len(keys) == 1 and keys[0] in PLURAL_TITLES):
        return True
    return keys[0] in ("a", "an") and not PEOPLE_NOUNS.isdisjoint(keys)
