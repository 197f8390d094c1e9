"""Mentions as a preposition or a verb governs them: addressees, objects, places, or subjects."""

from standpoint.attribution.mention_places import Eligibility, Place
from standpoint.lexicon.function_words import (
    BEFORE_CUE,
    DETERMINERS,
    FINITE_AUXILIARIES,
    FUNCTION_WORDS,
    LOCATIVE_PREPOSITIONS,
    NOUN_PREPOSITIONS,
    PREPOSITIONS,
    SPEAKER_PREPOSITIONS,
    TO_BE,
)
from standpoint.lexicon.holder_words import (
    AFTER_WITH,
    BESIDE_HOUSE,
    BLAMING,
    CLAUSE_PREPOSITIONS,
    CONTRASTING,
    HEADED,
    HOUSES,
    INHABITANTS,
    JEERED,
    MEETING,
    NOUNS_IN_ING,
    OBJECT_PRONOUNS,
    PARTITIVES,
    RELATIVES,
    SIDING,
    SPEAKING_FOR,
    SPEAKS_FOR,
    STANCE_NOUNS,
    STANCE_VERBS,
    TROOPS,
)
from standpoint.lexicon.reporting_cues import ADDRESSEE_VERBS, CUE_VERBS
from standpoint.lexicon.roles import ENVOY_NOUNS
from standpoint.lexicon.verbs import ACTING, RELAYING, REPORTING, URGING
from standpoint.mentions import ActorMention, SentenceView, may_follow_phrase

MAX_CONTRASTED_WORDS = 4
"""Words between "unlike" and a name: "unlike his old party rival Kovac"."""
MIN_PARTICIPLE_CHARS = 6
"""Shorter words in -ing are seldom participles: "being", "thing", "king"."""


def eligibility_of_governed(place: Place) -> Eligibility:
    """The eligibility by the preposition or verb before the phrase, or as a subject."""
    governor = place.governor
    if governor in PREPOSITIONS or governor in LOCATIVE_PREPOSITIONS:
        return _of_preposition(place, governor)
    if _is_object(place, governor) or place.view.keys[place.last] in OBJECT_PRONOUNS:
        return _of_object(place, governor)
    if _is_jeered(place):
        return "excluded"
    if _modifies_noun(place):
        return "sure" if place.following in SPEAKS_FOR else "possible"
    return "sure" if place.last < place.cue else "possible"


def is_set_apart(view: SentenceView, mention: ActorMention) -> bool:
    """Whether words deny that the sentence is about a mention: "Brandt, not Kovac, opposes"."""
    place = Place.of(view, mention, mention.span)
    if place is None or place.before < 1:
        return False
    word, before = place.governor, place.before - 1
    if word == "not":
        return view.has_break_after(before) and view.has_break_after(place.last)
    return word == "to" and view.keys[before] == "close" and before > 0


def is_contrasted(place: Place) -> bool:
    """Whether a phrase of some words sets a mention apart: "unlike his rival Kovac"."""
    view, first = place.view, max(0, place.first - MAX_CONTRASTED_WORDS)
    for at in range(place.first - 1, first - 1, -1):
        if view.has_break_after(at) or at in view.mention_at:
            return False
        if view.keys[at] in CONTRASTING:
            return True
    return False


def _of_preposition(place: Place, preposition: str) -> Eligibility:
    """The eligibility of what a preposition governs."""
    noun = place.view.key_outside_mentions(place.before - 1)
    if is_bystander(place):
        return "excluded"
    if preposition in CLAUSE_PREPOSITIONS and is_before_verb(place, place.list_end):
        return "sure" if place.last < place.cue else "possible"
    if preposition == "by":
        return "sure"
    if _belongs_to(preposition, noun):
        return "sure"
    if preposition == "to" and noun == "according":
        return "sure"
    return "possible" if _may_hold_governed(place, preposition, noun) else "excluded"


def is_bystander(place: Place) -> bool:
    """Whether a mention only tells where people are, whose they are, or who leads a body."""
    preposition = place.governor
    noun = place.view.key_outside_mentions(place.before - 1)
    view, at = place.view, place.before - 1
    is_aside = view.has_break_after(place.list_end)
    if preposition == "by":
        return noun in HEADED and is_aside and at > 0 and view.has_break_after(at - 1)
    if preposition == "from":
        return noun == "pressure" and view.key(at - 1) == "under" and is_aside
    if preposition == "for":
        return noun == "voted" and view.key(at - 1) in ("who", "had", "have") and _has_verb(place)
    if preposition == "to":
        return noun in ENVOY_NOUNS
    if preposition == "of":
        return noun in RELATIVES or (noun in HOUSES and _is_beside(view, at))
    return preposition in LOCATIVE_PREPOSITIONS and noun in INHABITANTS


def _is_beside(view: SentenceView, house: int) -> bool:
    """Whether a house is only where people are: "outside the embassy"."""
    before = house - 1 - (view.key(house - 1) in DETERMINERS)
    return view.key(before) in BESIDE_HOUSE


