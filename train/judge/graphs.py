"""A judge as ONNX graphs: words, lower layers, upper layers, heads.

They are four files, so that none is larger than a repository takes. `standpoint.judge` runs them
one after the other; the first output of each is the ``states`` of the next.
"""

from pathlib import Path

import numpy as np
from onnx import TensorProto

from train.encoders import (
    EncoderShape,
    GraphWriter,
    add_layers,
    quantize_graph,
    write_graph,
    write_partial_graph,
)
from train.judge.network.encoder_parts import EncoderParts
from train.judge.network.judge_network import JudgeNetwork

WORDS, LOWER, UPPER, HEADS = "words.onnx", "lower.onnx", "upper.onnx", "heads.onnx"
LOWER_FILES, UPPER_FILES = (WORDS, LOWER), (UPPER, HEADS)


def write_fp32(folder: Path, network: JudgeNetwork, parts: EncoderParts) -> None:
    """Write the four graphs in float32."""
    shape, n_lower = parts.shape, parts.n_lower
    arrays = {name: array.numpy() for name, array in parts.arrays.items()}
    write_graph(arrays, shape, folder / WORDS, layers=[0])
    write_partial_graph(arrays, shape, folder / LOWER, first=0, last=n_lower)
    _write_upper(folder / UPPER, network, shape, first=n_lower)
    _write_heads(folder / HEADS, network, width=shape.width)


def quantize(fp32: Path, int8: Path, shape: EncoderShape) -> None:
    """Write the int8 copies of the graphs of a folder; the heads stay in float32."""
    for name in (WORDS, LOWER, UPPER):
        quantize_graph(
            fp32 / name,
            int8 / name,
            per_token=shape.has_large_tokens or name == WORDS,
            words=name == WORDS,
        )
    (int8 / HEADS).write_bytes((fp32 / HEADS).read_bytes())


def _write_upper(path: Path, network: JudgeNetwork, shape: EncoderShape, *, first: int) -> None:
    """The upper layers, with the vectors of the segments added before them."""
    layers = network.upper.as_bert(first=first)
    graph = GraphWriter({name: array.detach().cpu().numpy() for name, array in layers.items()})
    table = graph.constant("segment_vectors", network.segments.detach().cpu().numpy())
    x = graph.add("Add", "states", graph.add("Gather", table, "segments", axis=0))
    add_layers(graph, x, shape, numbers=range(first, shape.n_layers))
    graph.write(
        path,
        inputs={
            "states": (TensorProto.FLOAT, ["n_tokens", shape.width]),
            "segments": (TensorProto.INT64, ["n_tokens"]),
        },
        outputs={f"layer_{shape.n_layers}": ["n_tokens", shape.width]},
    )


def _write_heads(path: Path, network: JudgeNetwork, *, width: int) -> None:
    """Pooling of sentence and holders, and both heads."""
    state = {name: array.detach().cpu().numpy() for name, array in network.state_dict().items()}
    graph = GraphWriter(state)
    first, mean = _pooled_sentence(graph)
    holders = _mean(graph, "holders")
    n_features = state["stance.0.weight"].shape[1] - 3 * width
    of_text = graph.add("Concat", first, mean, axis=1)
    about = _head(graph, of_text, "about.0", "about.2")
    graph.add("Squeeze", about, output="about")
    n_holders = graph.add("Shape", "holders", start=0, end=1)
    size = graph.add(
        "Concat", n_holders, graph.constant("two_widths", np.array([2 * width])), axis=0
    )
    shared = graph.add("Expand", of_text, size)
    read = graph.add("Concat", shared, holders, "features", axis=1)
    _head(graph, read, "stance.0", "stance.3", output="stance")
    graph.write(
        path,
        inputs={
            "states": (TensorProto.FLOAT, ["n_tokens", width]),
            "segments": (TensorProto.INT64, ["n_tokens"]),
            "holders": (TensorProto.FLOAT, ["n_holders", "n_tokens"]),
            "features": (TensorProto.FLOAT, ["n_holders", n_features]),
        },
        outputs={"about": [], "stance": ["n_holders", len(state["stance.3.bias"])]},
    )


def _pooled_sentence(graph: GraphWriter) -> tuple[str, str]:
    """The first token's state and the mean over the sentence, each of shape (1, width)."""
    zero = graph.constant("zero", np.array(0, np.int64))
    start, end = (graph.constant(f"at_{n}", np.array([n], np.int64)) for n in (0, 1))
    first = graph.add("Slice", "states", start, end, start)
    is_sentence = graph.add("Cast", graph.add("Equal", "segments", zero), to=TensorProto.FLOAT)
    mask = graph.add("Unsqueeze", is_sentence, start)
    return first, _mean(graph, mask)


def _mean(graph: GraphWriter, mask: str) -> str:
    """The mean of the states under each row of a mask; 0 under an empty one."""
    last = graph.constant("at_1", np.array([1], np.int64))
    least = graph.constant("least_size", np.array(1, np.float32))
    size = graph.add("Max", graph.add("ReduceSum", mask, last, keepdims=1), least)
    return graph.add("Div", graph.add("MatMul", mask, "states"), size)


def _head(graph: GraphWriter, x: str, inner: str, outer: str, *, output: str = "") -> str:
    """Two linear layers with GELU between them; dropout does nothing when a model is served."""
    hidden = graph.add("Gelu", graph.linear(x, inner))
    logits = graph.linear(hidden, outer)
    return graph.add("Identity", logits, output=output) if output else logits
