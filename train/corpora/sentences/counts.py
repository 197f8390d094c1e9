"""Counts of sentences with stances."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from train.corpora.sentences.stance_sentence import SentenceStance


@dataclass(frozen=True, slots=True)
class SentenceCounts:
    """Sentences, those on which nobody says anything, and statements by stance."""

    sentences: int
    without_statement: int
    statements: dict[str, int]


def count_sentences(stances: Iterable[Iterable[SentenceStance]]) -> SentenceCounts:
    """The counts of sentences, of each of which its stances are given."""
    own = [tuple(of_sentence) for of_sentence in stances]
    return SentenceCounts(
        sentences=len(own),
        without_statement=sum(not of_sentence for of_sentence in own),
        statements=dict(Counter(s for of_sentence in own for s in of_sentence).most_common()),
    )