def _has_verb(place: Place) -> bool:
    """Whether the word behind a mention is its clause's verb."""
    return place.following in STANCE_VERBS or is_before_verb(place, place.last)


def _may_hold_governed(place: Place, preposition: str, noun: str) -> bool:
    """Whether what a preposition governs may yet be a holder: "For Valdia,", "most of Valdia"."""
    if preposition in ("for", "to") and _opens_clause(place):
        return True
    if preposition == "for" and noun in SPEAKING_FOR:
        return True
    if noun in PARTITIVES or noun in TROOPS:
        return True
    if preposition == "with":
        behind = place.behind_list
        return noun in SIDING or behind in AFTER_WITH or behind.endswith("ing")
    return preposition == "from" or (preposition in NOUN_PREPOSITIONS and _speaks_next(place))


def _opens_clause(place: Place) -> bool:
    """Whether a mark or the start of the sentence precedes a preposition: "For Valdia, …"."""
    return place.before == 0 or place.view.has_break_after(place.before - 1)


def _speaks_next(place: Place) -> bool:
    """Whether a verb of saying follows: "partners in the cabinet have insisted"."""
    view, at = place.view, place.last + 1
    if view.has_break_after(place.last):
        return False
    while view.key(at) in BEFORE_CUE:
        at += 1
    return view.key(at) in CUE_VERBS or view.key(at) in REPORTING


def _is_object(place: Place, governor: str) -> bool:
    """Whether the word before a phrase is a verb that the phrase is the object of."""
    view, at = place.view, place.before
    if not governor or view.is_name(at) or _is_followed_by_verb(place):
        return False
    if _closes_quotation(view, at):
        return False
    if governor in CUE_VERBS or governor in MEETING or governor in REPORTING or governor in ACTING:
        return view.key(at - 1) not in DETERMINERS
    is_adjective = view.key(at - 1) in DETERMINERS or view.is_hyphenated(at)
    if is_adjective or governor in NOUNS_IN_ING or len(governor) < MIN_PARTICIPLE_CHARS:
        return False
    return governor.endswith(("ing", "ed"))


def _belongs_to(preposition: str, noun: str) -> bool:
    """Whether a preposition gives a noun's owner: "minister of", "officials in", "support from"."""
    if preposition in ("of", "from") and noun in STANCE_NOUNS:
        return True
    return preposition in SPEAKER_PREPOSITIONS and preposition != "with" and noun in SPEAKS_FOR


def _closes_quotation(view: SentenceView, verb: int) -> bool:
    """Whether a verb stands right behind a quotation, so that its subject follows."""
    return view.text_before(verb).endswith(('"', "”", "’", "'", "»", ","))


def _is_followed_by_verb(place: Place) -> bool:
    """Whether the word behind a mention is its verb: "said Italy would", "hoped Kovac rejects"."""
    return is_before_verb(place, place.last)


def is_before_verb(place: Place, last: int) -> bool:
    """Whether the word behind a token is the verb of the phrase that ends there."""
    key = place.word_behind(last)
    if key in FINITE_AUXILIARIES - {"to"} or key in BEFORE_CUE - {"to"}:
        return True
    if CUE_VERBS.get(key) == "base":
        return place.view.key(last + 2) not in ("for", "of")
    return bool(key) and key not in FUNCTION_WORDS and may_follow_phrase(key)


def _of_object(place: Place, verb: str) -> Eligibility:
    """Who is told or urged is excluded; who is praised or blamed for what he does is possible."""
    if verb in RELAYING or _acts_itself(place):
        return "possible"
    if verb in ADDRESSEE_VERBS or verb in URGING:
        return "excluded"
    if verb in BLAMING and not place.view.key(place.last + 2).endswith("ing"):
        return "excluded"
    if place.following in ("for", "over"):
        return "possible"
    # "accused Kovac of blocking the truce", but "accused Kovac of using gas".
    act = place.view.key(place.last + 2)
    shows_side = act in STANCE_VERBS or act in ACTING or act in URGING
    return "possible" if place.following == "of" and shows_side else "excluded"


def _is_jeered(place: Place) -> bool:
    """Whether a mention is the subject of what a crowd does to it: "Kovac was booed"."""
    return place.following in TO_BE and place.view.key(place.last + 2) in JEERED


def _acts_itself(place: Place) -> bool:
    """Whether a participle behind an object says what it does: "showed Kovac opening the dam"."""
    view, at = place.view, place.last + 1
    at += place.following == "in"
    return bool(place.following) and view.key(at).endswith("ing") and not view.is_name(at)


def _modifies_noun(place: Place) -> bool:
    """Whether a noun follows that a mention qualifies: "the Syria conflict"."""
    view, key = place.view, place.following
    if (
        not key
        or may_follow_phrase(key)
        or _is_followed_by_verb(place)
        or place.last + 1 in view.mention_at
    ):
        return False
    return not view.is_name(place.last + 1)
