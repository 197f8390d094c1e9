"""Who says it: source, cue and content of each attribution, for quotes and indirect speech.

An attribution's content belongs to its ``actor``; the holder of what is said is the actor of the
innermost attribution, and an outer one makes its own actor the reporter. "X quoted Y as saying"
belongs to Y, with X as reporter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from standpoint.article import Article, Sentence, Span
from standpoint.mentions import ActorMention
from standpoint.quotes import in_any
from standpoint.verbs import (
    BESIDE_A_VERB,
    NOT_BEFORE_A_SUBJECT,
    RELAYING,
    REPORTING,
    ROLES,
    SPEAKING,
    URGING,
)
from standpoint.words import Word, hyphenated, words_of

_BREAK = re.compile(r"[;:]|--|[—–]|, (?:but|while|whereas|though|although)\b|\bbut\b|\bwhile\b")
_ACCORDING = re.compile(r"\b[Aa]ccording to |\bin the words of |\b[Ii]n the view of ")
MAX_SUBJECT_WORDS = 7
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
class Source:
    """The speaker: an actor of the codebook, or only words."""

    actor: str | None
    span: Span | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying; ``content`` and the source's span count from the start of the article."""

    kind: Literal["quote", "paraphrase"]
    content: Span
    source: Source
    cue: str
    reporter: str | None = None


NOBODY = Source(None, None, None)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence as attribution looks at it: its words outside quotation, and its mentions."""

    sentence: Sentence
    words: tuple[Word, ...]
    mentions: tuple[ActorMention, ...]
    quotes: tuple[Span, ...]

    def at(self, word: Word) -> int:
        return self.sentence.span.start + word.start

    def mention_of(self, word: Word) -> ActorMention | None:
        offset = self.at(word)
        return next((m for m in self.mentions if m.span.start <= offset < m.span.end), None)


def find_attributions(
    article: Article, mentions: Sequence[ActorMention], *, quotes: Sequence[Span]
) -> list[Attribution]:
    """Every attribution of an article.

    Parameters
    ----------
    mentions : of actors, by name, title or pronoun, in any order
    quotes : from `find_quotes`
    """
    by_sentence: dict[int, list[ActorMention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    found: list[Attribution] = []
    spoken: dict[int, list[Attribution]] = {}
    for sentence in article.sentences:
        clause = _clause(sentence, by_sentence.get(sentence.index, []), quotes)
        spoken[sentence.index] = _apart(list(_spoken(clause)), article.text)
        found += spoken[sentence.index]
    return found + list(_quoted(article, quotes, spoken))


def _clause(
    sentence: Sentence, mentions: Sequence[ActorMention], quotes: Sequence[Span]
) -> _Clause:
    start = sentence.span.start
    words = tuple(w for w in words_of(sentence.text) if not in_any(quotes, start + w.start))
    outside = tuple(
        sorted((m for m in mentions if not in_any(quotes, m.span.start)), key=lambda m: m.span)
    )
    here = tuple(q for q in quotes if q.overlaps(sentence.span))
    return _Clause(sentence, words, outside, here)


def _spoken(clause: _Clause) -> Iterator[Attribution]:
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
                yield Attribution("paraphrase", content, source, word.text)


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


def _is_a_verb(clause: _Clause, number: int) -> bool:
    word = clause.words[number]
    if hyphenated(clause.sentence.text, word.start, word.end):
        return False
    if number == 0:
        return word.text.islower()
    before = clause.words[number - 1]
    return not before.possessive and before.key not in _BEFORE_A_NOUN


def _according_to(clause: _Clause) -> Iterator[Attribution]:
    start = clause.sentence.span.start
    for match in _ACCORDING.finditer(clause.sentence.text):
        if in_any(clause.quotes, start + match.start()):
            continue
        source = _right_of(clause, start + match.end())
        before = clause.sentence.text[: match.start()].strip()
        comma = clause.sentence.text.find(",", match.end())
        if before:
            content = _content(clause, 0, match.start())
        else:
            content = _content(clause, comma + 1, len(clause.sentence.text)) if comma > 0 else None
        if content is not None:
            yield Attribution("paraphrase", content, source, match.group().strip())


def _relayed(clause: _Clause, number: int) -> Attribution | None:
    """Of "X quoted Y as saying": the words are Y's and X is the reporter."""
    text, start = clause.sentence.text, clause.sentence.span.start
    verb = clause.words[number]
    as_saying = re.compile(r"\bas (?:saying|telling|having said)\b").search(text, verb.end)
    if as_saying is None:
        return None
    passive = number > 0 and clause.words[number - 1].key in ("was", "were", "is", "been")
    subject = _left_of(clause, number, 0, NOBODY)
    if passive:
        source, reporter = subject, _named_by(clause, verb.end)
    else:
        source, reporter = _right_of(clause, start + verb.end + 1), _who(subject)
    content = _content(clause, as_saying.end(), len(text)) or clause.sentence.span
    return Attribution("paraphrase", content, source, f"{verb.text} as saying", reporter)


def _named_by(clause: _Clause, offset: int) -> str | None:
    by = re.compile(r"\bby (?:the )?([A-Z][\w.-]*(?: [A-Z][\w.-]*)*)").search(
        clause.sentence.text, offset
    )
    if by is None:
        return None
    return _who(_right_of(clause, clause.sentence.span.start + by.start(1))) or by.group(1)


def _who(source: Source) -> str | None:
    return source.actor or source.text


