"""A project of its own in a temporary folder: two codebooks of seeds, the real encoder."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CODEBOOKS = ("geneva2", "sea-migration")


@dataclass
class Project:
    folder: Path
    environ: dict[str, str]

    @property
    def models(self) -> Path:
        return self.folder / "models"

    def standpoint(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "standpoint", *words]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    def train(self, name: str, *words: str) -> dict[str, Any]:
        done = self.standpoint("train", f"configs/runs/{name}.toml", "--json", *words)
        found: dict[str, Any] = json.loads(done.stdout)
        found["stderr"] = done.stderr
        return found


def copy_project(root: Path, folder: Path) -> Project:
    for name in CODEBOOKS:
        for kind, place in (("toml", "configs/codebooks"), ("jsonl", "seeds")):
            (folder / place).mkdir(parents=True, exist_ok=True)
            shutil.copy(root / place / f"{name}.{kind}", folder / place)
    shutil.copytree(root / "configs" / "runs", folder / "configs" / "runs")
    (folder / "models").mkdir()
    encoders = root / "models" / "encoders"
    assert any(encoders.glob("*/encoder.json")), "no encoder: run `make encoder` first"
    (folder / "models" / "encoders").symlink_to(encoders)
    environ = {**os.environ, "PYTHONPATH": str(root), "PYTHONWARNINGS": "ignore"}
    for name in [name for name in environ if name.startswith("STANDPOINT_")]:
        del environ[name]
    return Project(folder, environ)


@pytest.fixture(scope="session")
def project(root, tmp_path_factory) -> Project:
    return copy_project(root, tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def stance_run(project):
    return project.train("seeds-stance")


@pytest.fixture(scope="session")
def sentiment_run(project, stance_run):
    return project.train("seeds-sentiment")


@pytest.fixture(scope="session")
def champion(project, stance_run, sentiment_run):
    """Both runs promoted; gives the project."""
    for found in (stance_run, sentiment_run):
        project.standpoint("promote", found["run_id"])
    return project
