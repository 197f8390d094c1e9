"""A buffer for the bytes of one request, until it is complete or must be streamed.

Slow and silent clients then cost memory for what they sent, and no thread.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

HEAD_END = b"\r\n\r\n"
MAX_HEAD_BYTES = 64 * 1024  # twice the default of nginx (large_client_header_buffers 4 8k)
STREAMED = re.compile(rb"POST /v1/articles(:|%3[aA])batch[ ?]")
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_PROBE = re.compile(rb"(GET|HEAD) /(healthz|readyz|ping|metrics)[ ?]")
_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*([0-9]{1,15})[ \t]*(?=\r\n)", re.IGNORECASE)
_ENCODED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECT = re.compile(rb"\r\nexpect[ \t]*:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


class State(Enum):
    """How much of a request is buffered."""

    PARTIAL = auto()
    COMPLETE = auto()  # ready for a thread; also a streamed or too long body, which is not buffered
    HEAD_TOO_LONG = auto()
    NO_LENGTH = auto()  # a chunked body on a path that is not streamed


@dataclass
class RequestBuffer:
    """The bytes that a connection has sent of its next request.

    Attributes
    ----------
    wants_continue : the client waits for ``100 Continue`` before it sends the body
    """

    max_body_bytes: int
    content: bytearray = field(default_factory=bytearray)
    wants_continue: bool = False
    _n_needed: int | None = None  # bytes of the request, once its head is complete

    def add(self, received: bytes) -> State:
        """Add received bytes; returns the new state."""
        searched = max(0, len(self.content) - len(HEAD_END))
        self.content += received
        if self._n_needed is None:
            end = self.content.find(HEAD_END, searched)
            if end < 0:
                too_long = len(self.content) > MAX_HEAD_BYTES
                return State.HEAD_TOO_LONG if too_long else State.PARTIAL
            state = self._read_head(end + len(HEAD_END))
            if state is not State.PARTIAL:
                return state
        return State.PARTIAL if len(self.content) < (self._n_needed or 0) else State.COMPLETE

    def _read_head(self, n_bytes: int) -> State:
        head = bytes(self.content[:n_bytes])
        if STREAMED.match(head):
            return State.COMPLETE
        if _ENCODED.search(head):
            return State.NO_LENGTH
        lengths = _LENGTH.findall(head)
        # gunicorn's parser refuses a request with two lengths, so it needs no body here.
        n_body = int(lengths[0]) if len(lengths) == 1 else 0
        if n_body > self.max_body_bytes:
            return State.COMPLETE
        self._n_needed = n_bytes + n_body
        self.wants_continue = bool(_EXPECT.search(head)) and len(self.content) < self._n_needed
        return State.PARTIAL

    @property
    def is_probe(self) -> bool:
        """Whether the request is a health probe, or reads the metrics."""
        return _PROBE.match(self.content) is not None

    def take(self) -> bytes:
        """Remove and return all bytes."""
        content = bytes(self.content)
        self.content.clear()
        self.wants_continue, self._n_needed = False, None
        return content
