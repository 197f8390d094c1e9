"""Who says it: source, cue and content of each attribution, for quotes and indirect speech.

An attribution's content belongs to its ``actor``; the holder of what is said is the actor of the
innermost attribution, and an outer one makes its own actor the reporter. "X quoted Y as saying"
belongs to Y, with X as reporter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from standpoint.article import Article, Span
from standpoint.clauses import (
    MAX_SUBJECT_WORDS,
    NOBODY,
    Clause,
    Source,
    actor_right_of,
    clause_of,
    subject_left_of,
)
from standpoint.mentions import ActorMention, by_sentence
from standpoint.quotes import in_any
from standpoint.verbs import RELAYING, REPORTING, SPEAKING, URGING
from standpoint.words import Word, hyphenated, words_of

_BREAK = re.compile(r"[;:]|--|[—–]|, (?:but|while|whereas|though|although)\b|\bbut\b|\bwhile\b")
_ACCORDING = re.compile(r"\b[Aa]ccording to |\bin the words of |\b[Ii]n the view of ")
_AS_SAYING = re.compile(r"\bas (?:saying|telling|having said)\b")
_BY_A_NAME = re.compile(r"\bby (?:the )?([A-Z][\w.-]*(?: [A-Z][\w.-]*)*)")
MAX_TAIL_WORDS = 5
_BEFORE_A_NOUN = frozenset(
    "the a an their its his her our my your of no any some this that these as more new".split()
)
_IN_A_TAIL = frozenset(
    "on in at to during after before late earlier later last this today yesterday reporters "
    "journalists lawmakers parliament agency radio television monday tuesday wednesday thursday "
    "friday saturday sunday again".split()
)
_TO_BE = frozenset("is was were are be been being".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying; all spans count from the start of the article.

    ``cue`` is the word that attributes, as printed; ``cue_span`` also covers its helpers, as in
    "has also called for". A quotation that goes on without a tag has the cue of the one before.
    """

    kind: Literal["quote", "paraphrase"]
    content: Span
    source: Source
    cue: str
    reporter: str | None = None
    cue_span: Span | None = None


def find_attributions(
    article: Article, mentions: Sequence[ActorMention], *, quotes: Sequence[Span]
) -> list[Attribution]:
    """Every attribution of an article.

    Parameters
    ----------
    mentions : of actors, by name, title or pronoun, in any order
    quotes : from `find_quotes`
    """
    named = by_sentence(mentions)
    found: list[Attribution] = []
    spoken: dict[int, list[Attribution]] = {}
    for sentence in article.sentences:
        clause = clause_of(sentence, named.get(sentence.index, []), quotes)
        spoken[sentence.index] = _apart(list(_spoken(clause)), article.text)
        found += spoken[sentence.index]
    return found + list(_quoted(article, quotes, spoken))


def _spoken(clause: Clause) -> Iterator[Attribution]:
    """Attributions whose verb stands in this sentence outside quotation marks."""
    yield from _according_to(clause)
    held = NOBODY
    from_word = 0
    for number, word in enumerate(clause.words):
        if clause.mention_of(word) is not None:
            continue
        if word.key in RELAYING:
            relayed = _relayed(clause, number)
            if relayed is not None:
                yield relayed
        elif word.key in REPORTING and _is_a_verb(clause, number):
            source, content = _source_and_content(clause, number, from_word, held)
            held = source
            from_word = number + 1
            if content is not None:
                span = Span(word.start, word.end).shift(clause.sentence.span.start)
                yield Attribution("paraphrase", content, source, word.text, cue_span=span)


def _apart(spoken: list[Attribution], text: str) -> list[Attribution]:
    """A clause that "and" joins to the next, with a subject of its own, ends before it."""
    found = []
    for number, attribution in enumerate(spoken):
        content = attribution.content
        for later in spoken[number + 1 :]:
            span = later.source.span
            if span is None or not content.start < span.start < content.end:
                continue
            lead = text[content.start : span.start].rstrip().removesuffix(" the")
            if lead.endswith((" and", " but")) and len(lead) > 4:
                content = Span(content.start, content.start + len(lead) - 4)
                break
        found.append(replace(attribution, content=content))
    return found


