"""Counts of the contrast texts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from train.corpora.contrast.rows import KINDS, ContrastText


@dataclass(frozen=True, slots=True)
class ContrastCounts:
    """One split: codebooks, groups, texts, texts by kind, and statements by stance."""

    codebooks: int
    groups: int
    texts: int
    kinds: dict[str, int]
    statements: dict[str, int]


def count_contrast(texts: Iterable[ContrastText]) -> dict[str, ContrastCounts]:
    """The counts of each split."""
    by_split: dict[str, list[ContrastText]] = {}
    for text in texts:
        by_split.setdefault(text.split, []).append(text)
    return {split: _counts(own) for split, own in by_split.items()}


def _counts(texts: list[ContrastText]) -> ContrastCounts:
    kinds = Counter(text.kind for text in texts)
    return ContrastCounts(
        codebooks=len({text.codebook.name for text in texts}),
        groups=len({text.group for text in texts}),
        texts=len(texts),
        kinds={kind: kinds[kind] for kind in KINDS if kind in kinds},
        statements=dict(Counter(s for t in texts for s in t.statements.values()).most_common()),
    )
