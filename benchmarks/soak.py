"""Full load while champions change and things break: no wrong answer, no failed request.

    python benchmarks/soak.py ARTICLE --codebook NAME [--seconds 600] [--json]

Serves a copy of the models folder under a supervisor that holds the socket, as systemd does, and
asks it from 16 connections all the time. Meanwhile the champion is changed every few seconds, a
truncated bundle is promoted, an export meets a full disk, a worker is killed and then the master.
Every answer is compared with what the version it names answered in quiet. A request fails if it got
no right answer, but for those in flight in a process that was killed. Memory is that of the workers
after the kills: growth is the last tenth of the time over the tenth after they have warmed up.
"""

import argparse
import http.client
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from servers import percentile_ms, pss_mb

from standpoint.model.registry import Pointer, find_served, read_pointer, write_pointer
from standpoint.settings import read_settings

CLIENTS = 16
AFTER_KILL_S = 5.0
START = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_FDS'] = '1';"
    "os.environ['LISTEN_PID'] = str(os.getpid());"
    "os.execv(sys.executable, [sys.executable, '-m', 'standpoint', 'serve', *sys.argv[2:]])"
)
EXPORT = (
    "import resource, sys; from pathlib import Path; from train.tracking.promotion import export;"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
    "export(Path(sys.argv[1]), Path(sys.argv[2]))"
)


@dataclass
class Tally:
    """What the clients saw."""

    right: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    failed: list[tuple[float, str]] = field(default_factory=list)
    again: int = 0
    seconds: list[float] = field(default_factory=list)


class Service:
    """`standpoint serve` behind a socket that outlives it."""

    def __init__(self, models: Path, log: Path, *, workers: int) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(1024)
        self.port = int(self.socket.getsockname()[1])
        self.models, self.log = models, log
        self.words = ["--workers", str(workers)]
        self.process: subprocess.Popen[bytes] | None = None
        self.ended = False
        threading.Thread(target=self._supervise, daemon=True).start()

    def _supervise(self) -> None:
        while not self.ended:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    [sys.executable, "-c", START, str(self.socket.fileno()), *self.words],
                    env={**os.environ, "STANDPOINT_MODELS_DIR": str(self.models)},
                    pass_fds=[self.socket.fileno()],
                    stdout=log,
                    stderr=log,
                )
            self.process.wait()

    def children(self) -> list[int]:
        """The workers."""
        pid = self.process.pid if self.process else 0
        try:
            found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            return []
        return [int(child) for child in found]

    def end(self) -> None:
        """Stop it, and wait."""
        self.ended = True
        if self.process is not None:
            self.process.terminate()
            self.process.wait(60)
        self.socket.close()


def main() -> None:
    args = arguments()
    seconds = args.seconds
    text = args.article.read_text("utf-8")
    body = json.dumps({"text": text, "codebook": args.codebook}).encode()
    with tempfile.TemporaryDirectory(prefix="standpoint-soak-") as scratch:
        models = Path(shutil.copytree(read_settings().models_dir, Path(scratch, "models"),
                                      ignore=only_what_serves))  # fmt: skip
        found = soak(models, Path(scratch, "log"), body, seconds, args.workers)
    if args.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:28} {value}" for name, value in found.items()))
    sys.exit(0 if found["passed"] else 1)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("article", type=Path)
    parser.add_argument("--codebook", default="geneva2")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def only_what_serves(folder: str, names: list[str]) -> list[str]:
    """Leave the store and the caches of a models folder where they are."""
    wanted = {"stance", "sentiment", "encoders", "shipped"}
    is_top = bool(wanted & set(names)) and Path(folder).parent.name not in wanted
    return [name for name in names if name not in wanted] if is_top else []


def soak(models: Path, log: Path, body: bytes, seconds: float, workers: int) -> dict[str, Any]:
    versions = two_versions(models)
    service = Service(models, log, workers=workers)
    tally, ended = Tally(), threading.Event()
    events: list[tuple[float, str]] = []
    try:
        wait_until_ready(service.port)
        expected = {v: quiet_answer(models, service.port, body, v) for v in versions}
        clients = [
            threading.Thread(target=client, args=(service.port, body, expected, tally, ended))
            for _ in range(CLIENTS)
        ]
        for each in clients:
            each.start()
        memory = happenings(models, service, versions, seconds, events)
        ended.set()
        for each in clients:
            each.join(60)
        counted = metrics(service.port)
    finally:
        ended.set()
        service.end()
    return report(tally, events, memory, counted, log.read_text("utf-8"), seconds)


def two_versions(models: Path) -> list[int]:
    """The last two versions of stance; where there is one only, a copy of it is the second."""
    found = sorted(int(p.name) for p in models.glob("stance/*") if p.name.isdigit())[-2:]
    if not found:
        served = find_served(models, "stance")
        if served is None:
            raise SystemExit(f"{models}: must hold a champion or a shipped model, got neither.")
        found = [1]
        shutil.copytree(served.folder, models / "stance" / "1")
    if len(found) == 1:
        found.append(found[0] + 1)
        shutil.copytree(models / "stance" / str(found[0]), models / "stance" / str(found[1]))
    return found


