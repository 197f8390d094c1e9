"""The parts of a transformer encoder as nodes of a graph: embeddings, attention, layers.

References
----------
Devlin et al. (2019), BERT; GELU in its exact form, post-layer normalisation.
"""

import numpy as np

from train.encoders.graph_writer import GraphWriter
from train.encoders.shape import EncoderShape


def add_embeddings(graph: GraphWriter, shape: EncoderShape) -> str:
    """Embeddings of ``input_ids``: words, positions and the first token type."""
    words = graph.constant("words", graph.weight("embeddings.word_embeddings.weight"))
    kind = graph.weight("embeddings.token_type_embeddings.weight")[0]
    table = graph.weight("embeddings.position_embeddings.weight") + kind
    start, step = (graph.constant(f"i{n}", np.array([n], np.int64)) for n in (0, 1))
    n_tokens = graph.add("Shape", "input_ids")
    positions = graph.add("Slice", graph.constant("positions", table), start, n_tokens, start, step)
    embedded = graph.add("Add", graph.add("Gather", words, "input_ids", axis=0), positions)
    if "embeddings_project.weight" not in graph.weights:
        return graph.norm(embedded, "embeddings.LayerNorm", epsilon=shape.epsilon, output="layer_0")
    narrow = graph.norm(embedded, "embeddings.LayerNorm", epsilon=shape.epsilon)
    return graph.add("Identity", graph.linear(narrow, "embeddings_project"), output="layer_0")


def add_layer(
    graph: GraphWriter, x: str, shape: EncoderShape, *, number: int, score_bias: str
) -> str:
    """One layer; its output has the name ``layer_`` and the number of layers up to it.

    Parameters
    ----------
    score_bias : the name of what is added to the scores of queries and keys; "" for nothing
    """
    prefix, epsilon = f"encoder.layer.{number}", shape.epsilon
    attended = graph.norm(
        graph.add("Add", x, _attend(graph, x, shape, prefix=prefix, score_bias=score_bias)),
        f"{prefix}.attention.output.LayerNorm",
        epsilon=epsilon,
    )
    inner = graph.add("Gelu", graph.linear(attended, f"{prefix}.intermediate.dense"))
    outer = graph.linear(inner, f"{prefix}.output.dense")
    return graph.norm(
        graph.add("Add", attended, outer),
        f"{prefix}.output.LayerNorm",
        epsilon=epsilon,
        output=f"layer_{number + 1}",
    )


def _attend(
    graph: GraphWriter, x: str, shape: EncoderShape, *, prefix: str, score_bias: str
) -> str:
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
    if score_bias:
        scores = graph.add("Add", scores, score_bias)
    mixed = graph.add("MatMul", graph.add("Softmax", scores, axis=-1), v)
    flat = graph.constant("flat", np.array([-1, shape.width], np.int64))
    merged = graph.add("Reshape", graph.add("Transpose", mixed, perm=[1, 0, 2]), flat)
    return graph.linear(merged, f"{prefix}.attention.output.dense")
