"""How sure a cell is: what raises and what lowers the probability of its side."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standpoint.judge import CellWeights
from standpoint.labeling import CountedStatement, aggregate_stances
from standpoint.labeling.cell_confidence import cell_probability

WEIGHTS = CellWeights(intercept=0.1, best=0.8, agreeing=0.7, disagreeing=-0.9, min_confidence=0.5)
shares = st.lists(st.floats(0, 1), min_size=1, max_size=5)


def probability(agreeing, disagreeing=()):
    return cell_probability(agreeing, disagreeing, weights=WEIGHTS)


@given(shares, shares, st.floats(0, 1))
def test_who_agrees_never_lowers_and_who_disagrees_never_raises_it(own, other, share):
    before = probability(own, other)
    assert 0 < before < 1
    assert probability([*own, share], other) >= before - 1e-12
    assert probability(own, [*other, share]) <= before + 1e-12


@given(shares, st.floats(0, 1))
def test_a_surer_best_statement_never_lowers_it(own, share):
    best = max(own)
    surer = [max(best, share) if n == own.index(best) else s for n, s in enumerate(own)]
    assert probability(surer) >= probability(own) - 1e-12


def test_the_order_of_statements_does_not_matter():
    values = {probability(list(own)) for own in itertools.permutations([0.2, 0.55, 0.7, 0.9])}
    assert max(values) - min(values) < 1e-12


def test_without_a_statement_there_is_no_side():
    assert probability([]) == 0


def rows(*statements, floor=0.5, cells=WEIGHTS):
    counted = [CountedStatement("a", "i", stance, share, False) for stance, share in statements]
    return [
        (row.stance, round(row.confidence, 3))
        for row in aggregate_stances(counted, parents={}, min_confidence=floor, cells=cells)
    ]


def test_two_sure_sides_are_mixed_and_else_the_surer_side_is_taken():
    assert rows(("favor", 0.99), ("against", 0.99))[0][0] == "mixed"
    assert rows(("favor", 0.9), ("against", 0.6))[0][0] == "favor"


def test_a_side_below_the_floor_is_declined_with_its_probability():
    ((stance, confidence),) = rows(("favor", 0.3))
    assert stance == "abstained"
    assert confidence == pytest.approx(probability([0.3]), abs=1e-3)


def test_a_cell_of_statements_that_abstain_without_a_side_has_their_confidence():
    statement = CountedStatement("a", "i", "none", 0.35, True)
    (row,) = aggregate_stances([statement], parents={}, cells=WEIGHTS)
    assert (row.stance, row.confidence) == ("abstained", 0.35)
