"""The graphs of a judge are its network, wherever its frozen, apart and first-stage layers end."""

import json

import numpy as np
import pytest
import torch

from standpoint.judge import IssueText, Judge, SentenceText
from tests.tiny import write_encoder

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch
ISSUE = IssueText("dam", "The dam is built.", "It is not.", ("dam",))


@pytest.fixture(scope="module")
def three_layers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder")
    size = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 3}
    return {kind: write_encoder(folder / kind, kind=kind, **size) for kind in ("bert", "mpnet")}


@pytest.fixture
def exported(open_bench, judge_config, three_layers):
    """Export a network of random weights; the largest difference, and the judge."""

    def build(*, kind="mpnet", **changes):
        config = judge_config()
        source = config.model.encoder.model_copy(update={"name": str(three_layers[kind])})
        model = config.model.model_copy(update={"encoder": source, **changes})
        bench, _ = open_bench(config.model_copy(update={"model": model}))
        network = bench.parts.network(model, seed=1)
        torch.nn.init.normal_(network.segments)
        metrics = bench.export(network)
        return metrics["export.fp32.largest_difference"], Judge(bench.graphs, bench.settings)

    return build


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
@pytest.mark.parametrize("apart", [0, 1])
@pytest.mark.parametrize("frozen", [0, 1, 2])
def test_the_graphs_are_the_network_wherever_its_layers_are_cut(exported, kind, apart, frozen):
    difference, _ = exported(kind=kind, frozen_layers=frozen, apart_layers=apart, split=2)
    assert difference < 1e-4


def test_a_text_is_read_apart_once_and_then_together_with_the_other(exported):
    _, judge = exported(apart_layers=1, split=2)
    first, second = (judge.read_sentence(SentenceText(text)) for text in ("Iran met.", "Iran met."))
    assert first.states is not None
    np.testing.assert_array_equal(first.states, second.states)
    issue = judge.read_issue(ISSUE)
    assert issue.states.shape == (len(issue.ids), 32)
    assert judge.read_issue(ISSUE) is issue
    early = judge.judge(first, issue, ()).early
    other = judge.judge(first, judge.read_issue(IssueText("Iran")), ()).early
    assert early != other


def test_a_judge_without_such_layers_keeps_no_states(exported):
    _, judge = exported(apart_layers=0, split=2)
    assert judge.read_sentence(SentenceText("Iran met.")).states is None
    assert "apart" not in json.loads(judge.settings.model_dump_json())


def test_layers_that_read_apart_are_below_the_first_stage_that_reads_both(exported):
    difference, judge = exported(apart_layers=1, split=2)
    assert judge.settings.graphs[:3] == ("words.onnx", "apart.onnx", "stage-one.onnx")
    assert judge.settings.apart == ("words.onnx", "apart.onnx")
    assert all((judge.folder / name).is_file() for name in judge.settings.graphs)
    assert difference < 1e-4
