"""Polarity features of a pair: counts of polarity matcher families in zones around its roles.

They give a linear head what frozen vectors encode only faintly (docs/decisions/0006): that "no
longer opposes" is no opposition, and on which side of the holder and the target a word stands.
"""

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from standpoint.lexicon.polarity import FAMILIES, N_FAVORABLE, N_POLAR, NEGATION_INDEX
from standpoint.model.pairs import PairText
from standpoint.text import Span, Trie, Word, words_of

Counts = npt.NDArray[np.float32]
# A negation word negates this many words after it: enough for "does not fully support"; set by
# hand, as are the zones below.
NEGATION_REACH_WORDS = 3
MAX_COUNT = 2.0  # counts are clipped, so that long sentences do not outweigh short ones
N_COUNTS = len(FAMILIES) + 2 * N_POLAR  # each family, and the polar ones negated and not
N_ZONES = 8
N_POLARITY_FEATURES = 3 * N_ZONES * (N_COUNTS + 2)
CACHED_TEXTS = 2_000  # pairs of a sentence share its counts; the number bounds memory


def polarity_features(pair: PairText) -> Counts:
    """Counts by zone and family, and two signs for each zone, of shape (N_POLARITY_FEATURES,).

    The zones are the words between holder and target, the four words before the target and the
    five before those, the four after it and the six after those, five words on each side of the
    holder, and the sentence. All counts come three times: as they are, where the holder stands
    before the target, and where there is no holder in the sentence; else zeros.
    """
    words = words_of(pair.text)
    sums = _cumulative_counts(pair.text)
    target = _word_range(words, pair.target) or (len(words), len(words))
    holder = _word_range(words, pair.holder)
    zones = _zones(len(words), holder, target)
    counts = np.concatenate([_zone_features(sums[end] - sums[start]) for start, end in zones])
    zeros = np.zeros_like(counts)
    holder_first = holder is not None and holder < target
    return np.concatenate(
        [counts, counts if holder_first else zeros, counts if holder is None else zeros]
    )


@cache
def family_trie() -> Trie:
    """A trie over stems of the polarity matcher; a phrase leads to the number of its family."""
    return Trie(
        ([word.stem for word in words], tuple(word.text for word in words), number)
        for number, entries in enumerate(FAMILIES.values())
        for entry in entries.split(";")
        if (words := words_of(entry.strip()))
    )


def _word_range(words: tuple[Word, ...], span: Span | None) -> tuple[int, int] | None:
    """The numbers of the first word in a span and of the first word after it."""
    inside = [n for n, w in enumerate(words) if span and span.start <= w.start < span.end]
    return (inside[0], inside[-1] + 1) if inside else None


def _zones(
    n_words: int, holder: tuple[int, int] | None, target: tuple[int, int]
) -> list[tuple[int, int]]:
    """Word ranges of the zones; without a holder, all before the target lies between the roles."""
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
    return [(first, max(first, past)) for first, past in np.clip(zones, 0, n_words).tolist()]


def _zone_features(zone: Counts) -> Counts:
    """Clipped counts of a zone, and the sign of its polarity, with and without negation."""
    plain, negated = zone[:N_POLAR], zone[len(FAMILIES) : len(FAMILIES) + N_POLAR]
    free = zone[len(FAMILIES) + N_POLAR :]
    polarity = _balance(free) - _balance(negated)
    signs = np.sign([polarity, _balance(plain)]).astype(np.float32)
    return np.concatenate([np.minimum(zone, MAX_COUNT), signs])


def _balance(polar: Counts) -> float:
    """Favorable words less unfavorable ones."""
    return float(polar[:N_FAVORABLE].sum() - polar[N_FAVORABLE:].sum())


@lru_cache(maxsize=CACHED_TEXTS)
def _cumulative_counts(text: str) -> Counts:
    """Counts in all words before each word, of shape (n_words + 1, N_COUNTS)."""
    words = words_of(text)
    stems = [word.stem for word in words]
    families = np.zeros((len(words), len(FAMILIES)), dtype=np.float32)
    for number in range(len(words)):
        for past, family, _ in family_trie().matches(words, keys=stems, at=number):
            families[past - 1, family] = 1
    negated = np.zeros(len(words), dtype=bool)
    for number in np.flatnonzero(families[:, NEGATION_INDEX]).tolist():
        negated[number + 1 : number + 1 + NEGATION_REACH_WORDS] = True
    polar = families[:, :N_POLAR]
    rows = [families, polar * negated[:, None], polar * ~negated[:, None]]
    sums = np.zeros((len(words) + 1, N_COUNTS), dtype=np.float32)
    sums[1:] = np.cumsum(np.concatenate(rows, axis=1), axis=0)
    return sums
