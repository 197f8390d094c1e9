"""The subjects of verbs: beside them, behind an apposition, or carried on from the verb before."""

import re

from standpoint.attribution.clause import NOBODY, Clause, Source
from standpoint.attribution.cue_disambiguation import is_a_verb
from standpoint.attribution.noun_phrases import phrase_left, phrase_start
from standpoint.attribution.phrase_heads import named_in
from standpoint.lexicon.calendar import BEFORE_TIME, TIME_WORDS
from standpoint.lexicon.function_words import (
    BEFORE_CUE,
    CAUSEE_PRONOUNS,
    CLAUSE_OPENERS,
    CONJUNCTIONS,
    DEGREE_ADVERBS,
    DETERMINERS,
    FINITE_AUXILIARIES,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    RELATIVE_PRONOUNS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    is_preverbal,
)
from standpoint.lexicon.reporting_cues import CUE_VERBS, DOCUMENT_NOUNS
from standpoint.lexicon.roles import FOLLOWER_NOUNS
from standpoint.lexicon.verbs import ASPECTUAL_VERBS, GO_FORMS

_ASIDE = re.compile(r"[,()–—]|--| - ")
_BREAK = re.compile(r"[;:\"“”]")
_NOT_A_SUBJECT = PREPOSITIONS | SUBORDINATORS | RELATIVE_PRONOUNS
_BEHIND_A_PARTICIPLE = PREPOSITIONS | DETERMINERS | OBJECT_PRONOUNS
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
        opens = not number and CUE_VERBS.get(clause.words[number].key) == "participle"
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
    if not named and clause.words[at].key in CONJUNCTIONS:
        return held if held.text is not None else main_subject(clause, from_word, number)
    if asides % 2:
        return _behind_an_aside(clause, number, at, from_word, held)
    if not named and clause.words[at].key in RELATIVE_PRONOUNS:
        return _antecedent(clause, at, from_word)
    return _beside(clause, number, at, from_word, held)


def skip_helpers(clause: Clause, number: int, from_word: int) -> tuple[int, int]:
    """The word before a verb's adverbs, helpers and times, and how many commas stand between."""
    at, asides = number - 1, 0
    while at >= from_word:
        asides += _ASIDE.search(clause.gap(at)) is not None
        word = clause.words[at]
        if clause.mention_of(word) is not None and not is_preverbal(word.key):
            break
        if _floats(clause, at) and from_word < at:
            at -= 1
            continue
        if word.key in TIME_WORDS and at > from_word:
            at -= 2 if clause.words[at - 1].key in BEFORE_TIME else 1
            continue
        if not is_preverbal(word.key) or (clause.is_name(at) and word.key not in BEFORE_CUE):
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
    if clause.words[before].key == "on" and clause.words[before - 1].key in GO_FORMS:
        before -= 1
    if (
        clause.words[before].key in CAUSEE_PRONOUNS
        and clause.words[before - 1].key not in CUE_VERBS
    ):
        mention = clause.mention_of(clause.words[before])
        return clause.source_of(mention) if mention else clause.source(before, before)
    while before > from_word and clause.words[before - 1].key in DEGREE_ADVERBS:
        before -= 1
    return subject_of(clause, before, from_word, held, depth=depth + 1)


def _antecedent(clause: Clause, at: int, from_word: int) -> Source:
    """Whom "who" means: an actor, or the noun phrase before it together with the pronoun."""
    if at - 1 < from_word or clause.words[at - 1].key in BEFORE_CUE | PREPOSITIONS:
        return clause.source(at, at)
    found = phrase_left(clause, at - 1, from_word)
    if found.actor is not None or found.span is None:
        return found
    first = next(n for n in range(from_word, at) if clause.at(clause.words[n]) >= found.span.start)
    return clause.source(first, at)


