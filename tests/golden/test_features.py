"""What models read of a pair is the same number for number.

Where one of these fails on purpose, raise `FEATURES_VERSION`: features that were kept before are
then made again. Then write what is expected anew.
"""

import numpy as np
import pytest

from standpoint.model.masking import mask_names
from standpoint.model.polarity_features import polarity_features
from standpoint.model.span_features import FEATURES_VERSION
from standpoint.model.syntax_features import syntax_features
from tests.golden.features import (
    EVERYTHING,
    OWN,
    WordEncoder,
    counts_told,
    kept_pairs,
    letters_told,
    parts_of,
    plain_features,
    read_vectors,
    real_encoder,
    seeds_told,
    vectors_of_letters,
)
from tests.golden.kept import as_json, differences, read
from tests.golden.reading import FEW

PAIRS = kept_pairs()
ALIKE = 0.99
RAISE = "the features of a pair changed: raise FEATURES_VERSION, then record anew"


@pytest.fixture(scope="module")
def expected():
    return read("features.json")


def test_the_numbers_are_of_this_version(expected):
    assert expected["version"] == FEATURES_VERSION, "record anew what this version gives"


def test_grammar_leanings_and_ngrams_are_the_same(expected):
    found = as_json(plain_features(PAIRS))
    assert differences(found, expected["plain"], within=0) == [], RAISE


@pytest.mark.parametrize("name", FEW)
def test_grammar_leanings_and_ngrams_of_the_seeds_are_the_same(expected, name):
    assert seeds_told(name) == expected["seeds"][name], RAISE


def test_ngrams_are_counted_alike(expected):
    assert differences(counts_told(PAIRS), expected["counts"]) == [], RAISE


def test_vectors_are_made_alike_and_kept_under_the_same_key(expected, tmp_path):
    found = as_json(letters_told(PAIRS, tmp_path))
    assert differences(found, expected["letters"], within=1e-3) == [], RAISE


@pytest.mark.parametrize("name", ["version", "digest", "settings", "pairs"])
def test_whatever_decides_a_vector_decides_its_key(tmp_path, monkeypatch, name):
    first, _ = vectors_of_letters(PAIRS, tmp_path / "first")
    pairs = PAIRS[:-1] if name == "pairs" else PAIRS
    if name == "version":
        monkeypatch.setattr("train.features.extraction.FEATURES_VERSION", FEATURES_VERSION + 1)
    if name == "digest":
        monkeypatch.setattr(WordEncoder, "digest", "b" * 64)
    if name == "settings":
        changed = EVERYTHING.model_copy(update={"windows": (2,)})
        monkeypatch.setattr("tests.golden.features.EVERYTHING", changed)
    assert vectors_of_letters(pairs, tmp_path / "second")[0] != first


def test_the_encoders_vectors_are_alike_in_every_part():
    encoder, kept = real_encoder(), read_vectors()
    for pair, row in zip(PAIRS, kept, strict=True):
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
