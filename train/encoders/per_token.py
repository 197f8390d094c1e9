"""Int8 products with one scale for each token of the activations.

With one scale for the whole text, as `onnxruntime.quantization` gives, a few large numbers of one
token take the precision of all others. MPNet has such tokens (docs/decisions/0013). With one for
each token it has not, and the states of a text do not depend on what shares a batch with it.
"""

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

LARGEST_WEIGHT = 64
"""Of 127, for processors without VNNI: they add two products of unsigned 8 bits and this in 16
bits, and 2 · 255 · 64 is the most that these hold."""
LARGEST_ACTIVATION = 127.0
ZERO = 128  # in unsigned 8 bits, which is what the fast kernels multiply
_CONSTANTS = {
    "token.largest": np.array(LARGEST_ACTIVATION, np.float32),
    "token.least": np.array(1e-12, np.float32),  # a token of zeros is not divided by 0
    "token.one": np.array(1.0, np.float32),
    "token.zero": np.array(ZERO, np.uint8),
    "token.last_axis": np.array([-1], np.int64),
}


def quantize_by_token(model: onnx.ModelProto, *, kernels: set[str]) -> None:
    """Replace the products with some weights by int8 ones, in place.

    Parameters
    ----------
    kernels : names of the weights, each the second factor of a MatMul
    """
    graph = model.graph
    arrays = {array.name: array for array in graph.initializer if array.name in kernels}
    nodes: list[onnx.NodeProto] = []
    quantized: set[str] = set()
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in arrays:
            nodes.append(node)
            continue
        states, kernel = node.input
        if states not in quantized:
            nodes += _quantized_states(states)
            quantized.add(states)
        nodes += _product(states, kernel, node.output[0])
    for kernel, array in arrays.items():
        graph.initializer.remove(array)
        rounded, scales = round_columns(numpy_helper.to_array(array))
        graph.initializer.append(numpy_helper.from_array(rounded, f"{kernel}.int8"))
        graph.initializer.append(numpy_helper.from_array(scales, f"{kernel}.scales"))
    for name, value in _CONSTANTS.items():
        graph.initializer.append(numpy_helper.from_array(value, name))
    del graph.node[:]
    graph.node.extend(nodes)


def round_columns(
    kernel: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """A matrix in whole numbers up to `LARGEST_WEIGHT`, and the scale of each column.

    >>> rounded, scales = round_columns(np.array([[0.5, 0.0], [-1.0, 0.0]], np.float32))
    >>> rounded.tolist(), scales.tolist()
    ([[32, 0], [-64, 0]], [0.015625, 1.0])
    """
    largest = np.abs(kernel).max(axis=0)
    scales = np.where(largest > 0, largest / LARGEST_WEIGHT, 1.0).astype(np.float32)
    return np.rint(kernel / scales).astype(np.int8), scales


def _quantized_states(states: str) -> list[onnx.NodeProto]:
    """Nodes that round each token, and give its scale; several products may share them."""
    largest, ratio = f"{states}.largest", f"{states}.ratio"
    return [
        helper.make_node("Abs", [states], [f"{states}.size"]),
        helper.make_node("ReduceMax", [f"{states}.size", "token.last_axis"], [f"{states}.max"]),
        helper.make_node("Max", [f"{states}.max", "token.least"], [largest]),
        helper.make_node("Div", [largest, "token.largest"], [f"{states}.scale"]),
        helper.make_node("Div", ["token.largest", largest], [ratio]),
        helper.make_node("Mul", [states, ratio], [f"{states}.scaled"]),
        helper.make_node(
            "QuantizeLinear", [f"{states}.scaled", "token.one", "token.zero"], [f"{states}.int8"]
        ),
    ]


def _product(states: str, kernel: str, output: str) -> list[onnx.NodeProto]:
    """Nodes of the product of rounded tokens and rounded weights, scaled back."""
    factors = [f"{states}.int8", f"{kernel}.int8", "token.zero"]
    return [
        helper.make_node("MatMulInteger", factors, [f"{kernel}.sums"]),
        helper.make_node("Cast", [f"{kernel}.sums"], [f"{kernel}.float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{kernel}.float", f"{kernel}.scales"], [f"{kernel}.by_column"]),
        helper.make_node("Mul", [f"{kernel}.by_column", f"{states}.scale"], [output]),
    ]
