"""Noun phrases without a parser: where one begins and where it ends."""

from standpoint.attribution.clause import NOBODY, Clause, Source
from standpoint.attribution.cue_disambiguation import is_a_verb
from standpoint.attribution.phrase_heads import named_in
from standpoint.lexicon.calendar import TIME_WORDS
from standpoint.lexicon.function_words import (
    DETERMINERS,
    FUNCTION_WORDS,
    NOUN_PREPOSITIONS,
    OBJECT_PRONOUNS,
    PREVERBAL,
    PRONOMINAL_QUANTIFIERS,
    RELATIVE_PRONOUNS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TO_BE,
    is_ly_adverb,
)
from standpoint.lexicon.reporting_cues import CUE_VERBS
from standpoint.lexicon.roles import ROLES_BEFORE_NAME

MAX_PHRASE_WORDS = 8
MAX_ATTACHED = 3
_PRONOUNS = SUBJECT_PRONOUNS | OBJECT_PRONOUNS


def phrase_left(clause: Clause, at: int, from_word: int) -> Source:
    """The noun phrase that ends at a word, with what prepositions attach to it."""
    first, ends = _chain(clause, at, from_word)
    found = named_in(clause, first, ends, at)
    return found if found.actor is not None else _with_its_equal(clause, first, at, from_word)


def _chain(clause: Clause, at: int, from_word: int) -> tuple[int, int]:
    """Where a phrase begins with all it is attached to, and the head of what it is attached to."""
    first, ends = phrase_start(clause, at, from_word), at
    for _ in range(MAX_ATTACHED):
        before = first - 2
        if before < from_word or not _attaches(clause, first - 1):
            break
        if not _is_a_noun(clause, before):
            break
        first, ends = phrase_start(clause, before, from_word), before
    return first, ends


def _with_its_equal(clause: Clause, first: int, at: int, from_word: int) -> Source:
    """Both of "Kovac and Brandt", where the first of them opens the clause."""
    joint = first - 1
    if (
        joint > from_word
        and clause.words[joint].key in ("and", "or")
        and _are_equals(clause, joint)
    ):
        start = _list_start(clause, joint - 1, from_word)
        if start == from_word or clause.parted(start - 1):
            return clause.source(start, at)
    return clause.source(first, at)


def _list_start(clause: Clause, at: int, from_word: int) -> int:
    """Where the phrase begins that ends at a word, with the names listed before it."""
    start, _ = _chain(clause, at, from_word)
    while start - 1 >= from_word and clause.gap(start - 1) == ", " and clause.is_name(start - 1):
        if not clause.is_name(start):
            break
        start = phrase_start(clause, start - 1, from_word)
    return start


def _are_equals(clause: Clause, joint: int) -> bool:
    noun = _is_a_noun(clause, joint - 1) or clause.words[joint - 1].key in SUBJECT_PRONOUNS
    return noun and not clause.parted(joint) and not clause.parted(joint - 1)


def _attaches(clause: Clause, number: int) -> bool:
    preposition = clause.words[number]
    between = clause.parted(number) or clause.parted(number - 1)
    return (
        preposition.key in NOUN_PREPOSITIONS
        and not between
        and clause.mention_of(preposition) is None
    )


def _is_a_noun(clause: Clause, number: int) -> bool:
    word = clause.words[number]
    if clause.mention_of(word) is not None:
        return True
    usual = word.key in FUNCTION_WORDS - {"some", "many", "most", "one", "all", "those"}
    verb = word.key in CUE_VERBS and is_a_verb(clause, number) and not clause.is_name(number)
    return not usual and not verb and not word.key.endswith("ly")


def phrase_start(clause: Clause, at: int, from_word: int) -> int:
    """Where the noun phrase without attachments begins that ends at a word."""
    words = clause.words
    first = at
    if words[at].key in _PRONOUNS and clause.mention_of(words[at]) is None:
        return at
    while first > from_word and at - first < MAX_PHRASE_WORDS and _goes_on(clause, first - 1):
        first -= 1
        if words[first].key in DETERMINERS and clause.mention_of(words[first]) is None:
            break
    return first


