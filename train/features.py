"""Features of many pairs, kept by content so that another head reads nothing again."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

import standpoint.encoder
import standpoint.features
import standpoint.verbs
import standpoint.words
from standpoint.encoder import Encoder
from standpoint.features import (
    EncoderFeatures,
    Features,
    NgramFeatures,
    PairText,
    check_pair,
    terms_of,
    vector_of,
)

Matrix = npt.NDArray[np.float32]
Rows = Matrix | list[list[str]]
Progress = Callable[[int, int], None]
# What decides a vector: kept features are forgotten when one of these files changes.
READERS = (standpoint.encoder, standpoint.features, standpoint.verbs, standpoint.words)


def featurise(
    pairs: Sequence[PairText],
    *,
    features: Features,
    encoder: Encoder | None,
    cache: Path,
    progress: Progress,
) -> Rows:
    """Features of every pair: an array of shape (n_pairs, n_features), or lists of n-grams.

    Parameters
    ----------
    encoder : needed for vectors only
    cache : folder of arrays kept by content
    progress : told how many pairs of how many are done
    """
    for number, pair in enumerate(pairs):
        check_pair(pair, where=f"pair {number}")
    if isinstance(features, NgramFeatures):
        return [terms_of(pair, settings=features) for pair in pairs]
    if not isinstance(features, EncoderFeatures) or encoder is None:
        return np.zeros((len(pairs), 0), dtype=np.float32)
    file = cache / f"{_content_key(pairs, features, encoder)}.npy"
    if not file.is_file():
        _store(file, _read_all(pairs, features, encoder, progress))
    kept: Matrix = np.load(file, allow_pickle=False)
    return kept


def _content_key(pairs: Sequence[PairText], features: EncoderFeatures, encoder: Encoder) -> str:
    digest = hashlib.sha256(f"{encoder.digest}|{features.model_dump_json()}".encode())
    for module in READERS:
        digest.update(Path(str(module.__file__)).read_bytes())
    for pair in pairs:
        row = [pair.text, str(pair.holder), str(pair.target)]
        digest.update(json.dumps(row).encode() + b"\n")
    return digest.hexdigest()[:32]


def _read_all(
    pairs: Sequence[PairText], features: EncoderFeatures, encoder: Encoder, progress: Progress
) -> Matrix:
    order = sorted(range(len(pairs)), key=lambda n: pairs[n].text)
    tasks = [list(same) for _, same in groupby(order, key=lambda n: pairs[n].text)]

    def read(numbers: list[int]) -> list[npt.NDArray[np.float32]]:
        reading = encoder.read(pairs[numbers[0]].text, layers=features.layers)
        return [vector_of(reading, pairs[n], settings=features) for n in numbers]

    rows: Matrix | None = None
    done = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for numbers, vectors in zip(tasks, pool.map(read, tasks), strict=True):
            if rows is None:
                rows = np.empty((len(pairs), len(vectors[0])), dtype=np.float32)
            rows[numbers] = vectors
            done += len(numbers)
            progress(done, len(pairs))
    return np.zeros((0, 0), dtype=np.float32) if rows is None else rows


def _store(file: Path, rows: Matrix) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        np.save(part, rows, allow_pickle=False)
    Path(part.name).replace(file)


def take(rows: Rows, numbers: Sequence[int]) -> Rows:
    """Some of the rows, in the order asked for."""
    if isinstance(rows, list):
        return [rows[number] for number in numbers]
    return rows[np.asarray(numbers, dtype=np.int64)]


def families(rows: list[list[str]], family: str, of: Callable[[str], str]) -> Iterator[list[str]]:
    """The terms of one family, row by row."""
    for row in rows:
        yield [term for term in row if of(term) == family]
