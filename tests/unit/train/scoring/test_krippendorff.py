import math

import numpy as np
import pytest

from train.scoring.krippendorff import coincidence_matrix, krippendorff_alphas

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: the data of sections A, B and C.
TWO_BINARY = ("0100000010", "1110010000")
TWO_NOMINAL = ("aabbdcccedda", "babbbccceddd")
FOUR_WITH_GAPS = ("123321412...", "1233224125.3", ".333234 2251.".replace(" ", ""), "12332441251.")


def krippendorff_alpha(units):
    values = sorted({value for unit in units for value in unit if value is not None})
    return float(krippendorff_alphas(coincidence_matrix(units, values=values)))


def units(annotators):
    return [tuple(None if v == "." else v for v in unit) for unit in zip(*annotators, strict=True)]


@pytest.mark.parametrize(
    ("annotators", "published"),
    [(TWO_BINARY, 0.095), (TWO_NOMINAL, 0.692), (FOUR_WITH_GAPS, 0.743)],
    ids=["two binary", "two nominal", "four with missing values"],
)
def test_alpha_is_that_of_the_published_examples(annotators, published):
    assert krippendorff_alpha(units(annotators)) == pytest.approx(published, abs=0.0005)


def test_the_coincidences_are_those_of_the_published_example():
    found = coincidence_matrix(units(FOUR_WITH_GAPS), values="12345")
    assert np.diag(found) == pytest.approx([7, 10, 8, 4, 3])
    assert found.sum(axis=0) == pytest.approx([9, 13, 10, 5, 3])
    assert found == pytest.approx(found.T)


def test_annotators_who_always_agree_have_an_alpha_of_one():
    assert krippendorff_alpha([("a", "a"), ("b", "b"), ("c", "c")]) == 1


def test_annotators_who_guess_have_an_alpha_near_zero():
    random = np.random.default_rng(3)
    guessed = [tuple(pair) for pair in random.choice(["a", "b", "c"], (6000, 2), p=[0.7, 0.2, 0.1])]
    assert krippendorff_alpha(guessed) == pytest.approx(0, abs=0.04)


def test_annotators_who_always_differ_have_an_alpha_below_zero():
    assert krippendorff_alpha([("a", "b"), ("b", "a")] * 5) < 0


def test_a_unit_with_one_value_counts_for_nothing():
    sound = [("a", "a"), ("b", "b"), ("a", "b")]
    assert krippendorff_alpha([*sound, ("b", None), (None, None)]) == krippendorff_alpha(sound)


@pytest.mark.parametrize(
    "given", [[], [("a", "a"), ("a", "a")], [("a", None), ("b", None)]], ids=str
)
def test_alpha_is_undefined_where_no_two_different_values_meet_others(given):
    assert math.isnan(krippendorff_alpha(given))


def test_matrices_of_parts_add_up_to_that_of_the_whole():
    whole = units(FOUR_WITH_GAPS)
    parts = np.array([coincidence_matrix([unit], values="12345") for unit in whole])
    found = krippendorff_alphas(np.array([parts.sum(axis=0), parts[:6].sum(axis=0)]))
    assert found == pytest.approx([krippendorff_alpha(whole), krippendorff_alpha(whole[:6])])