def _goes_on(clause: Clause, number: int) -> bool:
    """Whether a word belongs to the noun phrase that begins with the next one."""
    word = clause.words[number]
    if clause.parted(number):
        return False
    if clause.mention_of(word) is not None:
        return True
    if not clause.joined(number) or word.key in DETERMINERS or _frames(clause, number):
        return clause.joined(number) and word.key in DETERMINERS
    name_follows = clause.is_name(number + 1) and not clause.is_name(number)
    if not name_follows or word.possessive or word.key in ROLES_BEFORE_NAME:
        return True
    return _is_behind_an_article(clause, number)


def _frames(clause: Clause, number: int) -> bool:
    """Whether a word ends a noun phrase: it is of a closed class, an adverb, a day or a verb."""
    word = clause.words[number]
    if word.key in TIME_WORDS and not word.possessive:
        return True
    if word.key in FUNCTION_WORDS or word.key in PREVERBAL or is_ly_adverb(word.key):
        return not clause.is_name(number)
    return word.key in CUE_VERBS and not clause.is_name(number) and is_a_verb(clause, number)


def _is_behind_an_article(clause: Clause, number: int) -> bool:
    """Whether a phrase goes on to an article before a word: "the national Asahi newspaper"."""
    for at in range(number - 1, max(-1, number - 3), -1):
        if not clause.joined(at) or clause.parted(at):
            return False
        if clause.words[at].key in DETERMINERS:
            return True
        if clause.words[at].key in FUNCTION_WORDS or clause.words[at].key in CUE_VERBS:
            return False
    return False


def phrase_right(clause: Clause, first: int) -> Source:
    """The noun phrase that begins with a word, before any mark."""
    ends = last = _phrase_end(clause, first)
    if ends is None or last is None:
        return NOBODY
    for _ in range(MAX_ATTACHED):
        further = _attached_end(clause, last)
        if further is None:
            break
        last = further
    return named_in(clause, first, ends, last)


def _attached_end(clause: Clause, last: int) -> int | None:
    """Where "of Valdia" ends behind a word, if something is so attached to it."""
    following = last + 2
    if following >= len(clause.words) or clause.parted(last) or clause.parted(last + 1):
        return None
    attaches = clause.words[last + 1].key in ("of", "for", "from", "at", "with", "in")
    if not attaches or clause.words[following].key in TIME_WORDS:
        return None
    return _phrase_end(clause, following)


def _phrase_end(clause: Clause, first: int) -> int | None:
    if first >= len(clause.words):
        return None
    opening = clause.words[first]
    if clause.mention_of(opening) is None and opening.key in _PRONOUNS:
        return first
    last = first - 1
    for at in range(first, min(first + MAX_PHRASE_WORDS, len(clause.words))):
        if (at > first and not clause.joined(at - 1)) or _ends_before(clause, at, first):
            break
        last = at
    alone = last == first and opening.key in DETERMINERS - PRONOMINAL_QUANTIFIERS
    return None if last < first or alone else last


def _ends_before(clause: Clause, at: int, first: int) -> bool:
    """Whether a phrase that begins with the first word ends before another."""
    word = clause.words[at]
    if clause.mention_of(word) is not None or clause.is_name(at):
        return False
    if word.key in DETERMINERS and (at == first or clause.words[at - 1].key == "all"):
        return False
    return _ends_a_phrase(clause, at, first)


def _ends_a_phrase(clause: Clause, at: int, first: int) -> bool:
    word = clause.words[at]
    if word.key in FUNCTION_WORDS or word.key in PREVERBAL or word.key in SUBORDINATORS:
        return True
    if word.key in TIME_WORDS or word.key in TO_BE or word.key in RELATIVE_PRONOUNS:
        return True
    if at > first and word.key in CUE_VERBS and not clause.is_name(at):
        return is_a_verb(clause, at)
    behind_a_name = at > first and clause.is_name(at - 1) and "-" not in clause.gap(at - 1)
    return behind_a_name and word.text.islower() and word.key.endswith(("ed", "ing", "ly"))
