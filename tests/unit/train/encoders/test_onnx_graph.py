"""The graph of a fine-tuned encoder says what torch says, and its int8 copy keeps what it is told."""

import json

import numpy as np
import onnx
import pytest
import torch

from standpoint.errors import EncoderError
from standpoint.model.encoder_folder import open_encoder
from standpoint.model.feature_config import EncoderFeatures
from tests.tiny import N_LAYERS, OWN, WIDTH, torch_encoder, write_fp32
from train.encoders.onnx_graph import write_graph
from train.encoders.shape import EncoderShape
from train.finetune.export import export
from train.finetune.network import Head, Network
from train.finetune.pretrained import Weights

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

SENTENCES = (
    "Iran praised the plan.",
    "zebra",
    "Russia rejected the talks at length in the old town hall of the capital, zebra, on Monday!",
)
KINDS = ["bert", "roberta", *OWN]


@torch.no_grad()
def hidden(encoder, ids):
    found = encoder(torch.tensor([ids]), output_hidden_states=True).hidden_states
    return np.stack([layer[0].numpy() for layer in found])


@pytest.mark.parametrize("kind", KINDS)
def test_the_graph_in_32_bits_gives_the_hidden_states_of_torch(tiny_encoders, kind, tmp_path):
    graph = write_fp32(tiny_encoders(kind), tmp_path / "fp32")
    encoder = torch_encoder(tiny_encoders(kind)).eval()
    for text in SENTENCES:
        found = graph.encode(text, layers=range(N_LAYERS + 1)).layers
        expected = hidden(encoder, graph._tokenizer.encode(text).ids)
        np.testing.assert_allclose(found, expected, atol=1e-4)
    assert np.abs(expected[0] - expected[-1]).max() > 0.1


def network_of(source):
    reading = EncoderFeatures(
        layers=(1,), holder=False, between=False, windows=(), products=False, signs=False
    )
    head = Head(reading, width=WIDTH, n_text_features=0, n_labels=3, dropout=0.0)
    return Network(torch_encoder(source), {"main": head}, n_layers=N_LAYERS)


def exported(source, place, *, layers, score=None):
    weights = Weights(source, "tiny", {"model.safetensors": "0" * 64})
    return export(network_of(source), weights, layers=layers, folder=place, score=score)


def outputs_of(folder):
    return [output.name for output in onnx.load(folder / "graph.onnx").graph.output]


def floats_of(folder):
    """The weights of products that are in 32 bits."""
    graph = onnx.load(folder / "graph.onnx").graph
    return {array.name for array in graph.initializer if array.name.endswith(".kernel")}


@pytest.mark.parametrize("layers", [(1,), (2, 0), (1, 2)], ids=str)
def test_only_the_layers_that_are_asked_for_are_in_the_graph(tiny_encoder, tmp_path, layers):
    place = exported(tiny_encoder, tmp_path / "e", layers=layers).encoder.folder
    assert outputs_of(place) == [f"layer_{n}" for n in sorted(layers)]
    names = {array.name for array in onnx.load(place / "graph.onnx").graph.initializer}
    above = {name for name in names if name.startswith(f"encoder.layer.{max(layers)}.")}
    assert not above
    assert any(name.startswith("encoder.layer.0.") for name in names)


def test_an_exported_folder_is_an_encoder_with_sums_and_the_sizes_of_its_source(
    tiny_encoder, tmp_path
):
    found = exported(tiny_encoder, tmp_path / "e", layers=(1, 2))
    opened = open_encoder(tmp_path / "e", digest=found.encoder.digest)
    assert opened.max_tokens == 64
    assert opened.encode(SENTENCES[0], layers=(1, 2)).layers.shape == (2, 7, WIDTH)
    assert [path.name for path in tmp_path.iterdir()] == ["e"]


def test_all_products_are_in_8_bits_where_that_costs_nothing(tiny_encoder, tmp_path):
    found = exported(tiny_encoder, tmp_path / "e", layers=(1, 2), score=lambda encoder: 0.9)
    assert found.float32_weights == ()
    assert found.scores == {"fp32": 0.9, "int8": 0.9}
    assert floats_of(tmp_path / "e") == set()


@pytest.mark.parametrize("kind", ["bert", "distilbert", "mpnet"])
def test_products_that_8_bits_cost_too_much_stay_in_32(tiny_encoders, kind, tmp_path):
    scores = iter([0.9, 0.7, 0.8, 0.895])
    found = exported(
        tiny_encoders(kind), tmp_path / "e", layers=(1, 2), score=lambda encoder: next(scores)
    )
    wide = tuple(f"encoder.layer.{n}.output.dense.kernel" for n in range(N_LAYERS))
    assert found.float32_weights == wide
    assert found.scores == {"fp32": 0.9, "int8": 0.895}
    assert floats_of(tmp_path / "e") == set(wide)


def test_where_nothing_is_near_enough_the_best_is_taken(tiny_encoder, tmp_path):
    scores = iter([0.9, 0.5, 0.7, 0.6, 0.5])
    found = exported(tiny_encoder, tmp_path / "e", layers=(2,), score=lambda encoder: next(scores))
    assert found.float32_weights == ("encoder.layer.1.output.dense.kernel",)
    assert found.scores["int8"] == 0.7
    assert floats_of(tmp_path / "e") == set(found.float32_weights)


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        (
            "bert",
            {"hidden_act": "relu"},
            "config.json: hidden_act must be gelu, got 'relu'. Choose another encoder.",
        ),
        (
            "distilbert",
            {"activation": "relu"},
            "config.json: activation must be gelu, got 'relu'. Choose another encoder.",
        ),
        (
            "bert",
            {"position_embedding_type": "relative_key"},
            "config.json: position_embedding_type must be absolute, got 'relative_key'. "
            "Choose another encoder.",
        ),
        (
            "mpnet",
            {"relative_attention_num_buckets": 64},
            "config.json: relative_attention_num_buckets must be 32, got 64. "
            "Choose another encoder.",
        ),
        (
            "bert",
            {"hidden_size": None},
            "config.json: hidden_size must be a whole number, got None. Choose another encoder.",
        ),
    ],
    ids=["activation", "activation of distilbert", "positions", "buckets", "size"],
)
def test_an_encoder_of_another_make_is_refused(tiny_encoders, kind, changes, said):
    config = json.loads((tiny_encoders(kind) / "config.json").read_text("utf-8")) | changes
    with pytest.raises(EncoderError) as caught:
        EncoderShape.of(config)
    assert str(caught.value) == said


def test_a_layer_above_the_encoders_is_refused(tiny_encoder, tmp_path):
    shape = EncoderShape.read(tiny_encoder / "config.json")
    with pytest.raises(EncoderError) as caught:
        write_graph({}, shape, tmp_path / "graph.onnx", layers=(1, 3))
    assert str(caught.value) == (
        "model.layers: must be at most 2 for this encoder, got 3. Name lower ones."
    )
