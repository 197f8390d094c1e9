"""Noun phrases without a parser: where they begin and end, and which source they name."""

from standpoint.attribution.cue_disambiguation import is_cue_verb, is_verb
from standpoint.attribution.frames import UNKNOWN_SOURCE, Source
from standpoint.attribution.phrase_heads import source_in_phrase
from standpoint.lexicon.calendar import TIME_WORDS
from standpoint.lexicon.function_words import (
    CLAUSE_OPENERS,
    DETERMINERS,
    FUNCTION_WORDS,
    NEVER_NOUNS,
    NOUN_PREPOSITIONS,
    OBJECT_PRONOUNS,
    PREVERBAL,
    PRONOMINAL_QUANTIFIERS,
    SPEAKER_PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    is_ly_adverb,
)
from standpoint.lexicon.particles import SPAN_PARTICLES
from standpoint.lexicon.reporting_cues import CUE_VERBS
from standpoint.lexicon.roles import ENVOY_NOUNS, ROLES_BEFORE_NAME
from standpoint.mentions import SentenceView

MAX_PHRASE_WORDS = 8
"""Tokens of a noun phrase without attachments. A guess: longer ones are rare."""
MAX_ATTACHED = 3
"""Prepositional phrases attached to a noun: "the head of the mission of Iran in Vienna"."""
_PARTICLES = SPAN_PARTICLES - {"as", "ad"}
_PRONOUNS = SUBJECT_PRONOUNS | OBJECT_PRONOUNS
_NO_PHRASE_ALONE = DETERMINERS - PRONOMINAL_QUANTIFIERS
_ENDS_PHRASE = FUNCTION_WORDS | PREVERBAL | SUBORDINATORS | TIME_WORDS


def source_ending_at(view: SentenceView, last: int, clause_start: int) -> Source:
    """The source named by the noun phrase that ends at a token, with attached phrases."""
    first, head = _attached_start(view, last, clause_start)
    source = source_in_phrase(view, first, head, last)
    if source.actor is not None:
        return source
    return Source.of_words(view, _coordinated_start(view, first, clause_start), last)


def _attached_start(view: SentenceView, last: int, clause_start: int) -> tuple[int, int]:
    """The first token of a noun phrase with what it is attached to, and the head of that."""
    first, head = phrase_start(view, last, clause_start), last
    for _ in range(MAX_ATTACHED):
        before = first - 2
        if before < clause_start or not _attaches(view, first - 1) or not _is_noun(view, before):
            break
        first, head = phrase_start(view, before, clause_start), before
    return first, head


def _coordinated_start(view: SentenceView, first: int, clause_start: int) -> int:
    """The first token of "Kovac and Brandt" if it opens the clause, else of "Brandt"."""
    joint = first - 1
    joint -= view.key(joint) in ("even", "also", "especially")
    if joint > clause_start and view.keys[joint] in ("and", "or") and _coordinates(view, joint):
        start = _list_start(view, joint - 1, clause_start)
        if start == clause_start or view.has_break_after(start - 1):
            return start
        if view.keys[start - 1] in CLAUSE_OPENERS:
            return start
    return first


def _list_start(view: SentenceView, last: int, clause_start: int) -> int:
    """The first token of the noun phrase that ends at a token, with the names listed before it."""
    start, _ = _attached_start(view, last, clause_start)
    while start - 1 >= clause_start and view.gap(start - 1) == ", " and view.is_name(start - 1):
        if not view.is_name(start):
            break
        start = phrase_start(view, start - 1, clause_start)
    return start


def _coordinates(view: SentenceView, joint: int) -> bool:
    """Whether a conjunction joins a noun or a pronoun to the next phrase, without a comma."""
    is_nominal = _is_noun(view, joint - 1) or view.keys[joint - 1] in SUBJECT_PRONOUNS
    return is_nominal and not view.has_break_after(joint) and not view.has_break_after(joint - 1)


def _attaches(view: SentenceView, at: int) -> bool:
    """Whether a preposition attaches the next phrase to the noun before it."""
    breaks = view.has_break_after(at) or view.has_break_after(at - 1)
    key = view.key_outside_mentions(at)
    is_attaching = key in NOUN_PREPOSITIONS or (key == "to" and view.keys[at - 1] in ENVOY_NOUNS)
    return is_attaching and not breaks


def _is_noun(view: SentenceView, at: int) -> bool:
    """Whether a token can be a noun: no function word, cue verb or adverb."""
    if at in view.mention_at:
        return True
    key = view.keys[at]
    return key not in NEVER_NOUNS and not is_cue_verb(view, at) and not key.endswith("ly")


