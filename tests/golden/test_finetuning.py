"""A fit learns the same numbers, and is kept under the same key.

Where this fails on purpose, raise `FINETUNE_VERSION`: fits that were kept before are then done
again. Then write what is expected anew.
"""

import pytest

from tests.golden.finetuning import fit, fit_told
from tests.golden.kept import as_json, differences, read
from train.finetune.cache import FINETUNE_VERSION

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch
WITHIN = {"curve": 2e-3, "head": 2e-3, "bias": 2e-3, "epochs": 0, "found": 0}
RAISE = "what a fit learns changed: raise FINETUNE_VERSION, then record anew"


@pytest.fixture(scope="module")
def expected():
    return read("finetuning.json")


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("golden-fit")
    return folder, as_json(fit_told(folder))


def test_the_numbers_are_of_this_version(expected):
    assert expected["version"] == FINETUNE_VERSION, "record anew what this version gives"


@pytest.mark.parametrize("what", WITHIN)
def test_a_fit_learns_the_same(expected, fitted, what):
    assert differences(fitted[1][what], expected[what], within=WITHIN[what]) == [], RAISE


def test_what_was_learned_judges_the_same_in_8_bits(expected, fitted):
    assert differences(fitted[1]["logits"], expected["logits"], within=0.15) == [], RAISE


def test_a_fit_is_kept_under_the_same_key(expected, fitted):
    if fitted[1]["rests_on"] != expected["rests_on"]:
        pytest.skip("another torch, or other random weights: the key is another by right")
    assert fitted[1]["key"] == expected["key"]


@pytest.mark.parametrize("name", ["FINETUNE_VERSION", "FEATURES_VERSION"])
def test_another_version_is_another_fit(fitted, monkeypatch, name):
    def begun(self, **told):
        raise InterruptedError

    monkeypatch.setattr("train.finetune.fitting.Trainer.run", begun)
    assert fit(fitted[0])[1] == []
    monkeypatch.setattr(f"train.finetune.cache_keys.{name}", 1_000)
    with pytest.raises(InterruptedError):
        fit(fitted[0])