def _behind_an_aside(clause: Clause, number: int, at: int, from_word: int, held: Source) -> Source:
    """Of "X, a title, said", "X, who came, said" and "…, saying": X, or the verb before's."""
    if CUE_VERBS.get(clause.words[number].key) == "participle" and at == number - 1:
        return held if held.text is not None else main_subject(clause, from_word, number)
    opening = opening_subject(clause, at)
    if opening is not None:
        return opening
    pieces = _pieces(clause, from_word, at)
    for piece in range(len(pieces) - 2, -1, -1):
        first, last = pieces[piece]
        first += clause.words[first].key in CLAUSE_OPENERS and first < last
        if _may_be_subject(clause, first, last, pieces[piece - 1] if piece else None):
            return phrase_left(clause, last, first)
    return held if held.text is not None else main_subject(clause, from_word, number)


def opening_subject(clause: Clause, at: int) -> Source | None:
    """The X of a sentence that begins "X, who …," or "X, a title,"; None where it does not."""
    pieces = _pieces(clause, 0, at)
    if len(pieces) < 2:
        return None
    first, last = pieces[0]
    while first < last and clause.words[first].key in CLAUSE_OPENERS:
        first += 1
    if clause.words[pieces[1][0]].key in CONJUNCTIONS or not _is_only_a_phrase(clause, first, last):
        return None
    return phrase_left(clause, last, first)


def _is_only_a_phrase(clause: Clause, first: int, last: int) -> bool:
    if last - first >= MAX_OPENING_WORDS or clause.words[first].key in _NOT_A_SUBJECT:
        return False
    if clause.words[first].key in SUBJECT_PRONOUNS and last > first:
        return False
    if clause.words[first].key in TIME_WORDS or clause.words[last].key in BEFORE_CUE | TIME_WORDS:
        return False
    return all(
        clause.mention_of(clause.words[n]) is not None
        or clause.is_name(n)
        or not (clause.words[n].key in CUE_VERBS or clause.words[n].key in FINITE_AUXILIARIES)
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
    if clause.words[last].key in PREPOSITIONS or CUE_VERBS.get(opening) == "participle":
        return False
    is_aside = opening in ("a", "an", "the", "now", "then", "both", "his", "her", "one")
    return not (before is not None and is_aside and clause.is_name(before[1]))


def _beside(clause: Clause, number: int, at: int, from_word: int, held: Source) -> Source:
    last = clause.words[at]
    participle = CUE_VERBS.get(clause.words[number].key) == "participle"
    mentioned = clause.mention_of(last) is not None
    if not mentioned and last.key in _NOT_A_SUBJECT:
        if held.text is not None:
            return held
        before = main_subject(clause, from_word, number)
        return before if before.text else main_subject(clause, from_word, len(clause.words))
    if participle and last.key in DOCUMENT_NOUNS and at == number - 1:
        start = _pieces(clause, from_word, number)[-1][0]
        whose = held if held.text is not None else main_subject(clause, start, number)
        return whose if whose.text is not None else phrase_left(clause, at, from_word)
    if participle and last.key in ASPECTUAL_VERBS and not mentioned:
        return subject_of(clause, at, from_word, held, depth=MAX_CHAIN)
    verb = last.key in CUE_VERBS and not clause.is_name(at) and is_a_verb(clause, at)
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
        elif clause.mention_of(word) is None and (
            word.key in CONJUNCTIONS or is_preverbal(word.key)
        ):
            at += 1
        else:
            return _from_here(clause, at, until)
    return NOBODY


def _is_a_participle(clause: Clause, at: int) -> bool:
    """Whether a clause begins as "Speaking in Oslo," does."""
    key = clause.words[at].key
    if CUE_VERBS.get(key) == "participle":
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
    if word.key in SUBJECT_PRONOUNS or following.key in _NOT_A_SUBJECT | BEFORE_CUE | CONJUNCTIONS:
        return False
    if following.key in CUE_VERBS or following.key.endswith(("ed", "ly", "ing")):
        return False
    if following.key in FOLLOWER_NOUNS:
        return True
    if not last and last + 2 < len(clause.words) and clause.is_name(last + 2):
        return clause.joined(last + 1)
    return not clause.is_name(last) or clause.is_name(last + 1) or word.possessive
