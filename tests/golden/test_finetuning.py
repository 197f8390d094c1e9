"""A fit learns the recorded numbers, and is cached under the recorded key.

Where a change of the numbers is meant, raise `FINETUNE_VERSION`, so that cached fits are done
again, and record the fit.
"""

import pytest

from tests.golden.expected_files import as_json, differences, read
from tests.golden.finetuning import TOLERANCES, changed_fit, fit, fit_summary

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch
RAISE = "what a fit learns changed: raise FINETUNE_VERSION, then record anew"


@pytest.fixture(scope="module")
def expected():
    return read("finetuning.json")


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("golden-fit")
    return folder, as_json(fit_summary(folder))


@pytest.mark.parametrize("key", TOLERANCES)
def test_a_fit_and_the_logits_of_its_int8_encoder_are_the_same(expected, fitted, key):
    assert differences(fitted[1][key], expected[key], within=TOLERANCES[key]) == [], RAISE


def test_a_change_of_the_curve_is_a_change_unless_torch_is_another(fitted):
    found = fitted[1]
    other = {**found, "curve": [[step, name, value + 1] for step, name, value in found["curve"]]}
    assert changed_fit(found, found) == []
    assert len(changed_fit(other, found)) == len(found["curve"])
    assert changed_fit({**other, "rests_on": {}}, found) == []


def test_a_fit_reports_the_same_metrics(expected, fitted):
    assert fitted[1]["found"] == expected["found"]


def test_a_fit_is_cached_under_the_same_key(expected, fitted):
    if fitted[1]["rests_on"] != expected["rests_on"]:
        pytest.skip("another torch, or other random weights: the key is another by right")
    assert fitted[1]["key"] == expected["key"]


@pytest.mark.parametrize("name", ["FINETUNE_VERSION", "FEATURES_VERSION"])
def test_another_version_is_another_fit(fitted, monkeypatch, name):
    def begun(self, **_):
        raise InterruptedError

    monkeypatch.setattr("train.finetune.fitting.Trainer.run", begun)
    assert fit(fitted[0])[1] == []
    monkeypatch.setattr(f"train.finetune.cache_keys.{name}", 1_000)
    with pytest.raises(InterruptedError):
        fit(fitted[0])
