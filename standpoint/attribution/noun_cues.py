"""Cues that are nouns, and whose they are: "X's claim that …", "his support for …"."""

from standpoint.attribution.clause import Clause, Said, Source
from standpoint.attribution.content_spans import after_cue
from standpoint.attribution.noun_phrases import phrase_start
from standpoint.lexicon.function_words import FUNCTION_WORDS, POSSESSIVE_DETERMINERS
from standpoint.lexicon.reporting_cues import AFTER_CUE_NOUN, CUE_VERBS
from standpoint.text import Span

MAX_POSSESSED_WORDS = 4


def said_by_noun(clause: Clause, number: int, from_word: int) -> Said | None:
    """What the owner of a noun says by it, if it has an owner and something behind it."""
    behind = clause.words[number + 1 : number + 2]
    if not behind or behind[0].key not in AFTER_CUE_NOUN or clause.parted(number):
        return None
    source = _possessor_of(clause, number, from_word)
    if source is None:
        return None
    word = clause.words[number]
    last = word if behind[0].key in ("that", "to") else behind[0]
    contents = after_cue(clause, number, last.end)
    return Said(source, contents, word.text, Span(word.start, last.end))


def _possessor_of(clause: Clause, number: int, from_word: int) -> Source | None:
    """Whose a noun is: "Iran's strong belief", "his belief"; None where nobody's."""
    at = number - 1
    while at >= max(from_word, number - MAX_POSSESSED_WORDS) and not clause.parted(at):
        word = clause.words[at]
        mention = clause.mention_of(word)
        if mention is not None and (word.possessive or word.key in POSSESSIVE_DETERMINERS):
            return clause.source_of(mention)
        if word.possessive or word.key in POSSESSIVE_DETERMINERS:
            first = phrase_start(clause, at, from_word) if word.possessive else at
            return clause.source(first, at)
        if word.key in FUNCTION_WORDS or word.key in CUE_VERBS:
            return None
        at -= 1
    return None
