"""Clauses with subjects of their own: of two, each actor holds the stance of its own clause.

"Kovac backs the dam, while Brandt rejects the tariff" shows no view of Kovac on the tariff. There
is no parser: a clause begins where an actor with a verb follows a conjunction, a mark or "who". Of
"the dam, which Kovac opposes" the object is what is said.
"""

from collections.abc import Sequence
from dataclasses import replace

from standpoint.attribution.frames import Source
from standpoint.attribution.governed_mentions import is_before_verb
from standpoint.attribution.mention_places import COORDINATORS, Place
from standpoint.attribution.noun_phrases import phrase_start
from standpoint.lexicon.function_words import (
    ARTICLES,
    BEFORE_CUE,
    CLAUSE_CONJUNCTIONS,
    FUNCTION_WORDS,
    RELATIVE_PRONOUNS,
    SUBORDINATORS,
    is_ly_adverb,
)
from standpoint.lexicon.holder_words import PARTISANS, STANCE_VERBS
from standpoint.lexicon.reporting_cues import ADDRESSEE_VERBS, CUE_VERBS
from standpoint.lexicon.verbs import ACTING, REPORTING
from standpoint.mentions import ActorMention, SentenceView
from standpoint.text import Span

_RELATIVE = RELATIVE_PRONOUNS - {"that", "whom"}
# Before these, what the first clause says may be about the second: "fears that", "glad because".
_CONTENT_OPENERS = SUBORDINATORS - {"while", "whereas", "after", "before", "when", "although"}
# Words for what the other clause is about: "Brandt rejects it", "Brandt did so".
_STAND_INS = frozenset({"it", "this", "that", "them", "so", "both", "these", "those", "too"})
# Of the verbs of acting, those that only tell where somebody went.
_MOVING = frozenset({"left", "turned", "returned"})
_OBJECT_PRONOUNS = RELATIVE_PRONOUNS - {"who"}
MAX_APPOSITION = 4
"""Words of an apposition up to its noun: "a very old opponent"."""
MAX_BACK = 40
"""Tokens from a cue back to its subject: bounds the time."""


def is_of_other_clause(place: Place, issues: Sequence[Span]) -> bool:
    """Whether a mention belongs to another clause than the cue, and the cue's has a subject.

    Parameters
    ----------
    issues : the cues of the other issues in the sentence
    """
    owner = _owner(place)
    if owner is None or owner.mention.actor == place.mention.actor:
        return False
    if owner.first <= place.first <= owner.list_end or place.first <= owner.first <= place.list_end:
        return False
    if place.last < place.cue:
        return place.last < owner.first and _stays_before(place, owner, issues)
    return _goes_its_own_way(place, issues)


def _owner(place: Place) -> Place | None:
    """The subject of the clause that contains the cue; None where it is no actor's mention."""
    view = place.view
    has_break = False
    for at in range(place.cue - 1, max(-1, place.cue - 1 - MAX_BACK), -1):
        has_break = has_break or view.has_break_after(at)
        other = view.mention_at.get(at)
        is_relative = view.keys[at] in _RELATIVE and other is None
        if is_relative and not has_break and at - 1 in view.mention_at:
            return _place_at(place, view.mention_at[at - 1])
        if view.keys[at] in PARTISANS and other is None:
            return _apposed_owner(place, at)
        if other is not None and not other.possessive:
            subject = _place_at(place, other)
            if subject is not None and is_subject(subject):
                return subject
    return None


def _apposed_owner(place: Place, noun: int) -> Place | None:
    """Whom an apposition such as "an opponent" is about: "lost to Brandt, an opponent of"."""
    view, at = place.view, noun
    while at > 0 and noun - at < MAX_APPOSITION and not view.has_break_after(at - 1):
        at -= 1
    mention = view.mention_at.get(at - 1)
    if mention is None or view.key(at) not in ARTICLES or view.gap(at - 1).strip() != ",":
        return None
    return _place_at(place, mention)


def _place_at(place: Place, mention: ActorMention) -> Place | None:
    """The place of another mention beside the same cue."""
    other = Place.of(place.view, mention, mention.span)
    return other and replace(other, cue=place.cue)


def is_subject(place: Place) -> bool:
    """Whether a mention opens a clause and a verb follows it or its list."""
    return _opens_clause(place) and _has_verb(place)


def _has_verb(place: Place) -> bool:
    """Whether a verb follows a mention or the list that it begins."""
    view = place.view
    return any(
        view.key(last + 1) in STANCE_VERBS or is_before_verb(place, last)
        for last in {place.last, place.list_end}
    )


def _opens_clause(place: Place) -> bool:
    """Whether the start, a mark or a word that opens a clause is before a mention or its list."""
    view, before = place.view, place.before
    if before < 0 or view.has_break_after(before):
        return True
    key = view.key_outside_mentions(before)
    return key in CLAUSE_CONJUNCTIONS or key in SUBORDINATORS or key in COORDINATORS


def _is_explanation(place: Place) -> bool:
    """Whether a colon opens the clause of a subject: it tells what the first clause means."""
    return place.before >= 0 and ":" in place.view.gap(place.before)


def _opener(place: Place) -> str:
    """The word before a subject that opens its clause; empty for a mark."""
    return place.view.key_outside_mentions(place.before) if place.before >= 0 else ""


def _stays_before(place: Place, owner: Place, issues: Sequence[Span]) -> bool:
    """Whether a mention before the cue's clause has a clause of its own that ends there."""
    view = place.view
    if not (_has_verb(place) or view.key(place.last + 1) in _RELATIVE) or not _opens_clause(place):
        return False
    if _has_issue(place, issues, range(place.last + 1, owner.first)):
        return True
    if view.key(owner.list_end + 1) in _RELATIVE:
        return owner.list_end < place.cue
    if _opener(owner) in _CONTENT_OPENERS or _is_explanation(owner):
        return False
    return not _tells_side(place)


def _goes_its_own_way(place: Place, issues: Sequence[Span]) -> bool:
    """Whether a mention behind the cue has another issue in its clause, or no stance at all."""
    view, end = place.view, len(place.view.words)
    is_antecedent = view.key(place.list_end + 1) in _RELATIVE
    if not is_antecedent and not is_subject(place):
        joint = view.mention_at.get(place.before - 1)
        is_listed = _opener(place) in COORDINATORS and joint is not None
        first = _place_at(place, joint) if is_listed and joint is not None else None
        return first is not None and first.last > place.cue and _goes_its_own_way(first, issues)
    rest = range(place.list_end + 1, end)
    if any(view.key_outside_mentions(at) in _STAND_INS for at in rest):
        return False
    if _has_issue(place, issues, rest):
        return True
    return not is_antecedent and _opener(place) in COORDINATORS and not _tells_side(place)


def _has_issue(place: Place, issues: Sequence[Span], tokens: range) -> bool:
    """Whether the cue of another issue is among some tokens."""
    view = place.view
    return any(view.first_at(view.local(span)[0]) in tokens for span in issues)


def _tells_side(place: Place) -> bool:
    """Whether the verb of a mention can be of stance or act: an auxiliary leaves it open."""
    view, at = place.view, place.list_end + 1
    while is_ly_adverb(view.key(at)):
        at += 1
    key = view.key(at)
    is_of_side = key in CUE_VERBS or key in REPORTING or key in ACTING or key in BEFORE_CUE
    return is_of_side and key not in _MOVING


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
    start = phrase_start(view, before, 0)
    if view.key(start - 1) in ADDRESSEE_VERBS:  # "told Brandt that Kovac opposes it"
        return ()
    return (view.span(start, pronoun),)
