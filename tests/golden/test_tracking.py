"""A run logs what was recorded, and the commands work on a store of an earlier version."""

import json
import sqlite3
from contextlib import closing

import pytest

from standpoint.model.registry import load_champion, read_pointer
from tests.golden.bundles import standpoint
from tests.golden.expected_files import differences, read
from tests.golden.tracking import (
    TRACKED,
    changed_scores,
    compared,
    evaluated,
    make_project,
    model_folder,
    predicted,
    run_summary,
    unpack,
)
from train.scoring import SCORING_VERSION

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("golden-store")]


@pytest.fixture(scope="module")
def expected():
    return read("store.json")


@pytest.fixture
def project(tmp_path):
    return unpack(tmp_path)


@pytest.mark.parametrize("name", TRACKED)
def test_a_run_prints_and_logs_the_same(tmp_path, name):
    found = run_summary(make_project(tmp_path), name)
    recorded = read(f"run-{name}.json")
    assert changed_scores(found, recorded) == [], "raise SCORING_VERSION, then record the run"
    assert differences({"version": SCORING_VERSION, **found}, recorded) == []


@pytest.mark.parametrize("own", [True, False], ids=["its own code", "the code of now"])
def test_a_stored_model_answers_the_same(project, expected, own):
    found = predicted(project, own=own)
    assert found["code"].startswith(str(model_folder(project))) is own
    assert differences(found["rows"], expected["predicted"]) == []


def test_comparing_stored_runs_gives_the_same(project, expected):
    assert differences(compared(project, expected["ids"]), expected["compared"]) == []


@pytest.mark.parametrize("data", ["seeds", "seeds-articles"])
def test_evaluating_a_stored_run_gives_the_same(project, expected, data):
    found = evaluated(project, expected["ids"][1], "--data", data)
    assert differences(found, expected["evaluated"][data]) == []


def test_a_stored_run_is_promoted(project, expected):
    run = expected["ids"][1]
    standpoint(project, "promote", run)
    assert read_pointer(project / "models", "stance").version == 1
    assert load_champion(project / "models", "stance").model.manifest.run_id == run
    with closing(sqlite3.connect(project / "models" / "mlflow.db")) as store:
        aliases = store.execute("select name, alias, version from registered_model_aliases")
        assert aliases.fetchall() == [("stance", "champion", 1)]
    found = json.loads((project / "models" / "stance" / "champion.json").read_text("utf-8"))
    assert found == {"version": 1, "before": []}
