"""Encoder weights: download, digest check, ONNX graph, int8 quantization."""

from train.encoders.download import NAME, SOURCE_FILES, SUMS, ensure_encoder, fetched
from train.encoders.onnx_graph import (
    ARCHITECTURES,
    WITH_OFFSET,
    BertShape,
    as_bert,
    quantise_graph,
    write_graph,
)

__all__ = [
    "ARCHITECTURES",
    "NAME",
    "SOURCE_FILES",
    "SUMS",
    "WITH_OFFSET",
    "BertShape",
    "as_bert",
    "ensure_encoder",
    "fetched",
    "quantise_graph",
    "write_graph",
]
