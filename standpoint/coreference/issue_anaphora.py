"""Back references to issues: "the move", "these plans" behind a sentence that names an issue.

A definite noun phrase refers back to an issue where its sentence names none and the sentence before
names exactly one. A pronoun counts only as the object of a verb of judging ("rejected it"). As with
actors, an anaphor with several possible antecedents stays unresolved, and so does a phrase with a
modifier of its own: "the currency accord" is a thing that the text names.
"""

from collections.abc import Iterator, Mapping, Sequence

from standpoint.lexicon.calendar import TIME_WORDS
from standpoint.lexicon.function_words import CONJUNCTIONS, PREPOSITIONS
from standpoint.lexicon.issue_nouns import (
    DEMONSTRATIVES,
    EVALUATIVE_MODIFIERS,
    EVENT_NOUNS,
    PLACE_NOUNS,
    PLACING,
    SHELL_NOUNS,
)
from standpoint.lexicon.verbs import JUDGING, SPEAKING
from standpoint.mentions import CueMention
from standpoint.text import Sentence, Span, Word, words_of

MAX_MODIFIERS = 2
"""Words between the determiner and the noun: "such a step", "the whole misguided plan"."""
_PRONOUNS = frozenset({"it", "this"})
_DENYING = frozenset({"deny", "denies", "denied", "confirm", "confirms", "confirmed", "reject"})
_DISPUTING = _DENYING | JUDGING | {"call", "calls", "called", "reject"}
_DISPUTED = frozenset({"report", "reports", "story", "account"})
"""What others say, as the object of "denied" or "called": elsewhere a report is any document."""
_AFTER_OBJECT = PREPOSITIONS | TIME_WORDS | CONJUNCTIONS
_COMPLEMENT_OPENERS = frozenset({"to", "of", "that", "for", "on", "against", "by", "in"})
"""Behind one of these the noun is explained, so that it need not refer back ("the plan to ...")."""


def issue_anaphors(
    sentences: Sequence[Sentence], cues: Mapping[int, Sequence[CueMention]]
) -> list[CueMention]:
    """A mention of an issue for each anaphor with a clear antecedent, in the order of the text.

    Parameters
    ----------
    cues : the issues that sentences name, by the index of the sentence
    """
    anaphors: list[CueMention] = []
    antecedent: CueMention | None = None
    for sentence in sentences:
        named = cues.get(sentence.index, ())
        if named:
            issues = {cue.issue for cue in named}
            antecedent = named[-1] if len(issues) == 1 else None
            continue
        span = next(_anaphors_in(sentence), None) if antecedent else None
        if antecedent is None or span is None:
            antecedent = None
            continue
        antecedent = CueMention(antecedent.issue, antecedent.pole, span, sentence.index)
        anaphors.append(antecedent)
    return anaphors


def _anaphors_in(sentence: Sentence) -> Iterator[Span]:
    """Spans of noun phrases and pronouns that can refer back to an issue."""
    words = words_of(sentence.text)
    for at, word in enumerate(words):
        last = _noun_phrase_end(words, at)
        if last is not None:
            yield Span(word.start, words[last].end).shift(sentence.span.start)
        elif at and word.key in _PRONOUNS and _is_judged(words, at):
            yield Span(word.start, word.end).shift(sentence.span.start)


def _is_judged(words: Sequence[Word], at: int) -> bool:
    """Whether a pronoun is the object of a verb of judging, or of denying: "denied it"."""
    verb = words[at - 1].key
    if verb in JUDGING:
        return True
    ends = not words[at].joined or at + 1 == len(words) or words[at + 1].key in _AFTER_OBJECT
    return verb in _DENYING and ends  # but "denied it had fired"


def _noun_phrase_end(words: Sequence[Word], at: int) -> int | None:
    """The last word of a definite phrase with a shell noun that begins here."""
    determiner = words[at].key
    if determiner != "the" and determiner not in DEMONSTRATIVES:
        return None
    if determiner == "that" and at and words[at - 1].key in SPEAKING:
        return None  # a conjunction: "said that measures ..."
    is_placed = at > 0 and words[at - 1].key in PLACING
    nouns = SHELL_NOUNS if determiner == "the" else SHELL_NOUNS | EVENT_NOUNS
    if at and words[at - 1].key in _DISPUTING:
        nouns = nouns | _DISPUTED
    for last in range(at + 1, min(at + 2 + MAX_MODIFIERS, len(words))):
        if not words[last - 1].joined:
            return None
        if words[last].key in nouns:
            is_place = is_placed and words[last].key in PLACE_NOUNS
            return None if is_place or _is_explained(words, last) else last
        if words[last].key not in EVALUATIVE_MODIFIERS:
            return None
    return None


def _is_explained(words: Sequence[Word], at: int) -> bool:
    """Whether a noun has a complement, or is part of a longer compound."""
    if words[at].possessive:
        return True
    is_followed = at + 1 < len(words) and words[at].joined
    return is_followed and words[at + 1].key in _COMPLEMENT_OPENERS
