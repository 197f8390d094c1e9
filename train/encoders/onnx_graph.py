"""Export of a BERT encoder to ONNX, and its int8 quantization.

The graph reads one sentence: ``input_ids`` of shape (n_tokens,), and gives ``layer_0`` (the
embeddings) to ``layer_k``, each of shape (n_tokens, width). One sentence at a time needs no
padding and no mask, and the int8 scales of a sentence do not depend on its neighbors in a batch
(docs/decisions/0002-one-sentence-at-a-time.md).
"""

import json
import logging
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from standpoint.errors import EncoderError
from standpoint.model import disable_telemetry

ARCHITECTURES = ("bert", "roberta", "xlm-roberta", "camembert", "distilbert", "electra")
WITH_OFFSET = ("roberta", "xlm-roberta", "camembert")  # position ids start after the padding id
OPSET = 20  # the first with Gelu as one operator
Weights = dict[str, npt.NDArray[np.float32]]
_SIZES = ("num_hidden_layers", "num_attention_heads", "hidden_size")
_DISTILBERT_SIZES = ("n_layers", "n_heads", "dim")


@dataclass(frozen=True)
class BertShape:
    """The sizes in a ``config.json`` that decide the graph."""

    n_layers: int
    n_heads: int
    width: int
    epsilon: float

    @classmethod
    def read(cls, path: Path) -> "BertShape":
        """Read a model hub ``config.json``."""
        return cls.of(json.loads(path.read_text("utf-8")))

    @classmethod
    def of(cls, config: dict[str, Any]) -> "BertShape":
        """The shape in a model hub config.

        Raises
        ------
        EncoderError
            the graph does not support its activation or its kind of positions, or a size is
            missing
        """
        is_distilbert = config.get("model_type") == "distilbert"
        activation = "activation" if is_distilbert else "hidden_act"
        for key, wanted in ((activation, "gelu"), ("position_embedding_type", "absolute")):
            value = config.get(key) or wanted
            if value != wanted:
                raise EncoderError(
                    f"config.json: {key} must be {wanted}, got {value!r}. Choose another encoder."
                )
        sizes = _DISTILBERT_SIZES if is_distilbert else _SIZES
        missing = [key for key in sizes if not isinstance(config.get(key), int)]
        if missing:
            raise EncoderError(
                f"config.json: {missing[0]} must be a whole number, got "
                f"{config.get(missing[0])!r}. Choose another encoder."
            )
        n_layers, n_heads, width = (config[key] for key in sizes)
        epsilon = 1e-12 if is_distilbert else config.get("layer_norm_eps", 1e-12)
        return cls(n_layers=n_layers, n_heads=n_heads, width=width, epsilon=epsilon)


# Names of DistilBERT's weights as regular expressions, and BERT's names for them.
_BERT_NAMES = (
    (r"^transformer\.layer\.", "encoder.layer."),
    (r"\.attention\.q_lin\.", ".attention.self.query."),
    (r"\.attention\.k_lin\.", ".attention.self.key."),
    (r"\.attention\.v_lin\.", ".attention.self.value."),
    (r"\.attention\.out_lin\.", ".attention.output.dense."),
    (r"\.sa_layer_norm\.", ".attention.output.LayerNorm."),
    (r"\.ffn\.lin1\.", ".intermediate.dense."),
    (r"\.ffn\.lin2\.", ".output.dense."),
    (r"\.output_layer_norm\.", ".output.LayerNorm."),
)


def as_bert(weights: Weights, config: dict[str, Any]) -> Weights:
    """The weights of any of `ARCHITECTURES` under the names of BERT's weights.

    RoBERTa's positions start after its padding id; DistilBERT has other names and no token types.
    """
    kind = config.get("model_type", "bert")
    renamed = dict(weights)
    for pattern, name in _BERT_NAMES if kind == "distilbert" else ():
        renamed = {re.sub(pattern, name, key): array for key, array in renamed.items()}
    if kind in WITH_OFFSET:
        table = "embeddings.position_embeddings.weight"
        renamed[table] = renamed[table][config["pad_token_id"] + 1 :]
    words = renamed["embeddings.word_embeddings.weight"]
    renamed.setdefault(
        "embeddings.token_type_embeddings.weight", np.zeros((1, words.shape[1]), np.float32)
    )
    return renamed


class GraphWriter:
    """Nodes and constants of an ONNX graph; each method returns the name of its output."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

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
    start, step = (graph.constant(f"i{n}", np.array([n], np.int64)) for n in (0, 1))
    n_tokens = graph.add("Shape", "input_ids")
    positions = graph.add("Slice", graph.constant("positions", table), start, n_tokens, start, step)
    embedded = graph.add("Add", graph.add("Gather", words, "input_ids", axis=0), positions)
    if "embeddings_project.weight" not in graph.weights:
        return graph.norm(embedded, "embeddings.LayerNorm", epsilon=shape.epsilon, output="layer_0")
    narrow = graph.norm(embedded, "embeddings.LayerNorm", epsilon=shape.epsilon)
    return graph.add("Identity", graph.linear(narrow, "embeddings_project"), output="layer_0")


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


def write_graph(
    weights: Weights, shape: BertShape, path: Path, *, layers: Sequence[int] | None = None
) -> None:
    """Write the fp32 graph of a BERT encoder.

    Parameters
    ----------
    layers : the layers to output; those above the last are left out; None outputs all
    weights : arrays by their name in ``model.safetensors``
    shape : the numbers of the model's ``config.json``
    path : the ``.onnx`` file to write

    References
    ----------
    Devlin et al. (2019), BERT; GELU in its exact form, post-layer normalisation.
    """
    wanted = range(shape.n_layers + 1) if layers is None else sorted(set(layers))
    if wanted[-1] > shape.n_layers:
        raise EncoderError(
            f"model.layers: must be at most {shape.n_layers} for this encoder, got {wanted[-1]}. "
            "Name lower ones."
        )
    graph = GraphWriter(weights)
    x = _embed(graph, shape)
    for number in range(wanted[-1]):
        x = _layer(graph, x, number, shape)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n_tokens"])
    outputs = [
        helper.make_tensor_value_info(f"layer_{n}", TensorProto.FLOAT, ["n_tokens", shape.width])
        for n in wanted
    ]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "bert", [ids], outputs, list(graph.constants.values())),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="standpoint",
        ir_version=10,
    )
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def quantize_graph(fp32: Path, int8: Path, *, float32_weights: Sequence[str] = ()) -> None:
    """Write the int8 copy of a graph by dynamic quantization.

    Weights have one scale for each output channel; activations are scaled at run time. Weights use
    7 bits only: with 8, the 16-bit sums of processors without VNNI saturate, and vectors would
    depend on the processor.

    Parameters
    ----------
    float32_weights : names of weights whose products stay in float32
    """
    disable_telemetry()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as scratch:
        named, quantized = Path(scratch) / "named.onnx", Path(scratch) / "int8.onnx"
        excluded = _named_products(fp32, named, float32_weights) if float32_weights else []
        with _errors_only():
            quantize_dynamic(
                named if float32_weights else fp32,
                quantized,
                op_types_to_quantize=["MatMul"],
                nodes_to_exclude=excluded,
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
            )
        int8.write_bytes(quantized.read_bytes())


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
