"""The state of a fit on disk, so that one that was stopped goes on where it was.

A checkpoint is a folder: ``state.safetensors`` with every array, ``state.json`` with the rest.
Nothing in it is code. It is written beside its place and renamed into it.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from standpoint.errors import CheckpointError, TrainingError
from standpoint.files import file_sha256, recover_folder, replaced_folder

ARRAYS, REST, SUM = "state.safetensors", "state.json", "sha256"


@dataclass(frozen=True, slots=True)
class Point:
    """Where a fit is.

    Attributes
    ----------
    key : what decides the fit; another key's checkpoint is refused
    epoch, step : begun epochs, and batches done in this one
    total : the loss of this epoch's batches, summed
    best_epoch, best_score : of dev so far; 0 where nothing was scored
    scores : of dev, by epoch
    seconds : spent so far
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


@dataclass(frozen=True, slots=True)
class State:
    """Every array of a fit, by name."""

    point: Point
    arrays: dict[str, Tensor] = field(repr=False)


def write_checkpoint(folder: Path, state: State) -> None:
    """Replace the checkpoint, whole or not at all."""
    from safetensors.torch import save_file

    with replaced_folder(folder) as new:
        arrays = {name: array.detach().contiguous() for name, array in state.arrays.items()}
        save_file(arrays, new / ARRAYS)
        rest = {**asdict(state.point), SUM: file_sha256(new / ARRAYS)}
        (new / REST).write_text(json.dumps(rest), "utf-8")


def no_room(folder: Path, error: Exception) -> TrainingError:
    """What to say where something could not be written."""
    return TrainingError(
        f"{folder}: must have room to write what was learned, got {error}. What was written before "
        "is whole; free some space and give the same command again."
    )


def read_checkpoint(folder: Path, *, key: str) -> State | None:
    """The checkpoint of a fit; None where there is none.

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
        found: dict[str, Any] = json.loads((folder / REST).read_text("utf-8"))
        if found.pop(SUM) != file_sha256(folder / ARRAYS):
            raise ValueError(f"another {ARRAYS} than was written")
        point = Point(
            **{
                **found,
                "scores": tuple(found["scores"]),
                "curve": tuple(tuple(row) for row in found["curve"]),
            }
        )
        arrays = load_file(folder / ARRAYS)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, SafetensorError) as error:
        raise CheckpointError(
            f"{folder}: must be a whole checkpoint, got {error}. "
            "Delete the folder; training then starts anew."
        ) from None
    if point.key != key:
        raise CheckpointError(
            f"{folder}: must be a checkpoint of this config, data and seed ({key[:16]}), "
            f"got one of another ({point.key[:16]}). Delete the folder; training then starts anew."
        )
    return State(point, arrays)


def random_state(device: torch.device) -> dict[str, Tensor]:
    """The state of the generators that dropout draws from."""
    found = {"random.cpu": torch.get_rng_state()}
    if device.type == "cuda":
        found["random.cuda"] = torch.cuda.get_rng_state(device)
    return found


def restore_random_state(arrays: dict[str, Tensor], device: torch.device) -> None:
    """Set the generators to where a checkpoint was."""
    torch.set_rng_state(arrays["random.cpu"])
    if device.type == "cuda" and "random.cuda" in arrays:
        torch.cuda.set_rng_state(arrays["random.cuda"], device)
