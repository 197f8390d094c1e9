"""The weights of every architecture under the names of BERT's weights."""

import re
from typing import Any

import numpy as np

from standpoint.errors import EncoderError
from train.encoders.graph_writer import Weights
from train.encoders.shape import position_offset

_WORDS = "embeddings.word_embeddings.weight"

# Names of the weights of each architecture as regular expressions, and BERT's names for them.
_BERT_NAMES = {
    "distilbert": (
        (r"^transformer\.layer\.", "encoder.layer."),
        (r"\.attention\.q_lin\.", ".attention.self.query."),
        (r"\.attention\.k_lin\.", ".attention.self.key."),
        (r"\.attention\.v_lin\.", ".attention.self.value."),
        (r"\.attention\.out_lin\.", ".attention.output.dense."),
        (r"\.sa_layer_norm\.", ".attention.output.LayerNorm."),
        (r"\.ffn\.lin1\.", ".intermediate.dense."),
        (r"\.ffn\.lin2\.", ".output.dense."),
        (r"\.output_layer_norm\.", ".output.LayerNorm."),
    ),
    "mpnet": (
        (r"\.attention\.attn\.q\.", ".attention.self.query."),
        (r"\.attention\.attn\.k\.", ".attention.self.key."),
        (r"\.attention\.attn\.v\.", ".attention.self.value."),
        (r"\.attention\.attn\.o\.", ".attention.output.dense."),
        (r"\.attention\.LayerNorm\.", ".attention.output.LayerNorm."),
    ),
}
# Checkpoints of TensorFlow's BERT call the two arrays of a norm so.
_NORM_NAMES = (
    (r"\.LayerNorm\.gamma$", ".LayerNorm.weight"),
    (r"\.LayerNorm\.beta$", ".LayerNorm.bias"),
)


def as_bert(weights: Weights, config: dict[str, Any]) -> Weights:
    """The weights of any of `ARCHITECTURES` under the names of BERT's weights.

    Positions of RoBERTa and MPNet start after the padding id; DistilBERT and MPNet have other
    names and no token types. A prefix of all names ("bert.", of a model with a language-modelling
    head) is taken off.

    Raises
    ------
    EncoderError
        there is no table of words
    """
    kind = config.get("model_type", "bert")
    prefix = _prefix(weights)
    renamed = {name.removeprefix(prefix): array for name, array in weights.items()}
    for pattern, name in (*_BERT_NAMES.get(kind, ()), *_NORM_NAMES):
        renamed = {re.sub(pattern, name, key): array for key, array in renamed.items()}
    if offset := position_offset(config):
        table = "embeddings.position_embeddings.weight"
        renamed[table] = renamed[table][offset:]
    width = renamed[_WORDS].shape[1]
    renamed.setdefault("embeddings.token_type_embeddings.weight", np.zeros((1, width), np.float32))
    return renamed


def _prefix(weights: Weights) -> str:
    """What stands before the name of the table of words."""
    tables = [name for name in weights if name.endswith(_WORDS)]
    if not tables:
        raise EncoderError(
            f"model.safetensors: must have the weights {_WORDS}, got none. "
            "Get the encoder again, or choose another."
        )
    return tables[0].removesuffix(_WORDS)