def _is_a_verb(clause: Clause, number: int) -> bool:
    word = clause.words[number]
    if hyphenated(clause.sentence.text, word.start, word.end):
        return False
    if number == 0:
        return word.text.islower()
    before = clause.words[number - 1]
    return not before.possessive and before.key not in _BEFORE_A_NOUN


def _according_to(clause: Clause) -> Iterator[Attribution]:
    start = clause.sentence.span.start
    for match in _ACCORDING.finditer(clause.sentence.text):
        if in_any(clause.quotes, start + match.start()):
            continue
        source = actor_right_of(clause, start + match.end())
        before = clause.sentence.text[: match.start()].strip()
        comma = clause.sentence.text.find(",", match.end())
        if before:
            content = _content(clause, 0, match.start())
        else:
            content = _content(clause, comma + 1, len(clause.sentence.text)) if comma > 0 else None
        if content is not None:
            cue = match.group().strip()
            span = Span(start + match.start(), start + match.start() + len(cue))
            yield Attribution("paraphrase", content, source, cue, cue_span=span)


def _relayed(clause: Clause, number: int) -> Attribution | None:
    """Of "X quoted Y as saying": the words are Y's and X is the reporter."""
    text, start = clause.sentence.text, clause.sentence.span.start
    verb = clause.words[number]
    as_saying = _AS_SAYING.search(text, verb.end)
    if as_saying is None:
        return None
    passive = number > 0 and clause.words[number - 1].key in ("was", "were", "is", "been")
    subject = subject_left_of(clause, number, 0, NOBODY)
    if passive:
        source, reporter = subject, _named_by(clause, verb.end)
    else:
        source, reporter = actor_right_of(clause, start + verb.end + 1), _who(subject)
    content = _content(clause, as_saying.end(), len(text)) or clause.sentence.span
    span = Span(verb.start, verb.end).shift(start)
    cue = f"{verb.text} as saying"
    return Attribution("paraphrase", content, source, cue, reporter, cue_span=span)


def _named_by(clause: Clause, offset: int) -> str | None:
    by = _BY_A_NAME.search(clause.sentence.text, offset)
    if by is None:
        return None
    return _who(actor_right_of(clause, clause.sentence.span.start + by.start(1))) or by.group(1)


def _who(source: Source) -> str | None:
    return source.actor or source.text


def _source_and_content(
    clause: Clause, number: int, from_word: int, held: Source
) -> tuple[Source, Span | None]:
    verb = clause.words[number]
    start, text = clause.sentence.span.start, clause.sentence.text
    if _is_passive(clause, number, from_word):
        by = clause.words[number + 1]
        return actor_right_of(clause, start + by.end), _content(clause, 0, verb.start)
    if _is_inverted(clause, number):
        right = actor_right_of(clause, start + verb.end)
        if right.text is not None:
            after = text[right.span.end - start :] if right.span else ""
            whole = after.startswith(",") and not _follows_quote(clause, verb)
            return right, clause.sentence.span if whole else _content(clause, 0, verb.start)
    source = subject_left_of(clause, number, from_word, held)
    tail = text[verb.end :]
    if source.span is not None:
        lead = text[: source.span.start - start].rstrip()
        lead = lead.removesuffix(" the").removesuffix(",the").rstrip()
        if lead.endswith(",") and tail.startswith(","):
            return source, clause.sentence.span
        if _is_a_closing_tag(lead, tail):
            return source, _content(clause, 0, source.span.start - start)
    return source, _content_after(clause, verb)


def _is_a_closing_tag(lead: str, tail: str) -> bool:
    """Whether subject and verb close the sentence, as in "X will end, Y warned on Monday"."""
    rest = tail.strip(" .,\"'“”’")
    if not rest:
        return True
    keys = [word.key for word in words_of(rest)]
    short = len(keys) <= MAX_TAIL_WORDS and keys[:1] != [] and keys[0] in _IN_A_TAIL
    return lead.endswith(",") and len(lead.split()) > 2 and short


