"""Subjects of verbs: beside them, before an apposition, or carried over from the verb before."""

import re
from dataclasses import dataclass, replace

from standpoint.attribution.cue_disambiguation import is_cue_verb, is_participle
from standpoint.attribution.frames import UNKNOWN_SOURCE, Source
from standpoint.attribution.noun_phrases import phrase_start, source_ending_at
from standpoint.attribution.phrase_heads import source_in_phrase
from standpoint.lexicon.calendar import BEFORE_TIME, TIME_WORDS
from standpoint.lexicon.function_words import (
    APPOSITION_OPENERS,
    BEFORE_CUE,
    CAUSEE_PRONOUNS,
    CLAUSE_OPENERS,
    CONJUNCTIONS,
    DEGREE_ADVERBS,
    DETERMINERS,
    FINITE_AUXILIARIES,
    FLOATING_QUANTIFIERS,
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
from standpoint.mentions import SentenceView, may_follow_phrase

_ASIDE_MARK = re.compile(r"[,()–—]|--| - ")
_BREAK = re.compile(r"[;:\"“”]")
_NOT_A_SUBJECT = PREPOSITIONS | SUBORDINATORS | RELATIVE_PRONOUNS
_NOT_IN_SUBJECT = _NOT_A_SUBJECT | BEFORE_CUE | CONJUNCTIONS
_OPENS_NO_SUBJECT = _NOT_A_SUBJECT | TIME_WORDS
_ENDS_NO_SUBJECT = BEFORE_CUE | TIME_WORDS
_NO_ANTECEDENT = BEFORE_CUE | PREPOSITIONS
_FOLLOWS_PARTICIPLE = PREPOSITIONS | DETERMINERS | OBJECT_PRONOUNS
MAX_OPENING_WORDS = 10
"""Words of a subject before its apposition or relative clause. A guess: longer ones are rare."""
MAX_CHAIN = 6
"""Verbs of one chain ("went on to try to say"): bounds the time."""
MIN_PARTICIPLE_CHARS = 6
"""Shorter words in -ing are seldom participles: "being", "thing", "king"."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb whose subject is wanted.

    Attributes
    ----------
    at : its token
    clause_start : the first token of its clause
    previous : the subject of the verb before, which carries over after "and", "to" and commas
    """

    view: SentenceView
    at: int
    clause_start: int = 0
    previous: Source = UNKNOWN_SOURCE

    def carried_subject(self) -> Source:
        """The previous subject, if it is known; else the main subject of the clause."""
        if self.previous.text is not None:
            return self.previous
        return main_subject(self.view, self.clause_start, self.at)


def subject_of(verb: Verb, *, depth: int = 0) -> Source:
    """The source that is the subject of a verb; ``depth`` counts the verbs of a chain."""
    at, n_marks = skip_preverbal(verb.view, verb.at, verb.clause_start)
    if at < verb.clause_start or depth > MAX_CHAIN:
        if verb.at == 0 and is_participle(verb.view, verb.at):
            return main_subject(verb.view, 0, len(verb.view.words))
        return verb.previous
    return _subject_at(verb, at, n_marks=n_marks, depth=depth)


def _subject_at(verb: Verb, at: int, *, n_marks: int, depth: int) -> Source:
    """The subject, given the token before the verb's auxiliaries and the marks between."""
    view = verb.view
    # A colon or a quotation ends the clause, unless it is in an aside after the subject.
    if _BREAK.search(view.gap(at)) and opening_subject(view, at) is None:
        return verb.previous
    key = view.key_outside_mentions(at)
    if key == "to":
        return _governing_subject(verb, at, depth=depth)
    if key in CONJUNCTIONS:
        return verb.carried_subject()
    # An odd number of commas means that an aside ends before the verb: "Lee, a minister, said".
    if n_marks % 2:
        return _subject_before_aside(verb, at)
    if key in RELATIVE_PRONOUNS:
        return _relative_antecedent(view, at, verb.clause_start)
    return _adjacent_subject(verb, at)


def skip_preverbal(view: SentenceView, verb: int, clause_start: int) -> tuple[int, int]:
    """The token before a verb's adverbs, auxiliaries and times, and the marks passed over."""
    at, n_marks = verb - 1, 0
    while at >= clause_start:
        n_marks += _ASIDE_MARK.search(view.gap(at)) is not None
        key = view.keys[at]
        if at in view.mention_at and not is_preverbal(key):
            break
        if at > clause_start and _floats(view, at):
            at -= 1
        elif at > clause_start and key in TIME_WORDS:
            at -= 2 if view.keys[at - 1] in BEFORE_TIME else 1
        elif not is_preverbal(key) or (view.is_name(at) and key not in BEFORE_CUE):
            break
        else:
            at -= 1
    return at, n_marks


def _floats(view: SentenceView, at: int) -> bool:
    """Whether a word that is no adverb can precede a verb: "all", the "no" of "no longer"."""
    if view.keys[at] == "no":
        return view.keys[at + 1] == "longer"
    return view.keys[at] in FLOATING_QUANTIFIERS


def _governing_subject(verb: Verb, to: int, *, depth: int) -> Source:
    """The subject of an infinitive: that of the verb before it, or "him" of "forced him to"."""
    view = verb.view
    if verb.previous.text is not None or to <= verb.clause_start:
        return verb.previous
    before = to - 1
    # "went on to say"
    if view.keys[before] == "on" and view.keys[before - 1] in GO_FORMS:
        before -= 1
    # "forced him to say": he is the subject; after a cue ("asked him to say") it is who asks.
    if view.keys[before] in CAUSEE_PRONOUNS and view.keys[before - 1] not in CUE_VERBS:
        return Source.at_token(view, before)
    while before > verb.clause_start and view.keys[before - 1] in DEGREE_ADVERBS:
        before -= 1
    return subject_of(replace(verb, at=before), depth=depth + 1)


def _relative_antecedent(view: SentenceView, pronoun: int, clause_start: int) -> Source:
    """The antecedent of "who": an actor, or a noun phrase together with the pronoun."""
    before = pronoun - 1
    if before < clause_start or view.keys[before] in _NO_ANTECEDENT:
        return Source.of_words(view, pronoun, pronoun)
    source = source_ending_at(view, before, clause_start)
    if source.actor is not None or source.span is None:
        return source
    return Source.of_words(view, view.first_at(view.local(source.span)[0]), pronoun)


def _subject_before_aside(verb: Verb, at: int) -> Source:
    """The subject X of "X, a title, said", "X, who came, said" and "…, saying"."""
    view = verb.view
    if at == verb.at - 1 and is_participle(view, verb.at):
        return verb.carried_subject()
    opening = opening_subject(view, at)
    if opening is not None:
        return opening
    pieces = _pieces(view, verb.clause_start, at)
    # The last piece is the aside itself; the nearest piece before it that can be a subject is it.
    for number in range(len(pieces) - 2, -1, -1):
        first, last = pieces[number]
        first += first < last and view.keys[first] in CLAUSE_OPENERS
        name_before = number > 0 and view.is_name(pieces[number - 1][1])
        if _can_be_subject(view, first, last, name_before=name_before):
            return source_ending_at(view, last, first)
    return verb.carried_subject()


def opening_subject(view: SentenceView, at: int) -> Source | None:
    """The X of a sentence that begins "X, who …," or "X, a title,"; None where it does not."""
    pieces = _pieces(view, 0, at)
    if len(pieces) < 2:
        return None
    first, last = pieces[0]
    while first < last and view.keys[first] in CLAUSE_OPENERS:
        first += 1
    if view.keys[pieces[1][0]] in CONJUNCTIONS or not _is_noun_phrase(view, first, last):
        return None
    return source_ending_at(view, last, first)


def _is_noun_phrase(view: SentenceView, first: int, last: int) -> bool:
    """Whether some tokens can be one noun phrase: short, and without a verb."""
    opening = view.keys[first]
    if last - first >= MAX_OPENING_WORDS or opening in _OPENS_NO_SUBJECT:
        return False
    if opening in SUBJECT_PRONOUNS and last > first:
        return False
    if view.keys[last] in _ENDS_NO_SUBJECT:
        return False
    return all(
        at in view.mention_at
        or view.is_name(at)
        or not (view.keys[at] in CUE_VERBS or view.keys[at] in FINITE_AUXILIARIES)
        for at in range(first, last + 1)
    )


def _pieces(view: SentenceView, first: int, last: int) -> list[tuple[int, int]]:
    """The tokens from ``first`` to ``last``, cut at commas, dashes and brackets."""
    pieces, start = [], first
    for at in range(first, last + 1):
        if at == last or _ASIDE_MARK.search(view.gap(at)):
            pieces.append((start, at))
            start = at + 1
    return pieces


def _can_be_subject(view: SentenceView, first: int, last: int, *, name_before: bool) -> bool:
    """Whether a piece can be a subject, and no apposition of the name before it."""
    opening = view.keys[first]
    if opening in _NOT_A_SUBJECT or opening[0].isdigit():
        return False
    if view.keys[last] in PREPOSITIONS or is_participle(view, first):
        return False
    return not (name_before and opening in APPOSITION_OPENERS)


def _adjacent_subject(verb: Verb, at: int) -> Source:
    """The subject that ends at a token right before the verb and its auxiliaries."""
    view, key = verb.view, verb.view.key_outside_mentions(at)
    if key in _NOT_A_SUBJECT:
        source = verb.carried_subject()
        return source if source.text else main_subject(view, verb.clause_start, len(view.words))
    if is_participle(view, verb.at):
        # "in a letter urging …": its author speaks, and the letter only if nobody is its author.
        if at == verb.at - 1 and view.keys[at] in DOCUMENT_NOUNS:
            start = _pieces(view, verb.clause_start, verb.at)[-1][0]
            author = replace(verb, clause_start=start).carried_subject()
            document = source_ending_at(view, at, verb.clause_start)
            return author if author.text is not None else document
        # "began saying", "kept insisting": the subject is that of the verb before.
        if key in ASPECTUAL_VERBS:
            return subject_of(replace(verb, at=at), depth=MAX_CHAIN)
    if at not in view.mention_at and is_cue_verb(view, at):
        return verb.previous
    return source_ending_at(view, at, verb.clause_start)


def main_subject(view: SentenceView, first: int, past: int) -> Source:
    """The first noun phrase between two tokens that no preposition governs."""
    at = first
    while at < past:
        key = view.key_outside_mentions(at)
        if key and (key in _NOT_A_SUBJECT or _is_opening_participle(view, at)):
            at = _past_comma(view, at, past)
        elif key and (key in CONJUNCTIONS or is_preverbal(key)):
            at += 1
        else:
            return _source_from(view, at, past)
    return UNKNOWN_SOURCE


def _is_opening_participle(view: SentenceView, at: int) -> bool:
    """Whether a token begins a participle clause, as in "Speaking in Oslo,"."""
    key = view.keys[at]
    if is_participle(view, at):
        return True
    is_long = key.endswith("ing") and len(key) >= MIN_PARTICIPLE_CHARS
    return is_long and view.key(at + 1) in _FOLLOWS_PARTICIPLE


def _past_comma(view: SentenceView, at: int, past: int) -> int:
    """The token after the next comma, dash or bracket."""
    while at < past and not _ASIDE_MARK.search(view.gap(at)):
        at += 1
    return at + 1


def _source_from(view: SentenceView, first: int, past: int) -> Source:
    """The source named by the noun phrase that begins with a token."""
    last = first
    while last + 1 < past and not view.has_break_after(last) and _extends(view, last):
        last += 1
    return source_in_phrase(view, phrase_start(view, last, first), last, last)


def _extends(view: SentenceView, last: int) -> bool:
    """Whether the next token belongs to the noun phrase that a token is part of."""
    key, following = view.keys[last], view.keys[last + 1]
    mention, next_mention = view.mention_at.get(last), view.mention_at.get(last + 1)
    if next_mention is not None:
        return mention is None or mention is next_mention
    if key in SUBJECT_PRONOUNS or following in _NOT_IN_SUBJECT:
        return False
    if following in CUE_VERBS or following.endswith(("ed", "ly", "ing")):
        return False
    if following in FOLLOWER_NOUNS:
        return True
    # A first word has its capital from the sentence: "Senator Dan Lee" is one phrase.
    if last == 0 and last + 2 < len(view.words) and view.is_name(last + 2):
        return view.is_joined(last + 1) and not may_follow_phrase(following)
    return not view.is_name(last) or view.is_name(last + 1) or view.words[last].possessive
