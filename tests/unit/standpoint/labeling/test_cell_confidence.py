"""How sure a cell is: what raises and what lowers the probability of its side."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standpoint.judge import CellWeights
from standpoint.labeling import CountedStatement, aggregate_stances, side_features
from standpoint.labeling.cell_confidence import cell_probability

WEIGHTS = CellWeights(
    intercept=-0.5, noisy_or=0.8, balance=0.3, disagreeing=-0.9, min_confidence=0.5
)


def statements(stance, shares):
    return [CountedStatement("a", "i", stance, own, False, opposite=o) for own, o in shares]


def probability(agreeing, disagreeing=()):
    """The probability of favor, from the shares of the statements on each side."""
    features, _ = side_features(statements("favor", agreeing), statements("against", disagreeing))
    return cell_probability(features, weights=WEIGHTS)


def halves(share):
    """A side's share, and one of the other side that is not above it."""
    return st.tuples(st.just(share), st.floats(0, min(share, 1 - share)))


sides = st.lists(st.floats(0, 1).flatmap(halves), min_size=1, max_size=5)


@given(sides, sides, st.floats(0, 1).flatmap(halves))
def test_who_agrees_never_lowers_and_who_disagrees_never_raises_it(own, other, more):
    before = probability(own, other)
    assert 0 < before < 1
    assert probability([*own, more], other) >= before - 1e-12
    assert probability(own, [*other, more]) <= before + 1e-12


@given(sides, st.integers(0, 4), st.floats(0, 1))
def test_a_surer_statement_never_lowers_it(own, place, share):
    place %= len(own)
    before, opposite = own[place]
    surer = [*own[:place], (max(before, share), opposite), *own[place + 1 :]]
    assert probability(surer) >= probability(own) - 1e-12


def test_the_order_of_statements_does_not_matter():
    shares = [(0.2, 0.1), (0.55, 0.3), (0.7, 0), (0.9, 0.1)]
    values = {probability(list(own)) for own in itertools.permutations(shares)}
    assert max(values) - min(values) < 1e-12


def test_a_side_that_is_hardly_likelier_than_the_other_is_less_sure():
    assert probability([(0.45, 0.4)]) < probability([(0.45, 0.02)])


def test_a_side_without_a_statement_has_no_features():
    assert side_features([], statements("against", [(0.9, 0)]))[0] is None


def rows(*statements, floor=0.5, cells=WEIGHTS):
    counted = [CountedStatement("a", "i", stance, share, False) for stance, share in statements]
    return [
        (row.stance, round(row.confidence, 3))
        for row in aggregate_stances(counted, parents={}, min_confidence=floor, cells=cells)
    ]


def test_two_sure_sides_are_mixed_and_else_the_surer_side_is_taken():
    assert rows(("favor", 0.99), ("against", 0.99))[0][0] == "mixed"
    assert rows(("favor", 0.9), ("against", 0.4))[0][0] == "favor"


def test_a_side_below_the_floor_is_declined_with_its_probability():
    ((stance, confidence),) = rows(("favor", 0.3))
    assert stance == "abstained"
    assert confidence == pytest.approx(probability([(0.3, 0)]), abs=1e-3)


def test_a_cell_of_statements_that_abstain_without_a_side_has_their_confidence():
    statement = CountedStatement("a", "i", "none", 0.35, True)
    (row,) = aggregate_stances([statement], parents={}, cells=WEIGHTS)
    assert (row.stance, row.confidence) == ("abstained", 0.35)
