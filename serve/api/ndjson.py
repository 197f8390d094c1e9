"""Batches as NDJSON: one article a line in, one answer a line out, in order and in bounded memory.

A line that is wrong is answered with its problem, and the rest go on. Answers are sent while
articles come in, so the client must read while it sends.
"""

import json
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import IO, Any

from werkzeug.exceptions import ClientDisconnected

from serve.problems import EndOfBatchError, Problem

CHUNK_BYTES = 64 * 1024  # read at a time: a few articles; a larger chunk delays the first answers
MEDIA_TYPE = "application/x-ndjson"


TRUNCATED = Problem(
    HTTPStatus.BAD_REQUEST,
    "body: must come to its end, got a part of it. Send the lines from here on again.",
)
Line = bytes | Problem


def lines_of(stream: IO[bytes], *, max_bytes: int) -> Iterator[Line]:
    r"""The lines of a stream; at most ``max_bytes`` and a chunk are in memory at a time.

    A problem stands in place of a line above the limit, whose bytes are discarded, and in place of
    the rest of a body that did not end properly.

    >>> import io
    >>> [line if isinstance(line, bytes) else "long" for line in lines_of(
    ...     io.BytesIO(b"one\ntoo long a line\n\ntwo"), max_bytes=5)]
    [b'one', 'long', b'', b'two']
    """
    detail = f"line: must be at most {max_bytes:,} bytes, got more. Send it in parts."
    too_long = Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
    buffer, is_long = bytearray(), False
    while chunk := _read(stream, CHUNK_BYTES):
        *line_ends, rest = chunk.split(b"\n")
        for line_end in line_ends:
            buffer += line_end
            yield too_long if is_long or len(buffer) > max_bytes else bytes(buffer)
            buffer, is_long = bytearray(), False
        buffer += rest
        if len(buffer) > max_bytes:
            buffer, is_long = bytearray(), True
    if chunk is None:
        yield TRUNCATED
    elif is_long or len(buffer) > max_bytes:
        yield too_long
    elif buffer:
        yield bytes(buffer)


def _read(stream: IO[bytes], size: int) -> bytes | None:
    """The next chunk; empty at the end, None where the connection broke or timed out."""
    try:
        # `read1` returns what has arrived, and does not wait for the whole chunk.
        return bytes(getattr(stream, "read1", stream.read)(size))
    except (OSError, ClientDisconnected):
        return None


def answers(
    lines: Iterator[Line],
    *,
    label: Callable[[bytes], dict[str, Any]],
    problem_of: Callable[[Exception], dict[str, Any]],
) -> Iterator[bytes]:
    """A line of JSON for each line that is not blank.

    Parameters
    ----------
    label : labels the article of a line
    problem_of : makes a problem of the exception that ``label`` raised
    """
    for number, line in enumerate(lines, start=1):
        if isinstance(line, bytes) and not line.strip():
            continue
        is_last = False
        if isinstance(line, Problem):
            answer = {"line": number, "error": line.body()}
        else:
            try:
                answer = label(line)
            except Exception as error:  # noqa: BLE001  # as the 500 handler: the rest go on
                answer = {"line": number, "error": problem_of(error)}
                is_last = isinstance(error, EndOfBatchError)
        yield json.dumps(answer, ensure_ascii=False).encode() + b"\n"
        if is_last:
            return