def _is_passive(clause: Clause, number: int, from_word: int) -> bool:
    """Whether the subject follows, as in "has been rejected by Washington"."""
    following = clause.words[number + 1 : number + 2]
    before = {word.key for word in clause.words[max(from_word, number - 3) : number]}
    return bool(following) and following[0].key == "by" and bool(before & _TO_BE)


def _is_inverted(clause: Clause, number: int) -> bool:
    """Whether the subject follows its verb: '"…," said X', or "…, said X"."""
    verb = clause.words[number]
    if verb.key not in SPEAKING | URGING:
        return False
    if _follows_quote(clause, verb):
        return True
    before = clause.sentence.text[: verb.start].rstrip()
    following = [w for w in clause.words[number + 1 : number + 3] if w.key != "the"][:1]
    return before.endswith(",") and any(clause.mention_of(w) is not None for w in following)


def _follows_quote(clause: Clause, verb: Word) -> bool:
    return clause.sentence.text[: verb.start].rstrip().endswith(('"', "”", "’", "'", "“"))


def _content(clause: Clause, first: int, last: int) -> Span | None:
    """A stretch of the sentence without the space and marks at its ends; None without a word."""
    words = clause.sentence.text[first:last]
    if not words.strip(" \n\t.,;:\"'“”‘’-–—"):
        return None
    first += len(words) - len(words.lstrip())
    last -= len(words) - len(words.rstrip(" \n\t,"))
    return Span(first, last).shift(clause.sentence.span.start)


def _content_after(clause: Clause, verb: Word) -> Span | None:
    text = clause.sentence.text
    skipped = re.match(r"[^\n]{0,60}?\bthat\b", text[verb.end :])
    first = verb.end + (skipped.end() if skipped and _only_an_addressee(skipped.group()) else 0)
    stop = _BREAK.search(text, first)
    end = stop.start() if stop and stop.start() > first + 3 else len(text)
    return _content(clause, first, end)


def _only_an_addressee(words: str) -> bool:
    keys = [word.key for word in words_of(words)]
    return len(keys) <= MAX_SUBJECT_WORDS and "," not in words and not REPORTING & set(keys)


def _quoted(
    article: Article, quotes: Sequence[Span], spoken: dict[int, list[Attribution]]
) -> Iterator[Attribution]:
    """A speaker for each quotation: in its own sentences, or carried on from the one before."""
    before: Attribution | None = None
    before_paragraph = -1
    at = 0
    for quote in quotes:
        while article.sentences[at].span.end <= quote.start and at + 1 < len(article.sentences):
            at += 1
        first = last = at
        while (
            last + 1 < len(article.sentences) and article.sentences[last + 1].span.start < quote.end
        ):
            last += 1
        paragraph = article.sentences[first].paragraph
        own = [a for n in range(first, last + 1) for a in spoken[n] if _may_speak(a)]
        announced = _announced(spoken.get(first - 1, []))
        goes_on = paragraph - before_paragraph <= 1 and _stands_alone(article, quote, first, last)
        if own:
            before = min(own, key=lambda a: _distance(a, quote))
        elif announced is not None or not goes_on:
            before = announced
        before_paragraph = paragraph
        if before is not None:
            before = replace(before, kind="quote", content=quote)
            yield before


def _may_speak(attribution: Attribution) -> bool:
    return attribution.source.text is not None


def _distance(attribution: Attribution, quote: Span) -> int:
    span = attribution.source.span
    if span is None:
        return 10_000
    return max(span.start - quote.end, quote.start - span.end, 0)


def _stands_alone(article: Article, quote: Span, first: int, last: int) -> bool:
    """Whether the sentences of a quotation hold nothing but it."""
    whole = Span(article.sentences[first].span.start, article.sentences[last].span.end)
    words_outside = article.text[whole.start : quote.start] + article.text[quote.end : whole.end]
    return not words_outside.strip(" \n\"'“”„‘’.,«»")


def _announced(spoken: list[Attribution]) -> Attribution | None:
    return next((a for a in reversed(spoken) if _may_speak(a)), None)
