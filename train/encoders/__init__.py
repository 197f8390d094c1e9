"""Encoder weights: download, digest check, ONNX export, int8 quantization."""

from train.encoders.build import build_encoder
from train.encoders.download import download_weights, ensure_encoder
from train.encoders.graph_writer import GraphWriter, Sizes, Weights
from train.encoders.hub import fetch_from_hub
from train.encoders.known_encoders import (
    DEFAULT,
    KNOWN_ENCODERS,
    SOURCE_FILES,
    KnownEncoder,
    check_weights,
    known_by_digest,
    known_encoder,
)
from train.encoders.onnx_graph import add_layers, write_graph, write_partial_graph
from train.encoders.position_bias import bucket_of, distance_of_each_bucket
from train.encoders.quantization import quantize_graph
from train.encoders.shape import ARCHITECTURES, ROBERTAS, EncoderShape, position_offset
from train.encoders.weight_names import as_bert

__all__ = [
    "ARCHITECTURES",
    "DEFAULT",
    "KNOWN_ENCODERS",
    "ROBERTAS",
    "SOURCE_FILES",
    "EncoderShape",
    "GraphWriter",
    "KnownEncoder",
    "Sizes",
    "Weights",
    "add_layers",
    "as_bert",
    "bucket_of",
    "build_encoder",
    "check_weights",
    "distance_of_each_bucket",
    "download_weights",
    "ensure_encoder",
    "fetch_from_hub",
    "known_by_digest",
    "known_encoder",
    "position_offset",
    "quantize_graph",
    "write_graph",
    "write_partial_graph",
]
