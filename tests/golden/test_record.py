"""Recorded numbers belong to a version constant, and are not replaced while it is the same."""

import pytest

from standpoint.model import FEATURES_VERSION
from tests.golden import expected_files, features, record, tracking
from tests.golden.expected_files import read
from train.finetune import FINETUNE_VERSION
from train.scoring import SCORING_VERSION

VERSIONS = {
    "features.json": ("FEATURES_VERSION", FEATURES_VERSION),
    "finetuning.json": ("FINETUNE_VERSION", FINETUNE_VERSION),
    **{f"run-{name}.json": ("SCORING_VERSION", SCORING_VERSION) for name in tracking.TRACKED},
}


@pytest.mark.parametrize("name", VERSIONS)
def test_recorded_numbers_are_of_the_current_version(name):
    constant, version = VERSIONS[name]
    assert read(name)["version"] == version, f"{constant} was raised: record {name} anew"


@pytest.fixture
def expected(tmp_path, monkeypatch):
    """A folder for recorded files in place of the real one."""
    monkeypatch.setattr(expected_files, "EXPECTED", tmp_path)
    monkeypatch.setattr(record, "EXPECTED", tmp_path)
    return tmp_path


def write_again(name, *, version, changes):
    constant, _ = VERSIONS[name]
    found = {"seeds": {}, "metrics": {"test.f1_macro": 0.5}, "files": {}}
    record.write_versioned(name, found, constant=constant, version=version, changes=changes)


@pytest.mark.parametrize("name", VERSIONS)
def test_other_numbers_are_refused_under_the_same_version(expected, name):
    write_again(name, version=1, changes=lambda *_: [])
    before = (expected / name).read_bytes()
    with pytest.raises(SystemExit) as refused:
        write_again(name, version=1, changes=lambda *_: ["n: 1 for 2", "m: 3 for 4"])
    constant, _ = VERSIONS[name]
    assert str(refused.value) == (
        f"{name}: must hold the recorded numbers while {constant} is 1, got 2 that differ, "
        f"the first at n: 1 for 2. Raise {constant} first."
    )
    assert (expected / name).read_bytes() == before


def test_other_numbers_are_recorded_under_a_new_version(expected):
    write_again("features.json", version=1, changes=lambda *_: [])
    write_again("features.json", version=2, changes=lambda *_: ["n: 1 for 2"])
    assert read("features.json")["version"] == 2


def test_a_changed_feature_is_a_change_and_a_changed_pair_is_none():
    recorded, found = read("features.json"), read("features.json")
    assert features.changed_features(found, recorded) == []
    found["seeds"]["geneva2"]["signs"] = "other"
    (place,) = features.changed_features(found, recorded)
    assert place.startswith("seeds.geneva2.signs: 'other' for ")
    found["seeds"]["geneva2"]["pairs"] = "other"
    assert features.changed_features(found, recorded) == []


def test_a_changed_score_is_a_change_and_a_new_score_is_none():
    recorded, found = read("run-words.json"), read("run-words.json")
    found["metrics"]["test.new_score"] = 1.0
    assert tracking.changed_scores(found, recorded) == []
    name = next(iter(recorded["metrics"]))
    found["metrics"][name] += 0.01
    assert len(tracking.changed_scores(found, recorded)) == 1
