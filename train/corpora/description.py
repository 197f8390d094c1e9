"""Descriptive statistics of a corpus."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from standpoint.labels import LABELS, Task
from train.corpora.record import Corpus, Record


@dataclass(frozen=True, slots=True)
class SplitCounts:
    """One split: numbers of records, of distinct texts, and of records with each label."""

    n: int
    texts: int
    labels: dict[str, int]


@dataclass(frozen=True, slots=True)
class Words:
    """Lengths of the distinct texts in words: the median, the 90th percentile, the longest."""

    median: int
    p90: int
    longest: int


@dataclass(frozen=True, slots=True)
class Description:
    """Descriptive statistics of a corpus.

    Attributes
    ----------
    target_spans : share of the records whose target is a span of the text, 0 to 1
    shared_texts : two splits, and the number of distinct texts that are in both
    """

    corpus: str
    task: Task
    n: int
    splits: dict[str, SplitCounts]
    groups: int
    issues: int
    actors: int
    target_spans: float
    words: Words
    shared_texts: tuple[tuple[str, str, int], ...]


def describe(corpus: Corpus) -> Description:
    """Compute the descriptive statistics of a corpus."""
    records = corpus.records
    by_split: dict[str, list[Record]] = {}
    for record in records:
        by_split.setdefault(record.split, []).append(record)
    texts = {split: {record.text for record in of} for split, of in by_split.items()}
    shared = ((a, b, len(texts[a] & texts[b])) for a, b in combinations(texts, 2))
    spans = sum(record.target["start"] is not None for record in records)
    return Description(
        corpus=corpus.name,
        task=corpus.task,
        n=len(records),
        splits={split: _counts(of, corpus.task) for split, of in by_split.items()},
        groups=len({record.group for record in records}),
        issues=len({record.issue for record in records if record.issue}),
        actors=len({record.actor for record in records if record.actor}),
        target_spans=spans / max(1, len(records)),
        words=_words({text for of in texts.values() for text in of}),
        shared_texts=tuple((a, b, n) for a, b, n in shared if n),
    )


def _counts(records: Sequence[Record], task: Task) -> SplitCounts:
    counts = Counter(record.label for record in records)
    labels = {label: counts[label] for label in LABELS[task]}
    return SplitCounts(len(records), len({record.text for record in records}), labels)


def _words(texts: set[str]) -> Words:
    lengths = [len(text.split()) for text in texts] or [0]
    median, p90 = np.percentile(lengths, [50, 90])
    return Words(round(float(median)), round(float(p90)), max(lengths))
