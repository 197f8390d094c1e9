"""One error shape: problem+json (RFC 9457). Never a stack trace, never a path of the server."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from standpoint.errors import (
    BundleError,
    EncoderError,
    InputError,
    NoChampionError,
    StandpointError,
    TooLongError,
)
from standpoint.validation import validation_faults

LOG = logging.getLogger("standpoint.serve")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a request, and where in its body."""

    status: HTTPStatus
    detail: str
    errors: tuple[dict[str, str], ...] = ()

    def body(self) -> dict[str, Any]:
        """The members of a problem+json object."""
        found: dict[str, Any] = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        return {**found, "errors": list(self.errors)} if self.errors else found

    def answer(self) -> Response:
        """A problem+json answer."""
        content = json.dumps(self.body())
        return Response(content, self.status.value, mimetype="application/problem+json")


def problem(status: HTTPStatus, detail: str, errors: Sequence[dict[str, str]] = ()) -> Response:
    """A problem+json answer."""
    return Problem(status, detail, tuple(errors)).answer()


class ProblemError(Exception):
    """An answer that is a problem."""

    def __init__(
        self, status: HTTPStatus, detail: str, errors: Sequence[dict[str, str]] = ()
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(status, detail, tuple(errors))


class EndOfBatchError(ProblemError):
    """No line of a batch after this one is answered."""


def install(app: Flask) -> None:
    """Answer every error of an app in the one shape."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, lambda error: problem_of(error).answer())


def problem_of(error: Exception) -> Problem:
    """What to say of an error; what nobody foresaw is logged."""
    match error:
        case ProblemError():
            return error.problem
        case ValidationError():
            return _invalid(error)
        case StandpointError():
            return _domain(error)
        case _:
            LOG.error("unforeseen %s", type(error).__name__, exc_info=error)
            return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed.")


def _invalid(error: ValidationError) -> Problem:
    faults = tuple({"pointer": f.pointer, "detail": f.text} for f in validation_faults(error))
    detail = faults[0]["detail"] if len(faults) == 1 else f"{len(faults)} faults in the body."
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, faults)


def _domain(error: StandpointError) -> Problem:
    match error:
        case NoChampionError():
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "no model has been promoted yet.")
        case TooLongError():
            return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error), _places(error))
        case InputError():
            return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), _places(error))
        case BundleError() | EncoderError():
            LOG.error("%s", error)
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "the model cannot be loaded.")
        case _:
            LOG.error("%s", error)
            return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed.")


def _places(error: InputError) -> tuple[dict[str, str], ...]:
    return tuple({"pointer": fault.pointer, "detail": fault.text} for fault in error.faults)


def _http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    answer = Problem(status, _said(error, status)).answer()
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers[name] = value
    return answer


def _said(error: HTTPException, status: HTTPStatus) -> str:
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
