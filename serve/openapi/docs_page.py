"""The variables of the page ``/docs``, which shows an OpenAPI document."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from serve.api import NDJSON
from serve.openapi.curl import curl_command, pretty_json
from serve.openapi.problem_docs import PROBLEMS, component_name
from serve.openapi.schema_words import JsonObject, constraint_words, type_words

BASE_URL = "http://127.0.0.1:8000"


def docs_variables(document: JsonObject) -> Mapping[str, Any]:
    """The document, its operations by tag, and the functions that put parts of it into words."""
    return {
        "document": document,
        "operations_by_tag": _operations_by_tag(document),
        "statuses": {component_name(status): HTTPStatus(status) for status in PROBLEMS},
        "type_words": type_words,
        "constraint_words": constraint_words,
        "curl_commands": curl_commands,
        "example_text": example_text,
    }


def _operations_by_tag(document: JsonObject) -> dict[str, list[tuple[str, str, JsonObject]]]:
    """The method, the path and the operation object of each operation, by tag."""
    operations = [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return {
        tag["name"]: [entry for entry in operations if tag["name"] in entry[2]["tags"]]
        for tag in document["tags"]
    }


def example_text(value: Any, media: str) -> str:
    """An example as it is sent: JSON, or JSON lines."""
    if media == NDJSON:
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in value)
    return pretty_json(value)


def curl_commands(path: str, operation: JsonObject) -> Iterator[tuple[str, str]]:
    """A named command for each example of the body, or one for an operation without a body."""
    in_path = {p["name"]: p["example"] for p in operation["parameters"] if p.get("in") == "path"}
    url = BASE_URL + path.format(**in_path)
    if "requestBody" not in operation:
        yield "", f"curl -s {url}"
        return
    [(media, content)] = operation["requestBody"]["content"].items()
    for name, example in content["examples"].items():
        yield name, curl_command(url, example["value"], media=media)
