"""What the words around a pair's roles lean to: counts of families in zones of the sentence.

A small lexicon gives the head what frozen vectors hold only faintly: that "no longer opposes" is
no opposition, and on which side of the holder and the target a word stands.
"""

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from standpoint.lexicon.polarity import FAMILIES, N_FAVORABLE, N_POLAR, NEGATION_INDEX
from standpoint.model.pairs import PairText
from standpoint.text import Span, Trie, Word, plant, walk, words_of

Counts = npt.NDArray[np.float32]
NEGATION_REACH_WORDS = 3
MAX_COUNT = 2.0
N_COUNTS = len(FAMILIES) + 2 * N_POLAR
N_ZONES = 8
N_POLARITY_FEATURES = 3 * N_ZONES * (N_COUNTS + 2)


def polarity_features(pair: PairText) -> Counts:
    """Counts by zone and family, of shape (N_LEANINGS,).

    The zones are what stands between holder and target, the four words before the target and the
    five before those, the same behind it, five words on each side of the holder, and the sentence.
    All counts come three times: as they are, where the holder stands first, and where none stands
    in the sentence; zeros elsewhere.
    """
    words = words_of(pair.text)
    sums = _sums(pair.text)
    target = _range_of(words, pair.target) or (len(words), len(words))
    holder = _range_of(words, pair.holder)
    parts = [_zone(sums, zone) for zone in _zones(len(words), holder, target)]
    found = np.concatenate([_counts(part) for part in parts])
    first = holder is not None and holder < target
    nothing = np.zeros_like(found)
    return np.concatenate(
        [found, found if first else nothing, nothing if holder is not None else found]
    )


@cache
def family_trie() -> Trie:
    """A trie over stems; a phrase stands for the number of its family."""
    return plant(
        ([word.stem for word in words], tuple(word.text for word in words), number)
        for number, entries in enumerate(FAMILIES.values())
        for entry in entries.split(";")
        if (words := words_of(entry.strip()))
    )


def _range_of(words: tuple[Word, ...], span: Span | None) -> tuple[int, int] | None:
    """Numbers of the first word of a span and of the first past it."""
    within = [n for n, w in enumerate(words) if span and span.start <= w.start < span.end]
    return (within[0], within[-1] + 1) if within else None


def _zones(
    n_words: int, holder: tuple[int, int] | None, target: tuple[int, int]
) -> list[tuple[int, int]]:
    start, end = target
    if holder is None:
        between, before, after = (0, start), (0, 0), (0, 0)
    else:
        between = (holder[1], start) if holder < target else (end, holder[0])
        before, after = (holder[0] - 5, holder[0]), (holder[1], holder[1] + 5)
    zones = [
        between, (start - 4, start), (start - 9, start - 4), (end, end + 4), (end + 4, end + 10),
        before, after, (0, n_words),
    ]  # fmt: skip
    return [_within(n_words, zone) for zone in zones]


def _within(n_words: int, zone: tuple[int, int]) -> tuple[int, int]:
    start = min(max(0, zone[0]), n_words)
    return start, min(max(start, zone[1]), n_words)


def _zone(sums: Counts, zone: tuple[int, int]) -> Counts:
    found: Counts = sums[zone[1]] - sums[zone[0]]
    return found


def _counts(zone: Counts) -> Counts:
    """Counts cut off at two, and which way the zone leans, negation turned and not."""
    plain, turned = zone[:N_POLAR], zone[len(FAMILIES) : len(FAMILIES) + N_POLAR]
    free = zone[len(FAMILIES) + N_POLAR :]
    lean = (
        free[:N_FAVORABLE].sum()
        - free[N_FAVORABLE:].sum()
        - turned[:N_FAVORABLE].sum()
        + turned[N_FAVORABLE:].sum()
    )
    bare = plain[:N_FAVORABLE].sum() - plain[N_FAVORABLE:].sum()
    signs = np.sign([lean, bare]).astype(np.float32)
    return np.concatenate([np.minimum(zone, MAX_COUNT), signs])


@lru_cache(maxsize=2_000)
def _sums(text: str) -> Counts:
    """Sums of the counts of the words before each, of shape (n_words + 1, N_COUNTS)."""
    words = words_of(text)
    found = np.zeros((len(words) + 1, N_COUNTS), dtype=np.float32)
    stems = [word.stem for word in words]
    families = np.zeros((len(words), len(FAMILIES)), dtype=np.float32)
    for number in range(len(words)):
        for past, family, _ in walk(family_trie(), words, stems, number):
            families[past - 1, family] = 1
    negated = np.zeros(len(words), dtype=bool)
    for number in np.flatnonzero(families[:, NEGATION_INDEX]).tolist():
        negated[number + 1 : number + 1 + NEGATION_REACH_WORDS] = True
    leaning = families[:, :N_POLAR]
    rows = [families, leaning * negated[:, None], leaning * ~negated[:, None]]
    found[1:] = np.cumsum(np.concatenate(rows, axis=1), axis=0)
    return found
