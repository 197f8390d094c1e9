"""Names that are part of the longer name of something else: "York" in "New York"."""

from collections.abc import Sequence

from standpoint.lexicon.bodies import BODY_NOUNS
from standpoint.lexicon.calendar import DAYS, MONTHS
from standpoint.lexicon.compound_names import (
    NAME_HEADS,
    NAME_HEADS_BEFORE_OF,
    NAME_PREFIXES,
    OFFICES_BEFORE_OF,
    TRADE_NOUNS,
)
from standpoint.lexicon.countries import PEOPLES, country_words
from standpoint.lexicon.function_words import FUNCTION_WORDS
from standpoint.lexicon.honorifics import ACTOR_HONORIFICS, FOREIGN_TITLES, FORMS_OF_ADDRESS
from standpoint.lexicon.matching.common_words import common_words
from standpoint.lexicon.matching.family_names import FAMILY_NAMES_FIRST, NAME_SUFFIXES
from standpoint.lexicon.particles import PERSON_NAME_PARTICLES
from standpoint.mentions.context import is_action_verb, may_follow_phrase
from standpoint.mentions.gender import is_given_name
from standpoint.mentions.sentence_view import SentenceView
from standpoint.text import Word

# Headlines in title case print only short words small, such as "with": four letters is a guess.
MAX_FUNCTION_WORD_CHARS = 4
_PARTICIPLE_ENDINGS = ("ing", "ed")
_TITLES = ACTOR_HONORIFICS | FORMS_OF_ADDRESS | FOREIGN_TITLES
_NO_GIVEN_NAMES = _TITLES | PERSON_NAME_PARTICLES | NAME_SUFFIXES | MONTHS | DAYS


def is_part_of_longer_name(
    view: SentenceView,
    *,
    first: int,
    past: int,
    own: frozenset[str],
    is_surname: bool = False,
    names: frozenset[str] = frozenset(),
) -> bool:
    """Whether the words from ``first`` to ``past`` belong to a longer name that is not the actor's.

    "York" in "New York" and "Iran" in "Iran Air" do, and the surname of another person.

    Parameters
    ----------
    own : keys of all words of the actor's names; empty if the actor is no person
    is_surname : whether the words are a person's surname alone
    names : keys of the words of all actors' names
    """
    if view.is_shouted:
        return False
    if view.is_capitalized(past) and view.keys[past] in NAME_HEADS and view.gap(past - 1).isspace():
        return True  # the word behind ends the name of something else: "Iran Air"
    own = own and (own - {*view.keys[first:past]} or own)  # "Ivan" is no spelling of "Ivanov"
    if own and is_surname and _has_other_given_name(view, past, own):
        return True
    if is_surname and len(view.key(first - 1)) > 1 and view.key(first - 1) in names:
        return False
    if is_surname and _has_other_initial(view, first, own):
        return True
    return _begins_another_name(view, first, past=past, own=own, is_surname=is_surname)


def is_part_of_body(view: SentenceView, first: int, *, past: int, own: frozenset[str]) -> bool:
    """Whether a body's name is part of another body's, or the first word of people of a trade.

    "Confederation" in "the Confederation of British Industry" is, "Justice" in "the Ministry of
    Justice", and "Apple" in "Apple growers".

    Parameters
    ----------
    own : keys of all words of the body's names
    """
    if view.is_shouted:
        return False
    if view.key(first - 1) == "of" and view.key(first - 2) in OFFICES_BEFORE_OF:
        return view.is_capitalized(first - 2)
    if past - first > 1 or not view.words[first].joined or view.words[first].possessive:
        return False
    if view.keys[first] in BODY_NOUNS and view.key(past) == "of":
        named = past + 1 + (view.key(past + 1) == "the")
        key = view.key(named)
        # "The Commission of Vald", but "the Confederation of British Industry"
        is_state = key in country_words() and not view.is_capitalized(named + 1)
        return view.is_capitalized(named) and key not in own and not is_state
    return view.is_capitalized(first) and _is_trade(view, past)


