"""The network in torch: an encoder, and linear heads over pooled token vectors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from standpoint.model import EncoderFeatures
from train.finetune.pooling import linear_parts

Hidden = Sequence[Tensor]
Block = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded texts, and the pairs in them.

    Attributes
    ----------
    blocks : texts that are padded together: token ids and attention mask, both of shape
        (n_texts, n_tokens)
    heads : the pairs of each head
    """

    blocks: tuple[Block, ...]
    heads: Mapping[str, "HeadBatch"]


@dataclass(frozen=True, slots=True)
class HeadBatch:
    """The pairs of one head.

    Attributes
    ----------
    pools : of shape (n_pairs * n_parts, n_positions): weights over the tokens of all blocks
    text_features : of shape (n_pairs, n_text_features)
    labels : of shape (n_pairs,), indices of the head's labels
    rows : the row of each pair in the data of its head
    """

    pools: Tensor
    text_features: Tensor
    labels: Tensor
    rows: tuple[int, ...]


class Head(nn.Module):
    """A linear head over the features of `standpoint.model.span_features.feature_vector`.

    Its weights start at 0: every label is equally likely before the first step.
    """

    def __init__(
        self,
        settings: EncoderFeatures,
        *,
        width: int,
        n_text_features: int,
        n_labels: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.parts = linear_parts(settings)
        empty = torch.zeros(len(self.parts), 1, len(settings.layers), width)
        n_columns = len(combine_pooled(empty, settings)) * len(settings.layers) * width
        self.linear = nn.Linear(n_columns + n_text_features, n_labels)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def features(self, hidden: Hidden, batch: HeadBatch) -> Tensor:
        """Input of the linear layer, of shape (n_pairs, n_features)."""
        tokens = torch.cat([hidden[layer] for layer in self.settings.layers], dim=1)
        pooled = batch.pools.to(tokens.dtype) @ tokens
        n_layers = len(self.settings.layers)
        by_part = pooled.view(-1, len(self.parts), n_layers, pooled.shape[1] // n_layers)
        rows = combine_pooled(by_part.transpose(0, 1), self.settings)
        vectors = torch.cat([row.flatten(1) for row in rows], dim=1)
        return torch.cat([vectors, batch.text_features.to(vectors.dtype)], dim=1)

    def forward(self, hidden: Hidden, batch: HeadBatch) -> Tensor:
        """Logits of shape (n_pairs, n_labels)."""
        logits: Tensor = self.linear(self.dropout(self.features(hidden, batch)))
        return logits


def combine_pooled(pooled: Tensor, settings: EncoderFeatures) -> list[Tensor]:
    """The parts of `span_features.feature_groups` in its order, without the text features.

    Products and differences are computed here, from the pooled vectors.

    Parameters
    ----------
    pooled : of shape (n_parts, n_pairs, n_layers, width), for each of `linear_parts`
    """
    rows: dict[str, list[Tensor]] = {}
    for name, row in zip(linear_parts(settings), pooled, strict=True):
        rows.setdefault(name, []).append(row)
    (sentence,), (target,) = rows["sentence"], rows["target"]
    parts = [sentence]
    if settings.target:
        parts.append(target)
    if settings.products:
        parts.append(sentence * target)
    if settings.differences:
        parts.append((sentence - target).abs())
    if settings.names:
        holder_name, target_name = (rows[f"name of {r}"][0] for r in ("holder", "target"))
        parts += [holder_name, target_name]
        if settings.products:
            parts += [holder_name * target_name, sentence * holder_name, sentence * target_name]
    parts += rows.get("decay", [])
    if settings.holder:
        (holder,) = rows["holder"]
        parts.append(holder)
        if settings.products:
            parts.append(holder * target)
    return [*parts, *rows.get("between", []), *rows.get("window", [])]


class Network(nn.Module):
    """An encoder with named heads."""

    def __init__(self, encoder: Any, heads: Mapping[str, Head], *, n_layers: int) -> None:
        super().__init__()
        self.n_layers = n_layers
        self.encoder = encoder
        self.heads = nn.ModuleDict(heads)

    def hidden(self, batch: Batch) -> Hidden:
        """The output of every layer for all tokens of all blocks, of shape (n_positions, width)."""
        blocks = [
            self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True)
            for ids, mask in batch.blocks
        ]
        layers = zip(*(block.hidden_states for block in blocks), strict=True)
        return [torch.cat([own.flatten(0, 1) for own in layer]) for layer in layers]

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Logits by head, each of shape (n_pairs, n_labels)."""
        hidden = self.hidden(batch)
        return {name: self.heads[name](hidden, own) for name, own in batch.heads.items()}
