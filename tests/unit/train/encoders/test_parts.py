"""An encoder in several small files gives what it gives in one."""

import json

import numpy as np
import onnxruntime
import pytest
from safetensors.numpy import load_file

from standpoint.errors import EncoderError
from tests.tiny import N_LAYERS, OWN, write_encoder
from train.encoders import parts
from train.encoders.onnx_graph import write_graph
from train.encoders.parts import write_parts
from train.encoders.quantization import quantize_graph
from train.encoders.shape import EncoderShape
from train.encoders.weight_names import as_bert

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

IDS = np.array([2, 7, 5, 9, 4, 11, 6, 3], np.int64)


def encoder_of(source):
    config = json.loads((source / "config.json").read_text("utf-8"))
    return as_bert(load_file(source / "model.safetensors"), config), EncoderShape.of(config)


@pytest.mark.parametrize("kind", ["bert", "roberta", *OWN])
@pytest.mark.parametrize("cuts", [(), (1,)])
def test_the_files_one_after_the_other_give_what_one_graph_gives(
    tiny_encoders, kind, cuts, tmp_path
):
    weights, shape = encoder_of(tiny_encoders(kind))
    files = write_parts(weights, shape, tmp_path, cuts=cuts)
    states = None
    for file in files:
        inputs = {"input_ids": IDS} if states is None else {"states": states}
        states = onnxruntime.InferenceSession(str(file)).run(None, inputs)[0]
    whole = tmp_path / "whole.onnx"
    write_graph(weights, shape, whole, layers=[N_LAYERS])
    quantize_graph(whole, whole, per_token=True, words=True)
    expected = onnxruntime.InferenceSession(str(whole)).run(None, {"input_ids": IDS})[0]
    np.testing.assert_allclose(states, expected, atol=1e-6)


def test_the_files_say_which_layers_they_hold(tmp_path):
    weights, shape = encoder_of(write_encoder(tmp_path / "e", num_hidden_layers=5))
    names = [file.name for file in write_parts(weights, shape, tmp_path, cuts=(2, 3))]
    assert names == ["embeddings.onnx", "layers-1-2.onnx", "layers-3-3.onnx", "layers-4-5.onnx"]


@pytest.mark.parametrize("cuts", [(0,), (2,), (3,), (1, 1), (-1,)], ids=str)
def test_cuts_that_leave_a_file_without_layers_are_refused(tiny_encoder, tmp_path, cuts):
    weights, shape = encoder_of(tiny_encoder)
    with pytest.raises(EncoderError) as caught:
        write_parts(weights, shape, tmp_path, cuts=cuts)
    assert str(caught.value) == (f"cuts: must rise from 1 to 1, got {', '.join(map(str, cuts))}.")


def test_a_file_that_is_too_large_is_refused(tiny_encoder, tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "MAX_PART_BYTES", 4_000)
    weights, shape = encoder_of(tiny_encoder)
    with pytest.raises(EncoderError, match=r"must have at most 0 MB, got 0\.0 MB\. Add a cut\."):
        write_parts(weights, shape, tmp_path)
