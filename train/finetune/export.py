"""Export of a trained network: an ONNX encoder folder, quantized to int8, and linear heads.

At first every matrix product is quantized. Where that costs too much of the score on dev, the
widest products stay in float32, layer by layer from the last one on.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from standpoint.files import replace_folder, scratch_folder
from standpoint.model import Encoder, Head, describe_encoder, open_encoder
from train.encoders import EncoderShape, as_bert, quantize_graph, write_graph
from train.finetune.network import Network
from train.finetune.pretrained import Weights

MAX_SCORE_LOSS = 0.007
"""How much of the score on dev int8 may cost: 0.7 points (docs/finetuning.md). More of the
graph in int8 is faster and less accurate."""
Score = Callable[[Encoder], float]


@dataclass(frozen=True, slots=True)
class Exported:
    """An exported encoder folder.

    Attributes
    ----------
    float32_weights : weights that are not quantized
    scores : of dev, by "fp32" and "int8"; empty without a dev
    """

    encoder: Encoder
    float32_weights: tuple[str, ...]
    scores: dict[str, float]


def head_of(network: Network, name: str) -> Head:
    """The linear layer of a head, as bundles hold it."""
    linear = network.heads[name].linear
    weights = linear.weight.detach().float().cpu().numpy().T
    bias = linear.bias.detach().float().cpu().numpy()
    return Head(np.ascontiguousarray(weights), bias.copy(), 1.0)


def export(
    network: Network,
    weights: Weights,
    *,
    layers: Sequence[int],
    folder: Path,
    score: Score | None,
    float32_weights: Sequence[str] = (),
) -> Exported:
    """Write an encoder folder, whole or not at all.

    Parameters
    ----------
    weights : the pretrained encoder, whose tokenizer and config are taken
    score : of an encoder on dev, to choose the weights that are not quantized
    float32_weights : those weights, from an earlier fit; used where ``score`` is None
    """
    arrays = {
        name: array.detach().float().cpu().numpy()
        for name, array in network.encoder.state_dict().items()
        if array.is_floating_point()
    }
    config = weights.config()
    with scratch_folder(folder) as scratch:
        graph = scratch / "fp32.onnx"
        write_graph(as_bert(arrays, config), EncoderShape.of(config), graph, layers=layers)
        scores: dict[str, float] = {}
        if score is None:
            built = scratch / "int8"
            _write_folder(graph, weights, built, float32_weights=float32_weights)
        else:
            built, float32_weights, scores = _quantized(graph, weights, scratch, score)
        replace_folder(folder, built)
    return Exported(open_encoder(folder), tuple(float32_weights), scores)


def _quantized(
    graph: Path, weights: Weights, scratch: Path, score: Score
) -> tuple[Path, tuple[str, ...], dict[str, float]]:
    """The first int8 folder that loses little enough, or else the best of all."""
    fp32 = score(_write_folder(graph, weights, scratch / "fp32", float32_weights=None))
    choices = []
    for number, float32_weights in enumerate(_float32_choices(graph)):
        built = scratch / f"int8-{number}"
        int8 = score(_write_folder(graph, weights, built, float32_weights=float32_weights))
        choices.append((int8, built, float32_weights))
        if fp32 - int8 <= MAX_SCORE_LOSS:
            break
    int8, built, float32_weights = max(choices, key=lambda choice: choice[0])
    return built, float32_weights, {"fp32": fp32, "int8": int8}


def _float32_choices(graph: Path) -> tuple[tuple[str, ...], ...]:
    """Weights to leave in float32: none, the widest product of the last layer, of two, of all."""
    import onnx

    names = [array.name for array in onnx.load(graph).graph.initializer]
    outer = tuple(n for n in names if n.endswith(".output.dense.kernel") and ".attention." not in n)
    return (), outer[-1:], outer[-2:], outer


def _write_folder(
    graph: Path, weights: Weights, built: Path, *, float32_weights: Sequence[str] | None
) -> Encoder:
    """Write and open an encoder folder; None for ``float32_weights`` quantizes nothing."""
    built.mkdir()
    if float32_weights is None:
        shutil.copyfile(graph, built / "graph.onnx")
    else:
        large = EncoderShape.of(weights.config()).has_large_tokens
        quantize_graph(
            graph,
            built / "graph.onnx",
            float32_weights=float32_weights,
            per_token=large,
            words=large,
        )
    shutil.copyfile(weights.folder / "tokenizer.json", built / "tokenizer.json")
    digest = describe_encoder(
        built,
        name=f"{weights.name}, fine-tuned",
        source=weights.sha256,
        max_tokens=weights.max_tokens(),
    )
    return open_encoder(built, digest=digest)
