"""Build the encoder folder that serving reads, from weights in the files of the model hub."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from standpoint.errors import EncoderError
from standpoint.files import scratch_folder
from standpoint.model import Encoder, describe_encoder, open_encoder
from train.encoders.graph_writer import Weights
from train.encoders.known_encoders import CONFIG, TOKENIZER, WEIGHTS
from train.encoders.onnx_graph import write_graph
from train.encoders.quantization import quantize_graph
from train.encoders.shape import EncoderShape
from train.encoders.weight_names import as_bert

FLOATS = ("float16", "float32", "float64", "bfloat16")


def build_encoder(
    source: Path, encoders_dir: Path, *, name: str, sha256: Mapping[str, str], **entries: str | int
) -> Encoder:
    """Build an encoder folder in int8 with the outputs of all layers, and move it in place whole.

    Parameters
    ----------
    source : folder with the weights, ``tokenizer.json`` and ``config.json``, already checked
    encoders_dir : the new folder is in it, named by the first 16 digits of its digest
    name, sha256, entries : what ``encoder.json`` shall say of the source

    Raises
    ------
    EncoderError
        the weights are not those that the config describes
    """
    with scratch_folder(encoders_dir / "encoder") as scratch:
        built = scratch / "encoder"
        built.mkdir()
        config = json.loads((source / CONFIG).read_text("utf-8"))
        shape = EncoderShape.of(config)
        write_graph(as_bert(read_weights(source / WEIGHTS), config), shape, scratch / "fp32.onnx")
        large = shape.has_large_tokens
        quantize_graph(scratch / "fp32.onnx", built / "graph.onnx", per_token=large, words=large)
        shutil.copyfile(source / TOKENIZER, built / TOKENIZER)
        digest = describe_encoder(built, name=name, source=sha256, **entries)
        final = encoders_dir / digest[:16]
        if not final.exists():
            built.rename(final)
    return open_encoder(final, digest=digest)


def read_weights(path: Path) -> Weights:
    """The arrays of floating-point numbers in a safetensors file, as float32.

    Raises
    ------
    EncoderError
        it is no safetensors file, or a damaged one
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        arrays = load_file(path)
    except (SafetensorError, OSError, KeyError, TypeError) as error:
        raise EncoderError(
            f"{path}: must be weights as safetensors, got {error}. Get the encoder again, or "
            "choose another."
        ) from None
    return {
        name: array.astype(np.float32, copy=False)
        for name, array in arrays.items()
        if array.dtype.name in FLOATS
    }
