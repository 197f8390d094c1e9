"""gunicorn's threaded worker, but that a request takes a thread only once it is here.

gunicorn gives every new connection a thread that waits for its first bytes, and reads heads and
bodies in that thread; a few slow clients, or some hundred idle ones, then keep all others waiting.
Here the worker's one event loop gathers requests (`serve.runtime.request_buffer`) and
hands whole ones over.
"""

import io
import json
import selectors
import socket
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from threading import Event
from typing import Any

from gunicorn.http import errors
from gunicorn.http.body import Body, ChunkedReader, LengthReader
from gunicorn.workers.gthread import TConn, ThreadWorker

from serve.runtime.request_buffer import CONTINUE, MAX_HEAD_BYTES, RequestBuffer, State
from serve.security import ALWAYS, API_POLICY

IDLE_S = 75.0  # a connection that says nothing
GATHER_S = 30.0  # from a request's first byte to its last
STALL_S = 30.0  # one read or write of a streamed body or of an answer
LAST_S = 1.0  # for a connection to say something to a worker that is to end
LINGER_S = 2.0  # after an answer, for bytes that nobody reads
LOOK_EVERY_S = 0.5
RECEIVE_BYTES = 64 * 1024
MAX_HELD_BYTES = 64 * 1024 * 1024  # of requests that are not answered yet, in all
MAX_QUEUED = 128  # requests that a worker has taken and not answered


class PromptBody(Body):  # type: ignore[misc]
    """gunicorn's request body, that can also be read as it comes in.

    Its own `read` waits until as many bytes are here as were asked for; a client that waits for the
    answer to one line before it sends the next would then wait for ever.
    """

    def read1(self, _size: int = -1) -> bytes:
        """What has come in, or the next that does; nothing at the end."""
        held = bytes(self.buf.getvalue())  # type: ignore[has-type]
        if held:
            self.buf = io.BytesIO()
            return held
        match self.reader:
            case ChunkedReader():
                return _next_chunk(self.reader)
            case LengthReader():
                return _next_of_length(self.reader)
            case _:
                found: bytes = self.reader.read(1024)
                return found


def _next_chunk(reader: Any) -> bytes:
    held: bytes = reader.buf.getvalue()
    reader.buf = io.BytesIO()
    while not held and reader.parser is not None:
        try:
            held = next(reader.parser)
        except StopIteration:
            reader.parser = None
    return held


def _next_of_length(reader: Any) -> bytes:
    if not reader.length:
        return b""
    some: bytes = reader.unreader.read()
    if not some:
        raise ConnectionError("the body broke off")
    found, rest = some[: reader.length], some[reader.length :]
    reader.unreader.unread(rest)
    reader.length -= len(found)
    return found


def _is_unread(conn: "Connection") -> bool:
    """Whether a part of the body is still to come from the client."""
    reader = conn.parser.mesg.body.reader
    match reader:
        case ChunkedReader():
            return reader.parser is not None
        case LengthReader():
            return bool(reader.length > conn.parser.unreader.buf.getbuffer().nbytes)
        case _:
            return False


class Connection(TConn):  # type: ignore[misc]
    """A connection whose request is handed to gunicorn's parser as it was gathered."""

    def __init__(self, *args: Any, max_body_bytes: int) -> None:
        super().__init__(*args)
        self.gathered = RequestBuffer(max_body_bytes)
        self.since = self.due = 0.0
        self.n_held = 0
        self.data_ready = True

    def init(self) -> None:
        """Called in the thread that answers."""
        super().init()
        self.sock.settimeout(STALL_S)
        self.parser.unreader.unread(self.gathered.take())

    def said(self) -> bytes | None:
        """What the client has sent: nothing where it is gone, None where it is silent."""
        try:
            found: bytes = self.sock.recv(RECEIVE_BYTES)
        except (BlockingIOError, InterruptedError):
            return None
        except OSError:
            return b""
        return found

    def leftover(self) -> bytes:
        """What has come in behind the request that was answered."""
        found: bytes = self.parser.unreader.take_buffered()
        return found


