"""The network of a judge: its layers are those of the encoder, and its graphs are the network."""

import numpy as np
import pytest
import torch

from standpoint.errors import EncoderError
from standpoint.judge import HOLDER_FEATURES
from tests.tiny import torch_encoder
from train.config.model import Source
from train.finetune.pretrained import find_weights
from train.judge.network.encoder_parts import EncoderParts
from train.judge.network.prototype import load_prototype
from train.judge.optimization import WeightAverage, rate_at

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch


@pytest.fixture(params=["bert", "mpnet"])
def parts(request, encoder_folders, tmp_path):
    source = Source(name=str(encoder_folders[request.param]))
    weights = find_weights(source, root=tmp_path, cache=tmp_path, report_progress=lambda line: None)
    return EncoderParts(weights, 1)


def padded():
    ids = torch.randint(4, 20, (3, 9), generator=torch.Generator().manual_seed(1))
    mask = torch.ones(3, 9)
    mask[1, 6:] = 0
    return ids, mask


def test_lower_and_upper_layers_give_the_states_of_the_encoder(parts, judge_config):
    ids, mask = padded()
    encoder = torch_encoder(parts.weights.folder).eval()
    network = parts.network(judge_config().model, seed=1).eval()
    with torch.inference_mode():
        expected = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        states = network.upper(parts.lower().eval()(ids, mask), mask)
    is_token = mask.bool()
    np.testing.assert_allclose(states[is_token], expected[is_token], atol=1e-5)


def prototype_state(folder, network):
    """The weights of a network under the prototype's names, with the encoder's own layers."""
    encoder = torch_encoder(folder).encoder
    state = {f"layers.0.{name}": array for name, array in encoder.layer[1].state_dict().items()}
    bias = getattr(encoder, "relative_attention_bias", None)
    state |= {"bias.weight": bias.weight.detach()} if bias is not None else {}
    heads = {"about": network.about, "st": network.stance}
    state |= {
        f"{name}.{key}": array + 1
        for name, head in heads.items()
        for key, array in head.state_dict().items()
    }
    return state | {"seg": torch.ones(3, network.shape.width)}


def test_weights_of_the_prototype_are_loaded_under_its_names(parts, judge_config):
    model = judge_config().model
    expected, network = (parts.network(model, seed=seed) for seed in (1, 2))
    state = prototype_state(parts.weights.folder, expected)
    for array in network.upper.parameters():
        torch.nn.init.zeros_(array)
    load_prototype(network, state, config=parts.weights.config())
    upper, loaded = expected.upper.state_dict(), network.upper.state_dict()
    assert all(torch.equal(upper[name], loaded[name]) for name in upper)
    assert torch.equal(network.stance[0].weight, state["st.0.weight"])
    assert torch.equal(network.segments, state["seg"])
    del state["layers.0.output.dense.bias"]
    with pytest.raises(EncoderError, match=r"must be of shape .* got none"):
        load_prototype(network, state, config=parts.weights.config())


def test_the_mean_of_the_last_weights_is_over_the_last_steps_alone(parts, judge_config):
    config = judge_config(schedule={"steps": 80, "averaged_last": 0.5})
    network = parts.network(config.model, seed=1)
    average = WeightAverage(config.model.schedule)
    for step in range(1, 81):
        torch.nn.init.constant_(network.segments, step)
        average.add(network, step=step)
    assert average.arrays["segments"].mean() == np.mean([50, 60, 70, 80])


def test_the_rate_rises_over_the_warmup_and_falls_to_its_least(judge_config):
    schedule = judge_config(schedule={"steps": 100, "warmup_steps": 4}).model.schedule
    rates = [rate_at(step, schedule) for step in (1, 4, 50, 100)]
    assert rates == pytest.approx([0.25 * 0.99, 0.96, 0.5, 0.05])


def test_the_head_of_the_stance_reads_the_features_that_a_bundle_names(parts, judge_config):
    network = parts.network(judge_config().model, seed=1)
    assert network.stance[0].in_features == 3 * parts.shape.width + len(HOLDER_FEATURES)
