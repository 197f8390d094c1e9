"""The subjects of verbs: beside them, behind an apposition, or carried on from the verb before."""

import re

from standpoint.attribution.clause import NOBODY, Clause, Source
from standpoint.attribution.cue_disambiguation import is_a_verb
from standpoint.attribution.noun_phrases import phrase_left, phrase_start
from standpoint.attribution.phrase_heads import named_in
from standpoint.lexicon import (
    DETERMINERS,
    DOCUMENTS,
    HELPERS,
    JOINING,
    MODALS,
    NOT_BEFORE_A_SUBJECT,
    OBJECT_PRONOUNS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIMES,
    TO_BE,
    VERBS,
    is_an_adverb,
)

_ASIDE = re.compile(r"[,()–—]|--| - ")
_BREAK = re.compile(r"[;:\"“”]")
_BEFORE_A_TIME = frozenset("on this last next late early in past the since during".split())
_NOT_A_SUBJECT = NOT_BEFORE_A_SUBJECT | SUBORDINATORS | RELATIVES
_OPENING = (SUBORDINATORS | JOINING) - {"before", "after", "as"}
_MADE_TO = frozenset("him her them us me".split())
_GOING = frozenset("go goes went going gone".split())
_BEGINNING = frozenset(
    "began begin begins beginning started starts start stopped kept keeps keep continues continued "
    "continue spent".split()
)
_DEGREES = frozenset("more less most least very so too".split())
_FOLLOWERS = frozenset(
    "supporters campaign voters officials aides allies delegates leaders lawmakers government "
    "administration ministry team spokesman spokeswoman delegation party".split()
)
_BEHIND_A_PARTICIPLE = NOT_BEFORE_A_SUBJECT | DETERMINERS | OBJECT_PRONOUNS
_FINITE = TO_BE | MODALS | frozenset("has have had".split())
MAX_OPENING_WORDS = 10
MAX_CHAIN = 6


def subject_of(
    clause: Clause, number: int, from_word: int, held: Source, *, depth: int = 0
) -> Source:
    """Who does what a verb says.

    Parameters
    ----------
    from_word : the first word of the verb's clause
    held : the subject of the verb before, which goes on behind "and", "to" and a participle
    """
    at, asides = skip_helpers(clause, number, from_word)
    if at < from_word or depth > MAX_CHAIN:
        opens = not number and VERBS.get(clause.words[number].key) == "participle"
        return main_subject(clause, 0, len(clause.words)) if opens else held
    return _subject_at(clause, number, at, from_word, held, asides=asides, depth=depth)


def _subject_at(
    clause: Clause,
    number: int,
    at: int,
    from_word: int,
    held: Source,
    *,
    asides: int,
    depth: int,
) -> Source:
    """The subject of a verb, given the word before its helpers."""
    if _BREAK.search(clause.gap(at)) and opening_subject(clause, at) is None:
        return held
    named = clause.mention_of(clause.words[at]) is not None
    if not named and clause.words[at].key == "to":
        return _governor(clause, at, from_word, held, depth)
    if not named and clause.words[at].key in JOINING:
        return held if held.text is not None else main_subject(clause, from_word, number)
    if asides % 2:
        return _behind_an_aside(clause, number, at, from_word, held)
    if not named and clause.words[at].key in RELATIVES:
        return _antecedent(clause, at, from_word)
    return _beside(clause, number, at, from_word, held)


def skip_helpers(clause: Clause, number: int, from_word: int) -> tuple[int, int]:
    """The word before a verb's adverbs, helpers and times, and how many commas stand between."""
    at, asides = number - 1, 0
    while at >= from_word:
        asides += _ASIDE.search(clause.gap(at)) is not None
        word = clause.words[at]
        if clause.mention_of(word) is not None and not is_an_adverb(word.key):
            break
        if _floats(clause, at) and from_word < at:
            at -= 1
            continue
        if word.key in TIMES and at > from_word:
            at -= 2 if clause.words[at - 1].key in _BEFORE_A_TIME else 1
            continue
        if not is_an_adverb(word.key) or (clause.is_name(at) and word.key not in HELPERS):
            break
        at -= 1
    return at, asides


