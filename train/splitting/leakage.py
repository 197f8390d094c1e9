"""The leakage check: which test rows occur in train, as exact or near duplicates."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from train.corpora import Record, Role
from train.features import cached_array

# The Jaccard index from which two texts are near duplicates. No measurement chose it: a higher one
# would miss more edited copies, a lower one would flag texts that only share phrases.
NEAR = 0.8
MARGIN = 0.2  # below NEAR, MinHash proposes pairs to compare: its estimate has an error
SHINGLE_CHARS = 5  # Broder (1997) shingles words; characters also match tweets of few words
N_PERMUTATIONS = 64  # standard error of the estimate: at most 0.5 / sqrt(64) = 0.06
Flags = npt.NDArray[np.bool_]
RoleWords = tuple[str, int | None] | None
"""The name of a role, and where it begins."""


@dataclass(frozen=True, slots=True)
class Leakage:
    """Which test rows of a fold occur in its training rows; arrays of shape (n_test,).

    Attributes
    ----------
    row : the same text with the same holder and target
    text : the same text, with any holder and target
    near : no equal text, but a near duplicate
    group : a row of the same group
    """

    row: Flags
    text: Flags
    near: Flags
    group: Flags

    @property
    def clean(self) -> Flags:
        """Rows whose text has no duplicate or near duplicate in train."""
        return ~(self.text | self.near)


def repeated_rows(train: Sequence[Record], test: Sequence[Record]) -> Flags:
    """Which test rows have the text, the holder and the target of a training row."""
    known = {_row(record) for record in train}
    return np.array([_row(record) in known for record in test], dtype=bool)


class TextIndex:
    """Exact and near duplicates among the texts of a corpus.

    Parameters
    ----------
    records : all rows of a corpus
    cache : folder of near duplicates, in files named by a hash of the texts
    """

    def __init__(self, records: Sequence[Record], *, cache: Path) -> None:
        self.records = records
        plain = [plain_text(record.text) for record in records]
        # Strings as objects: an array of strings would give each the length of the longest.
        texts, self._text = np.unique(np.array(plain, dtype=object), return_inverse=True)
        self._rows = [*map(_row, records)]
        self._near = _cached_near_duplicates(texts.tolist(), cache)

    def leaks(self, train: Sequence[int], test: Sequence[int]) -> Leakage:
        """Look up the test rows in the training rows; both are row numbers."""
        rows = {self._rows[n] for n in train}
        groups = {self.records[n].group for n in train}
        seen = np.zeros(int(self._text.max(initial=-1)) + 1, dtype=bool)
        seen[self._text[list(train)]] = True
        near = np.zeros_like(seen)
        first, second = self._near.T
        np.logical_or.at(near, first, seen[second])
        np.logical_or.at(near, second, seen[first])
        texts = self._text[list(test)]
        return Leakage(
            row=np.array([self._rows[n] in rows for n in test], dtype=bool),
            text=seen[texts],
            near=near[texts] & ~seen[texts],
            group=np.array([self.records[n].group in groups for n in test], dtype=bool),
        )

    def repeats(self, numbers: Sequence[int]) -> dict[str, int]:
        """How many of these rows and texts are duplicates, and how many texts have near ones."""
        rows = [self._rows[n] for n in numbers]
        present = set(self._text[list(numbers)].tolist())
        near = {text for pair in self._near.tolist() if set(pair) <= present for text in pair}
        return {
            "rows_repeated": len(rows) - len(set(rows)),
            "texts_repeated": len(rows) - len(present),
            "texts_near": len(near),
        }


def plain_text(text: str) -> str:
    """A text with case folded and white space collapsed.

    >>> plain_text("The  Dam\\n")
    'the dam'
    """
    return " ".join(text.casefold().split())


def _row(record: Record) -> tuple[str, RoleWords, RoleWords]:
    return plain_text(record.text), _words(record.holder), _words(record.target)


def _words(role: Role | None) -> RoleWords:
    return None if role is None else (role["name"], role["start"])


def shingles(text: str) -> frozenset[str]:
    """All character 5-grams of a text; a shorter text is its only one.

    >>> sorted(shingles("rainfall"))
    ['ainfa', 'infal', 'nfall', 'rainf']
    """
    n = max(1, len(text) - SHINGLE_CHARS + 1)
    return frozenset(text[start : start + SHINGLE_CHARS] for start in range(n))


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of distinct texts whose shingles have a Jaccard index of at least `NEAR`.

    MinHash with locality-sensitive hashing proposes candidates, whose exact Jaccard index is then
    computed: there are no false positives, and a pair with an index of `NEAR` is missed about once
    in a hundred times.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents.
    """
    from datasketch import MinHash, MinHashLSH

    sets = [shingles(text) for text in texts]
    index = MinHashLSH(threshold=NEAR - MARGIN, num_perm=N_PERMUTATIONS)
    encoded = ([shingle.encode() for shingle in of_text] for of_text in sets)
    hashes = MinHash.bulk(encoded, num_perm=N_PERMUTATIONS, hashfunc=zlib.crc32)
    candidates = []
    for number, hashed in enumerate(hashes):
        candidates += [(int(other), number) for other in index.query(hashed)]
        index.insert(number, hashed)
    return sorted(
        (a, b) for a, b in candidates if len(sets[a] & sets[b]) / len(sets[a] | sets[b]) >= NEAR
    )


def _cached_near_duplicates(texts: Sequence[str], cache: Path) -> npt.NDArray[np.int64]:
    digest = hashlib.sha256(f"{NEAR}|{SHINGLE_CHARS}|{N_PERMUTATIONS}".encode())
    for text in texts:
        digest.update(text.encode() + b"\n")
    file = cache / f"near-{digest.hexdigest()[:32]}.npy"
    return cached_array(
        file, lambda: np.array(near_duplicates(texts), dtype=np.int64).reshape(-1, 2)
    )
