"""Capitalized spans of articles: candidates for names, by case statistics and verbs nearby."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from standpoint.authoring.actor_kinds import has_body_word, is_generic
from standpoint.codebook import fold_name
from standpoint.lexicon.calendar import CALENDAR_NAMES, MONTH_HOMOGRAPHS
from standpoint.lexicon.countries import countries, country_words
from standpoint.lexicon.function_words import PREPOSITIONS, PREVERBAL
from standpoint.lexicon.news_terms import NOT_NAMES
from standpoint.lexicon.particles import LEADING_PARTICLES, NAME_CONNECTIVES, SPAN_PARTICLES
from standpoint.lexicon.roles import OFFICE_QUALIFIERS, TITLES
from standpoint.lexicon.verbs import REPORTING, SAY_FORMS
from standpoint.mentions import words_in_dateline
from standpoint.text import Article, Word, words_of

_BRACKETED = re.compile(r"\s?\(([A-Z]{2,6})\)")
_HYPHENS = ("", "-", "‐", "‑")
_NOT_IN_NAMES = (NOT_NAMES | CALENDAR_NAMES) - MONTH_HOMOGRAPHS
_SMALL = NAME_CONNECTIVES | SPAN_PARTICLES
# A text without a final mark is a headline where more than this share of its words of four letters
# or more are capitalized, if it has four such words: set by hand for title-case headlines.
MAX_CAPITALIZED_SHARE = 0.6
MIN_HEADLINE_WORDS = 4
LOOK_AHEAD_WORDS = 2  # small words within a name ("of the"), or between a name and its verb


@dataclass(frozen=True, slots=True)
class CapitalizedSpan:
    """Capitalized words in a row, joined over small words like "of" and "al-".

    Attributes
    ----------
    starts : offset of each word in ``text``
    article : the number of its article
    before, after : keys of the adjacent words; empty where punctuation separates them
    owner : the name whose possessive stands before it ("Syria's" in "Syria's President Assad")
    speaks : whether a reporting verb follows, or a form of "say" stands before it
    acronym : the acronym in brackets after it
    after_speaks : whether a reporting verb follows the word after it ("Syrian officials said")
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    text: str
    article: int
    before: str
    after: str
    owner: str
    speaks: bool
    acronym: str
    after_speaks: bool


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How often words are lowercase, and capitalized where no sentence or quotation begins."""

    lower: Counter[str] = field(default_factory=Counter)
    capitalized: Counter[str] = field(default_factory=Counter)

    def is_name(self, word: Word, *, is_first: bool) -> bool:
        """Whether a capitalized word begins a name; ``is_first`` where it begins a sentence."""
        is_calendar_name = CALENDAR_NAMES & {word.key, word.key.removesuffix("s")}
        if is_calendar_name or not word.text[0].isupper() or word.key in NOT_NAMES:
            return False
        lower, capitalized = self.lower[word.key], self.capitalized[word.key]
        if is_first:
            return capitalized > lower or word.key in country_words()
        return 2 * capitalized > lower

    def continues_name(self, word: Word) -> bool:
        """Whether a word may follow in a name: "Army" does after "Free Syrian"."""
        return word.text[0].isupper() and word.key not in _NOT_IN_NAMES

    def is_possessive(self, word: Word) -> bool:
        """Whether a word is a possessive, or one whose apostrophe is missing ("Assads")."""
        if word.possessive:
            return True
        bare = word.key[:-1]
        if not word.key.endswith("s") or has_body_word(word.key):
            return False
        # Twice, or as often as with the s: once may be a typing error.
        return has_body_word(bare) or self.capitalized[bare] >= max(2, self.capitalized[word.key])


def count_cases(articles: Iterable[Article]) -> CaseCounts:
    """Count the words of articles by case, without headlines and first words."""
    cases = CaseCounts()
    for text, words in (sentence for article in articles for sentence in running_text(article)):
        for at, word in enumerate(words):
            if word.text[0].islower():
                cases.lower[word.key] += 1
            elif at > 0 and not _begins_clause(text, word):
                cases.capitalized[word.key] += 1
    return cases


def running_text(article: Article) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """The sentences of an article with their words, without headlines."""
    for sentence in article.sentences:
        words = words_of(sentence.text)
        if not _is_headline(sentence.text, words):
            yield sentence.text, words


def _is_headline(text: str, words: Sequence[Word]) -> bool:
    """Whether a text lacks a final mark and most of its longer words are capitalized."""
    if text.rstrip("\"'”’)] ").endswith((".", "!", "?", ":")):
        return False
    longer = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    n_capitalized = sum(word.text[0].isupper() for word in longer)
    return len(longer) >= MIN_HEADLINE_WORDS and n_capitalized > MAX_CAPITALIZED_SHARE * len(longer)


def _begins_clause(text: str, word: Word) -> bool:
    """Whether a word begins a text or quotation, or follows a colon: its capital proves no name."""
    before = text[: word.start].rstrip(" ")
    return not before or before[-1] in '"“”‘:'


def find_capitalized_spans(
    articles: Sequence[Article], cases: CaseCounts
) -> Iterator[CapitalizedSpan]:
    """The capitalized spans of articles in their order, without headlines."""
    for number, article in enumerate(articles):
        for text, words in running_text(article):
            yield from _SpanFinder(text, words, cases).spans(number)


def has_reporting_verb(words: Sequence[Word], at: int, *, max_skipped: int | None = None) -> bool:
    """Whether a reporting verb stands at a word, or after auxiliaries and adverbs there."""
    end = len(words) if max_skipped is None else min(len(words), at + max_skipped)
    while at < end and words[at].key in PREVERBAL:
        at += 1
    return at < len(words) and words[at].key in REPORTING


@cache
def country_names() -> dict[str, str]:
    """The folded names of countries with their codes."""
    return {
        fold_name(name): country.code for country in countries().values() for name in country.names
    }


@dataclass(frozen=True, slots=True)
class _SpanFinder:
    """Finds the capitalized spans of one sentence."""

    text: str
    words: Sequence[Word]
    cases: CaseCounts

    def spans(self, article: int) -> Iterator[CapitalizedSpan]:
        words, at = self.words, words_in_dateline(self.text, self.words)
        while at < len(words):
            start = at
            if words[at].key in LEADING_PARTICLES and self._is_joined(at):
                at += 1
            is_first = at == 0 or _begins_clause(self.text, words[at])
            if self.cases.is_name(words[at], is_first=is_first):
                at = self._end(at)
                yield self._span(start, at, article)
            else:
                at += 1

    def _is_joined(self, at: int) -> bool:
        """Whether only a space or hyphen separates a word from the next, as in "Tenants' Union"."""
        if at + 1 >= len(self.words):
            return False
        word, following = self.words[at], self.words[at + 1]
        gap = self.text[word.end : following.start].strip()
        if gap in ("'", "’") and word.key.endswith("s"):
            return following.text[0].isupper() and has_body_word(following.text)
        return not self.cases.is_possessive(word) and gap in _HYPHENS

    def _end(self, start: int) -> int:
        """The index after the span that begins at a word."""
        words, end = self.words, start + 1
        while end < len(words) and self._is_joined(end - 1):
            is_country = end == start + 1 and words[start].key in country_names()
            if is_country and not _may_follow_country(words[end]):
                break
            following = end + 1
            if not self.cases.continues_name(words[end]):
                following = self._skip_small_words(end) if self._may_join(start, end) else end
            if following == end:
                break
            end = following
        return end

    def _may_join(self, start: int, end: int) -> bool:
        """Whether a small word joins: "of" after a body or office, any after an earlier "of"."""
        if any(word.key in ("of", "for") for word in self.words[start:end]):
            return True
        after_body = self.words[end].key != "and" and is_generic(self.words[end - 1].text)
        return after_body or self.words[end].key in SPAN_PARTICLES

    def _skip_small_words(self, start: int) -> int:
        """The index after small words and a capitalized word; ``start`` where there is none."""
        words, at = self.words, start
        while at < min(len(words), start + LOOK_AHEAD_WORDS) and words[at].key in _SMALL:
            if not self._is_joined(at):
                return start
            at += 1
        if at == start or at >= len(words) or not self.cases.continues_name(words[at]):
            return start
        only_particles = {word.key for word in words[start:at]} <= SPAN_PARTICLES
        return at + 1 if words[start].key in ("of", "for", "and") or only_particles else start

    def _span(self, start: int, end: int, article: int) -> CapitalizedSpan:
        words, cases, last = self.words, self.cases, self.words[end - 1]
        before = words[start - 1] if start and words[start - 1].joined else None
        owner = before.text if before is not None and cases.is_possessive(before) else ""
        acronym = _BRACKETED.match(self.text, last.end)
        lost_apostrophe = cases.is_possessive(last) and not last.possessive
        texts = [word.text for word in words[start:end]]
        texts[-1] = texts[-1][:-1] if lost_apostrophe else texts[-1]
        return CapitalizedSpan(
            tuple(texts),
            tuple(word.start - words[start].start for word in words[start:end]),
            self.text[words[start].start : last.end - lost_apostrophe],
            article,
            before=before.key if before else "",
            after=words[end].key if end < len(words) and self._is_joined(end - 1) else "",
            owner=owner if owner[:1].isupper() else "",
            speaks=self._speaks(start, end),
            acronym=acronym.group(1) if acronym else "",
            after_speaks=end < len(words) and self._speaks(start, end + 1),
        )

    def _speaks(self, start: int, end: int) -> bool:
        """Whether words are the subject of a reporting verb after them, or of "said" before."""
        words = self.words
        if self.cases.is_possessive(words[end - 1]):
            return False
        if start > 0 and words[start - 1].key in SAY_FORMS:
            return True
        before = start - 2 if start > 0 and words[start - 1].key == "the" else start - 1
        if before >= 0 and words[before].key in PREPOSITIONS:
            return False
        return has_reporting_verb(words, end, max_skipped=LOOK_AHEAD_WORDS)


def _may_follow_country(word: Word) -> bool:
    """Whether a word may follow the name of a country in a name: "US President"."""
    return word.key in TITLES | OFFICE_QUALIFIERS or has_body_word(word.text)
