"""`standpoint serve` behind a socket that outlives it, as systemd does it, and its versions."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from standpoint.model.registry import Pointer, find_served, read_pointer, write_pointer

START = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_FDS'] = '1';"
    "os.environ['LISTEN_PID'] = str(os.getpid());"
    "os.execv(sys.executable, [sys.executable, '-m', 'standpoint', 'serve', *sys.argv[2:]])"
)


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


def metrics(port: int) -> dict[str, float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/metrics")
    told = connection.getresponse().read().decode()
    pairs = re.findall(
        r'^standpoint_reloads_total\{outcome="(\w+)"\} ([0-9.]+)', told, re.MULTILINE
    )
    return {outcome: float(count) for outcome, count in pairs}


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


def promote(models: Path, version: int) -> None:
    before = read_pointer(models, "stance")
    write_pointer(
        models, "stance", Pointer(version=version, before=(before.version,) if before else ())
    )
