"""The service described by itself: an OpenAPI 3.1 document, made of the shapes and operations."""

import json
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from serve.api import (
    ArticleRequest,
    BatchFault,
    CodebookList,
    Health,
    KnownCodebook,
    LabelledArticle,
    ModelCards,
    PageForm,
    PairsAnswer,
    PairsRequest,
    Predictions,
    Problem,
    ScoringRequest,
    SentCodebook,
)
from serve.openapi import examples
from serve.openapi.operation_docs import HTML, Content, Operation, Parameter
from serve.openapi.operations import OPERATIONS, PAGE, TAGS
from serve.openapi.problem_docs import EVERYWHERE, PROBLEMS, name_of, response
from standpoint import __version__

SHAPES: tuple[type[BaseModel], ...] = (
    ArticleRequest,
    SentCodebook,
    PairsRequest,
    PageForm,
    ScoringRequest,
    LabelledArticle,
    BatchFault,
    PairsAnswer,
    Predictions,
    CodebookList,
    KnownCodebook,
    ModelCards,
    Health,
    Problem,
)
ABOUT = """\
Reads political news and says who stands where, on what, in whose words.

Bodies are JSON. Offsets count Unicode code points from the start of the text you sent: \
`text[start:end]` is the span's `text`, always. An error is `application/problem+json` (RFC 9457) \
and says what must hold, what was found, and what to do.
"""
EVERY = (405, 415, 421, 500)
CLOSED = (401, 429)
POSTED = (403, 408, 411)
ETAG = {"ETag": {"$ref": "#/components/headers/ETag"}}
KNOWN_TAG = Parameter("If-None-Match", "header", "The ETag of what you have.")


@cache
def document_bytes() -> bytes:
    """The document as JSON; made once, for it does not change while the service runs."""
    return json.dumps(document(), ensure_ascii=False).encode()


def document() -> dict[str, Any]:
    """The service as an OpenAPI 3.1 document."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Standpoint",
            "version": __version__,
            "summary": "Who stands where, on what, in whose words.",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "The server that this comes from."}],
        "tags": [{"name": name, "description": about} for name, about in TAGS.items()],
        "security": [{}, {"bearer": []}, {"key": []}],
        "paths": paths,
        "components": _components(),
    }


def _components() -> dict[str, Any]:
    _, found = models_json_schema(
        [(model, "validation") for model in SHAPES],
        ref_template="#/components/schemas/{model}",
    )
    return {
        "schemas": {name: _untitled(schema) for name, schema in found["$defs"].items()},
        "responses": {name_of(status): response(status) for status in PROBLEMS},
        "parameters": {"RequestId": _request_id()},
        "headers": _headers(),
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer", "description": "A key of the server."},
            "key": {
                "type": "apiKey",
                "in": "header",
                "name": "X-API-Key",
                "description": "The same key, in a header of its own.",
            },
        },
    }


def _untitled(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without the titles of its fields, which only repeat their names."""
    for part in schema.get("properties", {}).values():
        part.pop("title", None)
    return schema


def _request_id() -> dict[str, Any]:
    return {
        "name": "X-Request-ID",
        "in": "header",
        "required": False,
        "description": "A name for the request: 1 to 64 letters, digits, `.`, `_` or `-`. "
        "The answer has it too; another one has it replaced.",
        "schema": {"type": "string"},
    }


def _headers() -> dict[str, Any]:
    return {
        "RequestId": {
            "description": "The name of the request, yours or a new one.",
            "required": True,
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
            "example": examples.REQUEST_ID,
        },
        "ETag": {
            "description": "Changes when the content does.",
            "required": True,
            "schema": {"type": "string"},
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    body = operation.body
    asked = (*operation.parameters, *((KNOWN_TAG,) if operation.is_cached else ()))
    return {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        **({"description": operation.about} if operation.about else {}),
        "parameters": [
            *map(_parameter, asked),
            {"$ref": "#/components/parameters/RequestId"},
        ],
        **({"requestBody": _body(body)} if body else {}),
        "responses": _responses(operation),
        **({"security": []} if operation.is_open else {}),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.where,
        "required": parameter.where == "path",
        "description": parameter.about,
        "schema": parameter.schema,
        **({"example": parameter.shown} if parameter.shown else {}),
    }


def _body(content: Content) -> dict[str, Any]:
    return {
        "required": True,
        "description": content.about,
        "content": {content.media: _media(content)},
    }


def _media(content: Content) -> dict[str, Any]:
    shown = {name: {"value": value} for name, value in content.shown.items()}
    schema = {"schema": content.schema} if content.schema else {}
    return {**schema, **({"examples": shown} if shown else {})}


def _responses(operation: Operation) -> dict[str, Any]:
    answer = operation.answer
    headers = {**EVERYWHERE, **(ETAG if operation.is_cached else {})}
    found: dict[str, Any] = {
        "200": {
            "description": answer.about,
            "headers": headers,
            "content": dict.fromkeys((answer.media, *answer.others), _media(answer)),
        }
    }
    if operation.is_cached:
        found["304"] = {"description": "You have it already.", "headers": headers}
    closed = CLOSED if not operation.is_open else ()
    posted = POSTED if operation.body else ()
    for status in sorted({*EVERY, *closed, *posted, *operation.problems}):
        found[str(status)] = {"$ref": f"#/components/responses/{name_of(status)}"}
    found |= {str(status): _page(status) for status in operation.pages}
    return dict(sorted(found.items()))


def _page(status: int) -> dict[str, Any]:
    return {
        "description": f"{PROBLEMS[status]} A page says so.",
        "headers": EVERYWHERE,
        "content": {HTML: {"schema": PAGE}},
    }