def phrase_start(view: SentenceView, last: int, clause_start: int) -> int:
    """The first token of the noun phrase, without attachments, that ends at a token."""
    if view.key_outside_mentions(last) in _PRONOUNS:
        return last
    first = last
    while first > clause_start and last - first < MAX_PHRASE_WORDS and _continues(view, first - 1):
        first -= 1
        if view.key_outside_mentions(first) in DETERMINERS:  # a phrase has one, at its start
            break
    return first


def _continues(view: SentenceView, at: int) -> bool:
    """Whether a token belongs to the noun phrase that begins with the next one."""
    if view.has_break_after(at):
        return False
    if at in view.mention_at:
        return True
    key = view.keys[at]
    if not view.is_joined(at) or key in DETERMINERS or _bounds_phrase(view, at):
        return view.is_joined(at) and key in DETERMINERS
    if _is_particle(view, at):
        return True
    # Before a name, a word in small letters mostly belongs to what comes before: "yesterday Lee".
    name_follows = view.is_name(at + 1) and not view.is_name(at)
    if not name_follows or view.words[at].possessive or key in ROLES_BEFORE_NAME:
        return True
    return _follows_determiner(view, at)


def _is_particle(view: SentenceView, at: int) -> bool:
    """Whether a token is a small word within a name: "Staffan de Mistura", "Nabil al-Arabi"."""
    if view.keys[at] not in _PARTICLES or at == 0 or not view.is_joined(at - 1):
        return False
    is_within = view.is_name(at - 1) or view.keys[at - 1] in _PARTICLES
    return is_within and (view.is_name(at + 1) or view.keys[at + 1] in _PARTICLES)


def _bounds_phrase(view: SentenceView, at: int) -> bool:
    """Whether a token stands outside noun phrases: a function word, adverb, time or verb."""
    key = view.keys[at]
    if key in TIME_WORDS and not view.words[at].possessive:
        return True
    if key in FUNCTION_WORDS or key in PREVERBAL or is_ly_adverb(key):
        return not view.is_name(at)
    return is_cue_verb(view, at)


def _follows_determiner(view: SentenceView, at: int) -> bool:
    """Whether a determiner stands one or two tokens before: "the national Asahi newspaper"."""
    for before in range(at - 1, max(-1, at - 3), -1):
        if not view.is_joined(before) or view.has_break_after(before):
            return False
        if view.keys[before] in DETERMINERS:
            return True
        if view.keys[before] in FUNCTION_WORDS or view.keys[before] in CUE_VERBS:
            return False
    return False


def source_starting_at(view: SentenceView, first: int) -> Source:
    """The source named by the noun phrase that begins with a token and ends before any mark."""
    head = _phrase_end(view, first)
    if head is None:
        return UNKNOWN_SOURCE
    last = head
    for _ in range(MAX_ATTACHED):
        last = _attached_end(view, last) or last
    return source_in_phrase(view, first, head, last)


def _attached_end(view: SentenceView, last: int) -> int | None:
    """The last token of a phrase attached after a token ("of Valdia"); None without one."""
    following = last + 2
    if following >= len(view.words) or view.has_break_after(last) or view.has_break_after(last + 1):
        return None
    if view.keys[last + 1] not in SPEAKER_PREPOSITIONS or view.keys[following] in TIME_WORDS:
        return None
    return _phrase_end(view, following)


def _phrase_end(view: SentenceView, first: int) -> int | None:
    """The last token of the noun phrase that begins with a token; None without a noun."""
    if first >= len(view.words):
        return None
    if view.key_outside_mentions(first) in _PRONOUNS:
        return first
    last = first - 1
    for at in range(first, min(first + MAX_PHRASE_WORDS, len(view.words))):
        if (at > first and not view.is_joined(at - 1)) or _ends_before(view, at, first):
            break
        last = at
    is_bare = last == first and view.keys[first] in _NO_PHRASE_ALONE
    return None if last < first or is_bare else last


def _ends_before(view: SentenceView, at: int, first: int) -> bool:
    """Whether a noun phrase that begins with ``first`` ends before a token."""
    key = view.keys[at]
    if at in view.mention_at or view.is_name(at):
        return False
    if key in DETERMINERS and (at == first or view.keys[at - 1] == "all"):
        return False
    if key in _ENDS_PHRASE:
        return True
    if at > first and key in CUE_VERBS:
        return is_verb(view, at)
    # Without a parser, a word in -ed or -ing after a name is taken for its verb.
    after_name = at > first and view.is_name(at - 1) and "-" not in view.gap(at - 1)
    return after_name and view.words[at].text.islower() and key.endswith(("ed", "ing", "ly"))
