"""A trained network to what serving reads: an encoder folder and a linear head.

Everything is quantised first. Where that costs too much on dev, the products it hurts most stay in
32 bits, one at a time, until it does not.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from standpoint.files import file_sha256, replace_folder, scratch_folder
from standpoint.model import (
    DESCRIPTION,
    FILES,
    FORMAT,
    Encoder,
    Floats,
    Head,
    open_encoder,
)
from train.encoders import BertShape, as_bert, quantise_graph, write_graph
from train.finetune.network import Network
from train.finetune.pretrained import Weights

MOST_LOST = 0.007
"""How much of the score on dev int8 may cost."""
Score = Callable[[Encoder], float]


@dataclass(frozen=True, slots=True)
class Exported:
    """An encoder folder, and what it lost on the way.

    Attributes
    ----------
    kept : weights whose products stayed in 32 bits
    scores : of dev, by "fp32" and "int8"; empty where there is no dev
    """

    encoder: Encoder
    kept: tuple[str, ...]
    scores: dict[str, float]


def head_of(network: Network, name: str) -> Head:
    """The linear layer of a head as a bundle holds it."""
    linear = network.heads[name].linear
    weights = linear.weight.detach().float().cpu().numpy().T
    bias = linear.bias.detach().float().cpu().numpy()
    return Head(np.ascontiguousarray(weights), bias.copy(), 1.0)


def export(
    network: Network,
    weights: Weights,
    *,
    layers: Sequence[int],
    place: Path,
    score: Score | None,
    kept: Sequence[str] = (),
) -> Exported:
    """Write the encoder folder ``place``: whole, or not at all.

    Parameters
    ----------
    weights : where the encoder came from: its tokenizer and its config go on
    score : of an encoder on dev, to see what int8 costs; None keeps what another fit found
    kept : what another fit found that must stay in 32 bits
    """
    arrays = {
        name: array.detach().float().cpu().numpy()
        for name, array in network.encoder.state_dict().items()
        if array.is_floating_point()
    }
    config = weights.config()
    with scratch_folder(place) as scratch:
        graph = scratch / "fp32.onnx"
        write_graph(as_bert(arrays, config), BertShape.of(config), graph, layers=layers)
        scores: dict[str, float] = {}
        if score is None:
            built = _folder(graph, weights, scratch / "int8", kept=kept)
        else:
            built, kept, scores = _quantised(graph, weights, scratch, score)
        replace_folder(place, built)
    return Exported(open_encoder(place), tuple(kept), scores)


def _quantised(
    graph: Path, weights: Weights, scratch: Path, score: Score
) -> tuple[Path, tuple[str, ...], dict[str, float]]:
    """The folder with the int8 graph that loses little enough, or the best there is."""
    full = score(open_encoder(_folder(graph, weights, scratch / "fp32", kept=None)))
    best: tuple[float, Path, tuple[str, ...]] | None = None
    for number, kept in enumerate(_choices(graph)):
        built = _folder(graph, weights, scratch / f"int8-{number}", kept=kept)
        found = score(open_encoder(built))
        if best is None or found > best[0]:
            best = found, built, kept
        if full - found <= MOST_LOST:
            break
    assert best is not None
    return best[1], best[2], {"fp32": full, "int8": best[0]}


def _choices(graph: Path) -> Iterator[tuple[str, ...]]:
    """What may stay in 32 bits: nothing, the widest products of the last layer, of two, of all."""
    import onnx

    names = [array.name for array in onnx.load(graph).graph.initializer]
    outer = [n for n in names if n.endswith(".output.dense.kernel") and ".attention." not in n]
    yield ()
    yield tuple(outer[-1:])
    yield tuple(outer[-2:])
    yield tuple(outer)


def _folder(graph: Path, weights: Weights, built: Path, *, kept: Sequence[str] | None) -> Path:
    """An encoder folder; None for ``kept`` quantises nothing."""
    built.mkdir()
    if kept is None:
        shutil.copyfile(graph, built / "graph.onnx")
    else:
        quantise_graph(graph, built / "graph.onnx", kept=kept)
    shutil.copyfile(weights.folder / "tokenizer.json", built / "tokenizer.json")
    described = {
        "format": FORMAT,
        "name": f"{weights.name}, fine-tuned",
        "source": weights.sums,
        "max_tokens": weights.max_tokens(),
        "files": {file: file_sha256(built / file) for file in FILES},
    }
    (built / DESCRIPTION).write_text(json.dumps(described, indent=2) + "\n", "utf-8")
    return built


def logits_with(head: Head, rows: Floats) -> Floats:
    """Logits of a head for rows of `feature_vector`, with the bias."""
    found: Floats = rows @ head.weights + head.bias
    return found
