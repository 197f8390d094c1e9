"""The private names of gunicorn that serve.runtime uses: an upgrade that moves one fails here."""

import inspect
import socket
from types import SimpleNamespace

import gunicorn
import pytest
from gunicorn.config import Config
from gunicorn.http import errors
from gunicorn.http.body import Body, ChunkedReader, LengthReader
from gunicorn.workers.gthread import TConn, ThreadWorker

from serve.runtime.connection import Connection
from serve.runtime.streamed_body import StreamedBody
from serve.runtime.worker import BufferingWorker

HEAD = b"POST / HTTP/1.1\r\nHost: here\r\n"
LENGTH = HEAD + b"Content-Length: 9\r\n\r\nfive!"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nfive!\r\n"
CALLED_BY_THE_LOOP = ("murder_keepalived", "is_parent_alive", "set_accept_enabled")


@pytest.fixture
def conn():
    ours, theirs = socket.socketpair()
    made = Connection(Config(), ours, "", "", max_body_bytes=100)
    yield made
    ours.close()
    theirs.close()


def parsed(conn, content):
    """The next request of a connection that has sent some bytes."""
    conn.buffer.content += content
    conn.init()
    return next(conn.parser)


@pytest.fixture
def worker():
    made = ThreadWorker(0, 0, [], SimpleNamespace(), 30, Config(), None)
    yield made
    made.tmp.close()


def test_gunicorn_is_of_the_version_whose_names_were_read():
    assert gunicorn.version_info[0] == 26


@pytest.mark.parametrize(
    ("own", "base"),
    [(BufferingWorker, ThreadWorker), (Connection, TConn), (StreamedBody, Body)],
)
def test_every_method_that_is_replaced_exists_and_takes_as_many_arguments(own, base):
    replaced = [n for n, f in vars(own).items() if inspect.isfunction(f) and hasattr(base, n)]
    for name in replaced:
        if name != "__init__":
            mine = inspect.signature(getattr(own, name)).parameters
            theirs = inspect.signature(getattr(base, name)).parameters
            assert len(mine) == len(theirs), name
    expected = {
        BufferingWorker: "accept enqueue_req handle handle_request _keepalive_after handle_error "
        "finish_request murder_keepalived is_parent_alive",
        Connection: "init",
        StreamedBody: "",
    }[own]
    assert {*replaced} >= {*expected.split()}


@pytest.mark.parametrize("name", CALLED_BY_THE_LOOP)
def test_the_event_loop_calls_what_is_replaced(name):
    assert f"self.{name}(" in inspect.getsource(ThreadWorker.run)


def test_a_thread_calls_what_is_replaced():
    source = inspect.getsource(ThreadWorker.handle)
    assert all(
        f"self.{n}(" in source for n in ("_keepalive_after", "handle_request", "handle_error")
    )
    assert "conn.data_ready" in source


def test_a_worker_has_the_attributes_that_are_used(worker):
    for name in ("cfg", "alive", "nr_conns", "worker_connections", "poller", "tpool", "log"):
        assert hasattr(worker, name), name
    assert callable(worker.method_queue.defer)


def test_a_connection_has_the_attributes_that_are_used(conn):
    for name in ("cfg", "sock", "parser", "data_ready", "close"):
        assert hasattr(conn, name), name


@pytest.mark.parametrize(("content", "reader"), [(LENGTH, LengthReader), (CHUNKED, ChunkedReader)])
def test_a_parsed_request_has_the_readers_and_buffers_that_are_used(conn, content, reader):
    request = parsed(conn, content)
    assert request is conn.parser.mesg
    assert type(request.body) is Body
    assert type(request.body.reader) is reader
    assert request.body.buf.getvalue() == b""
    assert conn.parser.unreader.buf.getbuffer().nbytes
    assert callable(conn.parser.unreader.take_buffered)
    body = StreamedBody(request.body.reader)
    assert body.read1() == b"five!"
    if reader is LengthReader:
        assert request.body.reader.length == 4
        assert request.body.reader.unreader is conn.parser.unreader
    else:
        assert request.body.reader.parser is not None
        assert request.body.reader.buf.getvalue() == b""


def test_the_parser_raises_the_errors_that_are_answered():
    names = "LimitRequestHeaders LimitRequestLine UnsupportedTransferCoding ExpectationFailed"
    for name in names.split():
        assert issubclass(getattr(errors, name), Exception), name
    assert issubclass(errors.ParseException, Exception)


def test_gunicorn_ends_a_worker_by_the_handler_that_is_replaced():
    assert "signal.SIGQUIT, self.handle_quit" in inspect.getsource(ThreadWorker.init_signals)
    assert list(inspect.signature(ThreadWorker.handle_exit).parameters) == ["self", "sig", "frame"]
