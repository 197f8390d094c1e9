"""The two views of the description. Both are made once, and carry an ETag.

The shapes of all answers are for the description alone: they are imported when it is asked for, and
not when the service starts.
"""

from functools import cache

from flask import Blueprint, Response, render_template, request

docs = Blueprint(
    "docs",
    __name__,
    static_folder="static",
    static_url_path="/docs/static",
    template_folder="templates",
)


@docs.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    from serve.openapi.document import document_bytes

    return _cached(Response(document_bytes(), mimetype="application/json"))


@docs.get("/docs")
def page() -> Response:
    """The OpenAPI document as a page."""
    return _cached(Response(_page(), mimetype="text/html"))


@cache
def _page() -> str:
    from serve.openapi.document import document
    from serve.openapi.page import sheet

    return render_template("docs.html", sheet=sheet(document()))


def _cached(answer: Response) -> Response:
    answer.add_etag()
    answer.cache_control.no_cache = True  # kept, and asked for again with its ETag
    answer.make_conditional(request)
    return answer
