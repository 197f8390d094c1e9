"""The weights of a judge from the graphs of its bundle, as a network in torch has them.

A bundle outlives the checkpoint of its training: one that is shipped can be trained on, or teach,
where nothing else of its training is left. Weights in int8 are scaled back; what rounding took from
them is lost.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from standpoint.errors import BundleError, ConfigError
from standpoint.judge import JudgeSettings
from standpoint.model import load_bundle
from train.encoders import distance_of_each_bucket
from train.judge.network.transformer import BERT_NAMES

Floats = npt.NDArray[np.float32]
Constants = Mapping[str, npt.NDArray[Any]]
JOINED = ("query", "key", "value")
"""The layers whose kernels are one, side by side, under the name of the first."""
_OTHER_NAMES = {"product": "stance.product.weight", "segment_vectors": "segments"}
"""Of the arrays that are no kernel, bias or gain of a layer."""
_EMBEDDINGS = {"embeddings.LayerNorm": "embeddings.norm", "embeddings_project": "embeddings.widen"}


def bundle_weights(folder: Path, *, where: str) -> dict[str, Tensor]:
    """The weights of a judge's bundle by the names of `JudgeNetwork`, frozen layers among them.

    Parameters
    ----------
    where : what an error names as the fault's place

    Raises
    ------
    ConfigError
        it is no whole bundle of a judge
    """
    try:
        settings = load_bundle(folder).manifest.features
    except BundleError as error:
        raise ConfigError(f"{where}: must be a whole bundle, got {error}") from None
    if not isinstance(settings, JudgeSettings):
        raise ConfigError(f"{where}: must be the bundle of a judge, got another in {folder}.")
    graphs = (onnx.load(folder / name) for name in settings.graphs)
    arrays = {name: array for graph in graphs for name, array in _named(graph)}
    return {name: torch.from_numpy(np.array(array, np.float32)) for name, array in arrays.items()}


def _named(model: onnx.ModelProto) -> Iterator[tuple[str, Floats]]:
    """The weights of a graph, by the names of `JudgeNetwork`."""
    constants = {a.name: numpy_helper.to_array(a) for a in model.graph.initializer}
    for name, value in constants.items():
        base = name.removesuffix("_quantized").removesuffix(".int8")
        prefix, _, kind = base.rpartition(".")
        if base in _OTHER_NAMES:
            array = _kernel(base, constants, model)
            yield _OTHER_NAMES[base], array.T if base == "product" else array
        elif base == "bias_by_distance":
            yield "encoder.bias.weight", constants[base][:, distance_of_each_bucket()].T
        elif kind == "kernel":
            yield from _layer(prefix, "weight", _kernel(base, constants, model).T)
        elif kind in ("weight", "bias") and base == name and prefix:
            yield from _layer(prefix, kind, value)


def _layer(name: str, kind: str, array: Floats) -> Iterator[tuple[str, Floats]]:
    """An array of a layer; the one of joined layers in its parts."""
    name = _EMBEDDINGS.get(name, name)
    if not name.startswith("encoder.layer."):
        yield f"{name}.{kind}", array
        return
    number, _, own = name.removeprefix("encoder.layer.").partition(".")
    part = next(part for part, bert_name in BERT_NAMES.items() if bert_name == own)
    parts = JOINED if part == JOINED[0] else (part,)
    for part, piece in zip(parts, np.split(array, len(parts)), strict=True):
        yield f"encoder.layers.{number}.{part}.{kind}", piece


def _kernel(name: str, constants: Constants, model: onnx.ModelProto) -> Floats:
    """A factor of a product, scaled back where it is in int8.

    See `train.encoders.per_token`, and `quantize_dynamic` of onnxruntime for one scale a text.
    """
    if name in constants:
        return constants[name]
    if f"{name}_quantized" in constants:
        zero = constants[f"{name}_zero_point"].astype(np.float32)
        by_text: Floats = (constants[f"{name}_quantized"] - zero) * constants[f"{name}_scale"]
        return by_text
    kernel: Floats = constants[f"{name}.int8"].astype(np.float32) * constants[f"{name}.scales"]
    if f"{name}.wide" in constants:
        factors = (node.input for node in model.graph.node if f"{name}.wide" in node.input)
        states = next(factors)[0].removesuffix(".large")
        kernel[constants[f"{states}.wide"]] = constants[f"{name}.wide"]
    return kernel
