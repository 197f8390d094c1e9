"""Peak resident memory of this process."""

import resource
import sys
from pathlib import Path


def reset_peak() -> None:
    """Start a new peak, where the system allows it (Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return


def peak_mib() -> float:
    """Peak resident memory since the last reset, in MiB.

    Without Linux it is the peak since the process began.
    """
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    # ru_maxrss is in KiB on Linux and in bytes on macOS.
    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit / 1024
