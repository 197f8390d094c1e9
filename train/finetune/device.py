"""What a fit runs on, and the same numbers each time it runs there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch

from standpoint.errors import TrainingError

DTYPES = {"bfloat16": torch.bfloat16, "float32": torch.float32}


@dataclass(frozen=True, slots=True)
class Machine:
    """What a fit runs on."""

    device: torch.device
    precision: str

    @contextmanager
    def cast(self) -> Iterator[None]:
        """Products in the precision asked for."""
        dtype = DTYPES[self.precision]
        with torch.autocast(
            self.device.type, dtype=torch.bfloat16, enabled=dtype is torch.bfloat16
        ):
            yield


def machine_for(device: str, precision: str) -> Machine:
    """The device a config asks for; auto is a GPU where there is one."""
    wanted = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    if wanted.startswith("cuda") and not torch.cuda.is_available():
        raise TrainingError(
            f"model.device: must be there, got {device!r} without a GPU that torch can use. "
            "Set model.device=auto."
        )
    return Machine(torch.device(wanted), precision)


@contextmanager
def deterministic(seed: int) -> Iterator[None]:
    """The same numbers each time on one device, and everything as it was afterwards."""
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    before = torch.are_deterministic_algorithms_enabled()
    only_warns = torch.is_deterministic_algorithms_warn_only_enabled()
    torch.use_deterministic_algorithms(True, warn_only=torch.cuda.is_available())
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        try:
            yield
        finally:
            torch.use_deterministic_algorithms(before, warn_only=only_warns)
