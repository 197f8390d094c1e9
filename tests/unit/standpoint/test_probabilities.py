import math

import numpy as np
import pytest

from standpoint.probabilities import sigmoid, softmax


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_each_row_of_a_softmax_sums_to_one_whatever_its_logits(kind):
    logits = np.array([[0, 0, 0], [1000, 0, -1000], [-1000, -1000, -1001]], kind)
    shares = softmax(logits)
    assert shares.dtype == kind
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))
    assert shares[1].tolist() == [1, 0, 0]
    assert shares[2][0] / shares[2][2] == pytest.approx(math.e)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_a_sigmoid_is_the_probability_of_log_odds_and_never_overflows(kind):
    shares = sigmoid(np.array([-1000, math.log(1 / 3), 0, 1000], kind))
    assert shares.dtype == kind
    assert shares.tolist() == pytest.approx([0, 0.25, 0.5, 1])
