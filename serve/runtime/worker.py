"""gthread worker that buffers each request in the event loop and dispatches it when complete.

gunicorn's own worker gives every new connection a thread, which waits for the first bytes and
reads head and body. A few slow clients, or some hundred idle ones, then block all others. See
docs/decisions/0010.
"""

import os
import selectors
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from threading import Event
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from serve.problems import Problem
from serve.runtime.connection import Connection
from serve.runtime.refusals import parse_problem, response_bytes
from serve.runtime.request_buffer import CONTINUE, MAX_HEAD_BYTES, State
from serve.runtime.streamed_body import StreamedBody, has_unread_body

IDLE_TIMEOUT_S = 75.0  # the default of nginx (keepalive_timeout)
REQUEST_TIMEOUT_S = 30.0  # from a request's first byte to its last; a guess, see decision 0010
QUIT_TIMEOUT_S = 1.0  # after Ctrl-C, to leave the event loop; a guess: it takes milliseconds
STOP_TIMEOUT_S = 1.0  # in a worker that stops, for a client to begin a request; a guess
DRAIN_TIMEOUT_S = 2.0  # after a response, to discard what still arrives; a guess
CHECK_EVERY_S = 0.5  # of time limits: they count in seconds
MAX_BUFFERED_BYTES = 64 * 1024 * 1024  # of all unanswered requests: 32 bodies of the default limit
MAX_QUEUED = 128  # dispatched and unanswered requests; eight for each thread

TOO_SLOW = Problem(
    HTTPStatus.REQUEST_TIMEOUT,
    f"request: must be sent within {REQUEST_TIMEOUT_S:.0f} seconds, got a part of it. "
    "Send it again.",
)
HEAD_TOO_LONG = Problem(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    f"headers: must be at most {MAX_HEAD_BYTES // 1024} KiB in all, got more.",
)
NO_LENGTH = Problem(
    HTTPStatus.LENGTH_REQUIRED,
    "Content-Length: must be sent with the body, got none. Send it, or use articles:batch.",
)
OVERLOADED = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "the server holds too many unfinished requests. Try again in a moment.",
)


