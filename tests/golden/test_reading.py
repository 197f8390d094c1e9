"""The reader brings the same holders and issues together in every article of the seeds."""

import pytest

from tests.golden.kept import read
from tests.golden.reading import FEW, NAMES, read_of


@pytest.mark.parametrize(
    "name", [n if n in FEW else pytest.param(n, marks=pytest.mark.slow) for n in NAMES]
)
def test_what_is_read_of_the_seeds_is_the_same(name):
    assert read_of(name) == read("reading.json")[name]


def test_every_seed_file_is_held():
    assert list(read("reading.json")) == list(NAMES)
