"""The problems that operations may answer with, as components of the OpenAPI document."""

from http import HTTPStatus
from typing import Any

from serve import problems
from serve.api import Problem
from serve.openapi import examples
from serve.openapi.schemas import reference_to

MEDIA_TYPE = "application/problem+json"
PROBLEMS: dict[int, str] = {
    400: "The body is not JSON.",
    401: "The server requires a key, and got no valid one.",
    403: "A page of another site sent the request.",
    404: "Nothing has that name.",
    405: "The path does not have this method.",
    408: "The request arrived too slowly.",
    411: "The body's length is not in `Content-Length`.",
    413: "The body, or a text in it, is too large.",
    415: "The body has another media type, or is compressed.",
    421: "Without keys, the server answers only by a name of its own machine.",
    422: "The body is JSON, but its content is not valid.",
    429: "The key is over its rate limit; `Retry-After` says when to go on.",
    500: "The server failed.",
    503: "No model is loaded.",
}
EXTRA_HEADERS: dict[int, dict[str, str]] = {
    401: {"WWW-Authenticate": "How to send a key."},
    405: {"Allow": "The methods that the path has."},
    429: {"Retry-After": "Seconds to wait."},
}
COMMON_HEADERS = {"X-Request-ID": {"$ref": "#/components/headers/RequestId"}}


def component_name(status: int) -> str:
    """The name of a problem among the document's responses."""
    return HTTPStatus(status).phrase.replace(" ", "")


def problem_response(status: int) -> dict[str, Any]:
    """The response component of a problem, for all operations that may answer with it."""
    extra_headers = {
        name: {"description": description, "required": True, "schema": {"type": "string"}}
        for name, description in EXTRA_HEADERS.get(status, {}).items()
    }
    content: dict[str, Any] = {"schema": reference_to(Problem)}
    if status in examples.PROBLEM_DETAILS:
        content["example"] = problem_example(status)
    return {
        "description": PROBLEMS[status],
        "headers": {**COMMON_HEADERS, **extra_headers},
        "content": {MEDIA_TYPE: content},
    }


def problem_example(status: int) -> dict[str, Any]:
    """The example of a problem."""
    detail = examples.PROBLEM_DETAILS[status]
    pointer = examples.PROBLEM_POINTERS.get(status)
    errors = ({"pointer": pointer, "detail": detail},) if pointer else ()
    return problems.Problem(HTTPStatus(status), detail, errors).body()
