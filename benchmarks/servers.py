"""Servers that a benchmark starts, asks, weighs and ends."""

import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_S = 300.0
END_S = 30.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A server that answers, and how long it took from its process's start to its first answer."""

    port: int
    pid: int
    cold_start_s: float

    def memory_mb(self) -> float:
        """The proportional set size of the whole process tree: a shared page counts once in all."""
        return pss_mb(_tree(self.pid))

    def cpu_seconds(self) -> float:
        """What the process tree has spent."""
        ticks = sum(_ticks(pid) for pid in _tree(self.pid))
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(
    command: Sequence[str], *, port: int, environ: dict[str, str], path: str, body: bytes
) -> Iterator[Server]:
    """Start a server; it is there once it answers ``body`` with 200. It is ended in any case."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(process, port, path, body)
        yield Server(port, process.pid, time.perf_counter() - started)
    finally:
        _end(process)


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, body: bytes) -> None:
    deadline = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with Asking(port, path) as asking:
                asking.ask(body)
                return
        except RefusedError as refused:
            if refused.status < 500:
                raise SystemExit(f"{path}: must be answered with 200, got {refused}.") from None
        except (OSError, http.client.HTTPException):
            pass  # not there yet
        time.sleep(0.02)
    raise SystemExit(f"{path}: must be answered within {START_S:g} s, got nothing.")


def _end(process: "subprocess.Popen[bytes]") -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_S)
            break
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # what outlived its parent


class RefusedError(Exception):
    """An answer that is not 200."""

    def __init__(self, status: int, content: bytes) -> None:
        super().__init__(f"{status}: {content[:300]!r}")
        self.status = status


class Asking:
    """One connection, kept, on which the same route is asked."""

    def __init__(self, port: int, path: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._path = path

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, body: bytes) -> bytes:
        """Post a body; gives the content of the answer, which must be 200."""
        headers = {"Content-Type": "application/json"}
        self._connection.request("POST", self._path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RefusedError(answer.status, content)
        return content


def seconds_of(port: int, path: str, bodies: Sequence[bytes], *, clients: int) -> list[float]:
    """The seconds of each request; clients share the bodies, each on a connection of its own."""
    found: list[list[float]] = [[] for _ in range(clients)]
    ready = threading.Barrier(clients)

    def work(number: int) -> None:
        with Asking(port, path) as asking:
            ready.wait()
            for body in bodies[number::clients]:
                started = time.perf_counter()
                asking.ask(body)
                found[number].append(time.perf_counter() - started)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [seconds for some in found for seconds in some]
    if len(times) != len(bodies):
        raise SystemExit(f"{path}: must answer {len(bodies)} requests, got {len(times)} answers.")
    return times


def timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def percentile_ms(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def medians(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    """The median of each number over the rounds."""
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def _tree(pid: int) -> list[int]:
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _tree(int(child))
    return found


def pss_mb(pids: Sequence[int]) -> float:
    """The proportional set size of some processes together, MiB."""
    return sum(map(_pss_kb, pids)) / 1024


def _pss_kb(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _ticks(pid: int) -> int:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0


def show(found: dict[str, Any], *, as_json: bool) -> None:
    """Print one JSON object, or a line for each number."""
    if as_json:
        print(json.dumps(found))
        return
    for name, part in found.items():
        if isinstance(part, dict):
            print(f"{name}: " + ", ".join(f"{k} {_short(v)}" for k, v in part.items()))
        else:
            print(f"{name}: {_short(part)}")


def _short(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
