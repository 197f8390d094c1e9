"""A real server process over a house, and plain sockets to ask it by."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SENTENCE = "Ruritania rejects the river dam."
BODY = json.dumps({"text": SENTENCE, "codebook": "dam"}).encode()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Running:
    """A server process."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self, timeout: float = 20) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def get(self, path: str, timeout: float = 20) -> bytes:
        with urllib.request.urlopen(self.base + path, timeout=timeout) as answer:
            return answer.read()

    def post(
        self, path: str, body: bytes = BODY, media_type: str = "application/json", timeout=20
    ) -> Any:
        request = urllib.request.Request(self.base + path, body, {"Content-Type": media_type})
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.load(answer)

    def stance(self) -> tuple[int, str]:
        """The version that answers, and what it answers."""
        found = self.post("/v1/articles")
        return found["model"]["stance"]["version"], found["stances"][0]["stance"]

    def workers(self) -> list[int]:
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in found]

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def request_bytes(
    method: str, path: str, body: bytes = b"", media_type: str = "application/json"
) -> bytes:
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    if body:
        head += f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def answer_of(sock: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Read one answer of a known length from a socket."""
    got = b""
    while b"\r\n\r\n" not in got:
        some = sock.recv(65536)
        assert some, f"the connection was closed after {got!r}"
        got += some
    head, _, body = got.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (r.partition(": ") for r in rest)}
    while len(body) < int(headers.get("content-length", 0)):
        body += sock.recv(65536)
    return int(first.split()[1]), headers, body


@contextmanager
def running(house: Any, *words: str, **environ: str) -> Iterator[Running]:
    """Serve a house until the block ends."""
    port = free_port()
    log = house.root / "log.jsonl"
    root = Path(__file__).parents[2]
    env = {
        **os.environ,
        "PYTHONPATH": str(root),
        "STANDPOINT_MODELS_DIR": str(house.models),
        "STANDPOINT_CODEBOOKS_DIR": str(house.codebooks),
        **environ,
    }
    command = [sys.executable, "-m", "standpoint", "serve", "--port", str(port), *words]
    with log.open("ab") as err:
        process = subprocess.Popen(
            command, cwd=house.root, env=env, stderr=err, stdout=err, start_new_session=True
        )
    server = Running(port, process, log)
    try:
        _wait(server)
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(45)


def _wait(server: Running) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            server.get("/readyz", timeout=5)
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert server.process.poll() is None, server.log.read_text()
            assert time.monotonic() < deadline, server.log.read_text()
            time.sleep(0.05)