def _is_trade(view: SentenceView, at: int) -> bool:
    """Whether people of a trade follow, with what they trade in or without: "beer brewers"."""
    key = view.key(at)
    if key in TRADE_NOUNS:
        return view.words[at].text.islower()
    is_noun = at < len(view.words) and view.words[at].text.islower() and view.words[at].joined
    is_verb = key.endswith("s") or may_follow_phrase(key) or key in FUNCTION_WORDS
    return is_noun and not is_verb and view.key(at + 1) in TRADE_NOUNS


def _has_other_initial(view: SentenceView, first: int, own: frozenset[str]) -> bool:
    """Whether the initial before a surname is of none of the person's names: "P. Kovac"."""
    at = first - 1
    is_initial = at >= 0 and len(view.words[at].text) == 1 and view.words[at].text.isupper()
    if not is_initial or view.gap(at).strip() not in (".", "") or view.keys[at] in ("i", "a"):
        return False
    if view.is_capitalized(at - 1) and _is_another_person(view, at - 1, own):
        return True
    is_middle = view.is_capitalized(at - 1) and _is_similar(view.keys[at - 1], own)
    return not is_middle and not any(key[0] == view.keys[at] for key in own)


def _has_other_given_name(view: SentenceView, past: int, own: frozenset[str]) -> bool:
    """Whether the given name of another follows a family name: "Leung Kwok-hung"."""
    if not view.is_capitalized(past) or not view.gap(past - 1).isspace():
        return False
    following, is_first = view.words[past], view.keys[past - 1] in FAMILY_NAMES_FIRST
    hyphened = view.gap(past) == "-" and view.words[past + 1].text.islower()
    return (is_first or hyphened) and following.key not in own and _is_unknown_name(view, following)


def _begins_another_name(
    view: SentenceView, first: int, *, past: int, own: frozenset[str], is_surname: bool
) -> bool:
    """Whether the word before a name begins another: "Sea of", "New", a given name."""
    at = first - 1
    if at < 0 or not view.gap(at).isspace():
        return False
    if view.keys[at] == "of" and at > 0:
        return view.is_capitalized(at - 1) and view.keys[at - 1] in NAME_HEADS_BEFORE_OF
    if not view.is_capitalized(at) or view.words[at].text.isupper():
        return False
    if own:
        return (is_surname or past - first == 1) and _is_another_person(view, at, own)
    is_acronym = view.words[first].text.isupper()
    if " ".join(view.keys[at:past]) in country_words() and not is_acronym:
        return True  # "Equatorial Guinea"
    return view.keys[at] in NAME_PREFIXES and not is_acronym and not _is_adjective(view, at)


def _is_adjective(view: SentenceView, at: int) -> bool:
    """Whether "New" may be an adjective, with a capital from the sentence's start or a headline."""
    return view.keys[at] == "new" and (at == 0 or is_headline(view.words))


def is_headline(words: Sequence[Word]) -> bool:
    """Whether most words of a sentence, and all longer ones, have capitals that say nothing."""
    has_small = any(
        word.text.islower() and len(word.text) > MAX_FUNCTION_WORD_CHARS for word in words
    )
    n_capitals = sum(word.text[0].isupper() for word in words)
    return not has_small and 2 * n_capitals > len(words)


def _is_another_person(view: SentenceView, at: int, own: frozenset[str]) -> bool:
    """Whether the word before a surname is a given name that is not the person's.

    It is where it is a common one, or a name and no title, country or other word. One with the same
    first two letters is another spelling of the person's.
    """
    before = view.words[at]
    if _is_similar(before.key, own):
        return False
    if is_given_name(before.text):
        return True
    opens_clause = at == 0 and before.key.endswith(_PARTICIPLE_ENDINGS)  # "Fuming Kovac hit back"
    return not opens_clause and not is_headline(view.words) and _is_unknown_name(view, before)


def _is_similar(key: str, own: frozenset[str]) -> bool:
    """Whether a word is one of a person's names, or another spelling of one."""
    return any(name[:2] == key[:2] for name in own)


def _is_unknown_name(view: SentenceView, word: Word) -> bool:
    key = word.key
    is_word = key in common_words() or key in FUNCTION_WORDS or is_action_verb(key)
    is_origin = key in PEOPLES or key in country_words()
    return not (is_word or is_origin or key in _NO_GIVEN_NAMES or not word.text[1:].islower())
