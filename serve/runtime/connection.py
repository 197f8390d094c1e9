"""A client's connection whose request is buffered before gunicorn parses it."""

from typing import Any

from gunicorn.workers.gthread import TConn

from serve.runtime.request_buffer import RequestBuffer

STALL_TIMEOUT_S = 30.0  # for one read of a streamed body or one write of a response; a guess
RECEIVE_BYTES = 64 * 1024  # at a time: most articles come in one read


class Connection(TConn):  # type: ignore[misc]
    """gunicorn's connection with a request buffer.

    Attributes
    ----------
    since, due : when it began to wait for a request, and when it is closed if none arrives;
        in seconds of the monotonic clock
    n_buffered : bytes that count against the worker's limit
    """

    def __init__(self, *args: Any, max_body_bytes: int) -> None:
        super().__init__(*args)
        self.buffer = RequestBuffer(max_body_bytes)
        self.since = self.due = 0.0
        self.n_buffered = 0
        self.data_ready = True  # gunicorn must not wait for data: the request is buffered

    def init(self) -> None:
        """Hand the buffered bytes to gunicorn's parser; called in the thread that answers."""
        super().init()
        self.sock.settimeout(STALL_TIMEOUT_S)
        self.parser.unreader.unread(self.buffer.take())

    def receive(self) -> bytes | None:
        """Bytes that arrived: empty where the client is gone, None where nothing arrived."""
        try:
            return bytes(self.sock.recv(RECEIVE_BYTES))
        except (BlockingIOError, InterruptedError):
            return None
        except OSError:
            return b""

    def take_leftover(self) -> bytes:
        """Bytes that arrived behind the answered request: the start of the next one."""
        return bytes(self.parser.unreader.take_buffered())
