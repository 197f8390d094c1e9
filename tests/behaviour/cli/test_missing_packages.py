"""Commands where only what labelling and serving need is installed."""

import os
import subprocess
import sys

import pytest

# The command, on a machine without the packages that its first argument lists.
WITHOUT = """
import importlib.abc, sys

class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split(","):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
from standpoint.cli.main import main
sys.exit(main(sys.argv[2:]))
"""
TRAINING = "mlflow,sklearn,datasets,matplotlib,onnx,datasketch,pandas,pyarrow,torch,transformers"


def call(house, root, *words, without):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, without, *words],
        cwd=house.root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_labelling_needs_no_training_stack(house, root, article):
    file = article("Ruritania backs the river dam.")
    status, out, err = call(
        house, root, "label", str(file), "--codebook", "dam", without=TRAINING + ",flask,gunicorn"
    )
    assert (status, err) == (0, "")
    assert "favor" in out


@pytest.mark.parametrize(
    ("words", "without", "message"),
    [
        (
            ["train", "seeds.toml"],
            TRAINING,
            "standpoint train: must have the package onnx, got none. Run `make train` in the "
            "project's folder, or "
            '`.venv/bin/python -m pip install --constraint constraints.txt --editable ".[train]"`.\n',
        ),
        (
            ["serve"],
            "flask",
            "standpoint serve: must have the package flask, got none. Run "
            '`.venv/bin/python -m pip install --constraint constraints.txt --editable ".[serve]"`.\n',
        ),
    ],
)
def test_a_command_whose_packages_are_missing_says_what_to_install(
    house, root, words, without, message
):
    assert call(house, root, *words, without=without) == (2, "", message)
