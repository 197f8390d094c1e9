"""A full-duplex socket: one thread writes while another reads, over TLS too."""

import io
import selectors
import socket
import ssl
import threading
import time
from contextlib import suppress
from typing import Any

POLL_INTERVAL_S = 0.2  # how often a thread that waits checks its timeout
_RETRIED = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class DuplexSocket:
    """A socket to read and write at the same time.

    An SSL object must not be read and written at the same moment: the lock is locked while bytes
    are copied, and never while a thread waits for the network.

    Parameters
    ----------
    timeout : seconds to wait for data from the other side. The time in which ``is_idle`` is set,
        because this side has nothing to send yet, does not count.
    """

    def __init__(self, sock: socket.socket, *, timeout: float) -> None:
        sock.setblocking(False)
        self.is_idle = False
        self._sock = sock
        self._timeout = timeout
        self._lock = threading.Lock()
        self._last_sent = time.monotonic()

    def sendall(self, content: bytes) -> None:
        """Send all bytes; blocks while the other side does not receive them."""
        rest = memoryview(content)
        while rest:
            with suppress(*_RETRIED):
                with self._lock:
                    n_sent = self._sock.send(rest)
                self._last_sent = time.monotonic()
                rest = rest[n_sent:]
                continue
            _wait(self._sock, selectors.EVENT_WRITE)

    def recv_into(self, buffer: Any) -> int:
        """Receive some bytes; returns 0 at the end of the stream.

        Raises
        ------
        TimeoutError
            none arrived in time
        """
        started = time.monotonic()
        while True:
            with suppress(*_RETRIED), self._lock:
                return self._sock.recv_into(buffer)
            if not _wait(self._sock, selectors.EVENT_READ) and self._is_late(started):
                raise TimeoutError

    def _is_late(self, started: float) -> bool:
        if self.is_idle:
            self._last_sent = time.monotonic()
        return time.monotonic() - max(started, self._last_sent) > self._timeout

    def makefile(self, mode: str) -> io.BufferedReader:
        """A file to read from, in the way `http.client` calls it."""
        del mode
        return io.BufferedReader(_SocketFile(self))

    def shutdown(self) -> None:
        """Close both directions; threads that wait for one of them return."""
        with suppress(OSError), self._lock:
            self._sock.shutdown(socket.SHUT_RDWR)


class _SocketFile(io.RawIOBase):
    def __init__(self, duplex: DuplexSocket) -> None:
        self._duplex = duplex

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._duplex.recv_into(buffer)


def _wait(sock: socket.socket, event: int) -> bool:
    """Wait until a socket is ready to read or write; False after the poll interval."""
    with selectors.DefaultSelector() as selector:
        selector.register(sock, event)
        return bool(selector.select(POLL_INTERVAL_S))
