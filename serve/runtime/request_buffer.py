"""A request's bytes, gathered until all of them are here or it must be streamed.

A thread that answers is worth more than a connection that waits: whoever sends slowly, or says
nothing at all, costs memory for what was sent and nothing else.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

HEAD_END = b"\r\n\r\n"
MAX_HEAD_BYTES = 64 * 1024
STREAMED = re.compile(rb"POST /v1/articles(:|%3[aA])batch[ ?]")
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_PROBE = re.compile(rb"(GET|HEAD) /(healthz|readyz|ping|metrics)[ ?]")
_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*([0-9]{1,15})[ \t]*(?=\r\n)", re.IGNORECASE)
_CODED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECT = re.compile(rb"\r\nexpect[ \t]*:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


class State(Enum):
    """How far a request has come in."""

    PART = auto()
    WHOLE = auto()  # to be answered: all of it is here, or none of the rest is wanted here
    LONG_HEAD = auto()  # its head has no end
    UNMEASURED = auto()  # its body has no length, and is none that is streamed


@dataclass
class RequestBuffer:
    """What a connection has sent of its next request.

    Attributes
    ----------
    wants_continue : whether the client waits for leave to send the body
    """

    max_body_bytes: int
    content: bytearray = field(default_factory=bytearray)
    wants_continue: bool = False
    _needed: int | None = None

    def add(self, some: bytes) -> State:
        """Take in some bytes; says how far the request is now."""
        seen = max(0, len(self.content) - len(HEAD_END))
        self.content += some
        if self._needed is None:
            end = self.content.find(HEAD_END, seen)
            if end < 0:
                return State.LONG_HEAD if len(self.content) > MAX_HEAD_BYTES else State.PART
            state = self._read_head(end + len(HEAD_END))
            if state is not State.PART:
                return state
        return State.PART if len(self.content) < (self._needed or 0) else State.WHOLE

    def _read_head(self, length: int) -> State:
        head = bytes(self.content[:length])
        if STREAMED.match(head):
            return State.WHOLE
        if _CODED.search(head):
            return State.UNMEASURED
        told = _LENGTH.findall(head)
        body = int(told[0]) if len(told) == 1 else 0
        if body > self.max_body_bytes:
            return State.WHOLE
        self._needed = length + body
        self.wants_continue = bool(_EXPECT.search(head)) and len(self.content) < self._needed
        return State.PART

    @property
    def is_probe(self) -> bool:
        """Whether it asks after the service's own health."""
        return _PROBE.match(self.content) is not None

    def take(self) -> bytes:
        """All bytes; begins anew."""
        content = bytes(self.content)
        self.content.clear()
        self.wants_continue, self._needed = False, None
        return content
