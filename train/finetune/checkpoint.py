"""Checkpoints: the state of a fit on disk, so that an interrupted fit resumes.

A checkpoint is a folder: ``state.safetensors`` with every array, ``state.json`` with the rest.
Nothing in it is code. A new one replaces the last one when it is complete.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from standpoint.errors import CheckpointError, TrainingError
from standpoint.files import file_sha256, recover_folder, replaced_folder
from train.finetune.network import Network

ARRAYS, REST, SHA256 = "state.safetensors", "state.json", "sha256"


@dataclass(frozen=True, slots=True)
class FitState:
    """Progress of a fit.

    Attributes
    ----------
    key : digest of config, data and seed; a checkpoint with another key is refused
    epoch, step : finished epochs, and finished batches of the current one
    total : sum of the losses of this epoch's batches
    best_epoch, best_score : on dev so far; 0 and minus infinity before the first score
    scores : on dev, by epoch
    curve : step, name and value of every logged metric
    seconds : of training so far
    """

    key: str
    epoch: int = 0
    step: int = 0
    total: float = 0.0
    best_epoch: int = 0
    best_score: float = float("-inf")
    scores: tuple[float, ...] = ()
    curve: tuple[tuple[int, str, float], ...] = ()
    seconds: float = 0.0

    def with_point(self, step: int, name: str, value: float) -> "FitState":
        """The state with a further point of the curve."""
        return replace(self, curve=(*self.curve, (step, name, value)))


def pack_arrays(
    network: Network,
    optimizer: torch.optim.Optimizer,
    *,
    best: dict[str, Tensor],
    device: torch.device,
) -> dict[str, Tensor]:
    """Everything that training changes, by name: weights, best weights, moments, generators."""
    arrays = {f"net.{name}": array for name, array in network.state_dict().items()}
    arrays |= {f"best.{name}": array for name, array in best.items()}
    arrays |= {f"opt.{name}": array for name, array in pack_moments(optimizer).items()}
    arrays["random.cpu"] = torch.get_rng_state()
    if device.type == "cuda":
        arrays["random.cuda"] = torch.cuda.get_rng_state(device)
    return arrays


def unpack_arrays(
    arrays: dict[str, Tensor],
    network: Network,
    optimizer: torch.optim.Optimizer,
    *,
    device: torch.device,
) -> dict[str, Tensor]:
    """Restore the weights, moments and generators; returns the best weights so far."""
    by_prefix = arrays_by_prefix(arrays, ("net", "best", "opt", "random"))
    network.load_state_dict(by_prefix["net"])
    unpack_moments(by_prefix["opt"], optimizer)
    torch.set_rng_state(by_prefix["random"]["cpu"])
    if device.type == "cuda" and "cuda" in by_prefix["random"]:
        torch.cuda.set_rng_state(by_prefix["random"]["cuda"], device)
    return {name: array.to(device) for name, array in by_prefix["best"].items()}


def arrays_by_prefix(
    arrays: Mapping[str, Tensor], prefixes: Sequence[str]
) -> dict[str, dict[str, Tensor]]:
    """Arrays named ``PREFIX.NAME``, as those of each prefix by their names."""
    by_prefix: dict[str, dict[str, Tensor]] = {prefix: {} for prefix in prefixes}
    for name, array in arrays.items():
        prefix, _, rest = name.partition(".")
        by_prefix[prefix][rest] = array
    return by_prefix


def pack_moments(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """The moments of an optimizer, named by the number of their parameter and their kind."""
    return {
        f"{number}.{kind}": array
        for number, moments in optimizer.state_dict()["state"].items()
        for kind, array in moments.items()
    }


def unpack_moments(arrays: Mapping[str, Tensor], optimizer: torch.optim.Optimizer) -> None:
    """Restore the moments of an optimizer."""
    moments: dict[int, dict[str, Tensor]] = {}
    for name, array in arrays.items():
        number, _, kind = name.partition(".")
        moments.setdefault(int(number), {})[kind] = array
    optimizer.load_state_dict({**optimizer.state_dict(), "state": moments})


def write_checkpoint(folder: Path, state: FitState, arrays: dict[str, Tensor]) -> None:
    """Replace the checkpoint of a folder, whole or not at all.

    Raises
    ------
    TrainingError
        there is no room; the last checkpoint stays
    """
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    try:
        with replaced_folder(folder) as scratch:
            contiguous = {name: array.detach().contiguous() for name, array in arrays.items()}
            save_file(contiguous, scratch / ARRAYS)
            rest = {**asdict(state), SHA256: file_sha256(scratch / ARRAYS)}
            (scratch / REST).write_text(json.dumps(rest), "utf-8")
    except (OSError, SafetensorError) as error:
        raise write_error(folder, error) from None


def write_error(folder: Path, error: Exception) -> TrainingError:
    """The error to raise when a file of a fit could not be written."""
    return TrainingError(
        f"{folder}: must have room to write what was learned, got {error}. What was written before "
        "is whole; free some space and give the same command again."
    )


def last_checkpoint(folder: Path) -> str:
    """Where the last checkpoint is, for the message of a fit that failed."""
    if folder.is_dir():
        return f"The last good checkpoint is in {folder}"
    return "There is no checkpoint yet"


def start_or_resume(
    folder: Path, *, key: str, log_metric: Callable[[int, str, float], None]
) -> tuple[FitState, dict[str, Tensor] | None]:
    """The state and the arrays of the checkpoint in a folder, whose curve is logged again.

    Where there is none, they are those of a new fit, which has no arrays.

    Raises
    ------
    CheckpointError
        see `read_checkpoint`
    """
    checkpoint = read_checkpoint(folder, key=key)
    if checkpoint is None:
        return FitState(key), None
    state, arrays = checkpoint
    for point in state.curve:
        log_metric(*point)
    return state, arrays


def read_checkpoint(folder: Path, *, key: str) -> tuple[FitState, dict[str, Tensor]] | None:
    """The state and the arrays of the checkpoint in a folder; None if there is none.

    Raises
    ------
    CheckpointError
        it is damaged, or of another config, data, seed or encoder
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    recover_folder(folder)
    if not folder.is_dir():
        return None
    try:
        rest: dict[str, Any] = json.loads((folder / REST).read_text("utf-8"))
        if rest.pop(SHA256) != file_sha256(folder / ARRAYS):
            raise ValueError(f"another {ARRAYS} than was written")
        rest["scores"] = tuple(rest["scores"])
        rest["curve"] = tuple(tuple(row) for row in rest["curve"])
        state, arrays = FitState(**rest), load_file(folder / ARRAYS)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, SafetensorError) as error:
        raise CheckpointError(
            f"{folder}: must be a whole checkpoint, got {error}. "
            "Delete the folder; training then starts again."
        ) from None
    if state.key != key:
        raise CheckpointError(
            f"{folder}: must be a checkpoint of this config, data and seed ({key[:16]}), got one "
            f"of another ({state.key[:16]}). "
            "Delete the folder; training then starts again."
        )
    return state, arrays
