"""Noun phrases that recur near attributions: what may be at issue in articles."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from standpoint.authoring.capitalized_spans import Cases, is_headline
from standpoint.lexicon.bodies import COLLECTIVE_NOUNS, GOVERNMENT_NOUNS
from standpoint.lexicon.calendar import CALENDAR_NAMES
from standpoint.lexicon.countries import PEOPLES, countries
from standpoint.lexicon.function_words import (
    BEFORE_BASE_VERB,
    INNER_DETERMINERS,
    PHRASE_JOINTS,
    PHRASE_OPENERS,
    PREVERBAL,
)
from standpoint.lexicon.issue_nouns import (
    ISSUE_VERBS,
    NON_ISSUE_WORDS,
    NOUN_VERB_HOMOGRAPHS,
    is_issue_noun,
)
from standpoint.lexicon.news_terms import NOT_NAMES
from standpoint.lexicon.roles import SPEAKER_ROLES, TITLES
from standpoint.lexicon.verbs import ACTING, JUDGING, RELAYING, SPEAKING, URGING
from standpoint.text import Article, Word, is_hyphenated, words_of

MIN_WORDS, MAX_WORDS = 2, 5
MAX_WORD_CHARS = 30


@dataclass(slots=True)
class Phrase:
    """A phrase by its stems, with how often it stands, and stands near an attribution."""

    stems: tuple[str, ...]
    count: int = 0
    near: int = 0
    turned: int = 0
    opened: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    articles: set[int] = field(default_factory=set)
    score: float = 0.0

    @property
    def head(self) -> str:
        """The noun that the rest goes with: the last before a small word ("access to ...")."""
        words = self.form.casefold().split()
        joint = next((at for at, word in enumerate(words) if word in PHRASE_JOINTS), len(words))
        return words[joint - 1]

    @property
    def form(self) -> str:
        """The commonest wording."""
        return max(self.forms, key=lambda form: (self.forms[form], -len(form), form))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their stems, and how often each stem stands, and stands last in a phrase."""

    phrases: dict[tuple[str, ...], Phrase] = field(default_factory=dict)
    stands: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)

    def is_noun(self, stem: str) -> bool:
        """Whether a word stands mostly last: "aid" does, "humanitarian" does not."""
        return 2 * self.ends[stem] >= self.stands[stem]


def find_phrases(articles: Sequence[Article], cases: Cases) -> Phrases:
    """Every phrase of two to five words that may be a noun phrase."""
    found = Phrases()
    for number, article in enumerate(articles):
        near_before = False
        for sentence in article.sentences:
            words = words_of(sentence.text)
            if is_headline(sentence.text, words):
                continue
            attributed = any(word.key in _ATTRIBUTING for word in words)
            near = attributed or near_before
            content = [_is_content(word, cases, first=at == 0) for at, word in enumerate(words)]
            _count_ends(found, words, content, sentence.text)
            turns = [at for at, word in enumerate(words) if word.key in ISSUE_VERBS]
            for start, end in _spans(words, content, text=sentence.text):
                stems = tuple(word.stem for word in words[start:end])
                one = found.phrases.setdefault(stems, Phrase(stems))
                one.count += 1
                one.near += near
                one.turned += any(-REACH <= at - end < 0 <= start - at + 1 for at in turns)
                one.opened += start > 0 and words[start - 1].key in PHRASE_OPENERS
                one.forms[_wording(words[start:end], sentence.text)] += 1
                one.articles.add(number)
            near_before = attributed
    return found


_ATTRIBUTING = SPEAKING | URGING | JUDGING | RELAYING
REACH = 8
NEAR_WEIGHT = 0.1
ISSUE_WEIGHT = 3.0


def _wording(words: Sequence[Word], text: str) -> str:
    return " ".join(text[words[0].start : words[-1].end].split())


def _count_ends(found: Phrases, words: Sequence[Word], content: Sequence[bool], text: str) -> None:
    for at, word in enumerate(words):
        if content[at]:
            goes_on = at + 1 < len(words) and content[at + 1]
            found.stands[word.stem] += 1
            found.ends[word.stem] += not (goes_on and _are_side_by_side(word, words[at + 1], text))


def _spans(
    words: Sequence[Word], content: Sequence[bool], *, text: str
) -> Iterator[tuple[int, int]]:
    """Stretches of words that may be noun phrases."""
    for start, is_content in enumerate(content):
        if not is_content or not _may_begin(words, start):
            continue
        for end in range(start + 1, min(start + MAX_WORDS, len(words))):
            if not _are_side_by_side(words[end - 1], words[end], text):
                break
            if content[end]:
                stretch = slice(start, end + 1)
                if _is_shaped(words[stretch], content[stretch], text):
                    yield start, end + 1
            elif words[end].key not in PHRASE_JOINTS | INNER_DETERMINERS:
                break