def quiet_answer(models: Path, port: int, body: bytes, version: int) -> Any:
    """What a version answers when nothing else goes on."""
    promote(models, version)
    for _ in range(100):
        time.sleep(0.2)
        found = ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), body)
        if found["model"]["stance"]["version"] == version:
            time.sleep(1)  # until every worker has it
            return found
    raise SystemExit(f"version {version} was not taken up")


def promote(models: Path, version: int) -> None:
    before = read_pointer(models, "stance")
    write_pointer(
        models, "stance", Pointer(version=version, before=(before.version,) if before else ())
    )


def ask(connection: http.client.HTTPConnection, body: bytes) -> Any:
    connection.request("POST", "/v1/articles", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise http.client.HTTPException(f"status {answer.status}: {content[:200]!r}")
    return json.loads(content)


def client(
    port: int, body: bytes, expected: dict[int, Any], tally: Tally, ended: threading.Event
) -> None:
    """Ask without a pause; a kept connection that was closed meanwhile is opened anew once."""
    connection, is_fresh = http.client.HTTPConnection("127.0.0.1", port, timeout=60), True
    while not ended.is_set():
        started = time.monotonic()
        try:
            found = ask(connection, body)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            dropped = isinstance(error, http.client.RemoteDisconnected | ConnectionError)
            if dropped and not is_fresh and time.monotonic() - started < 0.1:
                tally.again += 1
            else:
                tally.failed.append((time.monotonic(), repr(error)))
            connection, is_fresh = http.client.HTTPConnection("127.0.0.1", port, timeout=60), True
            continue
        is_fresh = False
        tally.seconds.append(time.monotonic() - started)
        version = found["model"]["stance"]["version"]
        if found == expected.get(version):
            tally.right[version] += 1
        else:
            tally.wrong.append(difference(found, expected.get(version)))
    connection.close()


def difference(found: Any, expected: Any, where: str = "") -> str:
    """The first place in which an answer is not what was expected."""
    if isinstance(found, dict) and isinstance(expected, dict) and found.keys() == expected.keys():
        pairs = [(f"{where}/{key}", found[key], expected[key]) for key in found]
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        pairs = [
            (f"{where}/{n}", *both) for n, both in enumerate(zip(found, expected, strict=True))
        ]
    else:
        return f"{where}: {str(found)[:80]} for {str(expected)[:80]}"
    return next(difference(f, e, place) for place, f, e in pairs if f != e)


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


def metrics(port: int) -> dict[str, float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/metrics")
    told = connection.getresponse().read().decode()
    pairs = re.findall(
        r'^standpoint_reloads_total\{outcome="(\w+)"\} ([0-9.]+)', told, re.MULTILINE
    )
    return {outcome: float(count) for outcome, count in pairs}


def wait_until_ready(port: int) -> None:
    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise SystemExit("the service did not start")


def errors_in(log: str) -> list[str]:
    """What the service complained of, without what differs each time."""
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    told = [
        f"{line['message']} {' < '.join(line.get('trace', [])[-3:][::-1])}"
        for line in lines
        if line["level"] in ("error", "critical")
    ]
    other = [line for line in log.splitlines() if not line.startswith("{")]
    return [re.sub(r"/\S*/", "", line)[:400] for line in told + other]


def report(
    tally: Tally,
    events: list[tuple[float, str]],
    memory: dict[str, list[float]],
    counted: dict[str, float],
    log: str,
    seconds: float,
) -> dict[str, Any]:
    in_flight = [f for f in tally.failed if any(0 <= f[0] - at < AFTER_KILL_S for at, _ in events)]
    first = events[0][0] if events else 0.0
    others = [
        f"{told}, {at - first:.1f} s after the first kill"
        for at, told in tally.failed
        if (at, told) not in in_flight
    ]
    warm, end = (statistics.median(memory[phase] or [0.0]) for phase in ("warm", "end"))
    times = sorted(tally.seconds) or [0.0]
    refused = log.count("the new champion was refused")
    growth = end / warm - 1 if warm else 0.0
    passed = not tally.wrong and not others and refused > 0 and growth <= 0.05
    return {
        "passed": passed and len(in_flight) <= CLIENTS * len(events) and len(tally.right) == 2,
        "seconds": seconds,
        "requests": sum(tally.right.values()) + len(tally.wrong) + len(tally.failed),
        "right_by_version": dict(tally.right),
        "wrong": len(tally.wrong),
        "wrong_ones": tally.wrong[:5],
        "failed": len(others),
        "failures": others[:5],
        "in_flight_in_the_killed": len(in_flight),
        "sent_again": tally.again,
        "refused_bundles": refused,
        "errors_logged": dict(Counter(errors_in(log)).most_common(8)),
        "reloads": counted,
        "memory_warm_mib": round(warm, 1),
        "memory_end_mib": round(end, 1),
        "memory_growth": round(growth, 4),
        "p50_ms": round(percentile_ms(times, 0.5), 1),
        "p99_ms": round(percentile_ms(times, 0.99), 1),
        "max_s": round(times[-1], 2),
        "requests_per_s": round(sum(tally.right.values()) / seconds, 1),
    }


if __name__ == "__main__":
    main()
