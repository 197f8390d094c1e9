"""Runs of capitalised words in articles: what may be names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
from standpoint.text import Article, Sentence, Word, words_of

_BRACKETED = re.compile(r"\s?\(([A-Z]{2,6})\)")
_HYPHENS = ("", "-", "‐", "‑")
MAX_HEADLINE_SHARE = 0.6
MIN_HEADLINE_WORDS = 4
LOOK_AHEAD = 2


@dataclass(frozen=True, slots=True)
class CapitalizedSpan:
    """Capitalised words in a row, joined over small words like "of" and "al-".

    Attributes
    ----------
    starts : where each word begins in the text of the run
    before, after : the words beside it, folded; empty where a mark parts them
    owner : the name whose possessive stands before it ("Syria's" in "Syria's President Assad")
    speaks : whether an attributing or acting verb follows closely or stands before it
    acronym : in brackets behind it
    after_speaks : whether such a verb follows the word behind it ("Syrian officials said")
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    text: str
    article: int
    before: str
    after: str
    owner: str
    speaks: bool
    has_the: bool
    acronym: str
    after_speaks: bool


@dataclass(frozen=True, slots=True)
class Cases:
    """How often words stand in small letters, and in capitals where a sentence does not begin."""

    small: Counter[str]
    capital: Counter[str]

    def is_name(self, word: Word, *, first: bool) -> bool:
        """Whether a word in capitals is like a name."""
        if not word.text[0].isupper() or word.key in NOT_NAMES:
            return False
        if word.key in CALENDAR_NAMES or word.key.removesuffix("s") in CALENDAR_NAMES:
            return False
        small, capital = self.small[word.key], self.capital[word.key]
        return capital > small or word.key in country_words() if first else 2 * capital > small

    def goes_on(self, word: Word) -> bool:
        """Whether a word in capitals goes on a name: "Army" does after "Free Syrian"."""
        return (
            word.text[0].isupper()
            and word.key not in (NOT_NAMES | CALENDAR_NAMES) - MONTH_HOMOGRAPHS
        )

    def owns(self, word: Word) -> bool:
        """Whether a word is a possessive, also one that lost its apostrophe ("Assads")."""
        if word.possessive:
            return True
        bare = word.key[:-1]
        if not word.key.endswith("s") or has_body_word(word.key):
            return False
        return has_body_word(bare) or self.capital[bare] >= max(2, self.capital[word.key])


def count_cases(articles: Iterable[Article]) -> Cases:
    """Count the words of articles by their case; headlines and shouting count as neither."""
    cases = Cases(Counter(), Counter())
    for article in articles:
        for sentence in article.sentences:
            words = words_of(sentence.text)
            if is_headline(sentence.text, words):
                continue
            for at, word in enumerate(words):
                if word.text[0].islower():
                    cases.small[word.key] += 1
                elif at > 0 and not _opens(sentence.text, word):
                    cases.capital[word.key] += 1
    return cases


def is_headline(text: str, words: Sequence[Word]) -> bool:
    """Whether a text ends in no mark, and most of its longer words have capitals."""
    if text.rstrip("\"'”’)] ").endswith((".", "!", "?", ":")):
        return False
    longer = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    capitals = sum(word.text[0].isupper() for word in longer)
    return len(longer) >= MIN_HEADLINE_WORDS and capitals > MAX_HEADLINE_SHARE * len(longer)


def _opens(text: str, word: Word) -> bool:
    """Whether a word begins a quotation or follows a colon, and so has its capital for that."""
    before = text[: word.start].rstrip(" ")
    return not before or before[-1] in '"“”‘:'


def find_runs(articles: Sequence[Article], cases: Cases) -> Iterator[CapitalizedSpan]:
    """Every run of the articles, in their order; headlines are left out."""
    for number, article in enumerate(articles):
        for sentence in article.sentences:
            yield from _runs_in(sentence, number, cases)


