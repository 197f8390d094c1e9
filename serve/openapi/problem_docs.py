"""The problems that operations may answer with, as the document tells them."""

from http import HTTPStatus
from typing import Any

from serve.api import Problem
from serve.openapi import examples
from serve.openapi.operation_docs import shape

PROBLEM = "application/problem+json"
PROBLEMS: dict[int, str] = {
    400: "The body is not JSON.",
    401: "The server asks for a key, and got none that it knows.",
    403: "A page of another site sent it.",
    404: "There is nothing of that name.",
    405: "The path has no such method.",
    408: "The request came in too slowly.",
    411: "The body's length is not told in `Content-Length`.",
    413: "The body, or a text in it, is too large.",
    415: "The body is of another media type, or compressed.",
    421: "Without keys, the server answers only by a name of its own machine.",
    422: "The body is JSON, and wrong.",
    429: "The key has asked too often; `Retry-After` says when to go on.",
    500: "The server failed.",
    503: "There is no model to answer with.",
}
TELLS_MORE: dict[int, dict[str, str]] = {
    401: {"WWW-Authenticate": "How to send a key."},
    405: {"Allow": "The methods that the path has."},
    429: {"Retry-After": "Seconds to wait."},
}
EVERYWHERE = {"X-Request-ID": {"$ref": "#/components/headers/RequestId"}}


def name_of(status: int) -> str:
    """What the document calls a problem's answer."""
    return HTTPStatus(status).phrase.replace(" ", "")


def response(status: int) -> dict[str, Any]:
    """The answer of a problem, for all operations that may give it."""
    more = {
        name: {"description": about, "required": True, "schema": {"type": "string"}}
        for name, about in TELLS_MORE.get(status, {}).items()
    }
    content: dict[str, Any] = {"schema": shape(Problem)}
    if status in examples.DETAILS:
        content["example"] = problem_shown(status)
    return {
        "description": PROBLEMS[status],
        "headers": {**EVERYWHERE, **more},
        "content": {PROBLEM: content},
    }


def problem_shown(status: int) -> dict[str, Any]:
    """The example of a problem."""
    detail = examples.DETAILS[status]
    pointer = examples.POINTERS.get(status)
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({"errors": [{"pointer": pointer, "detail": detail}]} if pointer else {}),
    }
