"""Key phrases: noun phrases near attributions, ranked by a form of C-value."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from standpoint.authoring.capitalized_spans import CaseCounts, running_text
from standpoint.lexicon.countries import PEOPLES, countries
from standpoint.lexicon.function_words import (
    ARTICLES_AND_POSSESSIVES,
    BEFORE_BASE_VERB,
    PHRASE_JOINTS,
    PHRASE_OPENERS,
)
from standpoint.lexicon.issue_nouns import ISSUE_VERBS, NON_ISSUE_WORDS, is_issue_noun
from standpoint.lexicon.verbs import RELAYING, REPORTING
from standpoint.text import Article, Word, is_hyphenated

Stems = tuple[str, ...]
MIN_WORDS, MAX_WORDS = 2, 5  # of a phrase; single words are too general for an issue
MIN_WORD_CHARS, MAX_WORD_CHARS = 3, 30  # a guess: longer words are web addresses
MAX_VERB_DISTANCE_WORDS = 8  # from a verb like "rejected" to the end of its object (a guess)
# Weights of the score, set by hand: a phrase near an attribution counts a tenth of the object of an
# issue verb, and one with a noun like "ban" as its head three times.
NEAR_WEIGHT = 0.1
ISSUE_NOUN_WEIGHT = 3.0
_ATTRIBUTING = REPORTING | RELAYING


@dataclass(slots=True)
class Phrase:
    """A phrase by its stems, with its frequency in several contexts.

    Attributes
    ----------
    count : how often it occurs
    near : in a sentence with a reporting verb, or in the sentence after one
    after_verb : soon after an issue verb ("rejected")
    after_opener : just after a determiner or preposition
    wordings : each wording with its frequency
    score : its rank, from `rank_phrases`
    """

    stems: Stems
    count: int = 0
    near: int = 0
    after_verb: int = 0
    after_opener: int = 0
    wordings: Counter[str] = field(default_factory=Counter)
    score: float = 0.0

    @property
    def head(self) -> str:
        """The head noun: the last word before a preposition ("access to ...")."""
        words = self.wording.casefold().split()
        end = next((at for at, word in enumerate(words) if word in PHRASE_JOINTS), len(words))
        return words[end - 1]

    @property
    def wording(self) -> str:
        """The most frequent wording."""
        return max(self.wordings, key=lambda text: (self.wordings[text], -len(text), text))


@dataclass(frozen=True, slots=True)
class PhraseCounts:
    """Phrases by their stems, and how often each stem occurs, in all and last in a phrase."""

    phrases: dict[Stems, Phrase] = field(default_factory=dict)
    stems: Counter[str] = field(default_factory=Counter)
    final_stems: Counter[str] = field(default_factory=Counter)

    def is_noun(self, stem: str) -> bool:
        """Whether a word is mostly last in its phrase: "aid" is, "humanitarian" is not."""
        return 2 * self.final_stems[stem] >= self.stems[stem]


def count_phrases(articles: Sequence[Article], cases: CaseCounts) -> PhraseCounts:
    """Count the phrases of two to five words that may be noun phrases."""
    counts = PhraseCounts()
    for article in articles:
        previous_attributes = False
        for text, words in running_text(article):
            attributes = any(word.key in _ATTRIBUTING for word in words)
            is_near = attributes or previous_attributes
            _count_sentence(counts, words, cases, text=text, is_near=is_near)
            previous_attributes = attributes
    return counts


def _count_sentence(
    counts: PhraseCounts, words: Sequence[Word], cases: CaseCounts, *, text: str, is_near: bool
) -> None:
    content = [_is_content(word, cases, is_first=at == 0) for at, word in enumerate(words)]
    for at, word in enumerate(words):
        if content[at]:
            continues = at + 1 < len(words) and content[at + 1]
            counts.stems[word.stem] += 1
            is_final = not (continues and _are_adjacent(word, words[at + 1], text))
            counts.final_stems[word.stem] += is_final
    verbs = [at for at, word in enumerate(words) if word.key in ISSUE_VERBS]
    for start, end in _spans(words, content, text=text):
        stems = tuple(word.stem for word in words[start:end])
        phrase = counts.phrases.setdefault(stems, Phrase(stems))
        phrase.count += 1
        phrase.near += is_near
        phrase.after_verb += any(end - MAX_VERB_DISTANCE_WORDS <= at <= start + 1 for at in verbs)
        phrase.after_opener += start > 0 and words[start - 1].key in PHRASE_OPENERS
        phrase.wordings[" ".join(text[words[start].start : words[end - 1].end].split())] += 1


def _spans(
    words: Sequence[Word], content: Sequence[bool], *, text: str
) -> Iterator[tuple[int, int]]:
    """Word ranges that may be noun phrases."""
    for start, is_content in enumerate(content):
        if not is_content or not _may_begin(words, start):
            continue
        for end in range(start + 1, min(start + MAX_WORDS, len(words))):
            if not _are_adjacent(words[end - 1], words[end], text):
                break
            if content[end]:
                inner = slice(start, end + 1)
                if _has_phrase_shape(words[inner], content[inner], text):
                    yield start, end + 1
            elif words[end].key not in PHRASE_JOINTS | ARTICLES_AND_POSSESSIVES:
                break


def _may_begin(words: Sequence[Word], at: int) -> bool:
    """Whether a word is no infinitive, and a participle only after a determiner."""
    if at > 0 and words[at - 1].key in BEFORE_BASE_VERB:
        return False
    if not words[at].key.endswith(("ing", "ed")) or len(words[at].key) <= 4:
        return True
    return at > 0 and words[at - 1].key in PHRASE_OPENERS


def _are_adjacent(left: Word, right: Word, text: str) -> bool:
    gap = text[left.end : right.start].removeprefix("'s").removeprefix("’s")
    return left.joined and gap.strip() in ("", "-", "'", "’")


def _has_phrase_shape(words: Sequence[Word], content: Sequence[bool], text: str) -> bool:
    """Whether the words are nouns in a row, or two such parts joined by a preposition."""
    small = [at for at, is_content in enumerate(content) if not is_content]
    joints = [words[at].key for at in small]
    if not (set(joints[:1]) <= PHRASE_JOINTS and set(joints[1:]) <= ARTICLES_AND_POSSESSIVES):
        return False
    if len(joints) > 2 or (joints == ["to"] and not _is_noun(words[small[0] + 1])):
        return False
    if any(word.key.endswith("ed") and len(word.key) > 4 for word in words[1:]):
        return False
    n_capitalized = sum(word.text[0].isupper() and not _is_numeral(word.text) for word in words)
    has_space = any(" " in text[a.end : b.start] for a, b in pairwise(words))
    is_part = is_hyphenated(text, start=words[0].start, end=words[-1].end)
    return n_capitalized <= 1 and has_space and not is_part


def _is_noun(word: Word) -> bool:
    """Whether a word after "to" is no infinitive: a plural, or a name."""
    return word.text[0].isupper() or (word.key.endswith("s") and not word.key.endswith("ss"))


def _is_numeral(text: str) -> bool:
    return set(text) <= set("IVX")


def _is_content(word: Word, cases: CaseCounts, *, is_first: bool) -> bool:
    """Whether a word may be part of a key phrase, but for its joints."""
    key = word.key
    if word.text and _is_numeral(word.text):
        return True
    if not MIN_WORD_CHARS <= len(key) <= MAX_WORD_CHARS or not key[0].isalpha():
        return False
    if key.endswith("ly") or key in NON_ISSUE_WORDS:
        return False
    return not (is_first and word.text[0].isupper()) or cases.lower[key] > 0


def rank_phrases(
    counts: PhraseCounts, *, min_count: int, taken: Iterable[Stems] = ()
) -> list[Phrase]:
    """Phrases that recur near attributions, the best first, by a form of C-value.

    Occurrences within a longer phrase are subtracted (after Frantzi, Ananiadou & Mima 2000,
    "Automatic recognition of multi-word terms"). Phrases near no attribution are dropped; objects
    of issue verbs and phrases with an issue noun as head get more weight.

    Parameters
    ----------
    taken : the names of actors as stems, which are no issues
    """
    names = set(taken)
    adjectives = {word.casefold() for c in countries().values() for word in c.adjectives} | PEOPLES
    phrases = {
        stems: phrase
        for stems, phrase in counts.phrases.items()
        if phrase.count >= min_count and phrase.near > 0 and stems not in names
        if counts.is_noun(stems[-1]) and phrase.wording.split()[-1].casefold() not in adjectives
    }
    longer_counts: defaultdict[Stems, list[int]] = defaultdict(list)
    for stems, phrase in phrases.items():
        for size in range(MIN_WORDS, len(stems)):
            for at in range(len(stems) - size + 1):
                longer_counts[stems[at : at + size]].append(phrase.count)
    for stems, phrase in phrases.items():
        phrase.score = _score(phrase, max(longer_counts.get(stems, ()), default=0))
    ranked = [phrase for phrase in phrases.values() if phrase.score > 0]
    return sorted(ranked, key=lambda phrase: (-phrase.score, phrase.stems))


def _score(phrase: Phrase, n_within_longer: int) -> float:
    # A longer phrase may be counted more often: in it, the part may begin within a hyphenated word.
    alone = math.log1p(max(0, phrase.count - n_within_longer))
    stance = phrase.after_verb + NEAR_WEIGHT * phrase.near
    opened = 0.5 + phrase.after_opener / phrase.count
    weight = ISSUE_NOUN_WEIGHT if is_issue_noun(phrase.head) else 1.0
    return weight * math.log2(len(phrase.stems) + 1) * alone * stance * opened / phrase.count
