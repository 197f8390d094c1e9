"""AdamW with a learning rate for each layer, and the schedule: linear warmup, linear decay."""

import torch
from torch import Tensor

from train.config import Schedule
from train.finetune.network import Network


def rate_at(step: int, *, total: int, warmup: float) -> float:
    """The learning rate at a step as a share of its peak: linear warmup, then linear decay to 0.

    >>> [round(rate_at(step, total=10, warmup=0.2), 2) for step in (0, 1, 2, 6, 9)]
    [0.5, 1.0, 1.0, 0.5, 0.12]
    """
    n_warmup = max(1, round(warmup * total)) if warmup else 0
    if step < n_warmup:
        return (step + 1) / n_warmup
    return max(0.0, (total - step) / max(1, total - n_warmup))


def optimizer_of(network: Network, schedule: Schedule) -> torch.optim.AdamW:
    """AdamW with layer-wise rates; biases and norms do not decay, frozen layers get no gradient."""
    n_layers = network.n_layers
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, weights in network.named_parameters():
        weights.requires_grad_(name.startswith("heads.") or _depth(name) >= schedule.frozen)
        if not weights.requires_grad:
            continue
        rate = schedule.learning_rate * schedule.layer_decay ** (n_layers - _depth(name))
        if name.startswith("heads."):
            rate = schedule.head_learning_rate
        decay = schedule.weight_decay if weights.ndim > 1 else 0.0
        groups.setdefault((rate, decay), []).append(weights)
    return torch.optim.AdamW(
        [
            {"params": own, "lr": rate, "peak": rate, "weight_decay": decay}
            for (rate, decay), own in groups.items()
        ],
        fused=True,
    )


def _depth(name: str) -> int:
    """The layer of the encoder that weights belong to, from 1; 0 for the embeddings."""
    _, marker, rest = name.partition(".layer.")
    return int(rest.split(".")[0]) + 1 if marker else 0
