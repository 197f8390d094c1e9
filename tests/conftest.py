"""What several folders of tests need."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def data_folder() -> Path:
    given = os.environ.get("STANDPOINT_DATA")
    if not given:
        pytest.skip("STANDPOINT_DATA is not set: the public data sets are not here")
    return Path(given)
