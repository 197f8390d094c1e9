"""Counts of the n-grams of many pairs, made once for every fold."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from standpoint.errors import ConfigError
from standpoint.model import Floats, NgramFeatures, PairText, ngram_family, ngrams_of

FAMILIES = ("c", "roles", "w")


@dataclass(frozen=True, slots=True)
class NgramRows:
    """How often each n-gram stands in each pair.

    Attributes
    ----------
    counts : per family, a sparse matrix of shape (n_pairs, n_terms)
    terms : per family, the n-gram of each column
    """

    counts: dict[str, Any]
    terms: dict[str, tuple[str, ...]]

    def __len__(self) -> int:
        return int(next(iter(self.counts.values())).shape[0])

    def take(self, numbers: Sequence[int]) -> "NgramRows":
        """Some of the rows."""
        at = np.asarray(numbers, dtype=np.int64)
        return NgramRows({f: counts[at] for f, counts in self.counts.items()}, self.terms)


def count_ngrams(pairs: Sequence[PairText], *, settings: NgramFeatures) -> NgramRows:
    """Count the n-grams of every pair; a pair that comes again is not cut up again."""
    families = {family: _Counting() for family in FAMILIES}
    seen: dict[PairText, int] = {}
    sources = []
    for pair in pairs:
        if pair not in seen:
            seen[pair] = len(seen)
            _count(pair, families, settings)
        sources.append(seen[pair])
    return NgramRows(
        {
            name: counting.matrix()[np.array(sources, dtype=np.int64)]
            for name, counting in families.items()
        },
        {name: tuple(counting.known) for name, counting in families.items()},
    )


def _count(pair: PairText, families: dict[str, "_Counting"], settings: NgramFeatures) -> None:
    for term, n in Counter(ngrams_of(pair, settings=settings)).items():
        families[ngram_family(term)].add(term, n)
    for counting in families.values():
        counting.end_row()


class _Counting:
    """A sparse matrix in the making."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self._columns, self._counts, self._ends = array("i"), array("f"), array("q", [0])

    def add(self, term: str, n: int) -> None:
        self._columns.append(self.known.setdefault(term, len(self.known)))
        self._counts.append(n)

    def end_row(self) -> None:
        self._ends.append(len(self._columns))

    def matrix(self) -> Any:
        from scipy.sparse import csr_matrix

        shape = (len(self._ends) - 1, len(self.known))
        counts = np.asarray(self._counts, dtype=np.float32)
        return csr_matrix((counts, np.asarray(self._columns), np.asarray(self._ends)), shape=shape)


@dataclass(frozen=True, slots=True)
class TfidfWeights:
    """TF-IDF as the training rows have it.

    Attributes
    ----------
    columns : per family, the columns that are kept
    idf : array of shape (n_terms,), over the kept columns of all families
    sublinear : whether a count weighs 1 + log(count)
    terms : the n-gram of each kept column
    """

    columns: dict[str, Any]
    idf: Floats
    terms: tuple[str, ...]
    sublinear: bool

    def rows(self, rows: NgramRows) -> Any:
        """Sparse rows: the counts times idf, each family of length 1."""
        from scipy.sparse import hstack
        from sklearn.preprocessing import normalize

        parts, start = [], 0
        for family, columns in self.columns.items():
            counts = rows.counts[family][:, columns].astype(np.float32)
            if self.sublinear:
                counts.data = 1 + np.log(counts.data)
            idf = self.idf[start : start + len(columns)]
            start += len(columns)
            parts.append(normalize(counts.multiply(idf).tocsr(), copy=False))
        return hstack(parts).tocsr()


def fit_tfidf(rows: NgramRows, *, min_count: int, sublinear: bool) -> TfidfWeights:
    """Keep the n-grams of at least ``min_count`` rows; idf is smooth, as in scikit-learn.

    Raises
    ------
    ConfigError
        no n-gram is left
    """
    columns, idf, terms = {}, [], []
    for family in FAMILIES:
        counts = rows.counts[family]
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        kept = np.flatnonzero(frequency >= min_count)
        if len(kept):
            columns[family] = kept
            idf.append(np.log((1 + len(rows)) / (1 + frequency[kept])) + 1)
            terms += [rows.terms[family][n] for n in kept]
    if not terms:
        raise ConfigError(
            f"model.min_count: must leave n-grams to read, got {min_count}, more rows than any "
            "n-gram stands in."
        )
    return TfidfWeights(columns, np.concatenate(idf).astype(np.float32), tuple(terms), sublinear)
