"""Whether a word is the cue that it looks like: "claims" is a noun as often as a verb."""

from standpoint.attribution.clause import Clause
from standpoint.lexicon.function_words import (
    BEFORE_CUE,
    CONJUNCTIONS,
    DETERMINERS,
    FUNCTION_WORDS,
    MODALS,
    PREPOSITIONS,
    PREVERBAL,
    RELATIVE_PRONOUNS,
    SUBJECT_PRONOUNS,
    TO_BE,
    is_ly_adverb,
)
from standpoint.lexicon.reporting_cues import (
    CONTENT_OPENERS,
    COPULAS,
    CUE_ADJECTIVES,
    CUE_NOUNS,
    CUE_VERBS,
    INFINITIVE_GOVERNORS,
    NOUN_HOMOGRAPHS,
    PLURAL_SUBJECTS,
    SURVEY_NOUNS,
)
from standpoint.text import Word, is_hyphenated


def is_a_cue(clause: Clause, number: int) -> bool:
    """Whether a word attributes something: a verb, or a state of mind."""
    word = clause.words[number]
    if word.key in CUE_ADJECTIVES and number and _is_a_state(clause, number):
        return True
    if word.key not in CUE_VERBS or not is_a_verb(clause, number):
        return False
    return not number or clause.words[number - 1].key != "to" or _is_governed(clause, number - 1)


def _is_governed(clause: Clause, to: int) -> bool:
    """Whether an infinitive says what somebody does or means, not only what for."""
    if not to or clause.parted(to - 1):
        return False
    before = clause.words[to - 1].key
    return (
        before in CUE_VERBS
        or before in CUE_NOUNS
        or before in CUE_ADJECTIVES
        or before in INFINITIVE_GOVERNORS
    )


def _is_a_state(clause: Clause, number: int) -> bool:
    """Whether a form of "to be" stands before an adjective: "is not very keen on"."""
    at = number - 1
    while at > 0 and clause.words[at].key not in COPULAS and _grades(clause.words[at].key):
        at -= 1
    behind = clause.words[number + 1 : number + 2]
    return clause.words[at].key in COPULAS and not clause.parted(at) and bool(behind)


def _grades(key: str) -> bool:
    return key in PREVERBAL or key in ("more", "very", "so", "t") or key.endswith("ly")


def is_a_verb(clause: Clause, number: int) -> bool:
    """Whether a word that has the form of an attributing verb is one here."""
    word = clause.words[number]
    if is_hyphenated(clause.sentence.text, word.start, word.end):
        return False
    at = number - 1
    while at >= 0 and is_ly_adverb(clause.words[at].key) and not clause.is_name(at):
        at -= 1
    if at < 0 or clause.parted(at):
        return word.text.islower() or CUE_VERBS[word.key] == "participle"
    return _fits_behind(clause, at, number, word)


def _fits_behind(clause: Clause, at: int, number: int, word: Word) -> bool:
    before, form = clause.words[at], CUE_VERBS[word.key]
    if before.possessive or before.key in DETERMINERS - {"all", "both", "that", "this", "many"}:
        return before.key in ("some", "most", "few", "several", "one", "another") and (
            word.key not in NOUN_HOMOGRAPHS
        )
    if form == "base":
        return _fits_base(clause, at, number, word)
    if before.key in PREPOSITIONS:
        return form == "participle"
    if form == "present" and word.key in NOUN_HOMOGRAPHS:
        return _is_singular(clause, at, number)
    return True


def _fits_base(clause: Clause, at: int, number: int, word: Word) -> bool:
    before = clause.words[at]
    if before.key in SUBJECT_PRONOUNS | RELATIVE_PRONOUNS | MODALS or before.key in PLURAL_SUBJECTS:
        return before.key not in ("he", "she", "it")
    if before.key in BEFORE_CUE:
        return word.key not in NOUN_HOMOGRAPHS or before.key not in TO_BE
    if before.key in FUNCTION_WORDS:
        return before.key in CONJUNCTIONS and word.key not in NOUN_HOMOGRAPHS
    if word.key not in NOUN_HOMOGRAPHS:
        return True
    plural = before.key.endswith("s") and not before.key.endswith("ss")
    return plural and _opens_a_content(clause, number + 1)


def _is_singular(clause: Clause, at: int, number: int) -> bool:
    before = clause.words[at]
    if before.key in ("he", "she", "it", "who", "which", "that", "this", "also", "now", "still"):
        return True
    if before.key in FUNCTION_WORDS:
        return before.key in CONJUNCTIONS
    return _opens_a_content(clause, number + 1)


def _opens_a_content(clause: Clause, number: int) -> bool:
    if number >= len(clause.words) or clause.parted(number - 1):
        return number > 1 and clause.words[number - 2].key in SURVEY_NOUNS
    word = clause.words[number]
    if word.key in ("for", "on"):
        return clause.words[number - 1].key.startswith("call")
    known = word.key in CONTENT_OPENERS or clause.mention_of(word) is not None
    return known or clause.is_name(number)
