"""A pool of HTTP connections to one service, and the errors of its answers."""

import json
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from standpoint.errors import FaultShape, InputError, ServiceError
from standpoint.validation import short_repr


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a service; ``path`` is the prefix of all routes, without a final slash."""

    url: str
    tls: bool
    host: str
    port: int | None
    path: str


def read_address(base: str) -> Address:
    """Parse an address.

    >>> read_address("https://news.example.org/standpoint/").path
    '/standpoint'
    """
    with suppress(ValueError):  # of a port that is no number, and of a bracket that is not closed
        parts = urlsplit(base)
        url, path, port = base.rstrip("/"), parts.path.rstrip("/"), parts.port
        if parts.scheme in ("http", "https") and parts.hostname and not parts.query:
            return Address(url, parts.scheme == "https", parts.hostname, port, path)
    raise InputError(
        f"base: must be an http or https address, got {short_repr(base)}. "
        "Give one like http://127.0.0.1:8000."
    )


def encode_json(body: object) -> bytes:
    """Encode a body as JSON; an `InputError` where a value cannot be.

    >>> encode_json({"text": "Rain fell."})
    b'{"text": "Rain fell."}'
    """
    try:
        return json.dumps(body, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise InputError(f"body: must be JSON, got a value that is none ({error}).") from None


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP response with its whole body."""

    status: int
    reason: str
    headers: Message
    content: bytes

    @classmethod
    def of(cls, response: HTTPResponse) -> "Reply":
        """Read a response to its end."""
        return cls(response.status, response.reason, response.headers, response.read())


class Connections:
    """A pool of connections to one address; one thread at a time uses a connection.

    Parameters
    ----------
    headers : of every request
    """

    def __init__(self, address: Address, *, timeout: float, headers: dict[str, str]) -> None:
        self.address = address
        self.timeout = timeout
        self.headers = headers
        self._context = ssl.create_default_context() if address.tls else None
        self._idle: list[HTTPConnection] = []
        self._lock = threading.Lock()

    def open(self) -> HTTPConnection:
        """A new connection, not connected yet."""
        host, port, timeout = self.address.host, self.address.port, self.timeout
        if self._context is not None:
            return HTTPSConnection(host, port, timeout=timeout, context=self._context)
        return HTTPConnection(host, port, timeout=timeout)

    def send(self, method: str, path: str, *, body: bytes | None = None) -> Reply:
        """Send one request, whose body is JSON if it has one, and return its reply.

        The server may have closed an idle connection: then the request is sent once more, over a
        new one. That is safe, because no request of the API changes anything.
        """
        with self._lock:
            idle = self._idle.pop() if self._idle else None
        if idle is not None:
            with suppress(ConnectionError, ssl.SSLError, HTTPException):
                return self._send(idle, method, path, body)
            self.close()
        return self._send(self.open(), method, path, body)

    def _send(
        self, connection: HTTPConnection, method: str, path: str, body: bytes | None
    ) -> Reply:
        is_reusable = False
        kind = {} if body is None else {"Content-Type": "application/json"}
        try:
            connection.request(method, self.address.path + path, body, self.headers | kind)
            response = connection.getresponse()
            reply = Reply.of(response)
            is_reusable = not response.will_close
        finally:
            if is_reusable:
                with self._lock:
                    self._idle.append(connection)
            else:
                connection.close()
        return reply

    def close(self) -> None:
        """Close the idle connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def where(self, method: str, path: str) -> str:
        """A request as messages name it."""
        return f"{method} {self.address.url}{path}"

    def no_reply(self, error: Exception, where: str) -> ServiceError:
        """The error of a request that got no reply."""
        match error:
            case TimeoutError():
                return ServiceError(
                    f"{where}: must be answered within {self.timeout:g} s, got nothing. "
                    "Give the client a longer timeout, or send less at once."
                )
            case ConnectionError() | HTTPException() if not isinstance(
                error, ConnectionRefusedError
            ):
                return ServiceError(
                    f"{where}: must be answered, got a connection that broke off. "
                    "Send it again, and look at the server's log."
                )
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return ServiceError(
            f"{self.address.url}: a Standpoint service must answer there, got {reason!r}. "
            "Start one with `standpoint serve`, or give the address of one that runs."
        )


def read_json(reply: Reply, where: str) -> Any:
    """The JSON of a reply; a `ServiceError` where its status is not a success."""
    if not 200 <= reply.status < 300:
        raise error_of(reply, where)
    try:
        return json.loads(reply.content)
    except ValueError:
        kind = reply.headers.get_content_type()
        raise ServiceError(
            f"{where}: must be answered in JSON, got {kind}. Check the address.",
            status=reply.status,
        ) from None


def error_of(reply: Reply, where: str) -> ServiceError:
    """The error of a reply with a problem (RFC 9457), or with an error page of a proxy."""
    detail, errors = _problem(reply)
    lines = [f"{where}: must be answered with 200, got {reply.status}: {detail}"]
    if len(errors) > 1:
        lines += [f"  {fault['detail']}" for fault in errors]
    return ServiceError(
        "\n".join(lines),
        status=reply.status,
        detail=detail,
        errors=errors,
        request_id=reply.headers.get("X-Request-ID"),
        retry_after=retry_after_s(reply),
    )


def _problem(reply: Reply) -> tuple[str, list[FaultShape]]:
    try:
        problem = json.loads(reply.content)
    except ValueError:
        problem = None
    if not isinstance(problem, dict) or not isinstance(problem.get("detail"), str):
        return f"{reply.reason or 'no reason'}.", []
    errors = problem.get("errors", [])
    return problem["detail"], errors if isinstance(errors, list) else []


def retry_after_s(reply: Reply) -> float | None:
    """The seconds of ``Retry-After``; None without it, or where it is a date."""
    value = reply.headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() else None
