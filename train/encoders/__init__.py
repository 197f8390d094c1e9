"""Encoder weights: download, digest check, ONNX export, int8 quantization."""

from train.encoders.download import NAME, SHA256, SOURCE_FILES, download_weights, ensure_encoder
from train.encoders.onnx_graph import (
    ARCHITECTURES,
    WITH_OFFSET,
    BertShape,
    as_bert,
    quantize_graph,
    write_graph,
)

__all__ = [
    "ARCHITECTURES",
    "NAME",
    "SHA256",
    "SOURCE_FILES",
    "WITH_OFFSET",
    "BertShape",
    "as_bert",
    "download_weights",
    "ensure_encoder",
    "quantize_graph",
    "write_graph",
]
