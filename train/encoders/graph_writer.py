"""Nodes and constants of an ONNX graph, from named weights."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from standpoint.errors import EncoderError

OPSET = 20  # the first with Gelu as one operator
Weights = dict[str, npt.NDArray[np.float32]]
Sizes = Sequence[str | int]  # of axes; one that varies has a name


class GraphWriter:
    """Nodes and constants of an ONNX graph; each method returns the name of its output."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def weight(self, name: str) -> npt.NDArray[np.float32]:
        """The array of a name.

        Raises
        ------
        EncoderError
            there is none
        """
        if name not in self.weights:
            raise EncoderError(
                f"model.safetensors: must have the weights that config.json says, got none for "
                f"{name}. Get the encoder again, or choose another."
            )
        return self.weights[name]

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        """Add an array under a name, once."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.asarray(value, order="C"), name)
        return name

    def add(self, op: str, *inputs: str, output: str = "", **attributes: object) -> str:
        """Append a node."""
        output = output or f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], **attributes))
        return output

    def linear(self, x: str, *names: str) -> str:
        """``x @ W.T + b``; several layers of the same input become a single multiplication."""
        kernel = np.concatenate([self.weight(f"{n}.weight") for n in names]).T
        bias = np.concatenate([self.weight(f"{n}.bias") for n in names])
        product = self.add("MatMul", x, self.constant(f"{names[0]}.kernel", kernel))
        return self.add("Add", product, self.constant(f"{names[0]}.bias", bias))

    def norm(self, x: str, name: str, *, epsilon: float, output: str = "") -> str:
        """Layer normalisation over the last axis."""
        scale = self.constant(f"{name}.weight", self.weight(f"{name}.weight"))
        bias = self.constant(f"{name}.bias", self.weight(f"{name}.bias"))
        return self.add(
            "LayerNormalization", x, scale, bias, output=output, axis=-1, epsilon=epsilon
        )

    def write(
        self,
        path: Path,
        *,
        inputs: dict[str, tuple[int, Sizes]],
        outputs: dict[str, Sizes],
    ) -> None:
        """Check the graph and write it.

        Parameters
        ----------
        inputs : type (of `TensorProto`) and sizes of each input
        outputs : sizes of each output; all are float32
        """
        graph = helper.make_graph(
            self.nodes,
            "bert",
            [helper.make_tensor_value_info(name, *declared) for name, declared in inputs.items()],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, sizes)
                for name, sizes in outputs.items()
            ],
            list(self.constants.values()),
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            producer_name="standpoint",
            ir_version=10,
        )
        onnx.checker.check_model(model)
        path.write_bytes(model.SerializeToString())
