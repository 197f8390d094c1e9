"""Whether a word is the cue that it looks like: "claims" is a noun as often as a verb."""

from standpoint.attribution.clause import Clause
from standpoint.lexicon import (
    ADJECTIVES,
    ALSO_NOUNS,
    BESIDE_A_VERB,
    DETERMINERS,
    FUNCTION_WORDS,
    HELPERS,
    JOINING,
    MODALS,
    NOT_BEFORE_A_SUBJECT,
    NOUNS,
    OBJECT_PRONOUNS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    TO_BE,
    VERBS,
    is_in_ly,
)
from standpoint.text import Word, hyphenated

_SHOWING = frozenset("poll polls survey surveys study studies report data figures".split())
_MANY = frozenset("people all percent majority".split())
_OPENS_A_CONTENT = (DETERMINERS | SUBJECT_PRONOUNS | OBJECT_PRONOUNS | RELATIVES) | frozenset(
    "how why what whether if".split()
)
_SEEMING = TO_BE | frozenset("seems seemed feels felt remains remained became".split())
_GOVERNING = frozenset(
    "on used going continued continues continue began begins likely able trying tried "
    "about have has had set quick happy free them him her us me people".split()
)


def is_a_cue(clause: Clause, number: int) -> bool:
    """Whether a word attributes something: a verb, or a state of mind."""
    word = clause.words[number]
    if word.key in ADJECTIVES and number and _is_a_state(clause, number):
        return True
    if word.key not in VERBS or not is_a_verb(clause, number):
        return False
    return not number or clause.words[number - 1].key != "to" or _is_governed(clause, number - 1)


def _is_governed(clause: Clause, to: int) -> bool:
    """Whether an infinitive says what somebody does or means, not only what for."""
    if not to or clause.parted(to - 1):
        return False
    before = clause.words[to - 1].key
    return before in VERBS or before in NOUNS or before in ADJECTIVES or before in _GOVERNING


def _is_a_state(clause: Clause, number: int) -> bool:
    """Whether a form of "to be" stands before an adjective: "is not very keen on"."""
    at = number - 1
    while at > 0 and clause.words[at].key not in _SEEMING and _grades(clause.words[at].key):
        at -= 1
    behind = clause.words[number + 1 : number + 2]
    return clause.words[at].key in _SEEMING and not clause.parted(at) and bool(behind)


def _grades(key: str) -> bool:
    return key in BESIDE_A_VERB or key in ("more", "very", "so", "t") or key.endswith("ly")


def is_a_verb(clause: Clause, number: int) -> bool:
    """Whether a word that has the form of an attributing verb is one here."""
    word = clause.words[number]
    if hyphenated(clause.sentence.text, word.start, word.end):
        return False
    at = number - 1
    while at >= 0 and is_in_ly(clause.words[at].key) and not clause.is_name(at):
        at -= 1
    if at < 0 or clause.parted(at):
        return word.text.islower() or VERBS[word.key] == "participle"
    return _fits_behind(clause, at, number, word)


def _fits_behind(clause: Clause, at: int, number: int, word: Word) -> bool:
    before, form = clause.words[at], VERBS[word.key]
    if before.possessive or before.key in DETERMINERS - {"all", "both", "that", "this", "many"}:
        return before.key in ("some", "most", "few", "several", "one", "another") and (
            word.key not in ALSO_NOUNS
        )
    if form == "base":
        return _fits_base(clause, at, number, word)
    if before.key in NOT_BEFORE_A_SUBJECT:
        return form == "participle"
    if form == "present" and word.key in ALSO_NOUNS:
        return _is_singular(clause, at, number)
    return True


def _fits_base(clause: Clause, at: int, number: int, word: Word) -> bool:
    before = clause.words[at]
    if before.key in SUBJECT_PRONOUNS | RELATIVES | MODALS or before.key in _MANY:
        return before.key not in ("he", "she", "it")
    if before.key in HELPERS:
        return word.key not in ALSO_NOUNS or before.key not in TO_BE
    if before.key in FUNCTION_WORDS:
        return before.key in JOINING and word.key not in ALSO_NOUNS
    if word.key not in ALSO_NOUNS:
        return True
    plural = before.key.endswith("s") and not before.key.endswith("ss")
    return plural and _opens_a_content(clause, number + 1)


def _is_singular(clause: Clause, at: int, number: int) -> bool:
    before = clause.words[at]
    if before.key in ("he", "she", "it", "who", "which", "that", "this", "also", "now", "still"):
        return True
    if before.key in FUNCTION_WORDS:
        return before.key in JOINING
    return _opens_a_content(clause, number + 1)


def _opens_a_content(clause: Clause, number: int) -> bool:
    if number >= len(clause.words) or clause.parted(number - 1):
        return number > 1 and clause.words[number - 2].key in _SHOWING
    word = clause.words[number]
    if word.key in ("for", "on"):
        return clause.words[number - 1].key.startswith("call")
    known = word.key in _OPENS_A_CONTENT or clause.mention_of(word) is not None
    return known or clause.is_name(number)
