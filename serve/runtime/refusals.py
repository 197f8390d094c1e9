"""HTTP responses, as bytes, to requests that are refused before they reach the app."""

import uuid
from http import HTTPStatus

from gunicorn.http import errors

from serve.problems import SERVER_FAILED, Problem
from serve.security import API_HEADERS

# ParseException stands last: it is a base class of others.
PARSE_PROBLEMS: dict[type[Exception], Problem] = {
    errors.LimitRequestHeaders: Problem(
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "headers: must be at most 100, of 8 KiB each, got more.",
    ),
    errors.LimitRequestLine: Problem(
        HTTPStatus.REQUEST_URI_TOO_LONG, "path: must be at most 4 KiB, got more."
    ),
    errors.UnsupportedTransferCoding: Problem(
        HTTPStatus.NOT_IMPLEMENTED, "Transfer-Encoding: must be chunked, got another."
    ),
    errors.ExpectationFailed: Problem(
        HTTPStatus.EXPECTATION_FAILED, "Expect: must be 100-continue, got another."
    ),
    errors.ParseException: Problem(
        HTTPStatus.BAD_REQUEST, "request: must be HTTP/1.1, got something else."
    ),
}
_HEADERS = "".join(
    f"{name}: {value}\r\n" for name, value in {**API_HEADERS, "Cache-Control": "no-store"}.items()
)


def parse_problem(error: BaseException) -> Problem:
    """The problem for an exception of gunicorn's parser."""
    matches = (problem for kind, problem in PARSE_PROBLEMS.items() if isinstance(error, kind))
    return next(matches, SERVER_FAILED)


def response_bytes(problem: Problem) -> bytes:
    """A complete HTTP response that closes the connection."""
    content = problem.response().get_data()
    head = (
        f"HTTP/1.1 {problem.status.value} {problem.status.phrase}\r\n"
        "Content-Type: application/problem+json\r\n"
        f"Content-Length: {len(content)}\r\n"
        f"{_HEADERS}"
        f"X-Request-ID: {uuid.uuid4().hex}\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode() + content
