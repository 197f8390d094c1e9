"""Attributions whose cue stands in a sentence outside quotation marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from standpoint.article import Span
from standpoint.clauses import NOBODY, SUBJECT_PRONOUNS, TIMES, TO_BE, Clause, Source, is_a_verb
from standpoint.contents import (
    after_cue,
    beginning,
    cue_group,
    is_a_closing_tag,
    lead_of,
    stretch,
    tag_end,
)
from standpoint.cues import ADJECTIVES, BEHIND_A_NOUN, NOUNS, TAGS, VERBS
from standpoint.phrases import equals_of, has_possessor, phrase_right
from standpoint.relayed import relayed
from standpoint.subjects import opening_subject, skip_helpers, subject_of
from standpoint.verbs import BESIDE_A_VERB, NOT_BEFORE_A_SUBJECT, RELAYING
from standpoint.words import Word, words_of

_SEEMING = TO_BE | frozenset("seems seemed feels felt remains remained became".split())
_GOVERNING = frozenset(
    "on going continued continues continue began begins likely able trying tried about have has "
    "had set quick happy free them him her us me people".split()
)
_NO_PASSIVE = frozenset("said says added".split())
_INVERTED_ONLY_BEHIND_QUOTES = frozenset("told tells asked asks thinks thought knows".split())
_MARK = re.compile(r"[,;:.\"“]")
_CLOSING_MARKS = ('"', "”", "’", "'", "“", "''", "»")


@dataclass(frozen=True, slots=True)
class Said:
    """A cue with its source and what it attributes; ``group`` counts from the sentence."""

    source: Source
    contents: tuple[Span, ...]
    cue: str
    group: Span
    reporter: str | None = None


def said_in(clause: Clause) -> list[Said]:
    """Everything that is said in a sentence, in the order of the cues."""
    found = sorted([*_according_to(clause), *_by_verbs(clause)], key=lambda said: said.group)
    return _apart(found, clause)


def _by_verbs(clause: Clause) -> Iterator[Said]:
    held = main = NOBODY
    from_word = past = 0
    for number, word in enumerate(clause.words):
        if clause.mention_of(word) is not None or word.start < past:
            continue
        if word.key in RELAYING and (of := relayed(clause, number)) is not None:
            past = of.past
            yield Said(of.source, of.contents, of.cue, of.group, of.reporter)
        elif word.key in NOUNS and (noun := _of_a_noun(clause, number, from_word)) is not None:
            yield noun
        elif _is_a_cue(clause, number):
            aside = VERBS.get(word.key) == "participle" and number and clause.parted(number - 1)
            before = main if aside and main.text else held
            said = _said(clause, number, from_word, before)
            held = said.source
            if held.text is None:
                held = subject_of(clause, number, from_word, before)
            from_word = number + 1
            if main.text is None and word.key in TAGS:
                main = said.source
            yield said
            for equal in equals_of(clause, said.source):
                yield replace(said, source=equal)


def _is_a_cue(clause: Clause, number: int) -> bool:
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
    at = number - 1
    while (
        at > 0
        and clause.words[at].key not in _SEEMING
        and (
            clause.words[at].key in BESIDE_A_VERB | {"more", "very", "so", "not", "t"}
            or clause.words[at].key.endswith("ly")
        )
    ):
        at -= 1
    behind = clause.words[number + 1 : number + 2]
    return clause.words[at].key in _SEEMING and not clause.parted(at) and bool(behind)


def _of_a_noun(clause: Clause, number: int, from_word: int) -> Said | None:
    """Of "X's claim that …", "his support for …"."""
    behind = clause.words[number + 1 : number + 2]
    if not behind or behind[0].key not in BEHIND_A_NOUN or clause.parted(number):
        return None
    source = has_possessor(clause, number, from_word)
    if source is None or source.span is None:
        return None
    word = clause.words[number]
    group = Span(word.start, behind[0].end if behind[0].key not in ("that", "to") else word.end)
    content = after_cue(clause, word, group.end)
    return Said(source, (content,) if content else (), word.text, group)


def _said(clause: Clause, number: int, from_word: int, held: Source) -> Said:
    word, group = clause.words[number], cue_group(clause, number, from_word)
    by = _by(clause, number, from_word)
    if by is not None:
        content = stretch(clause, 0, group.start)
        return Said(by, (content,) if content else (), word.text, group)
    right = _inverted(clause, number, from_word)
    if right is not None and right.span is not None:
        return Said(right, _around(clause, group.start, right.span.end), word.text, group)
    if _is_passive(clause, number, from_word):
        return Said(NOBODY, (), word.text, group)
    source = subject_of(clause, number, from_word, held)
    return Said(source, _contents(clause, word, group, source), word.text, group)


def _contents(clause: Clause, word: Word, group: Span, source: Source) -> tuple[Span, ...]:
    start, text = clause.sentence.span.start, clause.sentence.text
    reach = source.reach
    if reach is not None and reach.end - start <= group.start and word.key in TAGS:
        lead, end = lead_of(clause, source), tag_end(clause, word, group.end)
        near = not text[reach.end - start : group.start].strip(" ,")
        if near and lead.endswith(",") and text.startswith(",", end):
            return _around(clause, reach.start - start, start + end)
        if is_a_closing_tag(clause, source, end):
            return _before_and_about(clause, len(lead), group)
    content = after_cue(clause, word, group.end)
    return (content,) if content else ()


def _before_and_about(clause: Clause, lead: int, group: Span) -> tuple[Span, ...]:
    """What stands before a tag, and in '"…," she said of the dam' what it is about."""
    text = clause.sentence.text
    about = None
    if text[: group.end].endswith((" of", " about")):
        mark = _MARK.search(text, group.end)
        about = stretch(clause, group.end, mark.start() if mark else len(text))
    first = stretch(clause, beginning(clause), lead)
    return tuple(span for span in (first, about) if span is not None)


def _around(clause: Clause, before: int, behind: int) -> tuple[Span, ...]:
    """What stands before and behind a tag that ends at an offset of the article."""
    text, past = clause.sentence.text, behind - clause.sentence.span.start
    comma = text.startswith(",", past)
    lead = text[:before].rstrip().removesuffix(" the")
    first = stretch(clause, beginning(clause), len(lead))
    goes_on = comma and not lead.endswith(_CLOSING_MARKS)
    second = stretch(clause, past, len(text)) if goes_on else None
    return tuple(span for span in (first, second) if span is not None)


def _is_passive(clause: Clause, number: int, from_word: int) -> bool:
    word = clause.words[number]
    if VERBS.get(word.key) != "past" or word.key in _NO_PASSIVE or word.key in ADJECTIVES:
        return False
    at = number - 1
    while at >= from_word and clause.words[at].key.endswith("ly"):
        at -= 1
    return at >= from_word and clause.words[at].key in TO_BE and not clause.parted(at)


def _by(clause: Clause, number: int, from_word: int) -> Source | None:
    """Who stands behind "by", as in "has been rejected by Washington", "rules proposed by it"."""
    if number + 2 >= len(clause.words) or clause.words[number + 1].key != "by":
        return None
    if VERBS.get(clause.words[number].key) != "past":
        return None
    reach = clause.words[max(from_word, number - 3) : number]
    passive = any(word.key in TO_BE or word.key == "as" for word in reach)
    if not passive and clause.words[number].key in TAGS:
        return None
    source = phrase_right(clause, number + 2)
    return source if source.text is not None else None


def _inverted(clause: Clause, number: int, from_word: int) -> Source | None:
    """Who stands behind the verb: '"…," said X', or "…, said X"."""
    word = clause.words[number]
    if word.key not in TAGS or VERBS.get(word.key) == "participle":
        return None
    if number + 1 >= len(clause.words) or clause.parted(number):
        return None
    before = clause.sentence.text[: word.start].rstrip()
    quoted = before.endswith(_CLOSING_MARKS)
    if not quoted and word.key in ("said", "says") and number - from_word > 2:
        source = phrase_right(clause, number + 1)
        if source.reach is not None and _ends_there(clause, source.reach.end):
            return source
    if not quoted and (not before.endswith(",") or word.key in _INVERTED_ONLY_BEHIND_QUOTES):
        return None
    if clause.words[number + 1].key == "that":
        return None
    source = phrase_right(clause, number + 1)
    if source.text is None or (not quoted and not _closes(clause, number, from_word, source)):
        return None
    return source


def _ends_there(clause: Clause, offset: int) -> bool:
    """Whether a sentence ends at an offset of the article, but for a time."""
    rest = clause.sentence.text[offset - clause.sentence.span.start :]
    return all(word.key in TIMES or word.key == "on" for word in words_of(rest))


def _closes(clause: Clause, number: int, from_word: int, source: Source) -> bool:
    """Whether a sentence is whole before ", said X", and X does nothing else in it."""
    end = source.span.end if source.span is not None else 0
    last = max(n for n, w in enumerate(clause.words) if clause.at(w) < end)
    following = clause.words[last + 1 : last + 2]
    if clause.words[number + 1].key in SUBJECT_PRONOUNS - {"who"}:
        return False
    if number - from_word < 2 or opening_subject(clause, number - 1) is not None:
        return False
    if not following or clause.parted(last):
        return True
    return following[0].key in NOT_BEFORE_A_SUBJECT - {"by"} or following[0].key in ("who", "on")


def _according_to(clause: Clause) -> Iterator[Said]:
    for number, word in enumerate(clause.words):
        if word.key not in ("to", "of") or number < 1:
            continue
        first = _opening(clause, number)
        if first is None or number + 1 >= len(clause.words):
            continue
        source = phrase_right(clause, number + 1)
        group = Span(clause.words[first].start, word.end)
        contents = _besides(clause, group, source)
        yield Said(source, contents, group.of(clause.sentence.text), group)


_OPENINGS = (("according", "to"), ("in", "the", "words", "of"), ("in", "the", "view", "of"))


def _opening(clause: Clause, number: int) -> int | None:
    for opening in _OPENINGS:
        first = number + 1 - len(opening)
        if first >= 0 and tuple(w.key for w in clause.words[first : number + 1]) == opening:
            return first
    return None


def _besides(clause: Clause, group: Span, source: Source) -> tuple[Span, ...]:
    text = clause.sentence.text
    end = source.span.end - clause.sentence.span.start if source.span is not None else group.end
    if text[: group.start].strip(" \"'“”‘’"):
        return _around(clause, group.start, clause.sentence.span.start + end)
    comma = text.find(",", end)
    content = stretch(clause, comma + 1 if comma > 0 else end, len(text))
    return (content,) if content is not None else ()


def _apart(found: list[Said], clause: Clause) -> list[Said]:
    """What is said ends where the same speaker's next cue, or another's clause, begins."""
    return [
        replace(said, contents=_cut(said, found[number + 1 :], clause))
        for number, said in enumerate(found)
    ]


def _cut(said: Said, later: list[Said], clause: Clause) -> tuple[Span, ...]:
    contents = said.contents
    for other in later:
        end = _end_before(said, other, clause)
        if end is not None:
            contents = tuple(_until(contents, clause.sentence.span.start + end, clause))
            break
    return contents


def _until(contents: tuple[Span, ...], end: int, clause: Clause) -> Iterator[Span]:
    start = clause.sentence.span.start
    for span in contents:
        if span.end <= end:
            yield span
        elif span.start < end and (cut := stretch(clause, span.start - start, end - start)):
            yield cut


def _end_before(said: Said, other: Said, clause: Clause) -> int | None:
    """Where a content must end because another cue begins."""
    text, start = clause.sentence.text, clause.sentence.span.start
    if other.group.start <= said.group.end:
        return None
    reach = other.source.reach
    if reach is not None and _is_a_tag_behind(other, start):
        first = min(reach.start - start, other.group.start)
        return len(text[:first].rstrip().removesuffix(" the").rstrip(" ,"))
    if other.source.span is not None and other.source.span == said.source.span:
        lead = text[: other.group.start].rstrip()
        joined = lead.endswith((" and", " but", ",", " then"))
        return len(_without_joint(lead)) if joined else None
    if reach is None or reach.start - start <= said.group.end:
        return None
    lead = text[: reach.start - start].rstrip().removesuffix(" the")
    joined = lead.endswith((" and", " but", ", while", ", whereas"))
    return len(_without_joint(lead)) if joined else None


def _is_a_tag_behind(other: Said, start: int) -> bool:
    """Whether a cue stands behind what it attributes."""
    return bool(other.contents) and other.contents[0].end <= other.group.start + start


def _without_joint(lead: str) -> str:
    for joint in (" then", " and", " but", " while", " whereas"):
        lead = lead.removesuffix(joint).rstrip()
    return lead.rstrip(",")
