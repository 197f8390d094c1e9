"""Export of a BERT or MPNet encoder to ONNX, whole or some layers of it.

The whole graph reads one text: ``input_ids`` of shape (n_tokens,), and gives ``layer_0`` (the
embeddings) to ``layer_k``, each of shape (n_tokens, width). One text at a time needs no padding and
no mask, and the int8 scales of a text do not depend on its neighbors in a batch
(docs/decisions/0002-one-sentence-at-a-time.md).

A partial graph goes on from the states of a layer. They may be those of several texts, one behind
the other: the lower layers are then computed once for each text, the upper ones for each
combination. Batches were tried there too: they are no faster (docs/decisions/0013).

References
----------
Cao et al. (2020), DeFormer: decomposing pre-trained transformers for faster question answering.
"""

from collections.abc import Sequence
from pathlib import Path

from onnx import TensorProto

from standpoint.errors import EncoderError
from train.encoders.graph_writer import GraphWriter, Sizes, Weights
from train.encoders.position_bias import add_position_bias
from train.encoders.shape import EncoderShape
from train.encoders.transformer_layers import add_embeddings, add_layer


def write_graph(
    weights: Weights, shape: EncoderShape, path: Path, *, layers: Sequence[int] | None = None
) -> None:
    """Write the fp32 graph of an encoder, from ``input_ids`` on.

    Parameters
    ----------
    weights : arrays by the names of BERT's weights (`as_bert`)
    shape : the numbers of the model's ``config.json``
    path : the ``.onnx`` file to write
    layers : the layers to output; those above the last are left out; None outputs all
    """
    wanted = range(shape.n_layers + 1) if layers is None else sorted(set(layers))
    _check_last(wanted[-1], shape)
    graph = GraphWriter(weights)
    embedded = add_embeddings(graph, shape)
    add_layers(graph, embedded, shape, numbers=range(wanted[-1]))
    graph.write(
        path,
        inputs={"input_ids": (TensorProto.INT64, ["n_tokens"])},
        outputs={f"layer_{n}": ["n_tokens", shape.width] for n in wanted},
    )


def write_partial_graph(
    weights: Weights, shape: EncoderShape, path: Path, *, first: int, last: int | None = None
) -> None:
    """Write the fp32 graph of the layers after ``first``, from ``states`` on.

    ``states`` is the output of the layer ``first``, of shape (n_tokens, width), and ``layer_k``
    that of the last. Relative positions count along the joined states of several texts.

    Parameters
    ----------
    first : the layer whose output is the input; 0 is the embeddings
    last : the layer to output; None is the last of the encoder
    """
    last = shape.n_layers if last is None else last
    _check_last(last, shape)
    if not 0 <= first < last:
        raise EncoderError(
            f"first: must be a layer below the last ({last}), got {first}. Name a lower one."
        )
    graph = GraphWriter(weights)
    add_layers(graph, "states", shape, numbers=range(first, last))
    sizes: Sizes = ["n_tokens", shape.width]
    graph.write(
        path, inputs={"states": (TensorProto.FLOAT, sizes)}, outputs={f"layer_{last}": sizes}
    )


def add_layers(graph: GraphWriter, x: str, shape: EncoderShape, *, numbers: range) -> str:
    """Add layers one above the other; MPNet's bias of relative positions is the same in all.

    Returns
    -------
    the name of the states after the last
    """
    bias = add_position_bias(graph, x) if shape.has_relative_positions and numbers else ""
    for number in numbers:
        x = add_layer(graph, x, shape, number=number, score_bias=bias)
    return x


def _check_last(last: int, shape: EncoderShape) -> None:
    if last > shape.n_layers:
        raise EncoderError(
            f"model.layers: must be at most {shape.n_layers} for this encoder, got {last}. "
            "Name lower ones."
        )
