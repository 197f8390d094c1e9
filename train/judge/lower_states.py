"""States of the lower layers on disk: those layers are frozen, so every text is read once.

A folder holds ``states.f16``, the states of all sequences in float16 one behind the other, the
shortest first, and ``states.json`` with its digest. Its name is the digest of what decides them:
the encoder's weights, the number of layers and the sequences.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from standpoint.errors import TrainingError
from standpoint.files import file_sha256, recover_folder, remove_parts, replaced_folder
from train.judge.token_sequences import TokenSequences

if TYPE_CHECKING:
    from torch import Tensor

    from train.finetune.device import Device
    from train.judge.network.transformer import LowerLayers

STATES, DESCRIPTION = "states.f16", "states.json"
STATES_VERSION = 1  # raise it when the states are computed in another way
BATCH = 64  # sequences of nearly one length; a guess: larger ones are no faster on two cores
PROGRESS_EVERY_S = 15.0  # a guess: a line often enough to follow
ReportProgress = Callable[[str], None]
States = npt.NDArray[np.float16]


@dataclass(frozen=True)
class LowerStates:
    """The states of each sequence, by its number."""

    states: States
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]

    def of(self, number: int) -> States:
        """The states of a sequence, of shape (n_tokens, width)."""
        start = self.starts[number]
        rows: States = self.states[start : start + self.lengths[number]]
        return rows

    @property
    def width(self) -> int:
        """The width of the encoder."""
        return int(self.states.shape[1])


def states_key(sequences: TokenSequences, *, weights_digest: str, n_layers: int) -> str:
    """The digest of what decides the states."""
    parts = [weights_digest, str(n_layers), sequences.digest, str(STATES_VERSION)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def read_or_compute(
    folder: Path,
    sequences: TokenSequences,
    *,
    key: str,
    open_lower: "Callable[[], LowerLayers]",
    width: int,
    device: "Device",
    report_progress: ReportProgress,
) -> LowerStates:
    """The states in a folder; computed first where there are none, or damaged ones.

    Parameters
    ----------
    key : of `states_key`
    open_lower : opens the lower layers; called only where states are computed
    width : of the encoder

    Raises
    ------
    TrainingError
        the disk is full; nothing is left behind
    """
    lengths = sequences.lengths
    order = np.argsort(lengths, kind="stable")
    starts = np.zeros(len(lengths), np.int64)
    starts[order] = np.cumsum(lengths[order]) - lengths[order]
    shape = (int(lengths.sum()), width)
    recover_folder(folder)
    if not _is_whole(folder, key, shape):
        if folder.is_dir():
            report_progress(f"{folder}: damaged states, computing them again")
        batches = [order[n : n + BATCH] for n in range(0, len(order), BATCH)]
        computed = _compute(sequences, batches, open_lower(), device, report_progress)
        _write(folder, computed, key=key)
    states = np.memmap(folder / STATES, np.float16, mode="r", shape=shape)
    return LowerStates(states, starts, lengths)


def _is_whole(folder: Path, key: str, shape: tuple[int, int]) -> bool:
    """Whether a folder holds the states of a key, unchanged."""
    try:
        description = json.loads((folder / DESCRIPTION).read_text("utf-8"))
        expected = {"key": key, "shape": list(shape), "sha256": file_sha256(folder / STATES)}
    except (OSError, ValueError):
        return False
    return bool(description == expected)


def _write(folder: Path, parts: Iterator[States], *, key: str) -> None:
    """Write states, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    remove_parts(folder.parent)
    digest, n_rows, width = hashlib.sha256(), 0, 0
    try:
        with replaced_folder(folder) as scratch:
            with (scratch / STATES).open("wb") as file:
                for part in parts:
                    file.write(part.tobytes())
                    digest.update(part.tobytes())
                    n_rows, width = n_rows + part.shape[0], part.shape[1]
            description = {"key": key, "shape": [n_rows, width], "sha256": digest.hexdigest()}
            (scratch / DESCRIPTION).write_text(json.dumps(description), "utf-8")
    except OSError as error:
        raise TrainingError(
            f"{folder}: must have room for the states of the lower layers, got {error}. Nothing "
            "of it is left behind; free some space and give the same command again."
        ) from None


def _compute(
    sequences: TokenSequences,
    batches: Sequence[npt.NDArray[np.int64]],
    lower: "LowerLayers",
    device: "Device",
    report_progress: ReportProgress,
) -> Iterator[States]:
    """The states of each batch's sequences, one behind the other."""
    import torch

    lower = lower.to(device.torch_device).eval()
    started = reported = time.perf_counter()
    total = int(sequences.lengths.sum())
    n_read = 0
    for numbers in batches:
        lengths = sequences.lengths[numbers]
        ids, mask = _padded(sequences, numbers)
        with torch.inference_mode(), device.autocast():
            states = lower(ids.to(device.torch_device), mask.to(device.torch_device))
        half = states.float().cpu().numpy().astype(np.float16)
        yield np.concatenate([half[n, :length] for n, length in enumerate(lengths)])
        n_read += int(lengths.sum())
        now = time.perf_counter()
        if now - reported > PROGRESS_EVERY_S or n_read == total:
            reported = now
            left = (now - started) * (total - n_read) / n_read
            report_progress(f"lower layers: {n_read:,} of {total:,} tokens, {left:.0f} s to go")


def _padded(sequences: TokenSequences, numbers: npt.NDArray[np.int64]) -> "tuple[Tensor, Tensor]":
    """Ids and mask of some sequences, of shape (n_sequences, n_tokens)."""
    import torch
    from torch.nn.utils.rnn import pad_sequence

    own = [torch.from_numpy(sequences.tokens[n].ids) for n in numbers]
    ids = pad_sequence(own, batch_first=True)
    mask = pad_sequence([torch.ones(len(part)) for part in own], batch_first=True)
    return ids, mask
