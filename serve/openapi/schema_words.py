"""JSON schemas in words, with links to the schemas they refer to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from serve.api import NDJSON

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Word:
    """Part of a description: plain words, a link to a schema, or a JSON value."""

    text: str
    schema: str | None = None  # the name of the schema it links to
    is_value: bool = False


Words = tuple[Word, ...]
_TYPE_NAMES = {"integer": "whole number", "boolean": "true or false", "object": "object"}


def type_words(schema: JsonObject, media: str = "") -> Words:
    """The type of a schema.

    >>> [word.text for word in type_words({"type": "array", "items": {"type": "string"}})]
    ['list of ', 'string']
    """
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return (Word(name, schema=name),)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return _joined([type_words(choice) for choice in schema[key]])
    if "const" in schema:
        return (_value(schema["const"]),)
    if "enum" in schema:
        return _joined([(_value(value),) for value in schema["enum"]])
    return _words_of_type(schema, media)


def _words_of_type(schema: JsonObject, media: str) -> Words:
    name = str(schema.get("type", ""))
    if name == "array":
        prefix = "lines, each " if media == NDJSON else "list of "
        return (Word(prefix), *type_words(schema.get("items", {})))
    if name == "object" and isinstance(schema.get("additionalProperties"), dict):
        return (Word("object of "), *type_words(schema["additionalProperties"]))
    return (Word(_TYPE_NAMES.get(name, name) or "anything"),)


def _value(value: object) -> Word:
    return Word(json.dumps(value), is_value=True)


def _joined(choices: Sequence[Words]) -> Words:
    first, *others = choices
    return (*first, *(word for words in others for word in (Word(" or "), *words)))


def constraint_words(schema: JsonObject) -> Words:
    """The limits of a schema, and its default, each after a comma."""
    texts = [text for part in (schema, *schema.get("anyOf", ())) for text in _limits(part)]
    words = [Word(f", {text}") for text in texts]
    if schema.get("default") not in (None, [], ""):
        words += [Word(", else "), _value(schema["default"])]
    return tuple(words)


def _limits(schema: JsonObject) -> list[str]:
    limits = ["not empty"] if schema.get("minLength") == 1 else []
    for keys, unit in (
        (("minimum", "maximum"), ""),
        (("minLength", "maxLength"), " characters"),
        (("minItems", "maxItems"), ""),
    ):
        least, most = (schema.get(key) for key in keys)
        if least is not None and most is not None:
            limits.append(f"{least:,} to {most:,}{unit}")
        elif most is not None:
            limits.append(f"at most {most:,}{unit}")
        elif least and keys[0] != "minLength":
            limits.append(f"at least {least:,}{unit}")
    return limits
