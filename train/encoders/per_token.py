"""Int8 products with one scale for each token of the activations.

With one scale for the whole text, as `onnxruntime.quantization` gives, a few large numbers of one
token take the precision of all others. MPNet has such tokens (docs/decisions/0013). With one for
each token it has not, and the states of a text do not depend on what shares a batch with it.

Within a token, too, a few numbers are large: those of the same channels in all layers. With
``accurate`` the products of `WIDE_CHANNELS` channels stay in float32, so that the others have a
smaller scale (docs/decisions/0013).

References
----------
Dettmers et al. (2022), LLM.int8(): 8-bit matrix multiplication for transformers at scale.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

LARGEST_WEIGHT = 64
"""Of 127, for processors without VNNI: they add two products of unsigned 8 bits and this in 16
bits, and 2 · 255 · 64 is the most that these hold."""
LARGEST_ACTIVATION = 127.0
ZERO = 128  # in unsigned 8 bits, which is what the fast kernels multiply
NORMALIZED = "LayerNormalization"
GELU_ZERO = 24  # in unsigned 8 bits: GELU's outputs are far larger above 0 than below
LEAST_GELU = 0.17  # GELU is never below -0.17
WIDE_CHANNELS = 8
"""Four are wider than the others by far in MPNet; 8 left half of the error of a judge's
probabilities, 4 a little more, and 16 no less."""
LEAST_REACH = 1e-12  # a layer whose gains are 0 is not divided by it
GAIN_WEIGHT = 3.0
"""A normalised number is rarely above 3, so that a channel is rarely above bias + 3 · gain."""
_CONSTANTS = {
    "token.largest": np.array(LARGEST_ACTIVATION, np.float32),
    "token.least": np.array(1e-12, np.float32),  # a token of zeros is not divided by 0
    "token.one": np.array(1.0, np.float32),
    "token.zero": np.array(ZERO, np.uint8),
    "token.last_axis": np.array([-1], np.int64),
}
_LARGEST_GELU = float(2 * LARGEST_ACTIVATION + 1 - GELU_ZERO)
_GELU_CONSTANTS = {
    "gelu.largest": np.array(_LARGEST_GELU, np.float32),
    "gelu.least": np.array(LEAST_GELU * _LARGEST_GELU / GELU_ZERO, np.float32),
    "gelu.zero": np.array(GELU_ZERO, np.uint8),
}
Floats = npt.NDArray[np.float32]
Arrays = dict[str, npt.NDArray[Any]]
Nodes = Iterator[onnx.NodeProto]


@dataclass(frozen=True, slots=True)
class _States:
    """Activations that are rounded.

    Attributes
    ----------
    name : of the tensor
    is_gelu : whether they are the outputs of GELU
    wide : channels whose products stay in float32
    """

    name: str
    is_gelu: bool
    wide: npt.NDArray[np.int64]

    @property
    def range(self) -> str:
        """What the names of their constants begin with."""
        return "gelu" if self.is_gelu else "token"


def quantize_by_token(model: onnx.ModelProto, *, kernels: set[str], accurate: bool = False) -> None:
    """Replace the products with some weights by int8 ones, in place.

    Parameters
    ----------
    kernels : names of the weights, each the second factor of a MatMul
    accurate : whether the widest channels of normalised states stay in float32, and the outputs of
        GELU are rounded from a zero of their own. Which channels these are depends on all layers
        of the graph, so that graphs of a chain then do not give exactly what one graph would
    """
    graph = model.graph
    arrays = {
        array.name: numpy_helper.to_array(array)
        for array in graph.initializer
        if accurate or array.name in kernels
    }
    wide = _wide_channels(graph, arrays) if accurate else np.array([], np.int64)
    normalized = _normalized(graph)
    gelus = {node.output[0] for node in graph.node if node.op_type == "Gelu"}
    nodes: list[onnx.NodeProto] = []
    constants: Arrays = {}
    read: dict[str, _States] = {}
    factors: dict[str, _States] = {}
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in kernels:
            nodes.append(node)
            continue
        name, kernel = node.input
        if name not in read:
            own_wide = wide if name in normalized else wide[:0]
            read[name] = _States(name, accurate and name in gelus, own_wide)
            constants.update(_wide_constants(read[name], n_channels=len(arrays[kernel])))
            nodes += _quantized_states(read[name])
        nodes += _product(read[name], kernel, node.output[0])
        factors[kernel] = read[name]
    for array in [array for array in graph.initializer if array.name in factors]:
        constants.update(_quantized_kernel(factors[array.name], array.name, arrays[array.name]))
        graph.initializer.remove(array)
    used = {name for node in nodes for name in node.input}
    for name, value in [*constants.items(), *_CONSTANTS.items(), *_GELU_CONSTANTS.items()]:
        if name in used:
            graph.initializer.append(numpy_helper.from_array(value, name))
    del graph.node[:]
    graph.node.extend(nodes)


def _normalized(graph: onnx.GraphProto) -> set[str]:
    """The states that a normalisation gives, those that the graph reads, and sums with others."""
    names = {node.output[0] for node in graph.node if node.op_type == NORMALIZED}
    names |= {value.name for value in graph.input}
    sums = (node for node in graph.node if node.op_type == "Add")
    return names | {node.output[0] for node in sums if node.input[0] in names}


def _wide_channels(graph: onnx.GraphProto, arrays: dict[str, Floats]) -> npt.NDArray[np.int64]:
    """The channels that the normalisations of a graph let become largest, in their order."""
    reach = [
        np.abs(arrays[node.input[2]]) + GAIN_WEIGHT * np.abs(arrays[node.input[1]])
        for node in graph.node
        if node.op_type == NORMALIZED and set(node.input[1:]) <= arrays.keys()
    ]
    if not reach:
        return np.array([], np.int64)
    widest = np.max([own / max(np.median(own), LEAST_REACH) for own in reach], axis=0)
    return np.sort(np.argsort(-widest, kind="stable")[:WIDE_CHANNELS])


def round_columns(kernel: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """A matrix in whole numbers up to `LARGEST_WEIGHT`, and the scale of each column.

    >>> rounded, scales = round_columns(np.array([[0.5, 0.0], [-1.0, 0.0]], np.float32))
    >>> rounded.tolist(), scales.tolist()
    ([[32, 0], [-64, 0]], [0.015625, 1.0])
    """
    largest = np.abs(kernel).max(axis=0)
    scales = np.where(largest > 0, largest / LARGEST_WEIGHT, 1.0).astype(np.float32)
    return np.rint(kernel / scales).astype(np.int8), scales


def _wide_constants(states: _States, *, n_channels: int) -> Arrays:
    """The numbers of the wide channels, and a factor that takes them from the rounded ones."""
    if not len(states.wide):
        return {}
    factor = np.ones(n_channels, np.float32)
    factor[states.wide] = 0
    return {f"{states.name}.narrow": factor, f"{states.name}.wide": states.wide}


def _quantized_kernel(states: _States, kernel: str, array: Floats) -> Arrays:
    """Rounded weights with their scales, and those of the wide channels as they are."""
    narrow = array.copy()
    narrow[states.wide] = 0
    rounded, scales = round_columns(narrow)
    constants: Arrays = {f"{kernel}.int8": rounded, f"{kernel}.scales": scales}
    if len(states.wide):
        constants[f"{kernel}.wide"] = array[states.wide]
    return constants


def _quantized_states(own: _States) -> Nodes:
    """Nodes that round each token, and give its scale; several products may share them."""
    states, node = own.name, helper.make_node
    largest, ratio, rounded = f"{states}.largest", f"{states}.ratio", states
    if len(own.wide):
        rounded = f"{states}.rest"
        yield node("Gather", [states, f"{states}.wide"], [f"{states}.large"], axis=-1)
        yield node("Mul", [states, f"{states}.narrow"], [rounded])
    size = rounded
    if not own.is_gelu:
        size = f"{states}.size"
        yield node("Abs", [rounded], [size])
    yield node("ReduceMax", [size, "token.last_axis"], [f"{states}.max"])
    yield node("Max", [f"{states}.max", f"{own.range}.least"], [largest])
    yield node("Div", [largest, f"{own.range}.largest"], [f"{states}.scale"])
    yield node("Div", [f"{own.range}.largest", largest], [ratio])
    yield node("Mul", [rounded, ratio], [f"{states}.scaled"])
    zero = f"{own.range}.zero"
    yield node("QuantizeLinear", [f"{states}.scaled", "token.one", zero], [f"{states}.int8"])


def _product(own: _States, kernel: str, output: str) -> Nodes:
    """Nodes of the product of rounded tokens and rounded weights, scaled back."""
    states, node = own.name, helper.make_node
    factors = [f"{states}.int8", f"{kernel}.int8", f"{own.range}.zero"]
    scaled = f"{kernel}.rest" if len(own.wide) else output
    yield node("MatMulInteger", factors, [f"{kernel}.sums"])
    yield node("Cast", [f"{kernel}.sums"], [f"{kernel}.float"], to=TensorProto.FLOAT)
    yield node("Mul", [f"{kernel}.float", f"{kernel}.scales"], [f"{kernel}.by_column"])
    yield node("Mul", [f"{kernel}.by_column", f"{states}.scale"], [scaled])
    if len(own.wide):
        yield node("MatMul", [f"{states}.large", f"{kernel}.wide"], [f"{kernel}.large"])
        yield node("Add", [scaled, f"{kernel}.large"], [output])
