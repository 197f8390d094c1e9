"""Error responses: problem+json (RFC 9457), without stack traces or paths of the server."""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from standpoint.errors import (
    BundleError,
    EncoderError,
    Fault,
    InputError,
    NoChampionError,
    StandpointError,
    TooLongError,
)
from standpoint.validation import validation_faults

LOG = logging.getLogger("standpoint.serve")


@dataclass(frozen=True, slots=True)
class Problem:
    """An error response: its status, what is wrong, and where in the body.

    Attributes
    ----------
    errors : for each fault of the body its JSON pointer (RFC 6901) and a sentence
    """

    status: HTTPStatus
    detail: str
    errors: Sequence[dict[str, str]] = ()

    def body(self) -> dict[str, Any]:
        """The members of a problem+json object."""
        members: dict[str, Any] = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        return {**members, "errors": list(self.errors)} if self.errors else members

    def response(self) -> Response:
        """The problem as an HTTP response."""
        content = json.dumps(self.body())
        return Response(content, self.status.value, mimetype="application/problem+json")


SERVER_FAILED = Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed.")


class ProblemError(Exception):
    """Raised by a view to answer with a problem."""

    def __init__(
        self, status: HTTPStatus, detail: str, errors: Sequence[dict[str, str]] = ()
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(status, detail, errors)


class EndOfBatchError(ProblemError):
    """The last answer of a batch; the lines after it are not read."""


def install(app: Flask) -> None:
    """Answer every error of an app with a problem."""
    app.register_error_handler(HTTPException, _http_response)
    app.register_error_handler(Exception, lambda error: problem_of(error).response())


def problem_of(error: Exception) -> Problem:
    """The problem for an exception; unexpected ones are logged and become a 500."""
    match error:
        case ProblemError():
            return error.problem
        case ValidationError():
            errors = _errors_of(validation_faults(error))
            several = f"{len(errors)} faults in the body."
            detail = errors[0]["detail"] if len(errors) == 1 else several
            return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors)
        case NoChampionError():
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "no model has been promoted yet.")
        case InputError():
            status = HTTPStatus(413 if isinstance(error, TooLongError) else 422)
            return Problem(status, str(error), _errors_of(error.faults))
        case BundleError() | EncoderError():
            LOG.error("%s", error)
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "the model cannot be loaded.")
        case StandpointError():
            LOG.error("%s", error)
        case _:
            LOG.error("unexpected %s", type(error).__name__, exc_info=error)
    return SERVER_FAILED


def _errors_of(faults: Iterable[Fault]) -> list[dict[str, str]]:
    return [{"pointer": fault.pointer, "detail": fault.text} for fault in faults]


def _http_response(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    response = Problem(status, _http_detail(error, status)).response()
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _http_detail(error: HTTPException, status: HTTPStatus) -> str:
    match status:
        case HTTPStatus.NOT_FOUND:
            return f"path: must be one of the API, got {request.path[:200]!r}. See docs/api.md."
        case HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
            return f"method: must be one of {allowed} for {request.path!r}, got {request.method}."
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            limit = current_app.config["MAX_CONTENT_LENGTH"]
            return f"body: must be at most {limit:,} bytes, got more. Send it in parts."
        case _:
            return (error.description or status.phrase).rstrip(".") + "."
