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
    """The layers of an encoder, with the bias of relative positions where it has one (MPNet).

    The lowest layers may be frozen: they have no dropout and are not trained. The bias is one for
    all layers, and trained with the others.
    """

    def __init__(
        self, shape: EncoderShape, *, n_frozen: int, inner_width: int, dropout: float
    ) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            TransformerLayer(
                shape, inner_width=inner_width, dropout=0.0 if number < n_frozen else dropout
            )
            for number in range(shape.n_layers)
        )
        self.layers[:n_frozen].requires_grad_(False)
        n_buckets = int(bucket_of(np.array([10**6]))[0]) + 1
        self.bias = nn.Embedding(n_buckets, shape.n_heads) if shape.has_relative_positions else None

    def score_bias(self, mask: Tensor) -> Tensor:
        """What attention adds to the scores of tokens, for padding and relative positions.

        Parameters
        ----------
        mask : 1 for tokens, 0 for padding, of shape (n_texts, n_tokens)
        """
        bias = (1 - mask[:, None, None, :]) * MASKED
        if self.bias is not None:
            bias = bias + self._position_bias(mask.shape[1], self.bias)
        return bias

    def forward(self, states: Tensor, bias: Tensor, *, first: int, last: int) -> Tensor:
        """The states after the layer ``last``, from those after ``first``; 0 is the embeddings.

        Parameters
        ----------
        states : of shape (n_texts, n_tokens, width)
        bias : of `score_bias`
        """
        for layer in self.layers[first:last]:
            states = layer(states, bias)
        return states

    def _position_bias(self, n_tokens: int, by_bucket: nn.Embedding) -> Tensor:
        """Of shape (1, n_heads, n_tokens, n_tokens)."""
        positions = np.arange(n_tokens)
        buckets = torch.from_numpy(bucket_of(positions[None, :] - positions[:, None]))
        bias: Tensor = by_bucket(buckets.to(by_bucket.weight.device))
        return bias.permute(2, 0, 1)[None]

    def load_bert(self, arrays: Arrays, *, first: int = 0) -> None:
        """Take the weights of the layers after ``first``, and the bias.

        Parameters
        ----------
        arrays : by the names of BERT's weights

        Raises
        ------
        EncoderError
            there are none for a layer, or they have another shape
        """
        names = {
            f"layers.{number}.{part}.{kind}": f"encoder.layer.{number}.{name}.{kind}"
            for number in range(first, len(self.layers))
            for part, name in BERT_NAMES.items()
            for kind in ("weight", "bias")
        }
        names |= {"bias.weight": BIAS} if self.bias is not None else {}
        load_named(self, arrays, names)

    def as_bert(self) -> dict[str, Tensor]:
        """The weights by the names of BERT's weights."""
        state = self.state_dict()
        named = {
            f"encoder.layer.{number}.{name}.{kind}": state[f"layers.{number}.{part}.{kind}"]
            for number in range(len(self.layers))
            for part, name in BERT_NAMES.items()
            for kind in ("weight", "bias")
        }
        return named | ({BIAS: state["bias.weight"]} if self.bias is not None else {})


def other_text_bias(is_second: Tensor) -> Tensor:
    """What attention adds to the scores so that two joined texts are read apart.

    Parameters
    ----------
    is_second : whether a token is of the second text, of shape (n_rows, n_tokens)

    Returns
    -------
    of shape (n_rows, 1, n_tokens, n_tokens)
    """
    differs = is_second[:, :, None] != is_second[:, None, :]
    return differs[:, None] * MASKED


class Embeddings(nn.Module):
    """The embeddings of an encoder: words, positions and the first token type; they are frozen."""

    def __init__(self, shape: EncoderShape, arrays: Arrays) -> None:
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
        self.requires_grad_(False)

    def forward(self, ids: Tensor, *, starts: Tensor | None = None) -> Tensor:
        """Of texts, of shape (n_texts, n_tokens, width).

        Parameters
        ----------
        starts : where the text of each token starts, of the shape of ``ids``; None where all of a
            row is one text
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        places = places if starts is None else places - starts
        embedded = self.words(ids) + self.positions[places]
        output: Tensor = self.widen(self.norm(embedded))
        return output


def _linear_names(name: str) -> dict[str, str]:
    """The names of a module's weights, which has a weight and a bias."""
    return {kind: f"{name}.{kind}" for kind in ("weight", "bias")}


def inner_width_of(arrays: Arrays) -> int:
    """The width of the feed-forward layers."""
    return len(arrays["encoder.layer.0.intermediate.dense.bias"])


def load_named(module: nn.Module, arrays: Arrays, names: Mapping[str, str]) -> None:
    """Load weights under other names; what has no name here stays as it is.

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
    loaded = {own: arrays[name] for own, name in names.items()}
    module.load_state_dict(loaded, strict=False)
