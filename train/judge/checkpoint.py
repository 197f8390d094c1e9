"""Checkpoints of a judge: its trained weights, their mean and the optimizer's moments.

The folder is that of `train.finetune.checkpoint`. After the last step it has no moments: training
is done, and the same command then goes on with the scores.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from train.finetune.checkpoint import (
    FitState,
    arrays_by_prefix,
    pack_moments,
    unpack_moments,
    write_checkpoint,
)
from train.judge.network.judge_network import JudgeNetwork


def save_progress(
    folder: Path,
    state: FitState,
    network: JudgeNetwork,
    *,
    average: Mapping[str, Tensor],
    optimizer: torch.optim.Optimizer | None,
) -> None:
    """Replace the checkpoint of a folder, whole or not at all.

    Raises
    ------
    TrainingError
        there is no room; the last checkpoint stays
    """
    arrays = {f"network.{name}": array for name, array in network.trained_state().items()}
    arrays |= {f"average.{name}": array for name, array in average.items()}
    moments = pack_moments(optimizer) if optimizer else {}
    arrays |= {f"moments.{name}": array for name, array in moments.items()}
    write_checkpoint(folder, state, arrays)


def restore_progress(
    arrays: Mapping[str, Tensor], network: JudgeNetwork, optimizer: torch.optim.Optimizer
) -> dict[str, Tensor]:
    """Restore weights and moments; returns the mean of the weights so far."""
    parts = arrays_by_prefix(arrays, ("network", "average", "moments"))
    network.load_trained(parts["network"])
    if parts["moments"]:
        unpack_moments(parts["moments"], optimizer)
    device = next(network.parameters()).device
    return {name: array.to(device) for name, array in parts["average"].items()}
