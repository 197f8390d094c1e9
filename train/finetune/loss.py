"""What is made small, and what a network says of pairs."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from train.finetune.batches import Reader, Sentence, TrainingTask, collate, in_order
from train.finetune.device import Machine
from train.finetune.network import Batch, Network


def loss_of(
    logits: Mapping[str, Tensor],
    batch: Batch,
    *,
    lessons: Mapping[str, TrainingTask],
    weights: Mapping[str, Tensor],
    smoothing: float,
) -> Tensor:
    """Cross-entropy of every pair of a batch, each weighing as its lesson says."""
    total: Tensor | None = None
    n = 0.0
    for head, own in logits.items():
        labels = batch.heads[head].labels
        each = torch.nn.functional.cross_entropy(
            own.float(), labels, weight=weights[head], label_smoothing=smoothing, reduction="sum"
        )
        total = lessons[head].weight * each + (0.0 if total is None else total)
        n += lessons[head].weight * len(labels)
    assert total is not None
    return total / n


@torch.no_grad()
def logits_of(
    network: Network,
    sentences: Sequence[Sentence],
    *,
    head: str,
    reader: Reader,
    machine: Machine,
    size: int,
) -> Tensor:
    """Logits of every pair that a head is asked of, by row, of shape (n_pairs, n_labels)."""
    network.eval()
    found: dict[int, Tensor] = {}
    for some in in_order(sentences, size=size):
        batch = collate(some, reader=reader, device=machine.device)
        with machine.cast():
            own = network(batch)[head].float().cpu()
        found |= zip(batch.heads[head].rows, own, strict=True)
    return torch.stack([found[row] for row in range(len(found))])
