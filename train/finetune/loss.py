"""Training loss and inference logits."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from train.finetune.batches import (
    CachedTokenizer,
    Sentence,
    TrainingTask,
    batches_by_length,
    collate,
)
from train.finetune.device import Device
from train.finetune.network import Batch, Network


def loss_of(
    logits: Mapping[str, Tensor],
    batch: Batch,
    *,
    tasks: Mapping[str, TrainingTask],
    class_weights: Mapping[str, Tensor],
    smoothing: float,
) -> Tensor:
    """Mean cross-entropy over the pairs of a batch, each weighted by its task and label.

    Parameters
    ----------
    tasks, class_weights : by head
    smoothing : label smoothing, in [0, 1)
    """
    losses, n_weighted = [], 0.0
    for head, own in logits.items():
        labels, weight = batch.heads[head].labels, tasks[head].weight
        summed = torch.nn.functional.cross_entropy(
            own.float(),
            labels,
            weight=class_weights[head],
            label_smoothing=smoothing,
            reduction="sum",
        )
        losses.append(weight * summed)
        n_weighted += weight * len(labels)
    return torch.stack(losses).sum() / n_weighted


@torch.no_grad()
def logits_of(
    network: Network,
    sentences: Sequence[Sentence],
    *,
    head: str,
    tokenizer: CachedTokenizer,
    device: Device,
    size: int,
) -> Tensor:
    """Logits of every pair of a head by row, of shape (n_pairs, n_labels), on the CPU.

    Parameters
    ----------
    size : sentences of a batch
    """
    network.eval()
    by_row: dict[int, Tensor] = {}
    for sentences_of_batch in batches_by_length(sentences, size=size):
        batch = collate(sentences_of_batch, tokenizer=tokenizer, device=device.torch_device)
        with device.autocast():
            logits = network(batch)[head].float().cpu()
        by_row |= zip(batch.heads[head].rows, logits, strict=True)
    return torch.stack([by_row[row] for row in range(len(by_row))])
