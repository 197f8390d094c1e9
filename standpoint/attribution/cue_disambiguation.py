"""Cue disambiguation: whether a word is the cue that it looks like, as "claims" is often a noun."""

from standpoint.lexicon.function_words import (
    BEFORE_CUE,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    MODALS,
    PREPOSITIONS,
    PREVERBAL,
    PURE_DETERMINERS,
    RELATIVE_PRONOUNS,
    SINGULAR_PRONOUNS,
    SUBJECT_PRONOUNS,
    SUBJECT_QUANTIFIERS,
    TO_BE,
    is_ly_adverb,
)
from standpoint.lexicon.reporting_cues import (
    BEFORE_CUE_ADJECTIVE,
    BEFORE_PRESENT_FORM,
    CONTENT_OPENERS,
    COPULAS,
    CUE_ADJECTIVES,
    CUE_VERBS,
    CUE_WORDS,
    INFINITIVE_GOVERNORS,
    INTENDING,
    NO_INFINITIVE_CUES,
    NOUN_HOMOGRAPHS,
    PLURAL_SUBJECTS,
    SURVEY_NOUNS,
)
from standpoint.lexicon.verbs import SAY_FORMS
from standpoint.mentions import SentenceView

_BEFORE_BASE_FORM = SUBJECT_PRONOUNS | RELATIVE_PRONOUNS | MODALS | PLURAL_SUBJECTS
_GOVERNORS = CUE_WORDS | INFINITIVE_GOVERNORS


def is_participle(view: SentenceView, at: int) -> bool:
    """Whether a token is the present participle of a cue verb ("adding")."""
    return CUE_VERBS.get(view.key(at)) == "participle"


def is_cue_verb(view: SentenceView, at: int) -> bool:
    """Whether a token is a cue verb, and neither a noun nor a name here."""
    return view.keys[at] in CUE_VERBS and not view.is_name(at) and is_verb(view, at)


def is_cue(view: SentenceView, at: int) -> bool:
    """Whether a token attributes something: a verb, or an adjective of mental state."""
    key = view.keys[at]
    if at and key in CUE_ADJECTIVES and _is_predicative(view, at):
        return True
    if key not in CUE_VERBS or not is_verb(view, at):
        return False
    if view.key(at - 1) != "to":
        return True
    return key not in NO_INFINITIVE_CUES and _is_governed(view, at - 1)


def _is_governed(view: SentenceView, to: int) -> bool:
    """Whether an infinitive says what somebody does or means, and is no purpose."""
    return to > 0 and not view.has_break_after(to - 1) and view.keys[to - 1] in _GOVERNORS


def _is_predicative(view: SentenceView, at: int) -> bool:
    """Whether a copula precedes an adjective: "is not very keen on"."""
    before = at - 1
    while before > 0 and view.keys[before] not in COPULAS and _is_degree(view.keys[before]):
        before -= 1
    is_last = at + 1 >= len(view.words)
    return view.keys[before] in COPULAS and not is_last and not view.has_break_after(before)


def _is_degree(key: str) -> bool:
    """Whether a word can stand between a copula and its adjective: "not very keen"."""
    return key in PREVERBAL or key in BEFORE_CUE_ADJECTIVE or key.endswith("ly")


def is_verb(view: SentenceView, at: int) -> bool:
    """Whether a token with the form of a cue verb is a verb here."""
    if view.is_hyphenated(at):
        return False
    before = at - 1
    while before >= 0 and is_ly_adverb(view.keys[before]) and not view.is_name(before):
        before -= 1
    if before < 0 or view.has_break_after(before):
        # A clause begins with no finite verb; a capital there is a noun's ("Claims of …").
        if at == 0 and view.keys[0] in SAY_FORMS:  # "Said Kovac, …"
            return view.words[0].text.islower() or (len(view.words) > 1 and view.is_name(1))
        return view.words[at].text.islower() or is_participle(view, at)
    return _is_verb_after(view, before, at)


def _is_verb_after(view: SentenceView, before: int, at: int) -> bool:
    """Whether a token is a verb, by its form and the word before its adverbs."""
    key, key_before, form = view.keys[at], view.keys[before], CUE_VERBS[view.keys[at]]
    if view.words[before].possessive or key_before in PURE_DETERMINERS:
        return key_before in SUBJECT_QUANTIFIERS and key not in NOUN_HOMOGRAPHS
    if form == "base":
        return _is_base_form(view, before, at)
    # "after saying": only a participle follows a preposition.
    if key_before in PREPOSITIONS:
        return form == "participle"
    if form == "present" and key in NOUN_HOMOGRAPHS:
        return _is_present_form(view, before, at)
    return True


def _is_base_form(view: SentenceView, before: int, at: int) -> bool:
    """Whether a verb fits without ending: after a plural or a modal ("they claim")."""
    key, is_also_noun = view.keys[before], view.keys[at] in NOUN_HOMOGRAPHS
    if key in _BEFORE_BASE_FORM:
        return key not in SINGULAR_PRONOUNS
    # "will claim", but "is claim" and "are claims" have a noun.
    if key in BEFORE_CUE:
        return not is_also_noun or key not in TO_BE
    if key in FUNCTION_WORDS:
        return key in CONJUNCTIONS and not is_also_noun
    if not is_also_noun:
        return True
    is_plural = key.endswith("s") and not key.endswith("ss")
    return is_plural and _opens_content(view, at + 1)


def _is_present_form(view: SentenceView, before: int, at: int) -> bool:
    """Whether a word in -s is a verb and no plural noun: after a singular ("she claims")."""
    if view.keys[before] in BEFORE_PRESENT_FORM:
        return True
    if view.keys[before] in FUNCTION_WORDS:
        return view.keys[before] in CONJUNCTIONS
    return _opens_content(view, at + 1)


def _is_named(view: SentenceView, at: int) -> bool:
    """Whether a token ends a name or a mention of an actor."""
    return at >= 0 and (at in view.mention_at or view.is_name(at))


def _opens_content(view: SentenceView, at: int) -> bool:
    """Whether what follows a cue can be its content, so that the cue is no noun."""
    if view.key(at) == "to" and view.keys[at - 1] in INTENDING and _is_named(view, at - 2):
        return True
    if at >= len(view.words) or view.has_break_after(at - 1):
        return view.key(at - 2) in SURVEY_NOUNS  # "…, the poll shows."
    if view.keys[at] in ("for", "on"):
        return view.keys[at - 1].startswith("call")
    is_opener = view.keys[at] in CONTENT_OPENERS or at in view.mention_at
    return is_opener or view.is_name(at)
