"""A BERT encoder written as an ONNX graph from its weights, and its int8 copy.

The graph reads one sentence: ``input_ids`` of shape (n_tokens,), and gives ``layer_0`` (the
embeddings) to ``layer_k``, each of shape (n_tokens, width). One sentence at a time needs no
padding and no mask, and the int8 scales of a sentence never depend on its neighbours in a batch.
"""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
Weights = dict[str, npt.NDArray[np.float32]]


@dataclass(frozen=True)
class BertShape:
    """The numbers of a ``config.json`` that decide the graph."""

    n_layers: int
    n_heads: int
    width: int
    epsilon: float

    @classmethod
    def read(cls, path: Path) -> "BertShape":
        """Read a model hub ``config.json``."""
        found = json.loads(path.read_text("utf-8"))
        return cls(
            n_layers=found["num_hidden_layers"],
            n_heads=found["num_attention_heads"],
            width=found["hidden_size"],
            epsilon=found["layer_norm_eps"],
        )


class GraphWriter:
    """Collects nodes and constants; each method returns the name of its output."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        """Keep an array under a name, once."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.asarray(value, order="C"), name)
        return name

    def add(self, op: str, *inputs: str, output: str = "", **attributes: object) -> str:
        """Append a node."""
        output = output or f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], **attributes))
        return output

    def linear(self, x: str, *names: str) -> str:
        """``x @ W.T + b``; several layers of one input become one multiplication."""
        kernel = np.concatenate([self.weights[f"{n}.weight"] for n in names]).T
        bias = np.concatenate([self.weights[f"{n}.bias"] for n in names])
        product = self.add("MatMul", x, self.constant(f"{names[0]}.kernel", kernel))
        return self.add("Add", product, self.constant(f"{names[0]}.bias", bias))

    def norm(self, x: str, name: str, *, epsilon: float, output: str = "") -> str:
        """Layer normalisation over the last axis."""
        scale = self.constant(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.add(
            "LayerNormalization", x, scale, bias, output=output, axis=-1, epsilon=epsilon
        )


def _embed(graph: GraphWriter, shape: BertShape) -> str:
    words = graph.constant("words", graph.weights["embeddings.word_embeddings.weight"])
    kind = graph.weights["embeddings.token_type_embeddings.weight"][0]
    table = graph.weights["embeddings.position_embeddings.weight"] + kind
    zero, one = (graph.constant(f"i{n}", np.array([n], np.int64)) for n in (0, 1))
    n_tokens = graph.add("Shape", "input_ids")
    positions = graph.add("Slice", graph.constant("positions", table), zero, n_tokens, zero, one)
    embedded = graph.add("Add", graph.add("Gather", words, "input_ids", axis=0), positions)
    return graph.norm(embedded, "embeddings.LayerNorm", epsilon=shape.epsilon, output="layer_0")


def _attend(graph: GraphWriter, x: str, prefix: str, shape: BertShape) -> str:
    names = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
    joined = graph.linear(x, *names)
    head_width = shape.width // shape.n_heads
    split = graph.constant("heads", np.array([-1, 3, shape.n_heads, head_width], np.int64))
    heads = graph.add("Transpose", graph.add("Reshape", joined, split), perm=[1, 2, 0, 3])
    q, k, v = (
        graph.add("Gather", heads, graph.constant(f"part_{n}", np.array(n, np.int64)), axis=0)
        for n in range(3)
    )
    scale = graph.constant("scale", np.array(1 / np.sqrt(head_width), np.float32))
    scores = graph.add(
        "MatMul", graph.add("Mul", q, scale), graph.add("Transpose", k, perm=[0, 2, 1])
    )
    mixed = graph.add("MatMul", graph.add("Softmax", scores, axis=-1), v)
    flat = graph.constant("flat", np.array([-1, shape.width], np.int64))
    merged = graph.add("Reshape", graph.add("Transpose", mixed, perm=[1, 0, 2]), flat)
    return graph.linear(merged, f"{prefix}.attention.output.dense")


def _layer(graph: GraphWriter, x: str, number: int, shape: BertShape) -> str:
    prefix = f"encoder.layer.{number}"
    attended = graph.norm(
        graph.add("Add", x, _attend(graph, x, prefix, shape)),
        f"{prefix}.attention.output.LayerNorm",
        epsilon=shape.epsilon,
    )
    inner = graph.add("Gelu", graph.linear(attended, f"{prefix}.intermediate.dense"))
    outer = graph.linear(inner, f"{prefix}.output.dense")
    return graph.norm(
        graph.add("Add", attended, outer),
        f"{prefix}.output.LayerNorm",
        epsilon=shape.epsilon,
        output=f"layer_{number + 1}",
    )


def _outputs(shape: BertShape) -> Iterator[onnx.ValueInfoProto]:
    for number in range(shape.n_layers + 1):
        yield helper.make_tensor_value_info(
            f"layer_{number}", TensorProto.FLOAT, ["n_tokens", shape.width]
        )


def write_graph(weights: Weights, shape: BertShape, path: Path) -> None:
    """Write the fp32 graph of a BERT encoder.

    Parameters
    ----------
    weights : arrays by their name in ``model.safetensors``
    shape : the numbers of the model's ``config.json``
    path : the ``.onnx`` file to write

    References
    ----------
    Devlin et al. (2019), BERT; GELU in its exact form, post-layer normalisation.
    """
    graph = GraphWriter(weights)
    x = _embed(graph, shape)
    for number in range(shape.n_layers):
        x = _layer(graph, x, number, shape)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n_tokens"])
    model = helper.make_model(
        helper.make_graph(
            graph.nodes, "bert", [ids], list(_outputs(shape)), list(graph.constants.values())
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="standpoint",
        ir_version=10,
    )
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def quantise_graph(fp32: Path, int8: Path) -> None:
    """Write the int8 copy: weights per output channel in 7 bits, activations scaled as they come.

    7 bits keep the sums of processors without VNNI from saturating, so that vectors do not depend
    on the machine that made them.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as scratch:
        there = Path(scratch) / "int8.onnx"
        quantize_dynamic(
            fp32,
            there,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
        int8.write_bytes(there.read_bytes())