def _floats(clause: Clause, at: int) -> bool:
    """Whether a word that is no adverb stands before a verb: "all", the "no" of "no longer"."""
    following = clause.words[at + 1].key
    return clause.words[at].key in ("all", "both", "each") or (
        clause.words[at].key == "no" and following == "longer"
    )


def _governor(clause: Clause, at: int, from_word: int, held: Source, depth: int) -> Source:
    """The subject of an infinitive is that of the verb before it."""
    if held.text is not None or at <= from_word:
        return held
    before = at - 1
    if clause.words[before].key == "on" and clause.words[before - 1].key in _GOING:
        before -= 1
    if clause.words[before].key in _MADE_TO and clause.words[before - 1].key not in VERBS:
        mention = clause.mention_of(clause.words[before])
        return clause.source_of(mention) if mention else clause.source(before, before)
    while before > from_word and clause.words[before - 1].key in _DEGREES:
        before -= 1
    return subject_of(clause, before, from_word, held, depth=depth + 1)


def _antecedent(clause: Clause, at: int, from_word: int) -> Source:
    """Whom "who" means: an actor, or the noun phrase before it together with the pronoun."""
    if at - 1 < from_word or clause.words[at - 1].key in HELPERS | NOT_BEFORE_A_SUBJECT:
        return clause.source(at, at)
    found = phrase_left(clause, at - 1, from_word)
    if found.actor is not None or found.span is None:
        return found
    first = next(n for n in range(from_word, at) if clause.at(clause.words[n]) >= found.span.start)
    return clause.source(first, at)


def _behind_an_aside(clause: Clause, number: int, at: int, from_word: int, held: Source) -> Source:
    """Of "X, a title, said", "X, who came, said" and "…, saying": X, or the verb before's."""
    if VERBS.get(clause.words[number].key) == "participle" and at == number - 1:
        return held if held.text is not None else main_subject(clause, from_word, number)
    opening = opening_subject(clause, at)
    if opening is not None:
        return opening
    pieces = _pieces(clause, from_word, at)
    for piece in range(len(pieces) - 2, -1, -1):
        first, last = pieces[piece]
        first += clause.words[first].key in _OPENING and first < last
        if _may_be_subject(clause, first, last, pieces[piece - 1] if piece else None):
            return phrase_left(clause, last, first)
    return held if held.text is not None else main_subject(clause, from_word, number)


def opening_subject(clause: Clause, at: int) -> Source | None:
    """The X of a sentence that begins "X, who …," or "X, a title,"; None where it does not."""
    pieces = _pieces(clause, 0, at)
    if len(pieces) < 2:
        return None
    first, last = pieces[0]
    while first < last and clause.words[first].key in _OPENING:
        first += 1
    if clause.words[pieces[1][0]].key in JOINING or not _is_only_a_phrase(clause, first, last):
        return None
    return phrase_left(clause, last, first)


def _is_only_a_phrase(clause: Clause, first: int, last: int) -> bool:
    if last - first >= MAX_OPENING_WORDS or clause.words[first].key in _NOT_A_SUBJECT:
        return False
    if clause.words[first].key in SUBJECT_PRONOUNS and last > first:
        return False
    if clause.words[first].key in TIMES or clause.words[last].key in HELPERS | TIMES:
        return False
    return all(
        clause.mention_of(clause.words[n]) is not None
        or clause.is_name(n)
        or not (clause.words[n].key in VERBS or clause.words[n].key in _FINITE)
        for n in range(first, last + 1)
    )


