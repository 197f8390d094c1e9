"""One error shape: problem+json (RFC 9457). Never a stack trace, never a path of the server."""

import json
import logging
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
from standpoint.faults import explain

LOG = logging.getLogger("standpoint.serve")


class ProblemError(Exception):
    """An answer that is a problem."""

    def __init__(
        self, status: HTTPStatus, detail: str, errors: list[dict[str, str]] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors or []


def problem(
    status: HTTPStatus, detail: str, errors: list[dict[str, str]] | None = None
) -> Response:
    """A problem+json answer."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    return Response(json.dumps(body), status.value, mimetype="application/problem+json")


def install(app: Flask) -> None:
    """Answer every error of an app in the one shape."""
    app.register_error_handler(ProblemError, _told)
    app.register_error_handler(ValidationError, _invalid)
    app.register_error_handler(StandpointError, _domain)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _told(error: ProblemError) -> Response:
    return problem(error.status, error.detail, error.errors)


def _invalid(error: ValidationError) -> Response:
    faults = [{"pointer": f.pointer, "detail": f.text} for f in explain(error)]
    detail = faults[0]["detail"] if len(faults) == 1 else f"{len(faults)} faults in the body."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, faults)


def _domain(error: StandpointError) -> Response:
    match error:
        case NoChampionError():
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, "no model has been promoted yet.")
        case TooLongError():
            return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error), _places(error))
        case InputError():
            return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), _places(error))
        case BundleError() | EncoderError():
            LOG.error("%s", error)
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, "the model cannot be loaded.")
        case _:
            LOG.error("%s", error)
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed.")


def _places(error: InputError) -> list[dict[str, str]]:
    return [{"pointer": fault.pointer, "detail": fault.text} for fault in error.faults]


def _http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    answer = problem(status, _said(error, status))
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


def _unforeseen(error: Exception) -> Response:
    LOG.error("unforeseen %s", type(error).__name__, exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed.")
