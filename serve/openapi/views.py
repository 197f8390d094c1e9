"""The views of the API's description: the OpenAPI document, and the same as a page.

Each is made at its first request and cached, with an ETag.
"""

import json
from functools import cache

from flask import Blueprint, Response, current_app, render_template, request

from serve.api import HTML, Content, Operation
from serve.openapi.docs_page import docs_variables
from serve.openapi.document import document
from serve.openapi.operations import operations_of

docs = Blueprint(
    "docs",
    __name__,
    static_folder="static",
    static_url_path="/docs/static",
    template_folder="templates",
)


@docs.get("/openapi.json")
@Operation(
    "describe",
    tag="server",
    answer=Content(
        "An OpenAPI 3.1 document.",
        schema={
            "type": "object",
            "properties": {"openapi": {"type": "string", "pattern": r"^3\.1\."}},
            "required": ["openapi", "info", "paths", "components"],
        },
    ),
    is_cached=True,
)
def describe() -> Response:
    """The OpenAPI document of the API."""
    return _with_etag(Response(_document_json(), mimetype="application/json"))


@docs.get("/docs")
@Operation("showDocs", tag="pages", answer=Content("The page.", media=HTML), is_cached=True)
def show_docs() -> Response:
    """The description of the API, to read."""
    return _with_etag(Response(_docs_html(), mimetype="text/html"))


# Cached for the process: every app has the same views.
@cache
def _document_json() -> bytes:
    return json.dumps(document(operations_of(current_app)), ensure_ascii=False).encode()


@cache
def _docs_html() -> str:
    variables = docs_variables(document(operations_of(current_app)))
    return render_template("docs.html", **variables)


def _with_etag(answer: Response) -> Response:
    answer.add_etag()
    answer.cache_control.no_cache = True  # browsers store it, and ask again with its ETag
    answer.make_conditional(request)
    return answer
