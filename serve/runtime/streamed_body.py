"""Request bodies that are read while the client still sends them.

The readers are gunicorn's. Their private attributes are used here; tests/unit/serve/runtime checks
that the installed gunicorn has them.
"""

import io
from typing import Any

from gunicorn.http.body import Body, ChunkedReader, LengthReader

READ_BYTES = 1024  # as gunicorn's own body reads


class StreamedBody(Body):  # type: ignore[misc]
    """gunicorn's request body with `read1`, which returns what has arrived.

    gunicorn's own `read` waits for all requested bytes. A client that waits for the answer to one
    line before it sends the next would then wait forever.
    """

    def read1(self, _size: int = -1) -> bytes:
        """What has arrived, else the next bytes that do; empty at the end."""
        buffered = bytes(self.buf.getvalue())  # type: ignore[has-type]
        if buffered:
            self.buf = io.BytesIO()
            return buffered
        match self.reader:
            case ChunkedReader():
                return _read_chunk(self.reader)
            case LengthReader():
                return _read_up_to_length(self.reader)
            case _:
                return bytes(self.reader.read(READ_BYTES))


def _read_chunk(reader: Any) -> bytes:
    chunk: bytes = reader.buf.getvalue()
    reader.buf = io.BytesIO()
    if not chunk and reader.parser is not None:
        chunk = next((part for part in reader.parser if part), b"")
        if not chunk:
            reader.parser = None
    return chunk


def _read_up_to_length(reader: Any) -> bytes:
    if not reader.length:
        return b""
    received: bytes = reader.unreader.read()
    if not received:
        raise ConnectionError("the body broke off")
    body, rest = received[: reader.length], received[reader.length :]
    reader.unreader.unread(rest)
    reader.length -= len(body)
    return body


def has_unread_body(parser: Any) -> bool:
    """Whether the client still has to send a part of the body of a parser's request."""
    reader = parser.mesg.body.reader
    match reader:
        case ChunkedReader():
            return reader.parser is not None
        case LengthReader():
            return bool(reader.length > parser.unreader.buf.getbuffer().nbytes)
        case _:
            return False
