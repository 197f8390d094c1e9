"""An OpenAPI document as the rows and sections of a page."""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from serve.api import MEDIA_TYPE as NDJSON
from serve.openapi.schema_words import Words, kind_of, limits_of

BASE = "http://127.0.0.1:8000"
FORM = "application/x-www-form-urlencoded"
STATUSES = {status.phrase.replace(" ", ""): status for status in HTTPStatus}
Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A field of a shape, or a parameter of an operation."""

    name: str
    kind: Words
    is_required: bool
    about: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema: an object with fields, or a choice of words."""

    name: str
    about: str
    rows: tuple[Row, ...]
    values: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent or answered, in one media type."""

    media: str
    others: tuple[str, ...]
    kind: Words
    about: str
    shown: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OperationDoc:
    """An operation."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    needs_key: bool
    parameters: tuple[Row, ...]
    body: Body | None
    answer: Body
    curls: tuple[tuple[str, str], ...]
    problems: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem that operations may answer with."""

    status: int
    title: str
    about: str
    headers: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the page shows."""

    title: str
    version: str
    about: str
    everywhere: tuple[Row, ...]
    groups: tuple[tuple[str, str, tuple[OperationDoc, ...]], ...]
    troubles: tuple[Trouble, ...]
    shapes: tuple[Shape, ...]


def sheet(document: Found) -> Sheet:
    """The page of a document."""
    told = list(_operations(document))
    groups = tuple(
        (tag["name"], tag["description"], tuple(t for name, t in told if name == tag["name"]))
        for tag in document["tags"]
    )
    parts = document["components"]
    return Sheet(
        title=document["info"]["title"],
        version=document["info"]["version"],
        about=document["info"]["description"],
        everywhere=tuple(map(_parameter, parts["parameters"].values())),
        groups=groups,
        troubles=tuple(_troubles(parts["responses"])),
        shapes=tuple(_shape(name, found) for name, found in sorted(parts["schemas"].items())),
    )


def _operations(document: Found) -> Iterator[tuple[str, OperationDoc]]:
    for path, methods in document["paths"].items():
        for method, found in methods.items():
            yield found["tags"][0], _told(method, path, found)


def _told(method: str, path: str, found: Found) -> OperationDoc:
    body = _body(found["requestBody"]) if "requestBody" in found else None
    statuses = sorted(int(s) for s in found["responses"] if int(s) >= 400)
    return OperationDoc(
        id=found["operationId"],
        method=method.upper(),
        path=path,
        summary=found["summary"],
        about=found.get("description", ""),
        needs_key=found.get("security") != [],
        parameters=tuple(_parameter(p) for p in found["parameters"] if "$ref" not in p),
        body=body,
        answer=_body(found["responses"]["200"]),
        curls=tuple(_curls(path, found.get("requestBody"), found["parameters"])),
        problems=tuple(statuses),
    )


def _parameter(found: Found) -> Row:
    kind = kind_of(found["schema"])
    return Row(found["name"], kind, found["required"], found["description"], found["in"])


def _body(found: Found) -> Body:
    media, content = next(iter(found["content"].items()))
    shown = tuple((name, _written(one["value"], media)) for name, one in _examples(content))
    kind = kind_of(content.get("schema", {}), media)
    return Body(media, tuple(found["content"])[1:], kind, found["description"], shown)


def _examples(content: Found) -> list[tuple[str, Found]]:
    return list(content.get("examples", {}).items())


def _written(value: Any, media: str) -> str:
    if media == NDJSON:
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in value)
    return _folded(value)


def _folded(value: Any, indent: str = "") -> str:
    """JSON that keeps on one line what fits there."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= 76 or not isinstance(value, dict | list) or not value:
        return flat
    deeper = indent + "  "
    if isinstance(value, list):
        lines = [_folded(one, deeper) for one in value]
        return "[\n" + ",\n".join(deeper + line for line in lines) + f"\n{indent}]"
    lines = [f"{json.dumps(key)}: {_folded(one, deeper)}" for key, one in value.items()]
    return "{\n" + ",\n".join(deeper + line for line in lines) + f"\n{indent}}}"


def _curls(path: str, body: Found | None, asked: list[Found]) -> Iterator[tuple[str, str]]:
    shown = {p["name"]: p["example"] for p in asked if p.get("in") == "path"}
    url = BASE + path.format(**shown)
    if body is None:
        yield "", f"curl -s {url}"
        return
    [(media, content)] = body["content"].items()
    for name, one in _examples(content):
        yield name, _curl(url, media, one["value"])


def _curl(url: str, media: str, value: Any) -> str:
    header = f"-H {shlex.quote(f'Content-Type: {media}')}"
    if media == NDJSON:
        lines = " \\\n  ".join(shlex.quote(json.dumps(line, ensure_ascii=False)) for line in value)
        return f"printf '%s\\n' {lines} |\n  curl -sN {url} {header} --data-binary @-"
    if media == FORM:
        fields = (f"--data-urlencode {shlex.quote(f'{k}={v}')}" for k, v in value.items())
        return " \\\n  ".join([f"curl -s {url}", *fields])
    return f"curl -s {url} {header} \\\n  -d {shlex.quote(_folded(value, '  '))}"


def _troubles(responses: Found) -> Iterator[Trouble]:
    for name, found in responses.items():
        [content] = found["content"].values()
        shown = content.get("example")
        yield Trouble(
            status=STATUSES[name].value,
            title=STATUSES[name].phrase,
            about=found["description"],
            headers=tuple(h for h in found["headers"] if h != "X-Request-ID"),
            shown=_folded(shown) if shown else "",
        )


def _shape(name: str, found: Found) -> Shape:
    required = found.get("required", ())
    rows = tuple(
        Row(
            key,
            (*kind_of(part), *limits_of(part)),
            key in required,
            part.get("description", ""),
        )
        for key, part in found.get("properties", {}).items()
    )
    is_open = found.get("additionalProperties") is not False and bool(rows)
    values = tuple(found.get("enum", ()))
    return Shape(name, found.get("description", ""), rows, values, is_open)
