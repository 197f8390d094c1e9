"""Checkpoints of a judge: its trained weights, their mean and the optimizer's moments.

The folder is that of `train.finetune.checkpoint`. After the last step it has no moments: training
is done, and the same command then goes on with the scores.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from torch import Tensor

from train.finetune.checkpoint import FitState, write_checkpoint, write_error
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
    moments = optimizer.state_dict()["state"] if optimizer else {}
    for number, own in moments.items():
        arrays |= {f"moments.{number}.{name}": array for name, array in own.items()}
    try:
        write_checkpoint(folder, state, arrays)
    except (OSError, SafetensorError) as error:
        raise write_error(folder, error) from None


def restore_progress(
    arrays: Mapping[str, Tensor], network: JudgeNetwork, optimizer: torch.optim.Optimizer
) -> dict[str, Tensor]:
    """Restore weights and moments; returns the mean of the weights so far."""
    parts: dict[str, dict[str, Tensor]] = {"network": {}, "average": {}, "moments": {}}
    for name, array in arrays.items():
        prefix, _, rest = name.partition(".")
        parts[prefix][rest] = array
    network.load_trained(parts["network"])
    moments: dict[int, dict[str, Tensor]] = {}
    for name, array in parts["moments"].items():
        number, _, kind = name.partition(".")
        moments.setdefault(int(number), {})[kind] = array
    if moments:
        optimizer.load_state_dict({**optimizer.state_dict(), "state": moments})
    device = next(network.parameters()).device
    return {name: array.to(device) for name, array in parts["average"].items()}
