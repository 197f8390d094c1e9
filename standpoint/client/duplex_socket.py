"""A socket that one thread writes while another reads, over TLS too."""

import io
import selectors
import socket
import ssl
import threading
import time
from contextlib import suppress
from typing import Any

LOOK_EVERY_S = 0.2
_LATER = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Duplex:
    """Both ways of one socket at once.

    An SSL object must not be read and written at the same moment: the lock is held while bytes
    move, and never while waiting for them.

    Parameters
    ----------
    timeout : seconds that the other side may keep silent while it is waited for. The time in which
        ``is_idle`` is set, because this side has nothing to send yet, does not count.
    """

    def __init__(self, sock: socket.socket, *, timeout: float) -> None:
        sock.setblocking(False)
        self.is_idle = False
        self._sock = sock
        self._timeout = timeout
        self._lock = threading.Lock()
        self._moved = time.monotonic()

    def sendall(self, content: bytes) -> None:
        """Send everything; waits as long as the other side does not take it."""
        rest = memoryview(content)
        while rest:
            with suppress(*_LATER):
                with self._lock:
                    sent = self._sock.send(rest)
                self._moved = time.monotonic()
                rest = rest[sent:]
                continue
            _ready(self._sock, selectors.EVENT_WRITE)

    def recv_into(self, buffer: Any) -> int:
        """Receive some bytes; 0 at the end. TimeoutError where none came in time."""
        asked = time.monotonic()
        while True:
            with suppress(*_LATER), self._lock:
                return self._sock.recv_into(buffer)
            if not _ready(self._sock, selectors.EVENT_READ) and self._is_late(asked):
                raise TimeoutError

    def _is_late(self, asked: float) -> bool:
        if self.is_idle:
            self._moved = time.monotonic()
        return time.monotonic() - max(asked, self._moved) > self._timeout

    def makefile(self, mode: str) -> io.BufferedReader:
        """A file to read from, as `http.client` wants it."""
        del mode
        return io.BufferedReader(_Raw(self))

    def shut(self) -> None:
        """End both ways, and so whoever waits for one of them."""
        with suppress(OSError), self._lock:
            self._sock.shutdown(socket.SHUT_RDWR)


class _Raw(io.RawIOBase):
    def __init__(self, duplex: Duplex) -> None:
        self._duplex = duplex

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._duplex.recv_into(buffer)


def _ready(sock: socket.socket, event: int) -> bool:
    with selectors.DefaultSelector() as waiting:
        waiting.register(sock, event)
        return bool(waiting.select(LOOK_EVERY_S))