def _source_and_content(
    clause: _Clause, number: int, from_word: int, held: Source
) -> tuple[Source, Span | None]:
    verb = clause.words[number]
    start, text = clause.sentence.span.start, clause.sentence.text
    if _is_passive(clause, number, from_word):
        by = clause.words[number + 1]
        return _right_of(clause, start + by.end), _content(clause, 0, verb.start)
    if _is_inverted(clause, number):
        right = _right_of(clause, start + verb.end)
        if right.text is not None:
            after = text[right.span.end - start :] if right.span else ""
            whole = after.startswith(",") and not _follows_quote(clause, verb)
            return right, clause.sentence.span if whole else _content(clause, 0, verb.start)
    source = _left_of(clause, number, from_word, held)
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


def _is_passive(clause: _Clause, number: int, from_word: int) -> bool:
    """Whether the subject follows, as in "has been rejected by Washington"."""
    following = clause.words[number + 1 : number + 2]
    before = {word.key for word in clause.words[max(from_word, number - 3) : number]}
    return bool(following) and following[0].key == "by" and bool(before & _TO_BE)


def _is_inverted(clause: _Clause, number: int) -> bool:
    """Whether the subject follows its verb: '"…," said X', or "…, said X"."""
    verb = clause.words[number]
    if verb.key not in SPEAKING | URGING:
        return False
    if _follows_quote(clause, verb):
        return True
    before = clause.sentence.text[: verb.start].rstrip()
    following = [w for w in clause.words[number + 1 : number + 3] if w.key != "the"][:1]
    return before.endswith(",") and any(clause.mention_of(w) is not None for w in following)


def _follows_quote(clause: _Clause, verb: Word) -> bool:
    return clause.sentence.text[: verb.start].rstrip().endswith(('"', "”", "’", "'", "“"))


def _content(clause: _Clause, first: int, last: int) -> Span | None:
    """A stretch of the sentence without the space and marks at its ends; None without a word."""
    words = clause.sentence.text[first:last]
    if not words.strip(" \n\t.,;:\"'“”‘’-–—"):
        return None
    first += len(words) - len(words.lstrip())
    last -= len(words) - len(words.rstrip(" \n\t,"))
    return Span(first, last).shift(clause.sentence.span.start)


def _content_after(clause: _Clause, verb: Word) -> Span | None:
    text = clause.sentence.text
    skipped = re.match(r"[^\n]{0,60}?\bthat\b", text[verb.end :])
    first = verb.end + (skipped.end() if skipped and _only_an_addressee(skipped.group()) else 0)
    stop = _BREAK.search(text, first)
    end = stop.start() if stop and stop.start() > first + 3 else len(text)
    return _content(clause, first, end)


def _only_an_addressee(words: str) -> bool:
    keys = [word.key for word in words_of(words)]
    return len(keys) <= MAX_SUBJECT_WORDS and "," not in words and not REPORTING & set(keys)


def _left_of(clause: _Clause, number: int, from_word: int, held: Source) -> Source:
    """The subject of a verb: just before it, or at the head of its clause, or the one before."""
    at = number - 1
    while at >= from_word and _may_stand_between(clause, at):
        at -= 1
    if at < from_word:
        return held
    last = clause.words[at]
    if last.key in ("and", "but", "or", "yet", "then"):
        return held if held.text is not None else _head(clause, from_word, number)
    gap = clause.sentence.text[last.end : clause.words[at + 1].start]
    if "," in gap:
        return _head(clause, from_word, number)
    mention = clause.mention_of(last)
    if mention is not None:
        return _source(clause, mention)
    return _noun_phrase(clause, at, from_word)


def _may_stand_between(clause: _Clause, at: int) -> bool:
    word = clause.words[at]
    adverb = word.key in BESIDE_A_VERB or word.key.endswith("ly")
    return adverb and clause.mention_of(word) is None


def _head(clause: _Clause, from_word: int, number: int) -> Source:
    """The first actor of the clause that no preposition governs."""
    for at in range(from_word, number):
        mention = clause.mention_of(clause.words[at])
        if mention is None or mention.possessive:
            continue
        before = [w.key for w in clause.words[max(0, at - 2) : at] if w.key not in ("the", "a")]
        if not before or before[-1] not in NOT_BEFORE_A_SUBJECT:
            return _source(clause, mention)
    return NOBODY


def _noun_phrase(clause: _Clause, at: int, from_word: int) -> Source:
    """A subject that ends in no actor: one within it may still be meant ("Iran's ministry")."""
    first = at
    while first > from_word and at - first < MAX_SUBJECT_WORDS and clause.words[first - 1].joined:
        if clause.words[first - 1].key in NOT_BEFORE_A_SUBJECT | {
            "that",
            "as",
            "if",
            "when",
            "and",
            "but",
            "or",
        }:
            break
        first -= 1
    start = clause.sentence.span.start
    span = Span(start + clause.words[first].start, start + clause.words[at].end)
    words = clause.sentence.text[clause.words[first].start : clause.words[at].end]
    for mention in clause.mentions:
        if span.contains(mention.span):
            following = {
                w.key for w in clause.words[first : at + 1] if clause.at(w) >= mention.span.end
            }
            if following & ROLES:
                return _source(clause, mention)
    return Source(None, span, words)


def _right_of(clause: _Clause, offset: int) -> Source:
    """The actor named within a few words after an offset, before any comma."""
    start = clause.sentence.span.start
    words = [w for w in clause.words if clause.at(w) >= offset][:MAX_SUBJECT_WORDS]
    for word in words:
        mention = clause.mention_of(word)
        if mention is not None and not mention.possessive:
            return _source(clause, mention)
        if not word.joined:
            break
    capital = next((w for w in words[:3] if w.text[0].isupper()), None)
    if capital is None:
        return NOBODY
    return Source(None, Span(start + capital.start, start + capital.end), capital.text)


def _source(clause: _Clause, mention: ActorMention) -> Source:
    start = clause.sentence.span.start
    words = clause.sentence.text[mention.span.start - start : mention.span.end - start]
    return Source(mention.actor, mention.span, words)


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
