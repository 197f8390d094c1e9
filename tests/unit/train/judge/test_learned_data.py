"""What a judge learned from is kept with its checkpoint, for fits that begin with its weights."""

import pytest

from train.judge.learned_data import FILE, earlier_entries, write_entries
from train.tracking.model_card import licenses_of, restricted_licenses

SEEDS = {"name": "seeds", "n_pairs": 3, "licence": "MIT"}
VAST = {"name": "vast", "n_pairs": 2, "licence": "research only"}


@pytest.fixture
def checkpoint(tmp_path):
    folder = tmp_path / "judge-a" / "checkpoint"
    folder.mkdir(parents=True)
    return folder


def restricted(entries):
    return restricted_licenses(licenses_of({**SEEDS, "also": entries}))


def test_the_data_of_the_first_weights_are_data_of_the_judge(checkpoint):
    write_entries(checkpoint.parent, [SEEDS, VAST])
    earlier = earlier_entries(checkpoint, [SEEDS])
    assert earlier == [VAST]
    assert restricted(earlier) == ["research only"]


@pytest.mark.parametrize("content", [None, "", "{}", '[{"name": "seeds"}]'])
def test_weights_of_unknown_data_are_under_unknown_terms(checkpoint, content):
    if content is not None:
        (checkpoint.parent / FILE).write_text(content)
    (earlier,) = earlier_entries(checkpoint, [SEEDS])
    assert earlier == {"name": "before, in judge-a", "n_pairs": 0, "licence": "unknown"}
    assert restricted([earlier]) == ["unknown"]


def test_without_first_weights_there_are_no_other_data():
    assert earlier_entries(None, [SEEDS]) == []
