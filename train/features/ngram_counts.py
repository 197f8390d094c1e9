"""N-gram counts of many pairs, computed once for all folds, and TF-IDF weights of a fold."""

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
    """How often each n-gram occurs in each pair.

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
        """The rows with these numbers."""
        at = np.asarray(numbers, dtype=np.int64)
        return NgramRows({f: counts[at] for f, counts in self.counts.items()}, self.terms)


def count_ngrams(pairs: Sequence[PairText], *, settings: NgramFeatures) -> NgramRows:
    """Count the n-grams of every pair; equal pairs are counted once."""
    from scipy.sparse import csr_matrix

    columns: dict[str, int] = {}  # a new n-gram gets the next one
    indices, counts, ends = array("i"), array("f"), array("q", [0])
    seen: dict[PairText, int] = {}
    for pair in pairs:
        if pair not in seen:
            seen[pair] = len(seen)
            for term, n in Counter(ngrams_of(pair, settings=settings)).items():
                indices.append(columns.setdefault(term, len(columns)))
                counts.append(n)
            ends.append(len(indices))
    data = np.asarray(counts, dtype=np.float32), np.asarray(indices), np.asarray(ends)
    matrix = csr_matrix(data, shape=(len(seen), len(columns)))
    sources = np.array([seen[pair] for pair in pairs], dtype=np.int64)
    terms = tuple(columns)
    family_of = np.array([ngram_family(term) for term in terms], dtype=np.str_)
    at = {family: np.flatnonzero(family_of == family) for family in FAMILIES}
    return NgramRows(
        {family: matrix[:, numbers][sources] for family, numbers in at.items()},
        {family: tuple(terms[n] for n in numbers) for family, numbers in at.items()},
    )


@dataclass(frozen=True, slots=True)
class TfidfWeights:
    """TF-IDF weights that were fitted on training rows.

    Attributes
    ----------
    columns : per family, the columns of n-grams that are frequent enough
    idf : array of shape (n_terms,), over these columns of all families
    terms : the n-gram of each of these columns
    sublinear : whether a count is replaced by 1 + log(count)
    """

    columns: dict[str, Any]
    idf: Floats
    terms: tuple[str, ...]
    sublinear: bool

    def transform(self, rows: NgramRows) -> Any:
        """Sparse rows of TF-IDF; the part of each family has an L2 norm of 1."""
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
    """Weights of the n-grams of at least ``min_count`` rows; smooth idf, as in scikit-learn.

    Raises
    ------
    ConfigError
        no n-gram is left
    """
    columns, idf, terms = {}, [], []
    for family in FAMILIES:
        counts = rows.counts[family]
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        frequent = np.flatnonzero(frequency >= min_count)
        if len(frequent):
            columns[family] = frequent
            idf.append(np.log((1 + len(rows)) / (1 + frequency[frequent])) + 1)
            terms += [rows.terms[family][n] for n in frequent]
    if not terms:
        raise ConfigError(
            f"model.min_count: must leave n-grams to read, got {min_count}, more rows than any "
            "n-gram stands in."
        )
    return TfidfWeights(columns, np.concatenate(idf).astype(np.float32), tuple(terms), sublinear)
