"""The config of a judge: what is not possible is refused before anything is read."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.tiny_judge import judge_settings
from train.config import JudgeConfig


def config(**model):
    settings = judge_settings(Path("encoder"))
    return JudgeConfig.model_validate({**settings, "model": {**settings["model"], **model}})


def test_frozen_layers_end_at_the_split_or_below():
    assert config(frozen_layers=4, split=4).model.frozen_layers == 4
    assert config(frozen_layers=0, split=6).model.split == 6
    fault = r"frozen_layers: must be at most split \(3\), got 4\."
    with pytest.raises(ValidationError, match=fault):
        config(frozen_layers=4, split=3)


def test_a_batch_has_sixteen_units_unless_the_schedule_says_so():
    settings = judge_settings(Path("encoder"))
    del settings["model"]["schedule"]["batch"]
    assert JudgeConfig.model_validate(settings).model.schedule.batch == 16