class BufferingWorker(ThreadWorker):  # type: ignore[misc]
    """Buffers requests in its event loop; bodies over the limit are dispatched unread and refused.

    A connection is in one of four states: buffering (polled, in ``_buffering``), dispatched to a
    thread, draining (polled, in ``_draining``), or closed.

    Attributes
    ----------
    stopping : set when the worker stops, so that batches end
    """

    max_body_bytes = 2 * 1024 * 1024
    stopping = Event()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._buffering: dict[Connection, None] = {}  # a dict keeps the order of arrival
        self._draining: dict[Connection, None] = {}
        self._n_buffered = self._n_queued = 0
        self._streaming: set[Connection] = set()  # dispatched before their body has arrived
        self._probe_pool = ThreadPoolExecutor(max_workers=1)
        self._checked_at = 0.0

    def accept(self, listener: Any) -> None:
        """Accept a connection, and buffer its first request."""
        try:
            client, address = listener.accept()
        except OSError:
            return  # the client is gone, or another worker was faster
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections:
            self._close_longest_idle()
        own = listener.getsockname()
        conn = Connection(self.cfg, client, address, own, max_body_bytes=self.max_body_bytes)
        self._buffer_next(conn, b"")

    def enqueue_req(self, conn: Connection) -> None:
        """Dispatch a complete request to a thread.

        Probes have a thread of their own, so that a busy worker still reports its health.
        """
        self._n_queued += 1
        pool = self._probe_pool if conn.buffer.is_probe else self.tpool
        future = pool.submit(self.handle, conn)
        future.add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, conn, done)
        )

    def handle(self, conn: Connection) -> Any:
        """Answer a connection's request, unless the client has closed it; runs in a thread."""
        with suppress(BlockingIOError, InterruptedError):
            if conn.sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b"":
                return False
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Connection) -> Any:
        """Call the app with a body that can be streamed; runs in a thread."""
        req.body = StreamedBody(req.body.reader)
        if has_unread_body(conn.parser):
            self._streaming.add(conn)
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn: Connection, keepalive: Any) -> bool:
        """Whether to keep a connection open; never where a part of the body was not read."""
        if not keepalive or has_unread_body(conn.parser):
            return False
        return bool(super()._keepalive_after(conn, keepalive))

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer with a problem what gunicorn cannot parse."""
        del req, addr
        problem = parse_problem(exc)
        self.count_refusal(problem.status)
        if problem.status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("unexpected %s", type(exc).__name__)
        with suppress(OSError):
            client.send(response_bytes(problem))

    def finish_request(self, conn: Connection, done: Any) -> None:
        """After a response: buffer the connection's next request, or drain and close it."""
        self._n_queued -= 1
        self._release(conn)
        self._streaming.discard(conn)
        keepalive = not done.cancelled() and done.exception() is None and done.result()
        if keepalive and self.alive:
            self._buffer_next(conn, conn.take_leftover())
        else:
            self._drain(conn)

    def count_refusal(self, status: HTTPStatus) -> None:
        """Called with the status of each response that is given without the app."""

    def _buffer_next(self, conn: Connection, leftover: bytes) -> None:
        """Buffer a connection's next request, of which some bytes may have arrived already."""
        conn.sock.setblocking(False)
        conn.since = time.monotonic()
        conn.due = conn.since + IDLE_TIMEOUT_S
        self._buffering[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, conn))
        if leftover:
            self._add(conn, leftover)

    def _receive(self, conn: Connection, _sock: Any = None) -> None:
        received = conn.receive()
        if received:
            self._add(conn, received)
        elif received is not None:
            self._close(conn)

    def _add(self, conn: Connection, received: bytes) -> None:
        if not conn.buffer.content:
            conn.due = time.monotonic() + REQUEST_TIMEOUT_S
        self._n_buffered += len(received)
        conn.n_buffered += len(received)
        match conn.buffer.add(received):
            case State.COMPLETE if self._n_queued >= MAX_QUEUED and not conn.buffer.is_probe:
                self._refuse(conn, OVERLOADED)
            case State.COMPLETE:
                self._stop_polling(conn)
                self.enqueue_req(conn)
            case State.HEAD_TOO_LONG:
                self._refuse(conn, HEAD_TOO_LONG)
            case State.NO_LENGTH:
                self._refuse(conn, NO_LENGTH)
            case State.PARTIAL if self._n_buffered > MAX_BUFFERED_BYTES:
                self._refuse(conn, OVERLOADED)
            case State.PARTIAL if conn.buffer.wants_continue:
                conn.buffer.wants_continue = False
                with suppress(OSError):
                    conn.sock.send(CONTINUE)

    def _refuse(self, conn: Connection, problem: Problem) -> None:
        self._stop_polling(conn)
        self._release(conn)
        self.count_refusal(problem.status)
        with suppress(OSError):
            conn.sock.send(response_bytes(problem))
        self._drain(conn)

    def _drain(self, conn: Connection) -> None:
        """Close the sending side, and discard what arrives until the client closes.

        Closing a socket with unread bytes would reset the connection, and the client might not get
        the response (RFC 9112, section 9.6).
        """
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            conn.due = time.monotonic() + DRAIN_TIMEOUT_S
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._discard, conn))
            self._draining[conn] = None
        except (OSError, ValueError):
            self._close(conn)

    def _discard(self, conn: Connection, _sock: Any) -> None:
        if conn.receive() == b"":
            self._close(conn)

    def _close(self, conn: Connection) -> None:
        self._stop_polling(conn)
        self._release(conn)
        self.nr_conns -= 1
        conn.close()

    def _stop_polling(self, conn: Connection) -> None:
        self._buffering.pop(conn, None)
        self._draining.pop(conn, None)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)

    def _release(self, conn: Connection) -> None:
        """Count a connection's bytes no longer."""
        self._n_buffered -= conn.n_buffered
        conn.n_buffered = 0

    def _close_longest_idle(self) -> None:
        """Make room for a new connection."""
        idle = next((conn for conn in self._buffering if not conn.buffer.content), None)
        if idle is not None:
            self._close(idle)

    def murder_keepalived(self) -> None:
        """Close connections that are over their time; gunicorn calls it at every turn of the loop.

        In a worker that stops, idle connections are closed too.
        """
        now = time.monotonic()
        if now - self._checked_at < CHECK_EVERY_S and self.alive:
            return
        self._checked_at = now
        if not self.alive:
            self._stop_streaming()
        for conn in list(self._buffering):
            has_begun = bool(conn.buffer.content)
            stops = not self.alive and not has_begun and now > conn.since + STOP_TIMEOUT_S
            if now > conn.due and has_begun:
                self._refuse(conn, TOO_SLOW)
            elif now > conn.due or stops:
                self._close_if_silent(conn)
        for conn in [c for c in self._draining if now > c.due or not self.alive]:
            self._close(conn)

    def _close_if_silent(self, conn: Connection) -> None:
        """Close an idle connection, unless bytes have arrived that were not read yet."""
        self._receive(conn)
        if conn in self._buffering and not conn.buffer.content:
            self._close(conn)

    def _stop_streaming(self) -> None:
        """End the bodies of batches: lines that have arrived are answered, others are not read."""
        self.stopping.set()
        for conn in list(self._streaming):
            with suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RD)

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Stop at once (SIGQUIT, SIGINT): leave the event loop, or end the process after a second.

        gunicorn raises SystemExit here. Within a thread pool's ``submit`` that leaves a started
        thread unregistered, and the interpreter then waits for this thread forever.
        """
        self.handle_exit(sig, frame)
        signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
        signal.setitimer(signal.ITIMER_REAL, QUIT_TIMEOUT_S)

    def is_parent_alive(self) -> bool:
        """Whether the master process lives; without it, finish the requests and stop."""
        is_alive = bool(super().is_parent_alive())
        if not is_alive:
            self.alive = False
        return is_alive
