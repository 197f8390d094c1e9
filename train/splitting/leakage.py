"""The leakage check: which test rows a model has met in training, word for word or nearly."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from train.corpora import Record, Role
from train.features import store_array

NEAR = 0.8
SHINGLE_CHARS = 5
N_PERMUTATIONS = 64
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Leakage:
    """What of the test rows of a fold stands in its training rows; arrays of shape (n_test,).

    Attributes
    ----------
    row : the same text with the same holder and target
    text : the same text, whoever its holder and target
    near : a text whose character shingles overlap by at least `NEAR`, and not `text`
    group : a row of the same group
    """

    row: Flags
    text: Flags
    near: Flags
    group: Flags

    @property
    def clean(self) -> Flags:
        """Rows whose text is in no training row, nor nearly so."""
        return ~(self.text | self.near)


class TextIndex:
    """The texts of a corpus, each with its exact and its near twins.

    Parameters
    ----------
    records : all rows of a corpus
    cache : folder in which near twins are kept by content
    """

    def __init__(self, records: Sequence[Record], *, cache: Path) -> None:
        self.records = records
        plain = [plain_text(record.text) for record in records]
        texts = sorted(set(plain))
        number = {text: n for n, text in enumerate(texts)}
        self._text = np.array([number[text] for text in plain], dtype=np.int64)
        self._rows = [
            (text, _words(record.holder), _words(record.target))
            for text, record in zip(plain, records, strict=True)
        ]
        self._near = _kept_near_twins(texts, cache)

    def leaks(self, train: Sequence[int], test: Sequence[int]) -> Leakage:
        """Look up the test rows among the training rows, both by their numbers."""
        rows = {self._rows[n] for n in train}
        groups = {self.records[n].group for n in train}
        seen = np.zeros(int(self._text.max(initial=-1)) + 1, dtype=bool)
        seen[self._text[list(train)]] = True
        near = np.zeros_like(seen)
        for one, other in self._near:
            near[one] |= seen[other]
            near[other] |= seen[one]
        texts = self._text[list(test)]
        return Leakage(
            row=np.array([self._rows[n] in rows for n in test], dtype=bool),
            text=seen[texts],
            near=near[texts] & ~seen[texts],
            group=np.array([self.records[n].group in groups for n in test], dtype=bool),
        )

    def repeats(self, numbers: Sequence[int]) -> dict[str, int]:
        """How many rows and texts come again among these, and how many texts have a near twin."""
        rows = [self._rows[n] for n in numbers]
        present = set(self._text[list(numbers)].tolist())
        twins = {text for pair in self._near.tolist() if set(pair) <= present for text in pair}
        return {
            "rows_repeated": len(rows) - len(set(rows)),
            "texts_repeated": len(rows) - len(present),
            "texts_near": len(twins),
        }


def plain_text(text: str) -> str:
    """A text without case and without doubled spaces.

    >>> plain_text("The  Dam\\n")
    'the dam'
    """
    return " ".join(text.casefold().split())


def _words(role: Role | None) -> tuple[str, int | None] | None:
    return None if role is None else (role["name"], role["start"])


def shingles(text: str) -> frozenset[str]:
    """Every stretch of five characters; a shorter text is its own.

    >>> sorted(shingles("rainfall"))
    ['ainfa', 'infal', 'nfall', 'rainf']
    """
    n = max(1, len(text) - SHINGLE_CHARS + 1)
    return frozenset(text[start : start + SHINGLE_CHARS] for start in range(n))


def near_twins(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of distinct texts whose shingles have a Jaccard index of at least `NEAR`.

    MinHash proposes them, and each is then compared whole: none is reported that is not near, and
    one at the limit is overlooked about once in a hundred times.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents.
    """
    from datasketch import MinHash, MinHashLSH

    cut = [shingles(text) for text in texts]
    index = MinHashLSH(threshold=NEAR - 0.2, num_perm=N_PERMUTATIONS)
    encoded = ([shingle.encode() for shingle in some] for some in cut)
    hashes = MinHash.bulk(encoded, num_perm=N_PERMUTATIONS, hashfunc=zlib.crc32)
    found = []
    for number, hashed in enumerate(hashes):
        found += [(int(other), number) for other in index.query(hashed)]
        index.insert(number, hashed)
    return sorted(pair for pair in found if _jaccard(cut[pair[0]], cut[pair[1]]) >= NEAR)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _kept_near_twins(texts: Sequence[str], cache: Path) -> npt.NDArray[np.int64]:
    digest = hashlib.sha256(f"{NEAR}|{SHINGLE_CHARS}|{N_PERMUTATIONS}".encode())
    for text in texts:
        digest.update(text.encode() + b"\n")
    file = cache / f"near-{digest.hexdigest()[:32]}.npy"
    if not file.is_file():
        found = np.array(near_twins(texts), dtype=np.int64).reshape(-1, 2)
        store_array(file, found)
    kept: npt.NDArray[np.int64] = np.load(file, allow_pickle=False)
    return kept
