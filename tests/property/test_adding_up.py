"""What the actor x issue table must never do, whatever the statements."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from standpoint.codebook.schema import lineage
from standpoint.labeling.aggregation import CountedStatement, aggregate_stances, noisy_or
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling, Weights

# Slow machines are no fault of what is tested.
USUAL = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PARENTS = {"kovac": "greens", "brandt": "greens", "greens": "coalition", "lang": "coalition"}
ACTORS = ["kovac", "brandt", "greens", "coalition", "lang", "alone"]
ISSUES = ["dam", "tariff"]
KINDS = list(Weights.model_fields)
FLOOR = 0.5
STATEMENTS = st.builds(
    lambda holder, issue, stance, confidence, kind, words: CountedStatement(
        holder, issue, stance, confidence, confidence < FLOOR, kind, words
    ),
    holder=st.sampled_from(ACTORS),
    issue=st.sampled_from(ISSUES),
    stance=st.sampled_from(["favor", "against", "none"]),
    confidence=st.floats(0, 1),
    kind=st.sampled_from(KINDS),
    words=st.sampled_from(["", "", "It will stand.", "it  will STAND.", "No."]),
)
LISTS = st.lists(STATEMENTS, max_size=12)
SHARES = st.floats(0.05, 1)
WEIGHTS = st.builds(Weights, **dict.fromkeys(KINDS, SHARES))
POOLINGS = st.builds(Pooling, weights=WEIGHTS, mixed_from=st.floats(0, 1))


def table(statements, pooling=DEFAULT_POOLING, floor=FLOOR):
    rows = aggregate_stances(
        statements, parents=PARENTS, pooling=pooling, min_confidence=floor, include_none=True
    )
    return {(row.actor, row.issue): row for row in rows}


def own(statements, actor, issue):
    """The statements that a cell rests on."""
    return [s for s in statements if s.issue == issue and actor in lineage(s.holder, PARENTS)]


def as_sets(rows):
    """Rows without the order in which members are named."""
    return {
        key: row.model_copy(update={"via": tuple(sorted(row.via))}) for key, row in rows.items()
    }


@USUAL
@given(LISTS, POOLINGS, STATEMENTS)
def test_a_statement_that_agrees_never_lowers_confidence(statements, pooling, more):
    before = table(statements, pooling)
    for actor in lineage(more.holder, PARENTS):
        row = before.get((actor, more.issue))
        if row is None or row.stance not in ("favor", "against"):
            continue
        agreeing = replace(more, stance=row.stance)
        after = table([*statements, agreeing], pooling)[actor, more.issue]
        assert after.stance == row.stance
        assert after.confidence >= row.confidence
        assert after.n_statements in (row.n_statements, row.n_statements + 1)
        assert bool(more.words) or after.n_statements == row.n_statements + 1


@USUAL
@given(LISTS, POOLINGS, STATEMENTS)
def test_no_statement_lowers_the_confidence_of_a_mixed_cell(statements, pooling, more):
    before, after = table(statements, pooling), table([*statements, more], pooling)
    for key, row in before.items():
        if row.stance == "mixed":
            assert after[key].stance == "mixed"
            assert after[key].confidence >= row.confidence


@USUAL
@given(LISTS, POOLINGS, STATEMENTS)
def test_a_statement_without_a_side_changes_no_cell_that_takes_one(statements, pooling, more):
    before = table(statements, pooling)
    after = table([*statements, replace(more, stance="none")], pooling)
    for key, row in before.items():
        if row.stance in ("favor", "against", "mixed"):
            assert after[key] == row


@USUAL
@given(st.data(), LISTS, POOLINGS)
def test_the_order_of_statements_does_not_change_the_table(data, statements, pooling):
    shuffled = data.draw(st.permutations(statements))
    assert as_sets(table(shuffled, pooling)) == as_sets(table(statements, pooling))


@USUAL
@given(st.data(), st.lists(LISTS, max_size=4), POOLINGS)
def test_the_order_of_articles_does_not_change_the_table(data, articles, pooling):
    shuffled = data.draw(st.permutations(articles))
    ordered, reordered = (
        [s for article in order for s in article] for order in (articles, shuffled)
    )
    assert as_sets(table(ordered, pooling)) == as_sets(table(reordered, pooling))


@USUAL
@given(LISTS, LISTS, WEIGHTS)
def test_parts_put_together_are_as_sure_as_either_and_no_surer_than_both(first, second, weights):
    """Statements that are each new: the whole follows from what the parts are sure of."""
    parts = [noisy_or(part, weights=weights) for part in (first, second)]
    whole = noisy_or([*first, *second], weights=weights)
    assert whole >= max(parts)
    assert whole == pytest.approx(1 - (1 - parts[0]) * (1 - parts[1]))


@USUAL
@given(LISTS, POOLINGS, st.lists(st.integers(0, 11), max_size=6))
def test_sentences_printed_twice_change_nothing(statements, pooling, again):
    worded = [replace(s, words=s.words or f"Sentence {n}.") for n, s in enumerate(statements)]
    printed = [replace(s, words=f" {s.words.upper()}\n") for s in worded]
    repeated = [printed[n] for n in again if n < len(printed)]
    assert as_sets(table([*worded, *repeated], pooling)) == as_sets(table(worded, pooling))


@USUAL
@given(LISTS)
def test_statements_without_words_all_count(statements):
    wordless = [replace(s, words="", stance="favor", confidence=0.6) for s in statements]
    for (actor, issue), row in table(wordless).items():
        assert row.n_statements == len(own(wordless, actor, issue))


@USUAL
@given(LISTS, POOLINGS, st.sampled_from(KINDS), SHARES)
def test_weighing_less_never_raises_confidence(statements, pooling, kind, share):
    # Of repeated words the kind that weighs most counts, so weights choose among them: not here.
    statements = [replace(statement, words="") for statement in statements]
    less = getattr(pooling.weights, kind) * share
    lighter = pooling.weights.model_copy(update={kind: less})
    assert noisy_or(statements, weights=lighter) <= noisy_or(statements, weights=pooling.weights)
    before = table(statements, pooling)
    after = table(statements, pooling.model_copy(update={"weights": lighter}))
    for key, row in after.items():
        if row.stance == before[key].stance:
            assert row.confidence <= before[key].confidence
        assert row.stance != "mixed" or before[key].stance == "mixed"
        assert before[key].stance != "abstained" or row.stance == "abstained"


@USUAL
@given(LISTS, POOLINGS, st.floats(0, 1))
def test_every_cell_follows_from_what_its_statements_are_sure_of(statements, pooling, floor):
    worded = [
        replace(s, words=f"Sentence {n}.", abstained=s.confidence < floor)
        for n, s in enumerate(statements)
    ]
    for (actor, issue), row in table(worded, pooling, floor).items():
        statements = own(worded, actor, issue)
        sides = {side: [s for s in statements if s.stance == side] for side in ("favor", "against")}
        sure = {side: noisy_or(those, weights=pooling.weights) for side, those in sides.items()}
        taken = {side for side, share in sure.items() if share > 0 and share >= floor}
        if len(taken) == 2 and min(sure.values()) < pooling.mixed_from:
            taken = {max(sure, key=lambda side: sure[side])}
        decided = any(s.stance == "none" and not s.abstained for s in statements)
        expected = "mixed" if len(taken) == 2 else "none" if decided else "abstained"
        assert row.stance == (taken.pop() if len(taken) == 1 else expected)
        if row.stance in ("favor", "against"):
            assert (row.confidence, row.n_statements) == (sure[row.stance], len(sides[row.stance]))
        elif row.stance == "mixed":
            assert row.confidence == min(sure.values())
            assert (row.n_favor, row.n_against) == tuple(map(len, sides.values()))


@USUAL
@given(LISTS, POOLINGS, st.floats(0, 1))
def test_a_row_counts_what_is_there(statements, pooling, floor):
    for (actor, issue), row in table(statements, pooling, floor).items():
        assert 0 <= row.confidence <= 1
        assert 0 < row.n_statements <= len(own(statements, actor, issue))
        assert actor not in row.via
        assert {actor in lineage(member, PARENTS) for member in row.via} <= {True}


@USUAL
@given(LISTS, POOLINGS)
def test_leaving_out_cells_without_a_side_leaves_the_others_as_they_are(statements, pooling):
    everything = aggregate_stances(statements, parents=PARENTS, pooling=pooling, include_none=True)
    shown = aggregate_stances(statements, parents=PARENTS, pooling=pooling)
    assert shown == [row for row in everything if row.stance != "none"]


@USUAL
@given(LISTS, POOLINGS)
def test_a_sure_member_leaves_its_organisation_at_least_as_sure(statements, pooling):
    """Where the other side is surer still, it stands, or the cell is mixed."""
    rows = table(statements, pooling)
    for (actor, issue), row in rows.items():
        parent = PARENTS.get(actor)
        if parent and row.stance in ("favor", "against"):
            above = rows[parent, issue]
            assert above.stance in ("favor", "against", "mixed")
            assert above.stance == "mixed" or above.confidence >= row.confidence


@USUAL
@given(LISTS, POOLINGS, STATEMENTS)
def test_a_member_who_agrees_never_weakens_its_organisation(statements, pooling, more):
    """Whatever a member adds, its organisation is as if it had said so itself."""
    assume(more.holder in PARENTS)
    parent = PARENTS[more.holder]
    wordless = replace(more, words="")
    said = table([*statements, wordless], pooling)[parent, more.issue]
    own_words = table([*statements, replace(wordless, holder=parent)], pooling)[parent, more.issue]
    without_via = {"via": ()}
    assert said.model_copy(update=without_via) == own_words.model_copy(update=without_via)
