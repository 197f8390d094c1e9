"""Which runs may take a champion's place without force."""

import pytest

from standpoint.errors import RegistryError
from standpoint.model import Served
from tests.judges import write_taught
from train.tracking.promotion import _check_better

DEV = {"dev.n": 90.0, "dev.cells.f1": 0.6, "dev.tables.cells.f1": 0.7}
OTHERS = [
    pytest.param(DEV, id="as good"),
    pytest.param({**DEV, "dev.n": 91.0, "dev.tables.cells.f1": 0.9}, id="another dev"),
    pytest.param({"rw_test.f1_macro": 0.9}, id="no judge"),
]


@pytest.fixture
def compare(tmp_path):
    def run(old, new, n_pairs=10):
        folders = []
        for name, scores, n in (("old", old, 10), ("new", new, n_pairs)):
            corpus = {"name": "seeds", "n_pairs": n, "licence": "MIT"}
            folders.append(write_taught(tmp_path / name, scores=scores, corpus=corpus))
        _check_better(Served("champion", folders[0], 1), folders[1])

    return run


@pytest.mark.parametrize("n_pairs", [10, 11], ids=["same data", "more data"])
def test_a_judge_with_worse_tables_is_refused_whatever_it_learned_from(compare, n_pairs):
    worse = {**DEV, "dev.cells.f1": 0.9, "dev.tables.cells.f1": 0.69}
    with pytest.raises(RegistryError, match=r"dev\.tables\.cells\.f1 must be at least .* 0\.7000"):
        compare(DEV, worse, n_pairs)


def test_a_judge_is_compared_with_one_of_an_earlier_version_by_what_both_have(compare):
    with pytest.raises(RegistryError, match=r"dev\.cells\.f1 must be at least"):
        compare({"dev.n": 90.0, "dev.cells.f1": 0.65}, DEV)


@pytest.mark.parametrize("old", OTHERS)
def test_a_judge_that_is_as_good_or_not_to_be_compared_may_be_promoted(compare, old):
    compare(old, DEV)
