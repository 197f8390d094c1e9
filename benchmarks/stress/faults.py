"""What happens under load: promotions, a truncated bundle, a full disk, killed processes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from servers import pss_mb

from stress.service import Service, promote

EXPORT = (
    "import resource, sys; from pathlib import Path; from train.tracking.promotion import export;"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
    "export(Path(sys.argv[1]), Path(sys.argv[2]))"
)


def happenings(
    models: Path, service: Service, versions: list[int], seconds: float, events: list[Any]
) -> dict[str, list[float]]:
    """Let things happen, each at its share of the time; gives memory by phase, MiB."""
    started = time.monotonic()
    plan: list[tuple[float, Callable[[], Any]]] = [
        (0.10, lambda: truncated(models, versions)),
        (0.18, lambda: full_disk(models, versions)),
        (0.25, lambda: kill(service.children()[0], "worker", events)),
        (0.32, lambda: kill(service.process.pid if service.process else 0, "master", events)),
    ]
    memory: dict[str, list[float]] = {"warm": [], "end": []}
    changed = 0.0
    while (now := time.monotonic() - started) < seconds:
        share = now / seconds
        if plan and share >= plan[0][0]:
            plan.pop(0)[1]()
        elif now - changed > max(2.0, seconds / 60):
            changed = now
            versions.reverse()
            promote(models, versions[0])
        if 0.55 < share < 0.65:
            memory["warm"].append(pss_mb(service.children()))
        elif share > 0.9:
            memory["end"].append(pss_mb(service.children()))
        time.sleep(0.25)
    return memory


def truncated(models: Path, versions: list[int]) -> None:
    """Promote a bundle whose head was cut off; then another that is whole."""
    broken = models / "stance" / str(max(versions) + 1)
    shutil.copytree(models / "stance" / str(versions[0]), broken)
    largest = max((p for p in broken.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    os.truncate(largest, largest.stat().st_size // 2)
    promote(models, int(broken.name))
    time.sleep(2.5)
    promote(models, versions[0])


def full_disk(models: Path, versions: list[int]) -> None:
    """Export a version where no file may grow: nothing must be left of it."""
    place = models / "stance" / str(max(versions) + 2)
    before = sorted(p.name for p in place.parent.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", EXPORT, str(models / "stance" / str(versions[0])), str(place)],
        capture_output=True,
        check=False,
    )
    after = sorted(p.name for p in place.parent.iterdir())
    if done.returncode == 0 or before != after:
        raise SystemExit(f"an export without room left {after}, status {done.returncode}")


def kill(pid: int, what: str, events: list[tuple[float, str]]) -> None:
    os.kill(pid, signal.SIGKILL)
    events.append((time.monotonic(), f"killed a {what}"))
