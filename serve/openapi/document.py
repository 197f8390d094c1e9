"""The OpenAPI 3.1 document of the service, from the operations that its views declare."""

from collections.abc import Mapping, Sequence
from typing import Any

from serve.api import HTML, JSON, Content, Parameter
from serve.openapi.examples import ANSWERS, REQUEST_ID, REQUESTS
from serve.openapi.operations import RoutedOperation
from serve.openapi.problem_docs import (
    COMMON_HEADERS,
    PROBLEMS,
    component_name,
    problem_response,
)
from serve.openapi.schemas import component_schemas, schema_of
from standpoint import __version__

DESCRIPTION = """\
Reads political news and says who stands where, on what, in whose words.

Bodies are JSON. Offsets count Unicode code points from the start of the text you sent: \
`text[start:end]` is the span's `text`, always. An error is `application/problem+json` (RFC 9457) \
and says what must hold, what was sent, and what to do.
"""
TAGS = {
    "articles": "Who stands where, on what, in whose words.",
    "knowledge": "The codebooks and the models of the server.",
    "server": "Health, metrics and the description of the API.",
    "mlflow": "The scoring protocol of MLflow, so that its clients work unchanged.",
    "pages": "Pages for people.",
}
# Problems that an operation need not declare: of the router, the guard and the body's parser.
PROBLEMS_OF_ALL = (405, 415, 421, 500)
PROBLEMS_OF_KEYS = (401, 429)
PROBLEMS_OF_BODIES = (403, 408, 411)
PROBLEMS_OF_JSON = (400, 413, 415, 422)
Examples = Mapping[str, Any]  # by name
ETAG = {"ETag": {"$ref": "#/components/headers/ETag"}}
IF_NONE_MATCH = Parameter("If-None-Match", "header", "The ETag of what you have.")
REQUEST_ID_HEADER = Parameter(
    "X-Request-ID",
    "header",
    "A name for the request: 1 to 64 letters, digits, `.`, `_` or `-`. "
    "The answer has it too; a name of another form is replaced.",
)


def document(operations: Sequence[RoutedOperation]) -> dict[str, Any]:
    """The OpenAPI document of an app's operations."""
    paths: dict[str, Any] = {}
    for routed in operations:
        paths.setdefault(routed.path, {})[routed.method] = _operation(routed)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Standpoint",
            "version": __version__,
            "summary": "Who stands where, on what, in whose words.",
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "The server that this comes from."}],
        "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
        "security": [{}, {"bearer": []}, {"key": []}],
        "paths": paths,
        "components": _components(operations),
    }


def _components(operations: Sequence[RoutedOperation]) -> dict[str, Any]:
    return {
        "schemas": component_schemas(operations),
        "responses": {component_name(status): problem_response(status) for status in PROBLEMS},
        "parameters": {"RequestId": _parameter(REQUEST_ID_HEADER)},
        "headers": {
            "RequestId": {
                "description": "The name of the request, yours or a new one.",
                "required": True,
                "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
                "example": REQUEST_ID,
            },
            "ETag": {
                "description": "Changes when the content does.",
                "required": True,
                "schema": {"type": "string"},
            },
        },
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


def _operation(routed: RoutedOperation) -> dict[str, Any]:
    operation, body = routed.operation, routed.operation.body
    parameters = (*operation.parameters, *((IF_NONE_MATCH,) if operation.is_cached else ()))
    request_body = body and {
        "required": True,
        "description": body.description,
        "content": {body.media: _media_type(body, REQUESTS.get(operation.id, {}))},
    }
    return {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": routed.summary,
        **({"description": routed.description} if routed.description else {}),
        "parameters": [
            *map(_parameter, parameters),
            {"$ref": "#/components/parameters/RequestId"},
        ],
        **({"requestBody": request_body} if request_body else {}),
        "responses": _responses(routed),
        **({} if routed.needs_key else {"security": []}),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.location,
        "required": parameter.location == "path",
        "description": parameter.description,
        "schema": {"type": "string"},
        **({"example": parameter.example} if parameter.example else {}),
    }


def _media_type(content: Content, examples: Examples) -> dict[str, Any]:
    """The media type object of a body: its schema and its examples."""
    schema = schema_of(content)
    by_name = {name: {"value": value} for name, value in examples.items()}
    return {
        **({"schema": schema} if schema else {}),
        **({"examples": by_name} if by_name else {}),
    }


def _responses(routed: RoutedOperation) -> dict[str, Any]:
    operation, answer = routed.operation, routed.operation.answer
    headers = {**COMMON_HEADERS, **(ETAG if operation.is_cached else {})}
    media_type = _media_type(answer, ANSWERS.get(operation.id, {}))
    responses: dict[str, Any] = {
        "200": {
            "description": answer.description,
            "headers": headers,
            "content": dict.fromkeys((answer.media, *answer.other_media), media_type),
        }
    }
    if operation.is_cached:
        responses["304"] = {"description": "You have it already.", "headers": headers}
    for status in _problems_of(routed):
        responses[str(status)] = {"$ref": f"#/components/responses/{component_name(status)}"}
    responses |= {str(status): _error_page(status) for status in operation.error_pages}
    return dict(sorted(responses.items()))


def _problems_of(routed: RoutedOperation) -> set[int]:
    operation = routed.operation
    return {
        *PROBLEMS_OF_ALL,
        *(PROBLEMS_OF_KEYS if routed.needs_key else ()),
        *(PROBLEMS_OF_BODIES if operation.body else ()),
        *(PROBLEMS_OF_JSON if operation.body and operation.body.media == JSON else ()),
        *operation.problems,
    }


def _error_page(status: int) -> dict[str, Any]:
    return {
        "description": f"{PROBLEMS[status]} A page says so.",
        "headers": COMMON_HEADERS,
        "content": {HTML: {"schema": {"type": "string"}}},
    }
