"""Requests to one service over connections that are kept: what the client is made of."""

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
from standpoint.validation import show


@dataclass(frozen=True, slots=True)
class Address:
    """Where a service is; ``path`` is what stands before the routes, without a slash at its end."""

    url: str
    tls: bool
    host: str
    port: int | None
    path: str


def read_address(base: str) -> Address:
    """The parts of an address.

    >>> read_address("https://news.example.org/standpoint/").path
    '/standpoint'
    """
    try:
        found = urlsplit(base)
        port = found.port
    except ValueError:
        found, port = urlsplit(""), None
    if found.scheme not in ("http", "https") or not found.hostname or found.query:
        raise InputError(
            f"base: must be an http or https address, got {show(base)}. "
            "Give one like http://127.0.0.1:8000."
        )
    url = base.rstrip("/")
    return Address(url, found.scheme == "https", found.hostname, port, found.path.rstrip("/"))


def json_bytes(body: object) -> bytes:
    """A body as JSON, or what of it is none.

    >>> json_bytes({"text": "Rain fell."})
    b'{"text": "Rain fell."}'
    """
    try:
        return json.dumps(body, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise InputError(f"body: must be JSON, got a value that is none ({error}).") from None


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; ``path`` is a route of the API."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whole."""

    status: int
    reason: str
    headers: Message
    content: bytes

    @classmethod
    def of(cls, answer: HTTPResponse) -> "Reply":
        """Read an answer to its end."""
        return cls(answer.status, answer.reason, answer.headers, answer.read())


class Connections:
    """Connections to one address; each serves one thread at a time, and is kept for the next."""

    def __init__(self, address: Address, *, timeout: float) -> None:
        self.address = address
        self.timeout = timeout
        self._context = ssl.create_default_context() if address.tls else None
        self._idle: list[HTTPConnection] = []
        self._lock = threading.Lock()

    def open(self) -> HTTPConnection:
        """A new connection, not connected yet."""
        host, port, timeout = self.address.host, self.address.port, self.timeout
        if self._context is not None:
            return HTTPSConnection(host, port, timeout=timeout, context=self._context)
        return HTTPConnection(host, port, timeout=timeout)

    def ask(self, request: Request) -> Reply:
        """One request and its answer.

        A kept connection may have been closed by the server in the meantime: then the request is
        sent once more, over a new one. No request of the API changes anything, so one that was read
        before the connection went may be sent again.
        """
        with self._lock:
            kept = self._idle.pop() if self._idle else None
        if kept is not None:
            with suppress(ConnectionError, ssl.SSLError, HTTPException):
                return self._ask(kept, request)
            self.close()
        return self._ask(self.open(), request)

    def _ask(self, connection: HTTPConnection, request: Request) -> Reply:
        keeps = False
        path = self.address.path + request.path
        try:
            connection.request(request.method, path, request.body, request.headers)
            answer = connection.getresponse()
            reply = Reply.of(answer)
            keeps = not answer.will_close
        finally:
            if keeps:
                with self._lock:
                    self._idle.append(connection)
            else:
                connection.close()
        return reply

    def close(self) -> None:
        """Close every connection that is not in use."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def read_json(reply: Reply, where: str) -> Any:
    """The JSON of an answer; a problem becomes an error."""
    if not 200 <= reply.status < 300:
        raise refusal(reply, where)
    try:
        return json.loads(reply.content)
    except ValueError:
        kind = reply.headers.get_content_type()
        raise ServiceError(
            f"{where}: must be answered in JSON, got {kind}. Check the address.",
            status=reply.status,
        ) from None


def refusal(reply: Reply, where: str) -> ServiceError:
    """The error of an answer that is a problem, or of what a proxy said in the service's place."""
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
        retry_after=seconds_to_wait(reply),
    )


def _problem(reply: Reply) -> tuple[str, list[FaultShape]]:
    try:
        found = json.loads(reply.content)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("detail"), str):
        return f"{reply.reason or 'no reason'}.", []
    errors = found.get("errors", [])
    return found["detail"], errors if isinstance(errors, list) else []


def seconds_to_wait(reply: Reply) -> float | None:
    """What ``Retry-After`` says, where it says seconds."""
    said = reply.headers.get("Retry-After", "")
    return float(said) if said.isascii() and said.isdigit() else None


def silence(error: Exception, *, address: Address, where: str, timeout: float) -> ServiceError:
    """The error of a request that got no answer."""
    match error:
        case TimeoutError():
            return ServiceError(
                f"{where}: must be answered within {timeout:g} s, got nothing. "
                "Give the client a longer timeout, or send less at once."
            )
        case ConnectionRefusedError() | ssl.SSLError():
            return _nobody(address, error)
        case ConnectionError() | HTTPException():
            return ServiceError(
                f"{where}: must be answered, got a connection that broke off. "
                "Send it again, and look at the server's log."
            )
        case _:
            return _nobody(address, error)


def _nobody(address: Address, error: Exception) -> ServiceError:
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return ServiceError(
        f"{address.url}: a Standpoint service must answer there, got {said!r}. "
        "Start one with `standpoint serve`, or give the address of one that runs."
    )
