"""Feature extraction for many pairs, cached so that another classifier reuses the arrays."""

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
    """Raw pairs, for an encoder that is fine-tuned.

    Attributes
    ----------
    groups : array of shape (n_pairs,), the article, story or thread of each
    """

    pairs: tuple[PairText, ...]
    groups: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.pairs)

    def take(self, numbers: Sequence[int]) -> "PairRows":
        """The pairs with these numbers, in this order."""
        return PairRows(
            tuple(self.pairs[n] for n in numbers), self.groups[np.asarray(numbers, np.int64)]
        )


Rows = Matrix | NgramRows | PairRows


def pair_rows(pairs: Sequence[PairText], groups: Sequence[str], *, features: Features) -> PairRows:
    """Pairs for a fine-tuned part, with placeholders for names if its features are masked."""
    return PairRows(tuple(_checked(pairs, features)), np.array(groups, dtype=np.str_))


def _checked(pairs: Sequence[PairText], features: Features) -> Sequence[PairText]:
    """The pairs, checked and masked if the features are."""
    for number, pair in enumerate(pairs):
        check_pair(pair, where=f"pair {number}")
    masked = isinstance(features, EncoderFeatures | NgramFeatures) and features.masked
    return [mask_names(pair) for pair in pairs] if masked else pairs


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
    cache : folder of arrays, whose names are hashes of the pairs, settings and encoder
    progress : called with the number of pairs that are done, and of all
    """
    pairs = _checked(pairs, features)
    if isinstance(features, NgramFeatures):
        return count_ngrams(pairs, settings=features)
    if not isinstance(features, EncoderFeatures) or encoder is None:
        return np.zeros((len(pairs), 0), dtype=np.float32)
    file = cache / f"{_content_key(pairs, features, encoder)}.npy"
    return cached_array(file, lambda: encode_pairs(pairs, features, encoder, progress))


def _content_key(pairs: Sequence[PairText], features: EncoderFeatures, encoder: Encoder) -> str:
    settings = f"{FEATURES_VERSION}|{encoder.digest}|{features.model_dump_json()}"
    digest = hashlib.sha256(settings.encode())
    for pair in pairs:
        row = [pair.text, str(pair.holder), str(pair.target), *role_words(pair)]
        digest.update(json.dumps(row).encode() + b"\n")
    return digest.hexdigest()[:32]


def encode_pairs(
    pairs: Sequence[PairText], features: EncoderFeatures, encoder: Encoder, progress: Progress
) -> Matrix:
    """Vectors of every pair, of shape (n_pairs, n_features); each sentence is encoded once."""
    order = sorted(range(len(pairs)), key=lambda n: pairs[n].text)
    tasks = [list(same) for _, same in groupby(order, key=lambda n: pairs[n].text)]
    names: dict[str, EncodedSentence] = {}

    def encode(text: str) -> EncodedSentence:
        return encoder.encode(text, layers=features.layers)

    def vectors_of(numbers: list[int]) -> list[npt.NDArray[np.float32]]:
        sentence = encode(pairs[numbers[0]].text)
        return [feature_vector(sentence, pairs[n], settings=features, texts=names) for n in numbers]

    rows: Matrix | None = None
    done = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        texts = sorted(
            {text for pair in pairs for text in texts_to_encode(pair, settings=features)}
        )
        names |= zip(texts, pool.map(encode, texts), strict=True)
        for numbers, vectors in zip(tasks, pool.map(vectors_of, tasks), strict=True):
            if rows is None:
                rows = np.empty((len(pairs), len(vectors[0])), dtype=np.float32)
            rows[numbers] = vectors
            done += len(numbers)
            progress(done, len(pairs))
    return np.zeros((0, 0), dtype=np.float32) if rows is None else rows


def cached_array(file: Path, compute: Callable[[], npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """The array in a file, memory-mapped; it is computed and written first where it is missing."""
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        rows = compute()
        with replaced_file(file) as part:
            np.save(part, rows, allow_pickle=False)
    return np.asanyarray(np.load(file, mmap_mode="r", allow_pickle=False))


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """The features of every pair for every part of an ensemble.

    Attributes
    ----------
    parts : rows by the feature settings that they were extracted with
    topics : array of shape (n_pairs,), the words of each target, for classifiers per target
    """

    parts: dict[Features, Rows]
    topics: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.topics)

    def take(self, numbers: Sequence[int]) -> "FeatureTable":
        """The pairs with these numbers, in this order."""
        at = np.asarray(numbers, dtype=np.int64)
        parts = {settings: take(rows, numbers) for settings, rows in self.parts.items()}
        return FeatureTable(parts, self.topics[at])


def take(rows: Rows, numbers: Sequence[int]) -> Rows:
    """The rows with these numbers, in this order."""
    if isinstance(rows, NgramRows | PairRows):
        return rows.take(numbers)
    at = np.asarray(numbers, dtype=np.int64)
    if len(at) and (np.diff(at) == 1).all():
        return rows[at[0] : at[-1] + 1]  # a view without a copy: most splits are one slice
    return rows[at]
