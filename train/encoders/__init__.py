"""Encoder weights: download, digest check, ONNX export, int8 quantization."""

from train.encoders.download import NAME, SHA256, SOURCE_FILES, download_weights, ensure_encoder
from train.encoders.onnx_graph import write_graph
from train.encoders.quantization import quantize_graph
from train.encoders.shape import ARCHITECTURES, ROBERTAS, EncoderShape, position_offset
from train.encoders.weight_names import as_bert

__all__ = [
    "ARCHITECTURES",
    "NAME",
    "ROBERTAS",
    "SHA256",
    "SOURCE_FILES",
    "EncoderShape",
    "as_bert",
    "download_weights",
    "ensure_encoder",
    "position_offset",
    "quantize_graph",
    "write_graph",
]
