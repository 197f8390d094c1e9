from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.errors import ConfigError
from train.config.protocol import (
    ByActor,
    ByDate,
    ByGroup,
    FewShot,
    KFold,
    LeaveIssueOut,
    LeaveStratumOut,
    Official,
)
from train.corpora.record import Record
from train.splitting.splits import split

USUAL = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIRST_DAY = date(2015, 1, 1)
PROTOCOLS = [
    ByGroup(kind="by_group", dev_share=0.15, test_share=0.25),
    ByActor(kind="by_actor", dev_share=0.15, test_share=0.25),
    ByDate(kind="by_date", dev_from=FIRST_DAY + timedelta(20), test_from=FIRST_DAY + timedelta(30)),
    KFold(kind="k_fold", k=3),
    LeaveStratumOut(kind="leave_codebook_out"),
    LeaveStratumOut(kind="leave_codebook_out", parts=2),
    LeaveIssueOut(kind="leave_issue_out"),
    FewShot(kind="few_shot", shots=2),
    Official(kind="official", train="train", dev_share=0.2, test=("test",)),
]


def record(
    number, group, stratum, *, issue=None, actor=None, day=None, split="train", text=None
) -> Record:
    target = {"name": "x", "start": None, "end": None}
    return Record(
        id=str(number),
        text=text or f"x {number}",
        holder=None,
        target=target,
        label="favor",
        group=group,
        issue=issue,
        actor=actor,
        date=day,
        stratum=stratum,
        split=split,
    )


@st.composite
def corpora(draw):
    n_strata = draw(st.integers(2, 5))
    rows = []
    for stratum in range(n_strata):
        for group in range(draw(st.integers(3, 12))):
            day = (FIRST_DAY + timedelta(draw(st.integers(0, 40)))).isoformat()
            official = draw(st.sampled_from(["train", "test"]))
            for _ in range(draw(st.integers(1, 4))):
                rows.append(
                    record(
                        len(rows),
                        f"{stratum}-{group}",
                        str(stratum),
                        issue=draw(st.sampled_from("ijkl")),
                        actor=draw(st.sampled_from(["a", "b", "c", "d", "e", None])),
                        day=day,
                        split=official,
                    )
                )
    return draw(st.permutations(rows))


def folds_or_none(records, protocol, seed):
    """The folds, or none where so few rows cannot be split in that way, which is refused."""
    try:
        return split(records, protocol, seed=seed)
    except ConfigError:
        return []


def groups_of(records, numbers):
    return {records[n].group for n in numbers}


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.kind)
@USUAL
@given(corpora(), st.integers(0, 2**32 - 1))
def test_no_group_is_ever_on_both_sides(protocol, records, seed):
    for fold in folds_or_none(records, protocol, seed):
        parts = [fold.train, *fold.dev.values(), *fold.test.values()]
        assert all(parts)
        numbers = [n for part in parts for n in part]
        assert len(numbers) == len(set(numbers))
        shots = set()
        if protocol.kind == "few_shot":
            (issue,) = {records[n].issue for part in fold.test.values() for n in part}
            shots = {n for n in fold.train if records[n].issue == issue}
        groups = [groups_of(records, part) for part in parts]
        assert all(not a & b for i, a in enumerate(groups) for b in groups[i + 1 :])
        if shots:
            assert len(shots) <= protocol.shots


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.kind)
@USUAL
@given(corpora(), st.integers(0, 100))
def test_the_split_depends_on_the_seed_and_not_on_the_order_of_rows(protocol, records, seed):
    if protocol.kind == "few_shot":
        records = sorted(records, key=lambda r: int(r.id))
    turned = records[:] if protocol.kind == "few_shot" else list(reversed(records))
    one, other = (folds_or_none(rows, protocol, seed) for rows in (records, turned))
    assert {frozenset(records[n].id for n in fold.train) for fold in one} == {
        frozenset(turned[n].id for n in fold.train) for fold in other
    }


@given(corpora(), st.integers(0, 2**32 - 1))
def test_by_group_loses_no_row_and_draws_from_every_stratum(records, seed):
    fold = split(records, PROTOCOLS[0], seed=seed)[0]
    parts = [fold.train, *fold.dev.values(), *fold.test.values()]
    assert sorted(n for part in parts for n in part) == list(range(len(records)))
    assert all({records[n].stratum for n in part} == {r.stratum for r in records} for part in parts)


@given(corpora())
def test_each_codebook_is_left_out_once_and_never_trained_on(records):
    folds = split(records, LeaveStratumOut(kind="leave_codebook_out"), seed=0)
    tested = sorted(n for fold in folds for n in fold.test["left_out"])
    assert tested == list(range(len(records)))
    for fold in folds:
        inside = {records[n].stratum for n in fold.test["left_out"]}
        assert len(inside) == 1
        assert not inside & {records[n].stratum for n in fold.train}


