"""Relative clauses whose object is what is said: "the dam, which Kovac opposes"."""

from standpoint.attribution.frames import Source
from standpoint.attribution.noun_phrases import phrase_start
from standpoint.lexicon.function_words import FUNCTION_WORDS
from standpoint.lexicon.reporting_cues import CUE_VERBS
from standpoint.mentions import SentenceView
from standpoint.text import Span

_OBJECT_PRONOUNS = frozenset({"which", "that", "whom"})


def relative_object(view: SentenceView, source: Source) -> tuple[Span, ...]:
    """The antecedent and the pronoun before a subject; none where no relative clause begins."""
    if source.reach is None:
        return ()
    first = view.first_at(view.local(source.reach)[0])
    # A noun phrase can begin with "that" as its determiner: "that Kovac".
    is_within = view.key_outside_mentions(first) == "that"
    pronoun = first if is_within else first - 1 - (view.key(first - 1) in ("the", "a"))
    before = pronoun - 1
    if before < 0 or view.key_outside_mentions(pronoun) not in _OBJECT_PRONOUNS:
        return ()
    if view.keys[before] in FUNCTION_WORDS or view.keys[before] in CUE_VERBS:
        return ()
    return (view.span(phrase_start(view, before, 0), pronoun),)
