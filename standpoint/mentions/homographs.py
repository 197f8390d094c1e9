"""Names that are words as well ("May", "Fox", "the North"): whether a text means the name."""

from standpoint.lexicon.countries import country_words
from standpoint.lexicon.function_words import (
    AFTER_SUBJECT,
    BEFORE_CUE,
    DETERMINERS,
    FUNCTION_WORDS,
    LOCATIVE_PREPOSITIONS,
    PERSONAL_PRONOUNS,
    PREPOSITIONS,
)
from standpoint.lexicon.honorifics import ACTOR_HONORIFICS
from standpoint.lexicon.matching.common_words import (
    DIRECTIONS,
    MONTH_NAMES,
    NAME_HOMOGRAPHS,
    PLACE_GIVEN_NAMES,
    common_words,
)
from standpoint.lexicon.roles import OFFICE_NOUNS, TITLES
from standpoint.lexicon.word_set import words
from standpoint.mentions.context import is_action_verb, may_follow_phrase
from standpoint.mentions.sentence_view import SentenceView
from standpoint.text import Word

# Before the name of a month: "last May". "By May" and "after May" may be a person.
_BEFORE_MONTH = words("in of last next this since until till during early late mid every end")
_MAYBE_BEFORE_MONTH = words("by before after from through to and or")
_AFTER_PLAIN_WORD = PERSONAL_PRONOUNS | (DETERMINERS - {"all"}) | {"there"}
# Where something is: a capital behind one of these is a town and no government.
_PLACE_BEFORE = LOCATIVE_PREPOSITIONS | words("""
    around at through throughout outside downtown central eastern western northern southern near
    towards toward greater rural
""")
_PLACE_AFTER = words("""
    residents suburb suburbs countryside streets street airport hospital hospitals neighborhood
    neighbourhood district districts province governorate area region city skies hotel school
""")
# Nouns for qualities end so; the words are by hand, for what is said of ideas.
_ABSTRACT_ENDINGS = ("gth", "ness", "ity", "dom", "ment", "tion", "ence", "ance")
_ABSTRACT_WORDS = words("""
    power key everything essential vital necessary needed overdue possible impossible peace progress
    victory life hope
""")
MAX_ADVERBS = 3  # between a capital and its verb: "Moscow has not yet said"
_TITLED = TITLES | ACTOR_HONORIFICS | words("mr mrs ms dr sir rep sen gov prof lord lady baroness")


def is_homograph(word: Word, *, kind: str) -> bool:
    """Whether a name of one word is an English word too, or that of a person a place's."""
    if not word.text[1:].islower():
        return False
    is_place = word.key in PLACE_GIVEN_NAMES or (kind == "person" and word.key in country_words())
    return is_place or word.key in NAME_HOMOGRAPHS or word.key in common_words()


def means_name(view: SentenceView, at: int, *, kind: str, is_introduced: bool) -> bool:
    """Whether a word that may be a name is the name there, in a text with capitals.

    Parameters
    ----------
    kind : of the actor who has the name
    is_introduced : whether the text names the actor in full, or with a title, or with a capital
        within a sentence
    """
    key = view.keys[at]
    if kind == "person":
        if view.key(at - 1) in _TITLED:
            return True
        if key in MONTH_NAMES and _is_month(view, at, is_introduced=is_introduced):
            return False
        is_place = key in country_words() or key in PLACE_GIVEN_NAMES
        if is_place and (not is_introduced or view.key(at - 1) in _PLACE_BEFORE):
            return False
    elif key in DIRECTIONS:
        return _is_region(view, at)
    elif key in PLACE_GIVEN_NAMES and _is_given_name(view, at):
        return False
    return not opens_sentence(view, at) or is_introduced or _is_subject(view, at, kind=kind)


def _is_month(view: SentenceView, at: int, *, is_introduced: bool) -> bool:
    before, after = view.key(at - 1), view.key(at + 1)
    if before in _BEFORE_MONTH or before[:1].isdigit() or after[:1].isdigit():
        return True
    return before in _MAYBE_BEFORE_MONTH and not is_introduced


def _is_region(view: SentenceView, at: int) -> bool:
    """Whether "the North" stands alone: not "North Carolina", nor "north of the river"."""
    is_longer = view.words[at].joined and view.is_capitalized(at + 1)
    return view.key(at - 1) == "the" and not is_longer and view.key(at + 1) != "of"


def _is_given_name(view: SentenceView, at: int) -> bool:
    """Whether a surname follows: "Jordan Peterson"."""
    following = view.key(at + 1)
    is_name = view.gap(at).isspace() and following not in FUNCTION_WORDS
    return (
        is_name
        and view.is_capitalized(at + 1)
        and not (
            following in common_words() or following in OFFICE_NOUNS or may_follow_phrase(following)
        )
    )


def opens_sentence(view: SentenceView, at: int) -> bool:
    """Whether a capital may be that of a sentence's start."""
    return at == 0 or (not view.words[at - 1].joined and view.has_break_after(at - 1))


def _is_subject(view: SentenceView, at: int, *, kind: str) -> bool:
    """Whether the first word of a sentence is followed as a name is."""
    following = view.key(at + 1)
    if not following or view.words[at].possessive or not view.words[at].joined:
        return True
    if following in _AFTER_PLAIN_WORD or (view.keys[at] in DIRECTIONS and following == "of"):
        return False
    if following in ("is", "was") and _is_abstract(view, at + 2):
        return False
    if view.is_capitalized(at + 1) or may_follow_phrase(following):
        return True
    return kind != "person" or following in OFFICE_NOUNS | TITLES | BEFORE_CUE


def _is_abstract(view: SentenceView, at: int) -> bool:
    """Whether a word is a noun that tells what an idea is, and no actor: "Unity is strength"."""
    key = view.key(at)
    is_word = at < len(view.words) and view.words[at].text.islower()
    return is_word and (key.endswith(_ABSTRACT_ENDINGS) or key in _ABSTRACT_WORDS)


def means_government(view: SentenceView, at: int, *, past: int) -> bool:
    """Whether the name of a capital stands for the state: "Moscow rejected", "Moscow's offer"."""
    if _is_place(view, at, past=past):
        return False
    if view.words[past - 1].possessive:
        return view.key(past) not in _PLACE_AFTER and not view.is_capitalized(past)
    for offset in range(MAX_ADVERBS + 1):
        key = view.key(past + offset)
        if not key or not view.words[past + offset - 1].joined:
            return False
        if is_action_verb(key) and key not in PREPOSITIONS:
            return True
        if key not in BEFORE_CUE | AFTER_SUBJECT:
            return False
    return False


def _is_place(view: SentenceView, at: int, *, past: int) -> bool:
    before = view.key(at - 1)
    if before == "the":
        before = view.key(at - 2)
    return before in _PLACE_BEFORE or before in ("from", "to") or view.key(past) in _PLACE_AFTER
