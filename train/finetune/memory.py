"""Memory estimate of a training batch: one that does not fit is refused before the first step."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from standpoint.errors import ConfigError

USABLE_SHARE = 0.8  # of the free memory; a guess: the rest is left to other processes
BYTES_PER_WEIGHT = 16  # in float32: the weight, its gradient, and two moments of AdamW


def activation_bytes(
    *, n_texts: int, n_tokens: int, width: int, inner: int, n_heads: int, n_layers: int, size: int
) -> int:
    """Activations that the backward pass needs of a batch, in bytes.

    Parameters
    ----------
    n_tokens : of each text, with padding
    inner : width of the feed-forward layers
    size : bytes of a number (2 for bfloat16, 4 for float32)

    References
    ----------
    Korthikanti et al. (2022), Reducing activation recomputation in large transformer models, eq. 1,
    with the feed-forward layers' own width.
    """
    by_token = 9 * width + 3 * inner
    attention = 3 * n_heads * n_tokens
    return n_texts * n_tokens * n_layers * (by_token + attention) * size


def pooling_bytes(batch: int, *, n_tokens: int, n_pools: float) -> int:
    """Size of the pooling weights over all tokens of a batch, in bytes.

    Parameters
    ----------
    n_pools : of a sentence, on average
    """
    return int(batch * n_pools * batch * n_tokens * 4)


def largest_fitting(batch: int, *, needed: Callable[[int], int], free: int, fixed: int = 0) -> int:
    """The largest that fits of a batch, its half, its quarter and so on; 0 if none does.

    >>> largest_fitting(32, needed=lambda size: size * 100, free=1_000)
    8
    """
    while batch and fixed + needed(batch) > free * USABLE_SHARE:
        batch //= 2
    return batch


def check_batch(
    batch: int, *, needed: Callable[[int], int], free: int | None, fixed: int, n_texts: int
) -> None:
    """Refuse a batch that does not fit, and name one that does.

    Parameters
    ----------
    needed : bytes of a batch's activations by its size
    fixed : bytes of weights, gradients and moments, whatever the batch
    n_texts : in the data: no batch is larger

    Raises
    ------
    ConfigError
        with the size that fits
    """
    largest = min(batch, n_texts)
    if free is None or largest == 0:
        return
    fits = largest_fitting(largest, needed=needed, free=free, fixed=fixed)
    if fits < largest:
        advice = f"A batch of {fits} fits" if fits else "No batch does: use a smaller encoder"
        raise ConfigError(
            f"model.schedule.batch: must fit in memory, got {batch}, which needs about "
            f"{(fixed + needed(largest)) / 2**30:.1f} GiB of {free / 2**30:.1f} free. {advice}."
        )


def free_bytes(device: str) -> int | None:
    """Free memory of a device; None where the system does not say."""
    if device.startswith("cuda"):
        import torch

        return int(torch.cuda.mem_get_info(device)[0])
    limits = (_free_in_system(), _free_in_cgroup(), _free_in_process())
    return min((limit for limit in limits if limit is not None), default=None)


def _free_in_system() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    rows = (line.split() for line in lines)
    return next((int(row[1]) * 1024 for row in rows if row[0] == "MemAvailable:"), None)


def _free_in_cgroup() -> int | None:
    """What is left of a container's limit (cgroup v2)."""
    folder = Path("/sys/fs/cgroup")
    try:
        most = (folder / "memory.max").read_text("ascii").strip()
        used = int((folder / "memory.current").read_text("ascii"))
    except (OSError, ValueError):
        return None
    return int(most) - used if most.isdigit() else None


def _free_in_process() -> int | None:
    """What is left of the process's address space, where `ulimit -v` is set."""
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if most == resource.RLIM_INFINITY:
        return None
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return int(most) - pages * os.sysconf("SC_PAGE_SIZE")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error means that memory ran out, on any device."""
    words = str(error).lower()
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError)
        and ("out of memory" in words or "can't allocate memory" in words)
    )


@contextmanager
def refuse_out_of_memory(*, batch: int, largest: Callable[[], int | None]) -> Iterator[None]:
    """Say which batch fits where memory runs out in the block.

    Parameters
    ----------
    largest : tries smaller batches, and gives the largest that fits

    Raises
    ------
    ConfigError
        memory ran out
    """
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise out_of_memory_error(error, batch=batch, fits=largest()) from None


def largest_that_runs(size: int, run: Callable[[int], object]) -> int | None:
    """The largest half, quarter … of a batch with which a step runs; None if there is none."""
    while size := size // 2:
        try:
            run(size)
        except (RuntimeError, MemoryError):
            continue
        return size
    return None


def out_of_memory_error(error: BaseException, *, batch: int, fits: int | None) -> ConfigError:
    """The error to raise when memory ran out in the middle of a fit.

    Parameters
    ----------
    fits : the largest smaller batch that was tried and fits
    """
    advice = f"A batch of {fits} fits" if fits else "No smaller batch was found to fit"
    reason = (str(error) or type(error).__name__).splitlines()[0][:120]
    return ConfigError(
        f"model.schedule.batch: must fit in memory, got {batch}, and memory ran out "
        f"({reason}). {advice}; what was learned is kept, and a "
        "config with another batch starts again."
    )
