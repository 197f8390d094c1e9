"""Eligibility: whether an actor named beside an issue may be the holder of a stance on it.

The possessor ("China's crackdown"), the place ("in the UK"), a party's voters, the addressee, who
is acted upon and who is compared ("unlike A") hold no stance by that mention. There is no parser:
a mention is judged by the words around it.
"""

from collections.abc import Sequence
from dataclasses import replace

from standpoint.attribution.clauses import is_of_other_clause
from standpoint.attribution.governed_mentions import (
    eligibility_of_governed,
    is_bystander,
    is_contrasted,
    is_set_apart,
)
from standpoint.attribution.mention_places import (
    COORDINATORS,
    MAX_LISTED,
    Eligibility,
    Place,
)
from standpoint.attribution.phrase_heads import apposed_mention, speaks_for_owner
from standpoint.lexicon.bodies import BODY_NAME_WORDS
from standpoint.lexicon.countries import country_words
from standpoint.lexicon.function_words import (
    ARTICLES,
    BEFORE_CUE,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    PLACE_PREPOSITIONS,
    POSSESSIVE_DETERMINERS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from standpoint.lexicon.holder_words import (
    COMPOUND_PREFIXES,
    DENIED_REPORTS,
    DENYING,
    FOLLOWERS,
    OWN_BODIES,
    PARTISANS,
    SPEAKS_FOR,
    SPONSORING,
    STANCE_NOUNS,
    STANCE_VERBS,
    TROOPS,
    YES_NO_OPENERS,
)
from standpoint.lexicon.reporting_cues import TAG_VERBS
from standpoint.lexicon.verbs import ACTING
from standpoint.mentions import ActorMention, SentenceView
from standpoint.text import Span

MAX_POSSESSED_WORDS = 5
"""Words from a possessor to the noun: "Iran's often repeated strong opposition"."""
MAX_PERSON_WORDS = 3  # of a name: "Martín Juan Lousteau". A guess: longer ones are rare
MAX_OBJECT_WORDS = 8
"""Words from a stance verb to its object: "opposed any part of the government's new plan"."""
MAX_DENIED_WORDS = 20
"""Words from "denied" to the cue: bounds the time."""
MAX_QUESTION_SUBJECT = 4
"""Tokens before the subject of a question: "Will the prime minister Kovac"."""
_RELATIVE = frozenset({"who", "which", "whose", "whom"})


def grade_mention(
    view: SentenceView,
    mention: ActorMention,
    *,
    cue: Span,
    other_issues: Sequence[Span] = (),
    is_source: bool = False,
) -> Eligibility:
    """Whether a mention may be the holder of a stance on the issue that a cue names.

    Parameters
    ----------
    view : of the sentence, with its mentions
    cue : in the article
    other_issues : the cues of other issues in the sentence
    is_source : whether the mention is the source of words that contain the cue
    """
    place = Place.of(view, mention, cue)
    if place is None:
        return "sure" if is_source else "possible"
    if is_set_apart(view, mention):
        return "excluded"
    if _is_denied(place) or _is_asked_about(place) or _is_wondered_about(place):
        return "excluded"
    if is_source:
        return "excluded" if _is_among_bystanders(place) else "sure"
    return "excluded" if is_of_other_clause(place, other_issues) else _by_words(place)


def _by_words(place: Place) -> Eligibility:
    """The eligibility by the words around a mention: the first rule that fits decides."""
    if is_contrasted(place) or _locates_town(place):
        return "excluded"
    if place.mention.possessive or place.view.keys[place.last] in POSSESSIVE_DETERMINERS:
        return _of_possessor(place)
    if _is_followed_or_compounded(place):
        return _of_compound(place)
    coordinated = _of_list(place)
    if coordinated is not None:
        return coordinated
    governed = eligibility_of_governed(place)
    if governed != "excluded":
        return governed
    # "… was a defeat for Kovac, who has defended it": the relative clause can tell a stance.
    tells_of_it = _opens_relative(place) or _is_partisan(place)
    return "possible" if tells_of_it else "excluded"


def _is_denied(place: Place) -> bool:
    """Whether a stance is denied to be had: "denied that she had ever opposed the tariff"."""
    view = place.view
    before = range(place.cue - 1, max(-1, place.cue - 1 - MAX_DENIED_WORDS), -1)
    denying = next((at for at in before if view.keys[at] in DENYING), None)
    return denying is not None and _leads_to_stance(place, denying)


def _is_wondered_about(place: Place) -> bool:
    """Whether a mention's stance is an open question: "asked whether Kovac backs the tariff"."""
    view = place.view
    before = range(place.first - 1, max(-1, place.first - 1 - MAX_DENIED_WORDS), -1)
    opening = next((at for at in before if view.keys[at] == "whether"), None)
    return opening is not None and place.first < place.cue and _leads_to_stance(place, opening)


def _leads_to_stance(place: Place, start: int) -> bool:
    """Whether only a subject and small words stand between a token and the cue's stance verb."""
    view = place.view
    for at in range(start + 1, place.cue):
        if view.key_outside_mentions(at) in STANCE_VERBS:
            return _governs(view, at, place.cue)
        key = view.keys[at]
        if at not in view.mention_at and not _is_light(key):
            return False
    return False


def _governs(view: SentenceView, verb: int, cue: int) -> bool:
    """Whether nothing ends the clause between a verb and the cue that is its object."""
    return cue - verb <= MAX_OBJECT_WORDS and not any(
        view.has_break_after(at) or view.keys[at] in CONJUNCTIONS for at in range(verb, cue)
    )


def _is_light(key: str) -> bool:
    """Whether a word can stand between "denied" and the verb that is denied."""
    return key in BEFORE_CUE or key in SUBJECT_PRONOUNS or key in DENIED_REPORTS


def _is_asked_about(place: Place) -> bool:
    """Whether a mention is the subject of a question: "Will Kovac back the tariff?"."""
    view = place.view
    is_subject = 0 < place.first <= MAX_QUESTION_SUBJECT and view.keys[0] in YES_NO_OPENERS
    return is_subject and view.sentence.text.rstrip(" \"”'’").endswith("?")


def _of_possessor(place: Place) -> Eligibility:
    """A possessor is the holder of its own stance or by its spokesman, not of what it has else."""
    view = place.view
    if _has_speaking_person(place):
        return "sure"
    for at in range(place.last + 1, min(len(view.words), place.last + 1 + MAX_POSSESSED_WORDS)):
        key = view.keys[at]
        if key in OWN_BODIES:
            break
        if key in SPEAKS_FOR and view.key(at + 1) not in FOLLOWERS:
            return _of_speaker(place, at)
        # "His defence minister" is no stance of his.
        if key in STANCE_NOUNS and at != place.cue and view.key(at + 1) not in SPEAKS_FOR:
            return "sure" if place.cue > at else "possible"
        if key in TROOPS and at != place.cue:
            return "possible"
        if key in FUNCTION_WORDS or view.has_break_after(at):
            break
    return "excluded"


def _has_speaking_person(place: Place) -> bool:
    """Whether a possessor's person takes a side or speaks: "the UCR's Martín Lousteau opposed"."""
    view, at = place.view, place.last + 1
    while at < len(view.words) and view.is_name(at) and at not in view.mention_at:
        if view.keys[at] in BODY_NAME_WORDS or view.has_break_after(at):
            return False
        at += 1
    acts = view.key(at) in STANCE_VERBS | ACTING | TAG_VERBS
    return 0 < at - place.last - 1 <= MAX_PERSON_WORDS and acts and place.cue > at


def _of_speaker(place: Place, noun: int) -> Eligibility:
    """The owner of a noun such as "spokesman": "its leader, Ana Kovac," speaks for herself."""
    view = place.view
    if view.keys[place.last] not in POSSESSIVE_DETERMINERS:
        return "sure"
    head = noun
    while view.key(head + 1) in SPEAKS_FOR and not view.has_break_after(head):
        head += 1
    is_apposition = place.first > 0 and view.gap(place.first - 1).strip() == ","
    apposed = view.mention_at.get(place.first - 1) if is_apposition else apposed_mention(view, head)
    speaks = speaks_for_owner(view, place.last, range(noun, head + 1))
    return "possible" if speaks and apposed is None else "excluded"


def _is_followed_or_compounded(place: Place) -> bool:
    """Whether a mention only qualifies the word beside it: "Greens voters", "Iran-backed"."""
    if place.following in FOLLOWERS:
        return True
    if place.governor == "of" and place.view.key(place.before - 1) in FOLLOWERS:
        return True
    return _hyphened(place) is not None


def _hyphened(place: Place) -> str | None:
    """The small-lettered word that a hyphen joins to a mention; None without one."""
    view, text = place.view, place.view.sentence.text
    end = view.words[place.last].end
    if text[end : end + 1] in ("-", "‑", "‐") and text[end + 1 : end + 2].islower():
        return view.key(place.last + 1)
    start = view.words[place.first].start
    is_prefixed = start > 0 and text[start - 1] in "-‑‐"
    if is_prefixed and view.key(place.first - 1) in COMPOUND_PREFIXES:
        return view.key(place.first - 1)
    return None


def _of_compound(place: Place) -> Eligibility:
    """Only "the Iran-backed plan" shows a side, where the plan is the issue."""
    is_sponsor = _hyphened(place) in SPONSORING and place.cue == place.last + 2
    return "possible" if is_sponsor or _opens_relative(place) else "excluded"


def _of_list(place: Place) -> Eligibility | None:
    """The eligibility of the mention before, in "A and B" or "A, B and C"; None in no list."""
    view, joint = place.view, place.before
    if joint < 1 or place.depth > MAX_LISTED:
        return None
    if view.key_outside_mentions(joint) in COORDINATORS:
        joint -= 1
    elif view.gap(joint).strip() != "," or not _goes_on(place):
        return None
    other = view.mention_at.get(joint)
    if other is None or other is place.mention or other.possessive:
        return None
    before = Place.of(view, other, place.mention.span)
    if before is None or (before.before == 0 and before.governor in PREPOSITIONS):
        return None  # "At the UN, Valdia and Osterland said"
    return _by_words(replace(before, cue=place.cue, depth=place.depth + 1))


def _goes_on(place: Place) -> bool:
    """Whether a list goes on behind a mention: ", C" or " and C"."""
    view, at = place.view, place.last + 1
    at += view.key(at) in COORDINATORS
    at += view.key(at) in ARTICLES
    return at in view.mention_at and view.gap(place.last).strip() in ("", ",")


def _is_among_bystanders(place: Place) -> bool:
    """Whether a mention, or the list that it ends, tells only where people are or whose."""
    if place.view.key_outside_mentions(place.before) not in COORDINATORS:
        return is_bystander(place)
    others = (Place.of(place.view, other, other.span) for other in place.view.mentions)
    lists = (other for other in others if other is not None and other.first < place.first)
    if any(place.first <= other.list_end and is_bystander(other) for other in lists):
        return True
    at = place.before - 1
    while at >= 0 and at not in place.view.mention_at and place.view.is_name(at):
        at -= 1
    return is_bystander(replace(place, before=at))


def _locates_town(place: Place) -> bool:
    """Whether a country stands behind its town: "In Atlanta, Georgia, voters oppose it"."""
    view, town = place.view, place.first - 1
    if town < 1 or view.gap(town).strip() != "," or view.gap(place.last).strip() != ",":
        return False
    if view.key(place.last) not in country_words() or not view.is_name(town):
        return False
    return view.key(town - 1) in PLACE_PREPOSITIONS


def _is_partisan(place: Place) -> bool:
    """Whether an apposition tells a mention's side: "lost to Kovac, an opponent of the tariff"."""
    view, at = place.view, place.last + 1
    if view.gap(place.last).strip() != "," or view.key(at) not in ARTICLES:
        return False
    nouns = range(at + 1, min(len(view.words), at + 1 + MAX_POSSESSED_WORDS, place.cue))
    return any(view.keys[noun] in PARTISANS for noun in nouns)


def _opens_relative(place: Place) -> bool:
    """Whether a relative clause about the mention follows, with at most a comma between."""
    view = place.view
    return view.key(place.last + 1) in _RELATIVE and view.gap(place.last).strip() in ("", ",")
