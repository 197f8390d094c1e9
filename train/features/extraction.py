"""Features of many pairs, kept by content so that another head reads nothing again."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from standpoint.files import replaced_file
from standpoint.model import (
    FEATURES_VERSION,
    EncodedSentence,
    Encoder,
    EncoderFeatures,
    Features,
    NgramFeatures,
    PairText,
    check_pair,
    feature_vector,
    mask_names,
    role_words,
    texts_to_encode,
)
from train.features.ngram_counts import NgramRows, count_ngrams

Matrix = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PairRows:
    """Pairs as they are, for what learns to read them.

    Attributes
    ----------
    groups : array of shape (n_pairs,), the article, story or thread of each
    """

    pairs: tuple[PairText, ...]
    groups: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.pairs)

    def take(self, numbers: Sequence[int]) -> "PairRows":
        """Some of the pairs, in the order asked for."""
        return PairRows(
            tuple(self.pairs[n] for n in numbers), self.groups[np.asarray(numbers, np.int64)]
        )


Rows = Matrix | NgramRows | PairRows


def pair_rows(pairs: Sequence[PairText], groups: Sequence[str], *, features: Features) -> PairRows:
    """Pairs for a fine-tuned part, with stand-ins for names where it reads those."""
    for number, pair in enumerate(pairs):
        check_pair(pair, where=f"pair {number}")
    hide = isinstance(features, EncoderFeatures) and features.masked
    return PairRows(
        tuple(mask_names(pair) if hide else pair for pair in pairs), np.array(groups, dtype=np.str_)
    )


def extract_features(
    pairs: Sequence[PairText],
    *,
    features: Features,
    encoder: Encoder | None,
    cache: Path,
    progress: Progress,
) -> Rows:
    """Features of every pair: an array of shape (n_pairs, n_features), or counts of n-grams.

    Parameters
    ----------
    encoder : needed for vectors only
    cache : folder of arrays kept by content
    progress : told how many pairs of how many are done
    """
    for number, pair in enumerate(pairs):
        check_pair(pair, where=f"pair {number}")
    if isinstance(features, EncoderFeatures | NgramFeatures) and features.masked:
        pairs = [mask_names(pair) for pair in pairs]
    if isinstance(features, NgramFeatures):
        return count_ngrams(pairs, settings=features)
    if not isinstance(features, EncoderFeatures) or encoder is None:
        return np.zeros((len(pairs), 0), dtype=np.float32)
    file = cache / f"{_content_key(pairs, features, encoder)}.npy"
    if not file.is_file():
        store_array(file, encode_pairs(pairs, features, encoder, progress))
    kept: Matrix = np.load(file, mmap_mode="r", allow_pickle=False)
    return kept


def _content_key(pairs: Sequence[PairText], features: EncoderFeatures, encoder: Encoder) -> str:
    told = f"{FEATURES_VERSION}|{encoder.digest}|{features.model_dump_json()}"
    digest = hashlib.sha256(told.encode())
    for pair in pairs:
        row = [pair.text, str(pair.holder), str(pair.target), *role_words(pair)]
        digest.update(json.dumps(row).encode() + b"\n")
    return digest.hexdigest()[:32]


def encode_pairs(
    pairs: Sequence[PairText], features: EncoderFeatures, encoder: Encoder, progress: Progress
) -> Matrix:
    """Vectors of every pair, of shape (n_pairs, n_features); each sentence is read once."""
    order = sorted(range(len(pairs)), key=lambda n: pairs[n].text)
    tasks = [list(same) for _, same in groupby(order, key=lambda n: pairs[n].text)]
    names: dict[str, EncodedSentence] = {}

    def read(numbers: list[int]) -> list[npt.NDArray[np.float32]]:
        reading = encoder.encode(pairs[numbers[0]].text, layers=features.layers)
        return [
            feature_vector(reading, pair, settings=features, texts=names)
            for pair in (pairs[n] for n in numbers)
        ]

    def read_words(words: str) -> EncodedSentence:
        return encoder.encode(words, layers=features.layers)

    rows: Matrix | None = None
    done = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        apart = sorted({w for pair in pairs for w in texts_to_encode(pair, settings=features)})
        names |= zip(apart, pool.map(read_words, apart), strict=True)
        for numbers, vectors in zip(tasks, pool.map(read, tasks), strict=True):
            if rows is None:
                rows = np.empty((len(pairs), len(vectors[0])), dtype=np.float32)
            rows[numbers] = vectors
            done += len(numbers)
            progress(done, len(pairs))
    return np.zeros((0, 0), dtype=np.float32) if rows is None else rows


def store_array(file: Path, rows: npt.NDArray[Any]) -> None:
    """Write an array whole, or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with replaced_file(file) as part:
        np.save(part, rows, allow_pickle=False)


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """What every part of a model reads of every pair.

    Attributes
    ----------
    parts : rows by the settings that made them
    topics : array of shape (n_pairs,), the words of each target, for heads of one target
    """

    parts: dict[Features, Rows]
    topics: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.topics)

    def take(self, numbers: Sequence[int]) -> "FeatureTable":
        """Some of the pairs, in the order asked for."""
        at = np.asarray(numbers, dtype=np.int64)
        parts = {settings: take(rows, numbers) for settings, rows in self.parts.items()}
        return FeatureTable(parts, self.topics[at])


def take(rows: Rows, numbers: Sequence[int]) -> Rows:
    """Some of the rows, in the order asked for."""
    if isinstance(rows, NgramRows | PairRows):
        return rows.take(numbers)
    at = np.asarray(numbers, dtype=np.int64)
    if len(at) and (np.diff(at) == 1).all():
        return rows[at[0] : at[-1] + 1]  # a view: a split is most often one stretch
    return rows[at]
