"""Quantization of an encoder's graph to int8."""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from standpoint.onnx_session import disable_telemetry
from train.encoders.per_token import quantize_by_token

WORDS = "words"  # the table of words in a graph
LARGEST_WORD = 127  # in 8 bits


def quantize_graph(
    fp32: Path,
    int8: Path,
    *,
    float32_weights: Sequence[str] = (),
    per_token: bool = False,
    accurate: bool = False,
    words: bool = False,
) -> None:
    """Write the int8 copy of a graph by dynamic quantization.

    Weights have one scale for each output channel; activations are scaled at run time. Weights use
    7 bits only: with 8, the 16-bit sums of processors without VNNI saturate, and vectors would
    depend on the processor.

    Parameters
    ----------
    float32_weights : names of weights whose products stay in float32
    per_token : whether activations have one scale for each token, or one for the whole input
    accurate : of `quantize_by_token`, where there is one scale for each token
    words : whether to quantize the table of words too, with one scale for each word: a quarter of
        its size. A word is looked up and not multiplied, so that it uses all 8 bits
    """
    with tempfile.TemporaryDirectory() as scratch:
        if per_token:
            model = onnx.load(fp32)
            kernels = _kernels(model) - set(float32_weights)
            quantize_by_token(model, kernels=kernels, accurate=accurate)
        else:
            quantized = Path(scratch) / "int8.onnx"
            _quantize_by_tensor(fp32, quantized, float32_weights)
            model = onnx.load(quantized)
        if words:
            _quantize_words(model)
        onnx.checker.check_model(model)
        int8.write_bytes(model.SerializeToString())


def _kernels(model: onnx.ModelProto) -> set[str]:
    """The weights that states are multiplied by."""
    arrays = {array.name for array in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMul"]
    return {node.input[1] for node in products} & arrays


def _quantize_by_tensor(fp32: Path, int8: Path, float32_weights: Sequence[str]) -> None:
    disable_telemetry()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    named = int8.with_name("named.onnx")
    excluded = _named_products(fp32, named, float32_weights) if float32_weights else []
    with _errors_only():
        quantize_dynamic(
            named if float32_weights else fp32,
            int8,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=excluded,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )


@contextmanager
def _errors_only() -> Iterator[None]:
    """Silence the warning to preprocess the graph, which was written as preprocessing leaves it."""
    log = logging.getLogger()
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def _named_products(fp32: Path, named: Path, float32_weights: Sequence[str]) -> list[str]:
    """Write the graph with a name for each node; returns those that multiply by some weights."""
    model = onnx.load(fp32)
    for number, node in enumerate(model.graph.node):
        node.name = f"node_{number}"
    named.write_bytes(model.SerializeToString())
    return [node.name for node in model.graph.node if set(node.input) & set(float32_weights)]


def _quantize_words(model: onnx.ModelProto) -> None:
    """Round the table of words to int8, in place; a graph without one stays as it is."""
    arrays = {array.name: array for array in model.graph.initializer}
    if WORDS not in arrays:
        return
    table = numpy_helper.to_array(arrays[WORDS])
    largest = np.abs(table).max(axis=1, keepdims=True)
    scales = np.where(largest > 0, largest / LARGEST_WORD, 1.0).astype(np.float32)
    rounded = np.rint(table / scales).astype(np.int8)
    model.graph.initializer.remove(arrays[WORDS])
    model.graph.initializer.append(numpy_helper.from_array(rounded, WORDS))
    model.graph.initializer.append(numpy_helper.from_array(scales, f"{WORDS}.scales"))
    nodes = [part for node in model.graph.node for part in _dequantized(node)]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _dequantized(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    """The node; for the one that looks words up, also those that scale what it finds."""
    if WORDS not in node.input:
        return [node]
    ids, output = node.input[1], node.output[0]
    return [
        helper.make_node("Gather", [WORDS, ids], [f"{WORDS}.int8"], axis=0),
        helper.make_node("Cast", [f"{WORDS}.int8"], [f"{WORDS}.rounded"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{WORDS}.scales", ids], [f"{WORDS}.scale"], axis=0),
        helper.make_node("Mul", [f"{WORDS}.rounded", f"{WORDS}.scale"], [output]),
    ]
