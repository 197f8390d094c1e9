"""A judge as ONNX graphs: words, layers in three parts, the heads of both stages, and of sentiment.

They are five to seven files, so that none is larger than a repository takes. `standpoint.judge`
runs them one after the other; the first output of each is the ``states`` of the next. The layers
that read a sentence and an issue apart are a file of their own, which is run for each text.
"""

from pathlib import Path

import numpy as np
from onnx import TensorProto

from standpoint.judge import ANSWERS
from train.encoders import (
    GraphWriter,
    Sizes,
    Weights,
    add_layers,
    quantize_graph,
    write_graph,
    write_partial_graph,
)
from train.judge.network.encoder_parts import EncoderParts
from train.judge.network.judge_network import JudgeNetwork
from train.judge.network.stance_head import TURNED

WORDS, FIRST, EXIT = "words.onnx", "stage-one.onnx", "exit.onnx"
SECOND, HEADS, SENTIMENT = "stage-two.onnx", "heads.onnx", "sentiment.onnx"
LOWEST = "apart.onnx"
APART, TOGETHER = (WORDS, LOWEST), (FIRST,)
STAGE_ONE, STAGE_TWO = (WORDS, FIRST), (SECOND, HEADS)


def write_fp32(folder: Path, network: JudgeNetwork, parts: EncoderParts) -> None:
    """Write the graphs in float32."""
    shape = network.shape
    frozen = {name: array.numpy() for name, array in parts.arrays.items()}
    layers = {n: array.detach().cpu().numpy() for n, array in network.encoder.as_bert().items()}
    write_graph(frozen, shape, folder / WORDS, layers=[0])
    n_apart = network.n_apart
    if n_apart:
        _write_layers(folder / LOWEST, network, layers, first=0, last=n_apart)
    _write_layers(folder / FIRST, network, layers, first=n_apart, last=network.split)
    _write_exit(folder / EXIT, network)
    write_partial_graph(layers, shape, folder / SECOND, first=network.split)
    _write_heads(folder / HEADS, network)
    if network.sentiment is not None:
        _write_sentiment(folder / SENTIMENT, network)


def quantize(fp32: Path, int8: Path, *, per_token: bool) -> None:
    """Write the int8 copies of the graphs of a folder; the heads stay in float32.

    Parameters
    ----------
    per_token : whether the activations of layers have one scale for each token, and their widest
        channels stay in float32
    """
    for name in (WORDS, LOWEST, FIRST, SECOND):
        if not (fp32 / name).is_file():
            continue
        is_words = name == WORDS
        quantize_graph(
            fp32 / name,
            int8 / name,
            per_token=per_token or is_words,
            accurate=per_token and not is_words,
            words=is_words,
        )
    for name in (EXIT, HEADS, SENTIMENT):
        if (fp32 / name).is_file():
            (int8 / name).write_bytes((fp32 / name).read_bytes())


def _write_layers(
    path: Path, network: JudgeNetwork, layers: Weights, *, first: int, last: int
) -> None:
    """Layers of the first stage; the vectors of the segments are added after the frozen ones.

    Where those end between two files, the second adds them.
    """
    shape, n_frozen = network.shape, network.n_frozen
    graph = GraphWriter(layers)
    x, inputs = "states", _inputs(shape.width)
    if first <= n_frozen < last or n_frozen == last == network.split:
        table = graph.constant("segment_vectors", network.segments.detach().cpu().numpy())
        x = add_layers(graph, x, shape, numbers=range(first, n_frozen))
        x = graph.add("Add", x, graph.add("Gather", table, "segments", axis=0))
        x = add_layers(graph, x, shape, numbers=range(n_frozen, last))
    else:
        x = add_layers(graph, x, shape, numbers=range(first, last))
        del inputs["segments"]
    graph.write(path, inputs=inputs, outputs={x: ["n_tokens", shape.width]})


def _inputs(width: int) -> dict[str, tuple[int, Sizes]]:
    """The states of a sentence and an issue, or of one of them, and the segment of each token."""
    return {
        "states": (TensorProto.FLOAT, ["n_tokens", width]),
        "segments": (TensorProto.INT64, ["n_tokens"]),
    }


