"""The names of weights: those of BERT, whatever the architecture and whoever saved them."""

import json

import numpy as np
import pytest
from safetensors.numpy import load_file

from standpoint.errors import EncoderError
from tests.tiny import OWN
from train.encoders.onnx_graph import write_graph
from train.encoders.shape import EncoderShape
from train.encoders.weight_names import as_bert

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch


@pytest.fixture(params=["bert", "roberta", *OWN])
def source(request, tiny_encoders):
    folder = tiny_encoders(request.param)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    return load_file(folder / "model.safetensors"), config


def graph_of(weights, config, path):
    write_graph(as_bert(weights, config), EncoderShape.of(config), path)
    return path.read_bytes()


def test_weights_saved_with_another_head_give_the_same_graph(source, tmp_path):
    weights, config = source
    prefixed = {f"model.{name}": array for name, array in weights.items()}
    prefixed["cls.bias"] = np.zeros(3, np.float32)
    found = graph_of(prefixed, config, tmp_path / "a.onnx")
    assert found == graph_of(weights, config, tmp_path / "b.onnx")


def test_norms_with_the_names_of_tensorflow_give_the_same_graph(source, tmp_path):
    weights, config = source
    old = {
        name.replace("LayerNorm.weight", "LayerNorm.gamma").replace(
            "LayerNorm.bias", "LayerNorm.beta"
        ): array
        for name, array in weights.items()
    }
    found = graph_of(old, config, tmp_path / "a.onnx")
    assert found == graph_of(weights, config, tmp_path / "b.onnx")


def test_a_table_of_words_that_is_missing_is_said(source):
    weights, config = source
    without = {name: array for name, array in weights.items() if "word_embeddings" not in name}
    with pytest.raises(EncoderError) as caught:
        as_bert(without, config)
    assert str(caught.value) == (
        "model.safetensors: must have the weights embeddings.word_embeddings.weight, got none. "
        "Get the encoder again, or choose another."
    )


def test_weights_of_a_layer_that_are_missing_are_said(source, tmp_path):
    weights, config = source
    without = {name: array for name, array in weights.items() if "layer.1." not in name}
    with pytest.raises(EncoderError) as caught:
        graph_of(without, config, tmp_path / "graph.onnx")
    assert str(caught.value) == (
        "model.safetensors: must have the weights that config.json says, got none for "
        "encoder.layer.1.attention.self.query.weight. Get the encoder again, or choose another."
    )
