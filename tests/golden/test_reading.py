"""The reader brings the same holders and issues together in every article of the seeds."""

import json

import pytest

from tests.golden.expected_files import read
from tests.golden.reading import NAMES, main, reading_digests, reading_rows

MOVED = (
    "the reading of {name} changed: to see the rows, run `python -m tests.golden.reading {name}` "
    "with the change and without it (git stash), and compare"
)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_of_the_seeds_is_the_same(name):
    assert reading_digests(name) == read("reading.json")[name], MOVED.format(name=name)


def test_every_seed_file_is_recorded():
    assert list(read("reading.json")) == list(NAMES)


def test_the_rows_of_a_codebook_are_printed_as_json_lines(capsys):
    main(["geneva2"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    rows = reading_rows("geneva2")
    assert len(lines) == sum(map(len, rows.values()))
    assert {line["list"] for line in lines} == set(rows)


def test_rows_of_an_unknown_codebook_are_refused():
    with pytest.raises(SystemExit, match=r"^NAME: must be a codebook of the seeds, got nowhere\.$"):
        main(["nowhere"])
