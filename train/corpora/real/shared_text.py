"""Documents that share text: copies, later versions and excerpts of one another."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

MAX_SHARED = 0.08
"""Of the shorter document's runs of words. Quotations and formulas that two documents have in
common stay below; a copy shares nearly all."""
SHINGLE_WORDS = 8

Shingle = tuple[str, ...]


def word_shingles(text: str) -> frozenset[Shingle]:
    """All runs of eight words, in small letters; a shorter text is its only one.

    >>> len(word_shingles("one two three four five six seven eight nine"))
    2
    """
    words = text.casefold().split()
    n = max(1, len(words) - SHINGLE_WORDS + 1)
    return frozenset(tuple(words[start : start + SHINGLE_WORDS]) for start in range(n))


def ids_sharing_text(texts: Mapping[str, str], others: Iterable[str]) -> frozenset[str]:
    """The texts that share more than `MAX_SHARED` of their runs of words with one of the others.

    Parameters
    ----------
    texts : by id
    """
    holders: defaultdict[Shingle, list[int]] = defaultdict(list)
    lengths = []
    for number, other in enumerate(others):
        runs = word_shingles(other)
        lengths.append(len(runs))
        for run in runs:
            holders[run].append(number)
    sharing = set()
    for id, text in texts.items():
        own = word_shingles(text)
        shared = Counter(number for run in own for number in holders.get(run, ()))
        if any(n > MAX_SHARED * min(len(own), lengths[k]) for k, n in shared.items()):
            sharing.add(id)
    return frozenset(sharing)