class BufferingWorker(ThreadWorker):  # type: ignore[misc]
    """Gathers requests in its event loop; larger bodies are refused by the app, unread."""

    max_body_bytes = 2 * 1024 * 1024
    stopping = Event()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gathering: dict[Connection, None] = {}  # in the order in which they came
        self._lingering: dict[Connection, None] = {}
        self._held = self._queued = 0
        self._streams: set[Connection] = set()  # whose bodies come in while they are answered
        self._probes = ThreadPoolExecutor(max_workers=1)
        self._looked = 0.0

    def accept(self, listener: Any) -> None:
        """Take a connection, and wait for what it says."""
        try:
            client, address = listener.accept()
        except OSError:
            return  # gone, or taken by another worker
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections:
            self._drop_an_idle_one()
        here = listener.getsockname()
        conn = Connection(self.cfg, client, address, here, max_body_bytes=self.max_body_bytes)
        self._gather(conn, b"")

    def enqueue_req(self, conn: Connection) -> None:
        """Give a whole request to a thread; who asks after the worker's health has one apart."""
        self._queued += 1
        pool = self._probes if conn.gathered.is_probe else self.tpool
        done = pool.submit(self.handle, conn)
        done.add_done_callback(lambda it: self.method_queue.defer(self.finish_request, conn, it))

    def handle(self, conn: Connection) -> Any:
        """Answer a connection's request in a thread, unless who asked is gone by now."""
        with suppress(BlockingIOError, InterruptedError):
            if conn.sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b"":
                return False
        return super().handle(conn)

    def _keepalive_after(self, conn: Connection, keepalive: Any) -> bool:
        """A body that nobody read and that is not here is not waited for: the connection ends."""
        if not keepalive or _is_unread(conn):
            return False
        return bool(super()._keepalive_after(conn, keepalive))

    def _gather(self, conn: Connection, behind: bytes) -> None:
        """Wait for the next request of a connection, of which some may be here already."""
        conn.sock.setblocking(False)
        conn.since = time.monotonic()
        conn.due = conn.since + IDLE_S
        self._gathering[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, conn))
        if behind:
            self._take_in(conn, behind)

    def _receive(self, conn: Connection, _sock: Any) -> None:
        some = conn.said()
        if some:
            self._take_in(conn, some)
        elif some is not None:
            self._close(conn)

    def _take_in(self, conn: Connection, some: bytes) -> None:
        if not conn.gathered.content:
            conn.due = time.monotonic() + GATHER_S
        self._held += len(some)
        conn.n_held += len(some)
        match conn.gathered.add(some):
            case State.WHOLE if self._queued >= MAX_QUEUED and not conn.gathered.is_probe:
                self._refuse(conn, HTTPStatus.SERVICE_UNAVAILABLE, CROWDED)
            case State.WHOLE:
                self._wait_no_longer(conn)
                self.enqueue_req(conn)
            case State.LONG_HEAD:
                self._refuse(conn, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, LONG_HEAD)
            case State.UNMEASURED:
                self._refuse(conn, HTTPStatus.LENGTH_REQUIRED, NO_LENGTH)
            case State.PART if self._held > MAX_HELD_BYTES:
                self._refuse(conn, HTTPStatus.SERVICE_UNAVAILABLE, CROWDED)
            case State.PART if conn.gathered.wants_continue:
                conn.gathered.wants_continue = False
                with suppress(OSError):
                    conn.sock.send(CONTINUE)

    def _release(self, conn: Connection) -> None:
        """Wait no longer for a connection, and hold nothing of it."""
        self._wait_no_longer(conn)
        self._held -= conn.n_held
        conn.n_held = 0

    def _wait_no_longer(self, conn: Connection) -> None:
        self._gathering.pop(conn, None)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)

    def _close(self, conn: Connection) -> None:
        self._release(conn)
        self.nr_conns -= 1
        conn.close()

    def _end_streams(self) -> None:
        """Read no more of bodies that have no end of their own: what is here is answered."""
        self.stopping.set()
        for conn in list(self._streams):
            with suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RD)

    def _close_if_silent(self, conn: Connection) -> None:
        """Close an idle connection, unless it has said something that was not looked at yet."""
        self._receive(conn, conn.sock)
        if conn in self._gathering and not conn.gathered.content:
            self._close(conn)

    def _refuse(self, conn: Connection, status: HTTPStatus, detail: str) -> None:
        self._release(conn)
        self.count_refusal(status)
        with suppress(OSError):
            conn.sock.send(problem_bytes(status, detail))
        self._linger(conn)

    def count_refusal(self, status: HTTPStatus) -> None:
        """Called with the status of each answer that is given without the app."""

    def _linger(self, conn: Connection) -> None:
        """Say that no more comes, and read on for a while, so that the answer is not cut off.

        A socket that is closed with bytes unread resets the connection (RFC 9112, 9.6).
        """
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            conn.due = time.monotonic() + LINGER_S
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._drain, conn))
            self._lingering[conn] = None
        except (OSError, ValueError):
            self._let_go(conn)

    def _drain(self, conn: Connection, _sock: Any) -> None:
        if conn.said() == b"":
            self._let_go(conn)

    def _let_go(self, conn: Connection) -> None:
        self._lingering.pop(conn, None)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def _drop_an_idle_one(self) -> None:
        """Make room for one who may say something: the longest idle connection goes."""
        idle = next((conn for conn in self._gathering if not conn.gathered.content), None)
        if idle is not None:
            self._close(idle)

    def murder_keepalived(self) -> None:
        """Called at every turn of the loop: ends who is over time, and, stopping, who is idle."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY_S and self.alive:
            return
        self._looked = now
        if not self.alive:
            self._end_streams()
        for conn in list(self._gathering):
            begun = bool(conn.gathered.content)
            if now > conn.due and begun:
                self._refuse(conn, HTTPStatus.REQUEST_TIMEOUT, TOO_SLOW)
            elif now > conn.due or (not self.alive and not begun and now > conn.since + LAST_S):
                self._close_if_silent(conn)
        for conn in [c for c in self._lingering if now > c.due or not self.alive]:
            self._let_go(conn)

    def is_parent_alive(self) -> bool:
        """Whether the master is there; without it, finish what was begun and take nothing new."""
        there = bool(super().is_parent_alive())
        if not there:
            self.alive = False
        return there

    def finish_request(self, conn: Connection, done: Any) -> None:
        """After an answer: wait for the connection's next request, or close it."""
        self._queued -= 1
        self._held -= conn.n_held
        conn.n_held = 0
        self._streams.discard(conn)
        keep = not done.cancelled() and done.exception() is None and done.result()
        if keep and self.alive:
            self._gather(conn, conn.leftover())
        else:
            self._linger(conn)

    def handle_request(self, req: Any, conn: Connection) -> Any:
        """Answer a request."""
        req.body = PromptBody(req.body.reader)
        if _is_unread(conn):
            self._streams.add(conn)
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer what gunicorn cannot parse in the one shape of errors."""
        del req, addr
        status, detail = _parse_fault(exc)
        self.count_refusal(status)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("unforeseen %s", type(exc).__name__)
        with suppress(OSError):
            client.send(problem_bytes(status, detail))


TOO_SLOW = f"request: must be sent within {GATHER_S:.0f} seconds, got a part of it. Send it again."
LONG_HEAD = f"headers: must be at most {MAX_HEAD_BYTES // 1024} KiB in all, got more."
NO_LENGTH = "Content-Length: must be sent with the body, got none. Send it, or use articles:batch."
CROWDED = "the server holds too many unfinished requests. Try again in a moment."


def _parse_fault(exc: BaseException) -> tuple[HTTPStatus, str]:
    match exc:
        case errors.LimitRequestHeaders():
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            return status, "headers: must be at most 100, of 8 KiB each, got more."
        case errors.LimitRequestLine():
            return HTTPStatus.REQUEST_URI_TOO_LONG, "path: must be at most 4 KiB, got more."
        case errors.UnsupportedTransferCoding():
            return HTTPStatus.NOT_IMPLEMENTED, "Transfer-Encoding: must be chunked, got another."
        case errors.ExpectationFailed():
            return HTTPStatus.EXPECTATION_FAILED, "Expect: must be 100-continue, got another."
        case errors.ParseException():
            return HTTPStatus.BAD_REQUEST, "request: must be HTTP/1.1, got something else."
        case _:
            return HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed."


_HEADERS = "".join(
    f"{name}: {value}\r\n"
    for name, value in {
        **ALWAYS,
        "Content-Security-Policy": API_POLICY,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }.items()
)


def problem_bytes(status: HTTPStatus, detail: str) -> bytes:
    """A whole HTTP answer that is a problem, for connections that never reach the app."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    content = json.dumps(body).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Content-Type: application/problem+json\r\n"
        f"Content-Length: {len(content)}\r\n"
        f"{_HEADERS}"
        f"X-Request-ID: {uuid.uuid4().hex}\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode() + content
