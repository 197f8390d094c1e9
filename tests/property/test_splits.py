import pytest
from hypothesis import given
from hypothesis import strategies as st

from standpoint.errors import ConfigError
from train.config import ByGroup, LeaveStratumOut, Official
from train.corpora.record import Record
from train.splits import split


def record(number: int, group: str, stratum: str) -> Record:
    target = {"name": "x", "start": 0, "end": 1}
    return Record(
        str(number), "x", None, target, "favor", group, None, None, None, stratum, "train"
    )


@st.composite
def corpora(draw):
    n_strata = draw(st.integers(2, 5))
    rows = []
    for stratum in range(n_strata):
        for group in range(draw(st.integers(3, 12))):
            for _ in range(draw(st.integers(1, 4))):
                rows.append(record(len(rows), f"{stratum}-{group}", str(stratum)))
    return draw(st.permutations(rows))


@given(corpora(), st.integers(0, 2**32 - 1))
def test_no_group_is_on_both_sides_and_no_row_is_lost(records, seed):
    fold = split(records, ByGroup(kind="by_group", dev_share=0.15, test_share=0.25), seed=seed)[0]
    parts = [fold.train, *fold.dev.values(), *fold.test.values()]
    groups = [{records[n].group for n in part} for part in parts]
    assert all(not a & b for i, a in enumerate(groups) for b in groups[i + 1 :])
    assert sorted(n for part in parts for n in part) == list(range(len(records)))
    assert all({records[n].stratum for n in part} == {r.stratum for r in records} for part in parts)


@given(corpora(), st.integers(0, 100))
def test_the_split_depends_on_the_seed_and_not_on_the_order_of_rows(records, seed):
    protocol = ByGroup(kind="by_group", dev_share=0.2, test_share=0.2)
    one = split(records, protocol, seed=seed)[0]
    turned = list(reversed(records))
    other = split(turned, protocol, seed=seed)[0]
    assert {records[n].id for n in one.train} == {turned[n].id for n in other.train}


@given(corpora())
def test_each_codebook_is_left_out_once_and_never_trained_on(records):
    folds = split(records, LeaveStratumOut(kind="leave_codebook_out"), seed=0)
    tested = sorted(n for fold in folds for n in fold.test["left_out"])
    assert tested == list(range(len(records)))
    for fold in folds:
        inside = {records[n].stratum for n in fold.test["left_out"]}
        assert len(inside) == 1
        assert not inside & {records[n].stratum for n in fold.train}


def test_a_split_that_the_corpus_lacks_is_refused():
    protocol = Official(kind="official", train="train", dev=(), test=("test",))
    with pytest.raises(ConfigError, match=r"must name splits of the corpus \(train\), got 'test'"):
        split([record(0, "a", "b")], protocol, seed=0)


def test_too_few_articles_to_split_are_refused():
    protocol = ByGroup(kind="by_group", dev_share=0.5, test_share=0.5)
    with pytest.raises(ConfigError, match="must leave rows for train, dev and test"):
        split([record(0, "a", "b")], protocol, seed=0)


def test_one_codebook_cannot_be_left_out():
    with pytest.raises(ConfigError, match="at least 2 codebooks"):
        split([record(0, "a", "b")], LeaveStratumOut(kind="leave_codebook_out"), seed=0)