def _may_begin(words: Sequence[Word], at: int) -> bool:
    """Whether a word is no infinitive, and a participle only behind a determiner."""
    if at > 0 and words[at - 1].key in BEFORE_BASE_VERB:
        return False
    if not words[at].key.endswith(("ing", "ed")) or len(words[at].key) <= 4:
        return True
    return at > 0 and words[at - 1].key in PHRASE_OPENERS


def _are_side_by_side(one: Word, other: Word, text: str) -> bool:
    gap = text[one.end : other.start].removeprefix("'s").removeprefix("’s")
    return one.joined and gap.strip() in ("", "-", "'", "’")


def _is_shaped(words: Sequence[Word], content: Sequence[bool], text: str) -> bool:
    """Whether the words are nouns in a row, or two such parts joined by a small word."""
    small = [at for at, is_content in enumerate(content) if not is_content]
    joints = [words[at].key for at in small]
    if joints and (joints[0] not in PHRASE_JOINTS or not set(joints[1:]) <= INNER_DETERMINERS):
        return False
    if len(joints) > 2 or (joints == ["to"] and not _is_a_noun(words[small[0] + 1])):
        return False
    if any(word.key.endswith("ed") and len(word.key) > 4 for word in words[1:]):
        return False
    capitals = sum(word.text[0].isupper() and not _is_numeral(word.text) for word in words)
    spaced = any(" " in text[a.end : b.start] for a, b in pairwise(words))
    return capitals <= 1 and spaced and not is_hyphenated(text, words[0].start, words[-1].end)


def _is_a_noun(word: Word) -> bool:
    """Whether a word behind "to" is no infinitive: a plural, or a name."""
    return word.text[0].isupper() or (word.key.endswith("s") and not word.key.endswith("ss"))


def _is_numeral(text: str) -> bool:
    return set(text) <= set("IVX")


def _is_content(word: Word, cases: Cases, *, first: bool) -> bool:
    key = word.key
    if _is_numeral(word.text) and word.text:
        return True
    if (
        not 3 <= len(key) <= MAX_WORD_CHARS
        or not key[0].isalpha()
        or key.endswith("ly")
        or key in _EXCLUDED
    ):
        return False
    return not (first and word.text[0].isupper()) or cases.small[key] > 0


_VERBS = (SPEAKING | URGING | JUDGING | ACTING | RELAYING | PREVERBAL) - NOUN_VERB_HOMOGRAPHS
_PEOPLE = TITLES | SPEAKER_ROLES | COLLECTIVE_NOUNS | GOVERNMENT_NOUNS
_EXCLUDED = NON_ISSUE_WORDS | NOT_NAMES | CALENDAR_NAMES | PHRASE_JOINTS | _VERBS | _PEOPLE


def rank(found: Phrases, *, min_count: int, taken: Iterable[tuple[str, ...]] = ()) -> list[Phrase]:
    """Phrases that recur near attributions, the best first, by a form of C-value.

    What stands within a longer phrase counts for what is left (after Frantzi, Ananiadou & Mima
    2000, "Automatic recognition of multi-word terms"), what stands near no attribution not at all,
    and what is urged or judged counts most.

    Parameters
    ----------
    taken : the names of actors as stems, which are no issues
    """
    names = set(taken)
    adjectives = {word.casefold() for c in countries().values() for word in c.adjectives} | PEOPLES
    kept = {
        stems: one
        for stems, one in found.phrases.items()
        if one.count >= min_count and one.near > 0 and stems not in names
        if found.is_noun(stems[-1]) and one.form.split()[-1].casefold() not in adjectives
    }
    within: dict[tuple[str, ...], list[int]] = {}
    for stems, one in kept.items():
        for size in range(MIN_WORDS, len(stems)):
            for at in range(len(stems) - size + 1):
                within.setdefault(stems[at : at + size], []).append(one.count)
    for stems, one in kept.items():
        longer = within.get(stems, [])
        alone = one.count - max(longer, default=0)
        sides = one.turned + NEAR_WEIGHT * one.near
        opened = 0.5 + one.opened / one.count
        weight = ISSUE_WEIGHT if is_issue_noun(one.head) else 1.0
        one.score = (
            weight * math.log2(len(stems) + 1) * math.log1p(alone) * sides * opened / one.count
        )
    ranked = [one for one in kept.values() if one.score > 0]
    return sorted(ranked, key=lambda one: (-one.score, one.stems))
