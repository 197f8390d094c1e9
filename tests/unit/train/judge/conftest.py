"""The small project of `tests.tiny_judge`, and tiny encoders."""

from pathlib import Path

import pytest

from tests.tiny import write_encoder
from tests.tiny_judge import judge_settings, write_pairs, write_project
from train.config.judge import JudgeConfig
from train.judge.sources import read_judge_data
from train.judge.workbench import Workbench

WIDTH = 32


@pytest.fixture(scope="session")
def judge_project(tmp_path_factory) -> Path:
    return write_project(tmp_path_factory.mktemp("judge"))


@pytest.fixture(scope="session")
def pair_project(tmp_path_factory) -> Path:
    """The project with labelled pairs of NewsMTSC and VAST."""
    folder = write_project(tmp_path_factory.mktemp("judge-pairs"))
    write_pairs(folder / "data")
    return folder


@pytest.fixture(scope="session")
def encoder_folders(tmp_path_factory) -> dict[str, Path]:
    """Encoders of random weights, 2 layers and a width of 32."""
    folder = tmp_path_factory.mktemp("encoders")
    size = {"hidden_size": WIDTH, "intermediate_size": 64}
    return {kind: write_encoder(folder / kind, kind=kind, **size) for kind in ("bert", "mpnet")}


@pytest.fixture
def judge_config(encoder_folders):
    """Build a config of that project."""

    def build(*, kind: str = "mpnet", **changes):
        return JudgeConfig.model_validate(judge_settings(encoder_folders[kind], **changes))

    return build


@pytest.fixture
def open_bench(judge_project, judge_config, tmp_path):
    """Open a workbench of the small project; gives it with the list of its lines of progress."""

    def build(config=None):
        config = config or judge_config()
        lines = []
        data = judge_project / "data"
        units = read_judge_data(config, root=judge_project, data=data, report_progress=lines.append)
        bench = Workbench.open(
            config, units, root=judge_project, models_dir=tmp_path, report_progress=lines.append
        )
        return bench, lines

    return build
