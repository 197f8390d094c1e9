"""The device and precision of a fit, and deterministic algorithms on it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch

from standpoint.errors import TrainingError

CPUINFO = Path("/proc/cpuinfo")
# Names there of x86 and ARM processors that multiply in bfloat16.
BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16", "bf16"})


@dataclass(frozen=True, slots=True)
class Device:
    """A torch device with the precision of matrix products: bfloat16 or float32."""

    torch_device: torch.device
    precision: str

    def autocast(self) -> torch.autocast:
        """A context that computes matrix products in the precision of the config."""
        is_enabled = self.precision == "bfloat16"
        return torch.autocast(self.torch_device.type, dtype=torch.bfloat16, enabled=is_enabled)


def select_device(name: str, precision: str) -> Device:
    """The device that a config names; auto is a GPU where torch can use one.

    Raises
    ------
    TrainingError
        a GPU is named, and torch cannot use one
    """
    has_gpu = torch.cuda.is_available()
    wanted = ("cuda" if has_gpu else "cpu") if name == "auto" else name
    if wanted.startswith("cuda") and not has_gpu:
        raise TrainingError(
            f"model.device: must be there, got {name!r} without a GPU that torch can use. "
            "Set model.device=auto."
        )
    return Device(torch.device(wanted), precision)


def available_precision(device: str, precision: str, *, cpuinfo: Path = CPUINFO) -> str:
    """The precision that a config names, or float32 where the processor lacks bfloat16."""
    on_gpu = torch.cuda.is_available() and device != "cpu"
    if precision == "float32" or on_gpu:
        return precision
    try:
        words = set(cpuinfo.read_text("ascii", errors="replace").split())
    except OSError:
        return "float32"
    return "bfloat16" if words & BFLOAT16_FLAGS else "float32"


@contextmanager
def deterministic(seed: int) -> Iterator[None]:
    """Seeded and deterministic torch; restores the state of the generators and flags afterwards.

    On a GPU, operations without a deterministic version only warn.
    """
    # cuBLAS is deterministic with a fixed workspace only (its documentation, "Reproducibility").
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