def _write_exit(path: Path, network: JudgeNetwork) -> None:
    """The head of the first stage."""
    graph = GraphWriter(_state(network))
    of_text = graph.add("Concat", *_pooled_sentence(graph), axis=1)
    graph.add("Squeeze", _head(graph, of_text, "exit.0", "exit.2"), output="about")
    graph.write(path, inputs=_inputs(network.shape.width), outputs={"about": []})


def _state(network: JudgeNetwork) -> Weights:
    return {name: array.cpu().numpy() for name, array in network.trained_state().items()}


def _write_heads(path: Path, network: JudgeNetwork) -> None:
    """Pooling of sentence and holders, and the heads of the second stage."""
    state, width = _state(network), network.shape.width
    graph = GraphWriter(state)
    first, mean = _pooled_sentence(graph)
    holders = _mean(graph, "holders")
    n_features = state["stance.said.weight"].shape[1] - 3 * width
    of_text = graph.add("Concat", first, mean, axis=1)
    about = _head(graph, of_text, "about.0", "about.2")
    graph.add("Squeeze", about, output="about")
    shared = _repeated(graph, of_text, "holders", width=2 * width)
    read = graph.add("Concat", shared, holders, "features", axis=1)
    _stance(graph, read)
    graph.write(
        path,
        inputs={
            **_inputs(width),
            "holders": (TensorProto.FLOAT, ["n_holders", "n_tokens"]),
            "poles": (TensorProto.FLOAT, [2, "n_tokens"]),
            "features": (TensorProto.FLOAT, ["n_holders", n_features]),
        },
        outputs={"about": [], "stance": ["n_holders", len(ANSWERS)]},
    )


def _stance(graph: GraphWriter, read: str) -> None:
    """The answers of `StanceHead`, as its method ``forward`` adds them up.

    Parameters
    ----------
    read : what is read of each holder, of shape (n_holders, n_read)
    """
    zero, last = (graph.constant(f"at_{n}", np.array([n], np.int64)) for n in (0, 1))
    poles = _mean(graph, "poles")
    said, said_factor = (
        graph.add("Unsqueeze", graph.linear(read, f"stance.{name}"), last)
        for name in ("said", "said_factor")
    )
    pole, pole_factor = (
        graph.add("Unsqueeze", graph.linear(poles, f"stance.{name}"), zero)
        for name in ("pole", "pole_factor")
    )
    kernel = graph.constant("product", graph.weight("stance.product.weight").T)
    product = graph.add("MatMul", graph.add("Mul", said_factor, pole_factor), kernel)
    hidden = graph.add("Gelu", graph.add("Add", graph.add("Add", said, pole), product))
    has_pole = graph.add("ReduceMax", "poles", last, keepdims=1)
    scores = graph.add("Mul", graph.linear(hidden, "stance.scores"), has_pole)
    halves = (graph.constant(f"pole_{n}", np.array(n, np.int64)) for n in (0, 1))
    favor, against = (graph.add("Gather", scores, half, axis=1) for half in halves)
    order = graph.constant("turned", np.array(TURNED, np.int64))
    turned = graph.add("Gather", against, order, axis=1)
    graph.add("Add", favor, turned, output="stance")


def _write_sentiment(path: Path, network: JudgeNetwork) -> None:
    """Pooling of sentence, targets and their holders, and the head for sentiment."""
    state, width = _state(network), network.shape.width
    graph = GraphWriter(state)
    of_text = graph.add("Concat", *_pooled_sentence(graph), axis=1)
    roles = [_mean(graph, mask) for mask in ("targets", "holders")]
    shared = _repeated(graph, of_text, "targets", width=2 * width)
    read = graph.add("Concat", shared, *roles, axis=1)
    _head(graph, read, "sentiment.0", "sentiment.3", output="sentiment")
    masks: dict[str, tuple[int, Sizes]] = {
        name: (TensorProto.FLOAT, ["n_targets", "n_tokens"]) for name in ("targets", "holders")
    }
    graph.write(
        path,
        inputs={**_inputs(width), **masks},
        outputs={"sentiment": ["n_targets", len(state["sentiment.3.bias"])]},
    )


def _repeated(graph: GraphWriter, row: str, mask: str, *, width: int) -> str:
    """A row of a width, as often as a mask has rows."""
    n_rows = graph.add("Shape", mask, start=0, end=1)
    widths = graph.constant("widths", np.array([width]))
    return graph.add("Expand", row, graph.add("Concat", n_rows, widths, axis=0))


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
