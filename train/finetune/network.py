"""The encoder and its heads as torch sees them: one reading, many pairs."""

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
    """Sentences and the pairs in them.

    Attributes
    ----------
    blocks : texts that are padded together: numbers of tokens, and 1 where there is one, both of
        shape (n_texts, n_tokens)
    heads : by head, the pairs it judges
    """

    blocks: tuple[Block, ...]
    heads: Mapping[str, "HeadBatch"]


@dataclass(frozen=True, slots=True)
class HeadBatch:
    """The pairs of one head.

    Attributes
    ----------
    pools : of shape (n_pairs * n_parts, n_places): the places of all blocks, one after the other
    facts : of shape (n_pairs, n_facts)
    labels : of shape (n_pairs,), places in the head's labels
    rows : which row of its data each pair is
    """

    pools: Tensor
    facts: Tensor
    labels: Tensor
    rows: tuple[int, ...]


class Head(nn.Module):
    """A linear head over what `standpoint.model.span_features.feature_vector` gives."""

    def __init__(
        self, settings: EncoderFeatures, *, width: int, n_facts: int, n_labels: int, dropout: float
    ) -> None:
        super().__init__()
        self.settings = settings
        self.parts = linear_parts(settings)
        n_columns = len(assembled(self._nothing(width), settings)) * len(settings.layers) * width
        self.linear = nn.Linear(n_columns + n_facts, n_labels)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def _nothing(self, width: int) -> Tensor:
        return torch.zeros(len(self.parts), 1, len(self.settings.layers), width)

    def features(self, hidden: Hidden, batch: HeadBatch) -> Tensor:
        """What the linear layer weighs, of shape (n_pairs, n_features)."""
        tokens = torch.stack([hidden[layer] for layer in self.settings.layers], dim=1)
        tokens = tokens.flatten(1)
        pooled = batch.pools.to(tokens.dtype) @ tokens
        n_layers = len(self.settings.layers)
        by_part = pooled.view(-1, len(self.parts), n_layers, pooled.shape[1] // n_layers)
        rows = assembled(by_part.transpose(0, 1), self.settings)
        found = torch.cat([row.flatten(1) for row in rows], dim=1)
        return torch.cat([found, batch.facts.to(found.dtype)], dim=1)

    def forward(self, hidden: Hidden, batch: HeadBatch) -> Tensor:
        """Logits of shape (n_pairs, n_labels)."""
        found: Tensor = self.linear(self.dropout(self.features(hidden, batch)))
        return found


def assembled(pooled: Tensor, settings: EncoderFeatures) -> list[Tensor]:
    """The parts of `span_features.feature_groups` in its order, without the syntax features.

    Parameters
    ----------
    pooled : of shape (n_parts, n_pairs, n_layers, width), for each of `linear_parts`
    """
    rows = dict(enumerate(pooled))
    names = linear_parts(settings)
    at = {
        name: [n for n, other in enumerate(names) if other == name] for name in dict.fromkeys(names)
    }
    sentence, target = rows[0], rows[1]
    found = [sentence]
    if settings.target:
        found.append(target)
    if settings.products:
        found.append(sentence * target)
    if settings.differences:
        found.append((sentence - target).abs())
    if settings.names:
        holder_name, target_name = (rows[at[f"name of {r}"][0]] for r in ("holder", "target"))
        found += [holder_name, target_name]
        if settings.products:
            found += [holder_name * target_name, sentence * holder_name, sentence * target_name]
    found += [rows[n] for n in at.get("decay", ())]
    if settings.holder:
        holder = rows[at["holder"][0]]
        found.append(holder)
        if settings.products:
            found.append(holder * target)
    found += [rows[n] for name in ("between", "window") for n in at.get(name, ())]
    return found


class Network(nn.Module):
    """An encoder and its heads by name."""

    def __init__(self, encoder: Any, heads: Mapping[str, Head], *, n_layers: int) -> None:
        super().__init__()
        self.n_layers = n_layers
        self.encoder = encoder
        self.heads = nn.ModuleDict(heads)

    def hidden(self, batch: Batch) -> Hidden:
        """Every layer's output at every place, of shape (n_places, width)."""
        blocks = [
            self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True)
            for ids, mask in batch.blocks
        ]
        layers = zip(*(block.hidden_states for block in blocks), strict=True)
        return [torch.cat([own.flatten(0, 1) for own in layer]) for layer in layers]

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Logits by head."""
        hidden = self.hidden(batch)
        return {name: self.heads[name](hidden, own) for name, own in batch.heads.items()}
