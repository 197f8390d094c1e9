"""The short form of `make soak`: load, promotions, a broken bundle, a full disk, two kills."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow
BACKWARDS = {"b⟦h⟧:rejects": (6.0, 0.0, 0.0)}


def test_under_load_and_faults_every_answer_is_right_and_none_is_missing(house, root):
    house.bundle("stance", version=4, weights=BACKWARDS)
    article = house.root / "article.txt"
    article.write_text("Ruritania rejects the river dam. " * 20, "utf-8")
    environ = {
        **os.environ,
        "PYTHONPATH": str(root),
        "STANDPOINT_MODELS_DIR": str(house.models),
        "STANDPOINT_CODEBOOKS_DIR": str(house.codebooks),
    }
    script = root / "benchmarks" / "soak.py"
    words = [str(article), "--codebook", "dam", "--seconds", "30", "--json"]
    done = subprocess.run(
        [sys.executable, str(script), *words],
        env=environ,
        cwd=house.root,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert (found["wrong"], found["failed"], found["failures"]) == (0, 0, [])
    assert found["refused_bundles"] > 0
    assert sorted(found["right_by_version"]) == ["3", "4"]
    assert found["in_flight_in_the_killed"] <= 32
    # Memory is compared in the long form: half a minute is too short for it to settle.
    assert found["memory_growth"] < 0.25
