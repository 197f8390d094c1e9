"""A fit may begin with the weights of an earlier one, also of one without a head for sentiment."""

import re
from dataclasses import replace

import pytest
import torch

from standpoint.errors import ConfigError
from train.judge.sources import read_judge_data
from train.judge.training import train_judge
from train.judge.workbench import Workbench

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch


@pytest.fixture
def open_bench(pair_project, judge_config, tmp_path):
    def build(*, models="later", initial=None, sources=("seeds", "newsmtsc"), **schedule):
        config = judge_config(sources=sources, schedule=schedule)
        model = config.model.model_copy(update={"initial": str(initial) if initial else None})
        config = config.model_copy(update={"model": model})
        data = pair_project / "data"
        silent = {"root": pair_project, "report_progress": lambda line: None}
        units = read_judge_data(config, data=data, **silent)
        return Workbench.open(config, units, models_dir=tmp_path / models, **silent)

    return build


@pytest.fixture
def earlier(open_bench, tmp_path):
    """The folder of a checkpoint without a head for sentiment, and its averaged weights."""
    _, network = open_bench(models="earlier", sources=("seeds",)).fit(lambda *point: None)
    folder = tmp_path / "earlier" / "cache" / "judges" / "tiny" / "checkpoint"
    return folder, network.trained_state()


def test_a_fit_begins_with_the_averaged_weights_and_a_new_head(open_bench, earlier):
    folder, weights = earlier
    begun = open_bench(initial=folder).network().trained_state()
    new = open_bench().network().trained_state()
    assert all(torch.equal(begun[name], array) for name, array in weights.items())
    assert {name.partition(".")[0] for name in begun.keys() - weights.keys()} == {"sentiment"}
    assert torch.equal(begun["sentiment.0.weight"], new["sentiment.0.weight"])


def test_a_head_that_is_not_trained_any_more_is_left(open_bench, tmp_path):
    open_bench(models="tonal").fit(lambda *point: None)
    folder = tmp_path / "tonal" / "cache" / "judges" / "tiny" / "checkpoint"
    begun = open_bench(initial=folder, sources=("seeds",)).network().trained_state()
    assert not any(name.startswith("sentiment") for name in begun)


def test_other_initial_weights_are_another_fit(open_bench, earlier):
    plain, begun = open_bench(), open_bench(initial=earlier[0])
    assert plain.key() != begun.key()
    assert begun.key() == open_bench(initial=earlier[0]).key()


def test_a_checkpoint_that_does_not_fit_is_refused(open_bench, earlier, tmp_path):
    bench = open_bench(initial=tmp_path / "nowhere")
    with pytest.raises(ConfigError, match=r"model.initial: must be the folder of a checkpoint"):
        bench.network()
    bench = open_bench(initial=earlier[0])
    model = bench.config.model.model_copy(update={"stance_width": 9})
    wider = replace(bench, config=bench.config.model_copy(update={"model": model}))
    fault = "must be a checkpoint of the same layers and heads, got stance.pole.bias of shape (8,)"
    with pytest.raises(ConfigError, match=re.escape(fault)):
        wider.network()
    (earlier[0] / "state.safetensors").write_bytes(b"no arrays")
    with pytest.raises(ConfigError, match=r"model.initial: must be a whole checkpoint, got"):
        open_bench(initial=earlier[0]).network()


def test_what_the_first_weights_were_learned_from_is_data_of_the_judge(
    pair_project, judge_config, tmp_path
):
    def train(config):
        data = pair_project / "data"
        silent = {"root": pair_project, "report_progress": lambda line: None}
        return train_judge(config, models_dir=tmp_path, data=data, **silent)

    sources = ("seeds", "vast")
    research = train(judge_config(sources=sources, research=True))
    folder = tmp_path / "cache" / "judges" / "tiny" / "checkpoint"
    later = judge_config(sources=sources)
    model = later.model.model_copy(update={"initial": str(folder)})
    result = train(later.model_copy(update={"name": "later", "model": model}))
    assert [entry["name"] for entry in research.data] == ["seeds", "vast"]
    assert [entry["name"] for entry in result.data] == ["seeds", "vast"]
    assert "research" in result.data[1]["licence"]
    repeated = train(judge_config(sources=sources, research=True))
    assert repeated.seconds["total"] > repeated.seconds["fit"] == research.seconds["fit"]