def _runs_in(sentence: Sentence, number: int, cases: Cases) -> Iterator[CapitalizedSpan]:
    words = words_of(sentence.text)
    if is_headline(sentence.text, words):
        return
    row = _Row(sentence.text, words, cases)
    at = words_in_dateline(sentence.text, words)
    while at < len(words):
        start = at
        if words[at].key in LEADING_PARTICLES and at + 1 < len(words) and row.is_joined(at):
            at += 1
        first = at == 0 or _opens(sentence.text, words[at])
        if not cases.is_name(words[at], first=first):
            at += 1
            continue
        end = row.end(at)
        yield _run(row, start, end, number)
        at = end


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of a sentence, with its text and how words are used elsewhere."""

    text: str
    words: Sequence[Word]
    cases: Cases

    def is_joined(self, at: int) -> bool:
        """Whether only a space or a hyphen parts a word from the next; "Tenants' Union" is one."""
        if at + 1 >= len(self.words):
            return False
        word, following = self.words[at], self.words[at + 1]
        gap = self.text[word.end : following.start]
        if gap.strip() in ("'", "’") and word.key.endswith("s"):
            return following.text[0].isupper() and has_body_word(following.text)
        return not self.cases.owns(word) and gap.strip() in _HYPHENS

    def end(self, start: int) -> int:
        """The index past the run that begins at a word."""
        words, end = self.words, start + 1
        while end < len(words) and self.is_joined(end - 1):
            if self._is_a_country(start, end) and not _goes_with_a_country(words[end]):
                break
            over = end + 1
            if not self.cases.goes_on(words[end]):
                over = self._over(end) if self._may_join(start, end) else end
            if over == end:
                break
            end = over
        return end

    def _may_join(self, start: int, end: int) -> bool:
        """Whether a small word joins: "of" behind a body or office, all of them behind an "of"."""
        if any(word.key in ("of", "for") for word in self.words[start:end]):
            return True
        behind = self.words[end].key != "and" and is_generic(self.words[end - 1].text)
        return behind or self.words[end].key in SPAN_PARTICLES

    def _is_a_country(self, start: int, end: int) -> bool:
        return end == start + 1 and self.words[start].key in country_keys()

    def _over(self, at: int) -> int:
        """Past small words that lead to another capital, or where they do not, as before."""
        words, here = self.words, at
        while (
            here < min(len(words), at + LOOK_AHEAD)
            and words[here].key in NAME_CONNECTIVES | SPAN_PARTICLES
        ):
            if not self.is_joined(here):
                return at
            here += 1
        if here == at or here >= len(words) or not self.cases.goes_on(words[here]):
            return at
        small = {word.key for word in words[at:here]}
        return here + 1 if words[at].key in ("of", "for", "and") or small <= SPAN_PARTICLES else at


@cache
def country_keys() -> frozenset[str]:
    """Names of countries that are one word."""
    names = (fold_name(name) for country in countries().values() for name in country.names)
    return frozenset(name for name in names if " " not in name)


def _goes_with_a_country(word: Word) -> bool:
    """Whether a word may follow the name of a country in a name: "US President"."""
    return word.key in TITLES | OFFICE_QUALIFIERS or has_body_word(word.text)


def _run(row: _Row, start: int, end: int, number: int) -> CapitalizedSpan:
    words, text = row.words, row.text
    before = words[start - 1] if start and words[start - 1].joined else None
    owner = before.text if before is not None and row.cases.owns(before) else ""
    acronym = _BRACKETED.match(text, words[end - 1].end)
    lost = row.cases.owns(words[end - 1]) and not words[end - 1].possessive
    texts = [word.text for word in words[start:end]]
    texts[-1] = texts[-1][:-1] if lost else texts[-1]
    return CapitalizedSpan(
        tuple(texts),
        tuple(word.start - words[start].start for word in words[start:end]),
        text[words[start].start : words[end - 1].end - lost],
        number,
        before=before.key if before else "",
        after=words[end].key if end < len(words) and row.is_joined(end - 1) else "",
        owner=owner if owner[:1].isupper() else "",
        speaks=_speaks(row, start, end),
        has_the=before is not None and before.key == "the",
        acronym=acronym.group(1) if acronym else "",
        after_speaks=_speaks(row, start, end + 1) if end < len(words) else False,
    )


def _speaks(row: _Row, start: int, end: int) -> bool:
    """Whether a verb that attributes is the next word, or "said" the one before."""
    words, here = row.words, end
    if row.cases.owns(words[end - 1]):
        return False
    if start > 0 and words[start - 1].key in SAY_FORMS:
        return True
    place = start - 2 if start > 0 and words[start - 1].key == "the" else start - 1
    if place >= 0 and words[place].key in PREPOSITIONS:
        return False
    while here < len(words) and here < end + LOOK_AHEAD and words[here].key in PREVERBAL:
        here += 1
    return here < len(words) and words[here].key in REPORTING
