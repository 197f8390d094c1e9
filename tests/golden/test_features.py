"""The features of pairs are the recorded ones.

Where a change of them is meant, raise `FEATURES_VERSION`, so that cached features are computed
again, and record the features.
"""

import numpy as np
import pytest

from standpoint.model.masking import mask_names
from standpoint.model.polarity_features import polarity_features
from standpoint.model.span_features import FEATURES_VERSION
from standpoint.model.syntax_features import syntax_features
from tests.golden.expected_files import as_json, differences, read
from tests.golden.features import (
    EVERYTHING,
    OWN,
    TOLERANCES,
    WordEncoder,
    extract_letter_vectors,
    letter_vectors,
    ngram_counts,
    parts_of,
    plain_features,
    read_vectors,
    real_encoder,
    recorded_pairs,
    seed_digests,
)
from tests.golden.reading import NAMES

PAIRS = recorded_pairs()
ALIKE = 0.99
RAISE = "the features of a pair changed: raise FEATURES_VERSION, then record anew"


@pytest.fixture(scope="module")
def expected():
    return read("features.json")


def test_syntax_polarity_and_ngram_features_of_the_recorded_pairs_are_the_same(expected):
    found = as_json(plain_features(PAIRS))
    assert differences(found, expected["plain"], within=TOLERANCES["plain"]) == [], RAISE


@pytest.mark.parametrize(
    "name",
    # Every third codebook in `make check`: each takes a third of a second.
    [pytest.param(n, marks=() if i % 3 == 0 else pytest.mark.slow) for i, n in enumerate(NAMES)],
)
def test_syntax_polarity_and_ngram_features_of_the_seeds_are_the_same(expected, name):
    found, recorded = seed_digests(name), expected["seeds"][name]
    assert found["pairs"] == recorded["pairs"], "the pairs of the seeds changed: record features"
    assert found == recorded, RAISE


def test_every_seed_file_is_recorded(expected):
    assert list(expected["seeds"]) == list(NAMES)


def test_the_counts_of_ngrams_are_the_same(expected):
    assert (
        differences(ngram_counts(PAIRS), expected["counts"], within=TOLERANCES["counts"]) == []
    ), RAISE


def test_vectors_and_their_cache_key_are_the_same(expected, tmp_path):
    found = as_json(letter_vectors(PAIRS, tmp_path))
    assert differences(found, expected["letters"], within=TOLERANCES["letters"]) == [], RAISE


@pytest.mark.parametrize("name", ["version", "digest", "settings", "pairs"])
def test_the_cache_key_changes_with_whatever_changes_a_vector(tmp_path, monkeypatch, name):
    first, _ = extract_letter_vectors(PAIRS, tmp_path / "first")
    pairs = PAIRS[:-1] if name == "pairs" else PAIRS
    if name == "version":
        monkeypatch.setattr("train.features.extraction.FEATURES_VERSION", FEATURES_VERSION + 1)
    if name == "digest":
        monkeypatch.setattr(WordEncoder, "digest", "b" * 64)
    if name == "settings":
        changed = EVERYTHING.model_copy(update={"windows": (2,)})
        monkeypatch.setattr("tests.golden.features.EVERYTHING", changed)
    assert extract_letter_vectors(pairs, tmp_path / "second")[0] != first


def test_the_vectors_of_the_real_encoder_are_nearly_the_same_in_every_part():
    encoder, recorded = real_encoder(), read_vectors()
    for pair, row in zip(PAIRS, recorded, strict=True):
        start = 0
        for number, (group, part) in enumerate(parts_of(pair, encoder)):
            if group == "signs":
                assert (
                    part.tolist()
                    == np.array(list(syntax_features(mask_names(pair))), np.float32).tolist()
                )
            elif group == "leanings":
                assert np.array_equal(part, polarity_features(mask_names(pair)))
            else:
                for one, other in zip(
                    part, row[start : start + part.size].reshape(part.shape), strict=True
                ):
                    assert _alike(one, other), f"{RAISE} ({group}, part {number}, {pair})"
                start += part.size
        assert start == len(row)
    assert {"signs", "leanings"} == set(OWN)


def _alike(one, other):
    """Whether two vectors point the same way and are about as long; zeros are zeros."""
    if not one.any() or not other.any():
        return not one.any() and not other.any()
    lengths = np.linalg.norm(one), np.linalg.norm(other)
    longer = max(lengths) / min(lengths)
    return one @ other / np.prod(lengths) >= ALIKE and longer <= 1.05
