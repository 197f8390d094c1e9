"""The models in ``models/shipped``: sizes, digests and cards, and that git takes them."""

import shutil
import subprocess

import pytest

from standpoint.model.shipped import SHIPPED_NAMES
from tests.shipping import faults_of
from tests.structure.source import ROOT


def test_shipped_models_are_whole_small_enough_and_have_cards():
    assert faults_of(ROOT / "models") == []


@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("git"), reason="no git here")
def test_git_takes_every_file_of_a_shipped_model_and_changes_no_line_end():
    files = [f"models/shipped/{name}/stage-one-0.onnx" for name in SHIPPED_NAMES]
    files += ["models/shipped/shipped.json", "models/shipped/fast/manifest.json"]
    ignored = subprocess.run(
        ["git", "check-ignore", *files], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ignored.stdout == ""
    text = subprocess.run(
        ["git", "check-attr", "text", *files], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert text.stdout.splitlines() == [f"{file}: text: unset" for file in files]
