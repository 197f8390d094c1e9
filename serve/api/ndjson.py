"""Articles as NDJSON in, labelled articles as NDJSON out: by line, in order, in bounded memory.

A line that is wrong gets a line that says why, and the rest go on. Answers are sent while articles
come in: whoever sends must read at the same time.
"""

import json
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import IO, Any

from werkzeug.exceptions import ClientDisconnected

from serve.problems import EndOfBatchError, Problem

CHUNK_BYTES = 64 * 1024
MEDIA_TYPE = "application/x-ndjson"


class LineTooLong:
    """Stands in place of a line above the limit, whose bytes were let go."""


class BrokenOff:
    """Stands in place of the rest of a body that came to no proper end."""


Line = bytes | LineTooLong | BrokenOff


def lines_of(stream: IO[bytes], *, max_bytes: int) -> Iterator[Line]:
    r"""The lines of a stream; no more than ``max_bytes`` and a chunk are held at a time.

    >>> import io
    >>> [line if isinstance(line, bytes) else "long" for line in lines_of(
    ...     io.BytesIO(b"one\ntoo long a line\n\ntwo"), max_bytes=5)]
    [b'one', 'long', b'', b'two']
    """
    held, is_long = bytearray(), False
    while some := _read(stream, CHUNK_BYTES):
        *ended, rest = some.split(b"\n")
        for end in ended:
            held += end
            yield LineTooLong() if is_long or len(held) > max_bytes else bytes(held)
            held, is_long = bytearray(), False
        held += rest
        if len(held) > max_bytes:
            held, is_long = bytearray(), True
    if some is None:
        yield BrokenOff()
    elif is_long or len(held) > max_bytes:
        yield LineTooLong()
    elif held:
        yield bytes(held)


def _read(stream: IO[bytes], size: int) -> bytes | None:
    """What has come in of a stream; None where it broke off or stood still too long."""
    try:
        some: bytes = getattr(stream, "read1", stream.read)(size)
    except (OSError, ClientDisconnected):
        return None
    return some


def answers(
    lines: Iterator[Line],
    *,
    label: Callable[[bytes], dict[str, Any]],
    problem_of: Callable[[Exception], dict[str, Any]],
    max_bytes: int,
) -> Iterator[bytes]:
    """A line of JSON for each line that is not blank.

    Parameters
    ----------
    label : from the bytes of a line to its answer
    problem_of : what to say of what ``label`` raised; it raises what is no fault of the line
    """
    for number, line in enumerate(lines, start=1):
        if isinstance(line, bytes) and not line.strip():
            continue
        goes_on = True
        if isinstance(line, LineTooLong):
            found = {"line": number, "error": _too_long(max_bytes)}
        elif isinstance(line, BrokenOff):
            found = {"line": number, "error": _broken_off()}
        else:
            found, goes_on = _answer(line, number, label, problem_of)
        yield json.dumps(found, ensure_ascii=False).encode() + b"\n"
        if not goes_on:
            return


def _answer(
    line: bytes,
    number: int,
    label: Callable[[bytes], dict[str, Any]],
    problem_of: Callable[[Exception], dict[str, Any]],
) -> tuple[dict[str, Any], bool]:
    """What to say to a line, and whether to go on with the next."""
    try:
        return label(line), True
    except Exception as error:  # noqa: BLE001  # as the 500 handler: the rest of the lines go on
        told = {"line": number, "error": problem_of(error)}
        return told, not isinstance(error, EndOfBatchError)


def _too_long(max_bytes: int) -> dict[str, Any]:
    detail = f"line: must be at most {max_bytes:,} bytes, got more. Send it in parts."
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail).body()


def _broken_off() -> dict[str, Any]:
    detail = "body: must come to its end, got a part of it. Send the lines from here on again."
    return Problem(HTTPStatus.BAD_REQUEST, detail).body()
