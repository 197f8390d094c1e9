"""Whether confidences on real documents are the shares that are right."""

import pytest

from tests.unit.train.articles.test_real_scores import BACKS, REJECTS, TOLL, document, scores


def calibration(*texts, judge):
    return scores(document(*texts), judge=judge).calibration


def test_a_confidence_of_seven_tenths_that_is_always_right_is_three_tenths_off():
    of = calibration(BACKS, TOLL, judge=lambda pair: (0.7, 0.1, 0.2))
    assert (of["statements"].n, of["sides"].n, of["cells"].n) == (2, 2, 2)
    assert of["statements"].ece == pytest.approx(0.3)
    assert of["cells"].ece == pytest.approx(0.3)
    (only,) = of["cells"].bins
    assert (only.confidence, only.accuracy, only.n) == (pytest.approx(0.7), 1, 2)


def test_a_side_that_gold_has_not_is_wrong_however_sure():
    of = calibration(BACKS, REJECTS, judge=lambda pair: (1, 0, 0))
    assert of["statements"].ece == pytest.approx(0.5)
    assert of["cells"].ece == pytest.approx(0.5)


def test_what_a_row_lacks_to_one_counts_for_no_side():
    of = calibration(("Borduria has a river dam.",), judge=lambda pair: (0.1, 0.1, 0.3))
    assert of["statements"].ece == pytest.approx(0.2)
    assert (of["sides"].ece, of["cells"].ece) == (None, None)


def test_statements_that_abstain_are_scored_and_cells_that_are_declined_are_not():
    of = calibration(BACKS, judge=lambda pair: (0.36, 0.3, 0.34))
    assert (of["sides"].n, of["cells"].n) == (1, 0)
