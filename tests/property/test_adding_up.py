"""What the actor x issue table must never do, whatever the statements."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.stances import Judged, add_up, lineage

# Slow machines are no fault of what is tested.
USUAL = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PARENTS = {"kovac": "greens", "brandt": "greens", "greens": "coalition", "lang": "coalition"}
ACTORS = ["kovac", "brandt", "greens", "coalition", "lang", "alone"]
ISSUES = ["dam", "tariff"]
STATEMENTS = st.builds(
    Judged,
    holder=st.sampled_from(ACTORS),
    issue=st.sampled_from(ISSUES),
    stance=st.sampled_from(["favor", "against", "none"]),
    confidence=st.floats(0, 1),
    abstained=st.booleans(),
)
LISTS = st.lists(STATEMENTS, max_size=12)


def table(statements):
    rows = add_up(statements, parents=PARENTS, include_none=True)
    return {(row.actor, row.issue): row for row in rows}


@USUAL
@given(LISTS, st.floats(0, 1), st.sampled_from(ACTORS), st.sampled_from(ISSUES))
def test_a_statement_that_agrees_never_lowers_confidence(statements, confidence, holder, issue):
    before = table(statements)
    for actor in lineage(holder, PARENTS):
        row = before.get((actor, issue))
        if row is None or row.stance not in ("favor", "against"):
            continue
        agreeing = Judged(holder, issue, row.stance, confidence, abstained=False)
        after = table([*statements, agreeing])[actor, issue]
        assert after.stance == row.stance
        assert after.confidence >= row.confidence
        assert after.n_statements == row.n_statements + 1


@USUAL
@given(LISTS, STATEMENTS)
def test_a_statement_for_either_side_never_lowers_the_confidence_of_a_mixed_cell(statements, more):
    decided = Judged(more.holder, more.issue, more.stance, more.confidence, abstained=False)
    before, after = table(statements), table([*statements, decided])
    for key, row in before.items():
        if row.stance == "mixed":
            assert after[key].stance == "mixed"
            assert after[key].confidence >= row.confidence


@USUAL
@given(st.data(), LISTS)
def test_the_order_of_statements_does_not_change_the_table(data, statements):
    shuffled = data.draw(st.permutations(statements))
    one, other = table(statements), table(shuffled)
    assert one.keys() == other.keys()
    for key, row in one.items():
        turned = other[key]
        assert turned.stance == row.stance
        assert turned.confidence == pytest.approx(row.confidence)
        assert (turned.n_statements, turned.n_favor, turned.n_against) == (
            row.n_statements,
            row.n_favor,
            row.n_against,
        )
        assert set(turned.via) == set(row.via)


@USUAL
@given(LISTS)
def test_every_cell_follows_from_its_statements(statements):
    for (actor, issue), row in table(statements).items():
        own = [s for s in statements if s.issue == issue and actor in lineage(s.holder, PARENTS)]
        sides = {s.stance for s in own if not s.abstained}
        expected = {
            frozenset(): "abstained",
            frozenset(["none"]): "none",
            frozenset(["favor"]): "favor",
            frozenset(["against"]): "against",
            frozenset(["favor", "against"]): "mixed",
        }[frozenset(sides - {"none"} or sides)]
        assert row.stance == expected
        assert 0 <= row.confidence <= 1
        assert actor not in row.via


@USUAL
@given(LISTS)
def test_leaving_out_cells_without_a_side_leaves_the_others_as_they_are(statements):
    everything = add_up(statements, parents=PARENTS, include_none=True)
    shown = add_up(statements, parents=PARENTS)
    assert shown == [row for row in everything if row.stance != "none"]


@USUAL
@given(LISTS)
def test_a_sure_member_leaves_its_organisation_at_least_as_sure(statements):
    rows = table(statements)
    for (actor, issue), row in rows.items():
        parent = PARENTS.get(actor)
        if parent and row.stance in ("favor", "against"):
            above = rows[parent, issue]
            assert above.stance in (row.stance, "mixed")
            if above.stance == row.stance:
                assert above.confidence >= row.confidence or above.confidence == pytest.approx(
                    row.confidence
                )
