"""Lower and upper layers as graphs of their own give what the whole encoder gives."""

import json

import numpy as np
import onnxruntime
import pytest
import torch
from safetensors.numpy import load_file

from standpoint.errors import EncoderError
from tests.tiny import N_LAYERS, OWN, WIDTH, torch_encoder, write_encoder
from train.encoders.onnx_graph import write_graph, write_partial_graph
from train.encoders.position_bias import bucket_of
from train.encoders.shape import EncoderShape
from train.encoders.weight_names import as_bert

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

KINDS = ["bert", "roberta", *OWN]
SENTENCE = np.array([2, 7, 5, 9, 4, 11, 6, 3], np.int64)
ISSUE = np.array([2, 8, 10, 3], np.int64)


def parts(source):
    """Weights and shape of an encoder."""
    config = json.loads((source / "config.json").read_text("utf-8"))
    return as_bert(load_file(source / "model.safetensors"), config), EncoderShape.of(config)


def run(path, **inputs):
    return onnxruntime.InferenceSession(str(path)).run(None, inputs)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_lower_and_upper_layers_one_after_the_other_are_the_whole(tiny_encoders, kind, tmp_path):
    weights, shape = parts(tiny_encoders(kind))
    write_graph(weights, shape, tmp_path / "whole.onnx", layers=[N_LAYERS])
    whole = run(tmp_path / "whole.onnx", input_ids=SENTENCE)
    for layer in range(N_LAYERS):
        write_graph(weights, shape, tmp_path / "lower.onnx", layers=[layer])
        write_partial_graph(weights, shape, tmp_path / "upper.onnx", first=layer)
        lower = run(tmp_path / "lower.onnx", input_ids=SENTENCE)
        np.testing.assert_array_equal(run(tmp_path / "upper.onnx", states=lower), whole)


@pytest.mark.parametrize("kind", KINDS)
def test_a_chain_of_any_cuts_is_the_whole(tiny_encoders, kind, tmp_path):
    weights, shape = parts(tiny_encoders(kind))
    write_graph(weights, shape, tmp_path / "whole.onnx", layers=[N_LAYERS])
    write_graph(weights, shape, tmp_path / "words.onnx", layers=[0])
    states = run(tmp_path / "words.onnx", input_ids=SENTENCE)
    for first in range(N_LAYERS):
        write_partial_graph(weights, shape, tmp_path / "layer.onnx", first=first, last=first + 1)
        states = run(tmp_path / "layer.onnx", states=states)
    np.testing.assert_array_equal(states, run(tmp_path / "whole.onnx", input_ids=SENTENCE))


@torch.no_grad()
@pytest.mark.parametrize("kind", ["bert", "mpnet"])
@pytest.mark.parametrize("n_repeats", [1, 40])
def test_upper_layers_read_two_texts_one_behind_the_other(tiny_encoders, kind, n_repeats, tmp_path):
    weights, shape = parts(tiny_encoders(kind))
    write_graph(weights, shape, tmp_path / "lower.onnx", layers=[1])
    write_partial_graph(weights, shape, tmp_path / "upper.onnx", first=1)
    lower = [run(tmp_path / "lower.onnx", input_ids=ids) for ids in (SENTENCE, ISSUE)]
    joined = np.concatenate(lower * n_repeats)
    found = run(tmp_path / "upper.onnx", states=joined)
    layers = torch_encoder(tiny_encoders(kind)).eval().encoder
    layers.layer = layers.layer[1:]
    expected = layers(torch.tensor(joined)[None])[0][0].numpy()
    np.testing.assert_allclose(found, expected, atol=1e-4)
    assert found.shape == (n_repeats * 12, WIDTH)


@torch.no_grad()
def test_relative_positions_hold_at_any_length(tmp_path):
    source = write_encoder(tmp_path / "long", kind="mpnet", max_position_embeddings=402)
    weights, shape = parts(source)
    write_graph(weights, shape, tmp_path / "whole.onnx", layers=[N_LAYERS])
    encoder = torch_encoder(source).eval()
    for length in (1, 2, 129, 400):
        ids = np.random.default_rng(length).integers(3, 20, length)
        expected = encoder(torch.tensor(ids)[None])[0][0].numpy()
        found = run(tmp_path / "whole.onnx", input_ids=ids)
        np.testing.assert_allclose(found, expected, atol=1e-4)


def test_buckets_of_distances_are_those_of_transformers():
    from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

    distances = np.arange(-600, 601)
    expected = MPNetEncoder.relative_position_bucket(torch.tensor(distances), num_buckets=32)
    np.testing.assert_array_equal(bucket_of(distances), expected.numpy())


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (2, None, "first: must be a layer below the last (2), got 2. Name a lower one."),
        (-1, 1, "first: must be a layer below the last (1), got -1. Name a lower one."),
        (0, 3, "model.layers: must be at most 2 for this encoder, got 3. Name lower ones."),
    ],
    ids=["nothing above", "negative", "above the encoder"],
)
def test_layers_that_are_not_there_are_refused(tiny_encoder, tmp_path, first, last, said):
    weights, shape = parts(tiny_encoder)
    with pytest.raises(EncoderError) as caught:
        write_partial_graph(weights, shape, tmp_path / "graph.onnx", first=first, last=last)
    assert str(caught.value) == said
