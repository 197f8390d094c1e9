"""Attributions whose cue stands in a sentence outside quotation marks."""

from collections.abc import Iterator
from dataclasses import replace

from standpoint.attribution.clause import NOBODY, Clause, Said, Source
from standpoint.attribution.content_boundaries import cut_apart
from standpoint.attribution.content_spans import cue_group, one, stretch
from standpoint.attribution.cue_disambiguation import is_a_cue
from standpoint.attribution.nested import relayed
from standpoint.attribution.noun_cues import said_by_noun
from standpoint.attribution.noun_phrases import phrase_right
from standpoint.attribution.phrase_heads import equals_of
from standpoint.attribution.quote_tags import around, contents_of, inverted
from standpoint.attribution.subjects import subject_of
from standpoint.lexicon.function_words import TO_BE, is_ly_adverb
from standpoint.lexicon.reporting_cues import (
    CUE_ADJECTIVES,
    CUE_NOUNS,
    CUE_VERBS,
    SOURCE_PREPOSITIONS,
    TAG_VERBS,
    VERBS_WITHOUT_PASSIVE,
)
from standpoint.lexicon.verbs import RELAYING
from standpoint.text import Span


def said_in(clause: Clause) -> list[Said]:
    """Everything that is said in a sentence, in the order of the cues."""
    found = [*_according_to(clause), *_by_words(clause)]
    return cut_apart(sorted(found, key=lambda said: said.group), clause)


def _by_words(clause: Clause) -> Iterator[Said]:
    """By verb, noun or adjective, each with the subject of its clause."""
    held = main = NOBODY
    from_word = past = 0
    for number, word in enumerate(clause.words):
        if word.start < past or clause.mention_of(word) is not None:
            continue
        if word.key in RELAYING and (of_another := relayed(clause, number)) is not None:
            said, past = of_another
            yield said
        elif (
            word.key in CUE_NOUNS and (noun := said_by_noun(clause, number, from_word)) is not None
        ):
            yield noun
        elif is_a_cue(clause, number):
            before = main if main.text and _is_an_aside(clause, number) else held
            said = _said(clause, number, from_word, before)
            held = said.source
            if held.text is None:
                held = subject_of(clause, number, from_word, before)
            if main.text is None and word.key in TAG_VERBS:
                main = said.source
            from_word = number + 1
            yield from _by_each(clause, said)


def _is_an_aside(clause: Clause, number: int) -> bool:
    """Whether a cue goes on from the main verb: "…, adding that"."""
    participle = CUE_VERBS.get(clause.words[number].key) == "participle"
    return participle and number > 0 and clause.parted(number - 1)


def _by_each(clause: Clause, said: Said) -> Iterator[Said]:
    """One for each actor of "Iran and Russia said"."""
    yield said
    for equal in equals_of(clause, said.source):
        yield replace(said, source=equal)


def _said(clause: Clause, number: int, from_word: int, held: Source) -> Said:
    cue, group = clause.words[number].text, cue_group(clause, number, from_word)
    source = _by(clause, number, from_word)
    if source is not None:
        return Said(source, one(stretch(clause, 0, group.start)), cue, group)
    source = inverted(clause, number, from_word)
    if source is not None and source.reach is not None:
        behind = source.reach.end - clause.sentence.span.start
        return Said(source, around(clause, group.start, behind), cue, group)
    if _is_passive(clause, number, from_word):
        return Said(NOBODY, (), cue, group)
    source = subject_of(clause, number, from_word, held)
    return Said(source, contents_of(clause, number, group, source), cue, group)


def _is_passive(clause: Clause, number: int, from_word: int) -> bool:
    key = clause.words[number].key
    if CUE_VERBS.get(key) != "past" or key in VERBS_WITHOUT_PASSIVE or key in CUE_ADJECTIVES:
        return False
    at = number - 1
    while at >= from_word and is_ly_adverb(clause.words[at].key):
        at -= 1
    return at >= from_word and clause.words[at].key in TO_BE and not clause.parted(at)


def _by(clause: Clause, number: int, from_word: int) -> Source | None:
    """Who stands behind "by", as in "has been rejected by Washington", "rules proposed by it"."""
    if number + 2 >= len(clause.words) or clause.words[number + 1].key != "by":
        return None
    if CUE_VERBS.get(clause.words[number].key) != "past":
        return None
    reach = clause.words[max(from_word, number - 3) : number]
    passive = any(word.key in TO_BE or word.key == "as" for word in reach)
    if not passive and clause.words[number].key in TAG_VERBS:
        return None
    source = phrase_right(clause, number + 2)
    return source if source.text is not None else None


def _according_to(clause: Clause) -> Iterator[Said]:
    for number in range(1, len(clause.words) - 1):
        first = _opening(clause, number)
        if first is None:
            continue
        source = phrase_right(clause, number + 1)
        group = Span(clause.words[first].start, clause.words[number].end)
        contents = _besides(clause, group, source)
        yield Said(source, contents, group.of(clause.sentence.text), group)


def _opening(clause: Clause, last: int) -> int | None:
    """Where "according to" and the like begin that end with a word."""
    if clause.words[last].key not in ("to", "of"):
        return None
    for opening in SOURCE_PREPOSITIONS:
        first = last + 1 - len(opening)
        if first >= 0 and tuple(w.key for w in clause.words[first : last + 1]) == opening:
            return first
    return None


def _besides(clause: Clause, group: Span, source: Source) -> tuple[Span, ...]:
    text, reach = clause.sentence.text, source.reach
    end = reach.end - clause.sentence.span.start if reach is not None else group.end
    if text[: group.start].strip(" \"'“”‘’"):
        return around(clause, group.start, end)
    comma = text.find(",", end)
    return one(stretch(clause, comma + 1 if comma > 0 else end, len(text)))
