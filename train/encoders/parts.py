"""An encoder in int8 as a chain of graphs, in files that are small enough for git."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from standpoint.errors import EncoderError
from train.encoders.graph_writer import Weights
from train.encoders.onnx_graph import write_graph, write_partial_graph
from train.encoders.quantization import quantize_graph
from train.encoders.shape import EncoderShape

MAX_PART_BYTES = 45_000_000
"""Of each file in git, where the shipped models lie: GitHub warns from 50 MB on."""


def write_parts(
    weights: Weights, shape: EncoderShape, folder: Path, *, cuts: Sequence[int] = ()
) -> list[Path]:
    """Write the embeddings, and the layers between cuts, as int8 graphs.

    The first graph reads ``input_ids``, each further one the ``states`` that the one before it
    gives; the chain gives exactly what one graph in int8 would. Activations have one scale for
    each token, and words are in int8.

    Parameters
    ----------
    weights : arrays by the names of BERT's weights (`as_bert`); they may be those of two trainings,
        one below a cut and one above
    cuts : layers after which a new file begins, from the lowest; embeddings have a file of their
        own

    Returns
    -------
    the files in their order: ``embeddings.onnx``, ``layers-1-6.onnx`` and so on

    Raises
    ------
    EncoderError
        cuts do not rise between the embeddings and the last layer, or a file is too large
    """
    edges = [0, *cuts, shape.n_layers]
    if any(first >= last for first, last in pairwise(edges)):
        raise EncoderError(
            f"cuts: must rise from 1 to {shape.n_layers - 1}, got {', '.join(map(str, cuts))}."
        )
    embeddings = folder / "embeddings.onnx"
    write_graph(weights, shape, embeddings, layers=[0])
    files = [embeddings]
    for first, last in pairwise(edges):
        files.append(folder / f"layers-{first + 1}-{last}.onnx")
        write_partial_graph(weights, shape, files[-1], first=first, last=last)
    for file in files:
        quantize_graph(file, file, per_token=True, words=True)
        _check_size(file)
    return files


def _check_size(file: Path) -> None:
    size = file.stat().st_size
    if size > MAX_PART_BYTES:
        raise EncoderError(
            f"{file}: must have at most {MAX_PART_BYTES / 1e6:.0f} MB, got {size / 1e6:.1f} MB. "
            "Add a cut."
        )
