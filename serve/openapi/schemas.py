"""The JSON schemas of the OpenAPI document, from the models that operations name."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from serve.api import HTML, NDJSON, TEXT, Content, Problem, SentCodebook
from serve.openapi.operations import RoutedOperation

_PREFIX = "#/components/schemas/"


def reference_to(model: type[BaseModel]) -> dict[str, Any]:
    """A reference to the schema of a model."""
    return {"$ref": _PREFIX + model.__name__}


def schema_of(content: Content) -> dict[str, Any]:
    """The schema of a body; empty where any JSON may stand.

    OpenAPI 3.1 has no schema for NDJSON: its lines are described as the items of an array.
    """
    if content.schema:
        return dict(content.schema)
    references = [reference_to(model) for model in content.models]
    if not references:
        return {"type": "string"} if content.media in (HTML, TEXT) else {}
    schema = references[0] if len(references) == 1 else {"anyOf": references}
    return {"type": "array", "items": schema} if content.media == NDJSON else schema


def component_schemas(operations: Iterable[RoutedOperation]) -> dict[str, Any]:
    """The schemas of all models of the operations, and of the models within them."""
    contents = [
        content
        for routed in operations
        for content in (routed.operation.body, routed.operation.answer)
        if content is not None
    ]
    # No content names these two: requests refer to the first by its schema, problems to the other.
    models = [SentCodebook, Problem, *(model for content in contents for model in content.models)]
    _, schemas = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(models)],
        ref_template=_PREFIX + "{model}",
    )
    return {name: _without_titles(schema) for name, schema in schemas["$defs"].items()}


def _without_titles(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without the titles of its fields, which only repeat their names."""
    for field in schema.get("properties", {}).values():
        field.pop("title", None)
    return schema
