"""Whether a batch fits in memory, told before hours are spent."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from standpoint.errors import ConfigError

SHARE = 0.8  # of what is free; the rest is for all else that runs
STATES = 4  # weights, gradients and both moments of AdamW, in 32 bits


def activation_bytes(
    *, n_texts: int, n_tokens: int, width: int, inner: int, n_heads: int, n_layers: int, size: int
) -> int:
    """What the backward pass keeps of a batch, in bytes.

    Parameters
    ----------
    n_tokens : of each text, the padding counted
    inner : width of the feed-forward layers
    size : bytes of a number

    References
    ----------
    Korthikanti et al. (2022), Reducing activation recomputation in large transformer models, eq. 1,
    with the feed-forward layers' own width.
    """
    by_token = 9 * width + 3 * inner
    attention = 3 * n_heads * n_tokens
    return n_texts * n_tokens * n_layers * (by_token + attention) * size


def pooling_bytes(batch: int, *, n_tokens: int, n_pools: float) -> int:
    """What the weights take with which the tokens of a batch are pooled, in bytes.

    Parameters
    ----------
    n_pools : of a sentence, on average
    """
    return int(batch * n_pools * batch * n_tokens * 4)


def largest_fitting(batch: int, *, needed: Callable[[int], int], free: int, fixed: int = 0) -> int:
    """The largest batch of halves of the one asked for that fits; 0 where none does.

    >>> largest_fitting(32, needed=lambda size: size * 100, free=1_000)
    8
    """
    while batch and fixed + needed(batch) > free * SHARE:
        batch //= 2
    return batch


def check_batch(
    batch: int, *, needed: Callable[[int], int], free: int | None, fixed: int, n_texts: int
) -> None:
    """Refuse a batch that cannot fit, naming one that does.

    Parameters
    ----------
    needed : bytes of a batch's activations by its size
    fixed : bytes whatever the batch: weights, gradients, moments
    n_texts : how many there are: a larger batch is none
    """
    asked = min(batch, n_texts)
    if free is None or asked == 0:
        return
    fits = largest_fitting(asked, needed=needed, free=free, fixed=fixed)
    if fits < asked:
        raise ConfigError(_refusal(batch, fits, fixed + needed(asked), free))


def _refusal(batch: int, fits: int, needed: int, free: int) -> str:
    advice = f"A batch of {fits} fits" if fits else "No batch does: use a smaller encoder"
    return (
        f"model.schedule.batch: must fit in memory, got {batch}, which needs about "
        f"{needed / 2**30:.1f} GiB of {free / 2**30:.1f} free. {advice}."
    )


def free_bytes(device: str) -> int | None:
    """Free memory of a device; None where it cannot be told."""
    if device.startswith("cuda"):
        import torch

        return int(torch.cuda.mem_get_info(device)[0])
    found = [value for value in (_of_machine(), _of_group(), _of_process()) if value is not None]
    return min(found, default=None)


def _of_machine() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    rows = (line.split() for line in lines)
    return next((int(row[1]) * 1024 for row in rows if row[0] == "MemAvailable:"), None)


def _of_group() -> int | None:
    """What a container may still take, under the second version of control groups."""
    folder = Path("/sys/fs/cgroup")
    try:
        most = (folder / "memory.max").read_text("ascii").strip()
        used = int((folder / "memory.current").read_text("ascii"))
    except (OSError, ValueError):
        return None
    return int(most) - used if most.isdigit() else None


def _of_process() -> int | None:
    """What the process may still take, where `ulimit -v` is set."""
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if most == resource.RLIM_INFINITY:
        return None
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return int(most) - pages * os.sysconf("SC_PAGE_SIZE")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory ran out, on any device."""
    words = str(error).lower()
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError)
        and ("out of memory" in words or "can't allocate memory" in words)
    )


def refuse_after(error: BaseException, *, batch: int, tried: Sequence[int]) -> ConfigError:
    """What to say where memory ran out in the middle of a fit.

    Parameters
    ----------
    tried : smaller batches that were tried and fit, the largest first
    """
    advice = f"A batch of {tried[0]} fits" if tried else "No smaller batch was found to fit"
    said = (str(error) or type(error).__name__).splitlines()[0][:120]
    return ConfigError(
        f"model.schedule.batch: must fit in memory, got {batch}, and memory ran out "
        f"({said}). {advice}; what was learned is kept, and a "
        "config with another batch starts anew."
    )