@given(corpora())
def test_codebooks_in_parts_are_left_out_whole_a_part_at_a_time(records):
    protocol = LeaveStratumOut(kind="leave_codebook_out", parts=2)
    folds = split(records, protocol, seed=0)
    assert len(folds) == 2
    assert sorted(n for fold in folds for n in fold.test["left_out"]) == list(range(len(records)))
    for fold in folds:
        inside = {records[n].stratum for n in fold.test["left_out"]}
        assert not inside & {records[n].stratum for n in fold.train}


@USUAL
@given(corpora(), st.integers(0, 100))
def test_each_row_is_tested_once_in_k_folds(records, seed):
    folds = split(records, KFold(kind="k_fold", k=3), seed=seed)
    assert sorted(n for fold in folds for n in fold.test["test"]) == list(range(len(records)))


@USUAL
@given(corpora())
def test_an_issue_that_is_left_out_is_never_trained_on(records):
    for fold in folds_or_none(records, LeaveIssueOut(kind="leave_issue_out"), 0):
        (issue,) = {records[n].issue for n in fold.test["left_out"]}
        assert issue not in {records[n].issue for n in fold.train}


@USUAL
@given(corpora(), st.integers(0, 100))
def test_an_actor_of_test_is_never_trained_on(records, seed):
    for fold in folds_or_none(records, PROTOCOLS[1], seed):
        tested = {records[n].actor for n in fold.test["test"]}
        assert None not in tested
        assert not tested & {records[n].actor for n in fold.train}


@USUAL
@given(corpora())
def test_every_training_row_is_older_than_every_test_row(records):
    for fold in folds_or_none(records, PROTOCOLS[2], 0):
        parts = (fold.train, fold.dev["dev"], fold.test["test"])
        days = [[records[n].date for n in part] for part in parts]
        assert max(days[0]) < min(days[1])
        assert max(days[1]) < min(days[2])


def test_few_shots_give_train_that_many_rows_of_the_issue_it_is_tested_on():
    rows = [record(n, f"g{n}", "s", issue="ij"[n % 2]) for n in range(20)]
    for fold in split(rows, FewShot(kind="few_shot", shots=3), seed=1):
        (issue,) = {rows[n].issue for n in fold.test["test"]}
        assert sum(rows[n].issue == issue for n in fold.train) == 3
        assert len(fold.test["test"]) == 7


def refused(records, protocol):
    with pytest.raises(ConfigError) as caught:
        split(records, protocol, seed=0)
    return str(caught.value)


ONE = [record(0, "a", "b")]


@pytest.mark.parametrize(
    ("records", "protocol", "sentence"),
    [
        pytest.param(
            ONE,
            Official(kind="official", train="train", test=("test",)),
            "protocol: must name splits of the corpus (train), got 'test'.",
            id="a split that is not there",
        ),
        pytest.param(
            ONE,
            ByGroup(kind="by_group", dev_share=0.5, test_share=0.5),
            "protocol: must leave rows for train, dev and test, got 0 train, 0 dev, 1 test.",
            id="too few groups",
        ),
        pytest.param(
            ONE,
            LeaveStratumOut(kind="leave_codebook_out"),
            "protocol: must have from 2 to 500 codebooks to leave one out, got 1.",
            id="one codebook",
        ),
        pytest.param(
            ONE,
            LeaveStratumOut(kind="leave_codebook_out", parts=2),
            "protocol.parts: must be at most the number of codebooks (1), got 2.",
            id="more parts than codebooks",
        ),
        pytest.param(
            ONE,
            LeaveIssueOut(kind="leave_issue_out"),
            "protocol: must have from 2 to 500 issues to leave one out, got 0.",
            id="no issue",
        ),
        pytest.param(
            ONE, PROTOCOLS[2],
            "protocol: must be used on rows with a date YYYY-MM-DD, got 1 without, the first '0'.",
            id="no date",
        ),
        pytest.param(
            ONE, KFold(kind="k_fold", k=3),
            "protocol.k: must be at most the 1 groups, got 3.",
            id="more folds than groups",
        ),
        pytest.param(
            [record(n, "one article", "s", issue="ij"[n]) for n in range(2)],
            LeaveIssueOut(kind="leave_issue_out"),
            "protocol: must leave groups to train on without the issue 'i', got none.",
            id="every group speaks of the issue",
        ),
        pytest.param(
            [record(n, f"g{n}", "s", issue="ij"[n]) for n in range(2)],
            FewShot(kind="few_shot", shots=5),
            "protocol.shots: must leave groups to test on, got 5, which take every group of every issue.",
            id="more shots than rows",
        ),
    ],
)  # fmt: skip
def test_a_protocol_that_does_not_fit_the_corpus_is_refused(records, protocol, sentence):
    assert sentence in refused(records, protocol)