def _pieces(clause: Clause, first: int, last: int) -> list[tuple[int, int]]:
    pieces, start = [], first
    for number in range(first, last + 1):
        if number == last or _ASIDE.search(clause.gap(number)):
            pieces.append((start, number))
            start = number + 1
    return pieces


def _may_be_subject(clause: Clause, first: int, last: int, before: tuple[int, int] | None) -> bool:
    opening = clause.words[first].key
    if opening in _NOT_A_SUBJECT or clause.words[first].text[0].isdigit():
        return False
    if clause.words[last].key in NOT_BEFORE_A_SUBJECT or VERBS.get(opening) == "participle":
        return False
    is_aside = opening in ("a", "an", "the", "now", "then", "both", "his", "her", "one")
    return not (before is not None and is_aside and clause.is_name(before[1]))


def _beside(clause: Clause, number: int, at: int, from_word: int, held: Source) -> Source:
    last = clause.words[at]
    participle = VERBS.get(clause.words[number].key) == "participle"
    mentioned = clause.mention_of(last) is not None
    if not mentioned and last.key in _NOT_A_SUBJECT:
        if held.text is not None:
            return held
        before = main_subject(clause, from_word, number)
        return before if before.text else main_subject(clause, from_word, len(clause.words))
    if participle and last.key in DOCUMENTS and at == number - 1:
        start = _pieces(clause, from_word, number)[-1][0]
        whose = held if held.text is not None else main_subject(clause, start, number)
        return whose if whose.text is not None else phrase_left(clause, at, from_word)
    if participle and last.key in _BEGINNING and not mentioned:
        return subject_of(clause, at, from_word, held, depth=MAX_CHAIN)
    verb = last.key in VERBS and not clause.is_name(at) and is_a_verb(clause, at)
    if not mentioned and verb:
        return held
    return phrase_left(clause, at, from_word)


def main_subject(clause: Clause, from_word: int, until: int) -> Source:
    """The first noun phrase that no preposition governs: who acts in the clause."""
    at = from_word
    while at < until:
        word = clause.words[at]
        fronted = word.key in _NOT_A_SUBJECT or _is_a_participle(clause, at)
        if clause.mention_of(word) is None and fronted:
            at = _past_comma(clause, at, until)
        elif clause.mention_of(word) is None and (word.key in JOINING or is_an_adverb(word.key)):
            at += 1
        else:
            return _from_here(clause, at, until)
    return NOBODY


def _is_a_participle(clause: Clause, at: int) -> bool:
    """Whether a clause begins as "Speaking in Oslo," does."""
    key = clause.words[at].key
    if VERBS.get(key) == "participle":
        return True
    behind = clause.words[at + 1].key if at + 1 < len(clause.words) else ""
    return key.endswith("ing") and len(key) > 5 and behind in _BEHIND_A_PARTICIPLE


def _past_comma(clause: Clause, at: int, until: int) -> int:
    while at < until and not _ASIDE.search(clause.gap(at)):
        at += 1
    return at + 1


def _from_here(clause: Clause, at: int, until: int) -> Source:
    last = at
    while last + 1 < until and not clause.parted(last) and _goes_with(clause, last):
        last += 1
    return named_in(clause, phrase_start(clause, last, at), last, last)


def _goes_with(clause: Clause, last: int) -> bool:
    word, following = clause.words[last], clause.words[last + 1]
    mention = clause.mention_of(following)
    if mention is not None:
        return mention is clause.mention_of(word) or clause.mention_of(word) is None
    if word.key in SUBJECT_PRONOUNS or following.key in _NOT_A_SUBJECT | HELPERS | JOINING:
        return False
    if following.key in VERBS or following.key.endswith(("ed", "ly", "ing")):
        return False
    if following.key in _FOLLOWERS:
        return True
    if not last and last + 2 < len(clause.words) and clause.is_name(last + 2):
        return clause.joined(last + 1)
    return not clause.is_name(last) or clause.is_name(last + 1) or word.possessive
