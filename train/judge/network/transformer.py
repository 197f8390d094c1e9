"""Transformer layers in torch, for BERT, its relatives and MPNet, from weights in BERT's names.

They compute what `train.encoders` writes to ONNX, in batches with padding, and can be trained.
"""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn

from standpoint.errors import EncoderError
from train.encoders import EncoderShape, bucket_of

MASKED = -1e4  # added to the scores of padding; in bfloat16, too, its softmax is 0
BIAS = "encoder.relative_attention_bias.weight"
# The parts of a layer and their names in BERT's weights.
BERT_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm": "output.LayerNorm",
}
Arrays = Mapping[str, Tensor]


class TransformerLayer(nn.Module):
    """Self-attention and a feed-forward network, each with a residual and normalisation after it.

    There is no dropout in attention: a sentence and an issue are short.
    """

    def __init__(self, shape: EncoderShape, *, inner_width: int, dropout: float) -> None:
        super().__init__()
        width = shape.width
        self.n_heads = shape.n_heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.attended = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.inner = nn.Linear(width, inner_width)
        self.outer = nn.Linear(inner_width, width)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """The states after the layer, of shape (n_texts, n_tokens, width).

        Parameters
        ----------
        bias : added to the scores; of shape (n_texts or 1, n_heads or 1, n_tokens or 1, n_tokens)
        """
        attended = self.dropout(self.attended(self._attend(states, bias)))
        states = self.attention_norm(attended + states)
        fed = self.outer(nn.functional.gelu(self.inner(states)))
        output: Tensor = self.norm(self.dropout(fed) + states)
        return output

    def _attend(self, states: Tensor, bias: Tensor) -> Tensor:
        n_texts, n_tokens, width = states.shape
        split = (n_texts, n_tokens, self.n_heads, width // self.n_heads)
        query, key, value = (
            part(states).view(split).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(2, 3) / (width // self.n_heads) ** 0.5
        shares = (scores + bias).softmax(dim=-1)
        return (shares @ value).transpose(1, 2).reshape(n_texts, n_tokens, width)


class LayerStack(nn.Module):
    """Some layers of an encoder, with the bias of relative positions where it has one (MPNet)."""

    def __init__(
        self, shape: EncoderShape, *, n_layers: int, inner_width: int, dropout: float
    ) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            TransformerLayer(shape, inner_width=inner_width, dropout=dropout)
            for _ in range(n_layers)
        )
        n_buckets = int(bucket_of(np.array([10**6]))[0]) + 1
        self.bias = nn.Embedding(n_buckets, shape.n_heads) if shape.has_relative_positions else None

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """The states after the last layer.

        Parameters
        ----------
        states : of shape (n_texts, n_tokens, width)
        mask : 1 for tokens, 0 for padding, of shape (n_texts, n_tokens)
        """
        bias = (1 - mask[:, None, None, :]) * MASKED
        if self.bias is not None:
            bias = bias + self._position_bias(states.shape[1], self.bias)
        for layer in self.layers:
            states = layer(states, bias)
        return states

    def _position_bias(self, n_tokens: int, by_bucket: nn.Embedding) -> Tensor:
        """Of shape (1, n_heads, n_tokens, n_tokens)."""
        positions = np.arange(n_tokens)
        buckets = torch.from_numpy(bucket_of(positions[None, :] - positions[:, None]))
        bias: Tensor = by_bucket(buckets.to(by_bucket.weight.device))
        return bias.permute(2, 0, 1)[None]

    def load_bert(self, arrays: Arrays, *, first: int) -> None:
        """Take the weights of the layers from ``first`` on.

        Parameters
        ----------
        arrays : by the names of BERT's weights

        Raises
        ------
        EncoderError
            there are none for a layer, or they have another shape
        """
        names = {
            f"layers.{number}.{part}.{kind}": f"encoder.layer.{first + number}.{name}.{kind}"
            for number in range(len(self.layers))
            for part, name in BERT_NAMES.items()
            for kind in ("weight", "bias")
        }
        names |= {"bias.weight": BIAS} if self.bias is not None else {}
        load_named(self, arrays, names)

    def as_bert(self, *, first: int) -> dict[str, Tensor]:
        """The weights by the names of BERT's weights."""
        state = self.state_dict()
        named = {
            f"encoder.layer.{first + number}.{name}.{kind}": state[f"layers.{number}.{part}.{kind}"]
            for number in range(len(self.layers))
            for part, name in BERT_NAMES.items()
            for kind in ("weight", "bias")
        }
        return named | ({BIAS: state["bias.weight"]} if self.bias is not None else {})


class LowerLayers(nn.Module):
    """The embeddings and the lowest layers of an encoder."""

    def __init__(self, shape: EncoderShape, arrays: Arrays, *, n_layers: int) -> None:
        super().__init__()
        words = arrays["embeddings.word_embeddings.weight"]
        positions = arrays["embeddings.position_embeddings.weight"]
        kind = arrays["embeddings.token_type_embeddings.weight"][0]
        self.words = nn.Embedding.from_pretrained(words)
        self.register_buffer("positions", positions + kind)
        self.norm = nn.LayerNorm(words.shape[1], eps=shape.epsilon)
        load_named(self.norm, arrays, _linear_names("embeddings.LayerNorm"))
        self.widen = nn.Identity()
        if "embeddings_project.weight" in arrays:
            self.widen = nn.Linear(words.shape[1], shape.width)
            load_named(self.widen, arrays, _linear_names("embeddings_project"))
        inner_width = inner_width_of(arrays)
        self.stack = LayerStack(shape, n_layers=n_layers, inner_width=inner_width, dropout=0.0)
        self.stack.load_bert(arrays, first=0)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """States of texts, of shape (n_texts, n_tokens, width)."""
        embedded = self.words(ids) + self.positions[: ids.shape[1]]
        output: Tensor = self.stack(self.widen(self.norm(embedded)), mask)
        return output


def _linear_names(name: str) -> dict[str, str]:
    """The names of a module's weights, which has a weight and a bias."""
    return {kind: f"{name}.{kind}" for kind in ("weight", "bias")}


def inner_width_of(arrays: Arrays) -> int:
    """The width of the feed-forward layers."""
    return len(arrays["encoder.layer.0.intermediate.dense.bias"])


def load_named(module: nn.Module, arrays: Arrays, names: Mapping[str, str]) -> None:
    """Load weights under other names.

    Parameters
    ----------
    names : the name in ``arrays`` of each name of the module

    Raises
    ------
    EncoderError
        a weight is missing or has another shape
    """
    expected = module.state_dict()
    for own, name in names.items():
        if name not in arrays or arrays[name].shape != expected[own].shape:
            got = f"shape {tuple(arrays[name].shape)}" if name in arrays else "none"
            raise EncoderError(
                f"weights: {name} must be of shape {tuple(expected[own].shape)}, got {got}. "
                "Get the encoder again, or choose another."
            )
    module.load_state_dict({own: arrays[name] for own, name in names.items()})
