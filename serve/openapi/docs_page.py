"""An OpenAPI document as the operations, problems and schemas that the page ``/docs`` shows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from serve.api import NDJSON
from serve.openapi.curl import curl_command, pretty_json
from serve.openapi.schema_words import JsonObject, Words, constraint_words, type_words

BASE_URL = "http://127.0.0.1:8000"
STATUS_OF_NAME = {status.phrase.replace(" ", ""): status for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """A field of a schema, or a parameter of an operation, which has a location too."""

    name: str
    type: Words
    is_required: bool
    description: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class SchemaDoc:
    """A schema: an object with fields, or a choice of values."""

    name: str
    description: str
    fields: tuple[FieldDoc, ...]
    values: tuple[str, ...]
    allows_other_fields: bool


@dataclass(frozen=True, slots=True)
class BodyDoc:
    """The body of a request or of an answer; its examples are JSON."""

    media: str
    other_media: tuple[str, ...]
    type: Words
    description: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OperationDoc:
    """An operation; its curl commands have names."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    needs_key: bool
    parameters: tuple[FieldDoc, ...]
    body: BodyDoc | None
    answer: BodyDoc
    curl_commands: tuple[tuple[str, str], ...]
    problems: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProblemDoc:
    """A problem that operations may answer with, and the headers it comes with."""

    status: int
    title: str
    description: str
    headers: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class DocsPage:
    """Everything the page shows; its groups are a tag, its description and its operations."""

    title: str
    version: str
    description: str
    common_parameters: tuple[FieldDoc, ...]
    groups: tuple[tuple[str, str, tuple[OperationDoc, ...]], ...]
    problems: tuple[ProblemDoc, ...]
    schemas: tuple[SchemaDoc, ...]


def docs_page(document: JsonObject) -> DocsPage:
    """The page of an OpenAPI document."""
    tagged = list(_tagged_operations(document))
    groups = tuple(
        (tag["name"], tag["description"], tuple(op for name, op in tagged if name == tag["name"]))
        for tag in document["tags"]
    )
    components = document["components"]
    return DocsPage(
        title=document["info"]["title"],
        version=document["info"]["version"],
        description=document["info"]["description"],
        common_parameters=tuple(map(_parameter, components["parameters"].values())),
        groups=groups,
        problems=tuple(_problem(*item) for item in components["responses"].items()),
        schemas=tuple(_schema(*item) for item in sorted(components["schemas"].items())),
    )


def _tagged_operations(document: JsonObject) -> Iterator[tuple[str, OperationDoc]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield operation["tags"][0], _operation(method, path, operation)


def _operation(method: str, path: str, operation: JsonObject) -> OperationDoc:
    body = operation.get("requestBody")
    responses = operation["responses"]
    return OperationDoc(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        needs_key=operation.get("security") != [],
        parameters=tuple(_parameter(p) for p in operation["parameters"] if "$ref" not in p),
        body=_body(body) if body else None,
        answer=_body(responses["200"]),
        curl_commands=tuple(_curl_commands(path, body, operation["parameters"])),
        problems=tuple(sorted(int(status) for status in responses if int(status) >= 400)),
    )


def _parameter(parameter: JsonObject) -> FieldDoc:
    return FieldDoc(
        parameter["name"],
        type_words(parameter["schema"]),
        parameter["required"],
        parameter["description"],
        location=parameter["in"],
    )


def _body(body: JsonObject) -> BodyDoc:
    (media, content), *others = body["content"].items()
    return BodyDoc(
        media,
        other_media=tuple(other for other, _ in others),
        type=type_words(content.get("schema", {}), media),
        description=body["description"],
        examples=tuple(_example_text(value, media) for _, value in _examples(content)),
    )


def _examples(content: JsonObject) -> Iterator[tuple[str, Any]]:
    for name, example in content.get("examples", {}).items():
        yield name, example["value"]


def _example_text(value: Any, media: str) -> str:
    if media == NDJSON:
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in value)
    return pretty_json(value)


def _curl_commands(
    path: str, body: JsonObject | None, parameters: list[JsonObject]
) -> Iterator[tuple[str, str]]:
    """A named command for each example of the body, or one for an operation without a body."""
    url = BASE_URL + path.format(
        **{p["name"]: p["example"] for p in parameters if p.get("in") == "path"}
    )
    if body is None:
        yield "", f"curl -s {url}"
        return
    [(media, content)] = body["content"].items()
    for name, value in _examples(content):
        yield name, curl_command(url, media, value)


def _problem(name: str, response: JsonObject) -> ProblemDoc:
    status = STATUS_OF_NAME[name]
    [content] = response["content"].values()
    example = content.get("example")
    return ProblemDoc(
        status=status.value,
        title=status.phrase,
        description=response["description"],
        headers=tuple(header for header in response["headers"] if header != "X-Request-ID"),
        example=pretty_json(example) if example else "",
    )


def _schema(name: str, schema: JsonObject) -> SchemaDoc:
    required = schema.get("required", ())
    fields = tuple(
        FieldDoc(
            key,
            (*type_words(field), *constraint_words(field)),
            key in required,
            field.get("description", ""),
        )
        for key, field in schema.get("properties", {}).items()
    )
    return SchemaDoc(
        name,
        schema.get("description", ""),
        fields,
        values=tuple(schema.get("enum", ())),
        allows_other_fields=schema.get("additionalProperties") is not False and bool(fields),
    )
