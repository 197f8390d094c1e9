"""What a schema allows, in words and links to other shapes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from serve.api import MEDIA_TYPE as NDJSON

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of words; ``to`` is the shape it names, ``is_value`` says that it is typed so."""

    text: str
    to: str | None = None
    is_value: bool = False


Words = tuple[Word, ...]
_PLAIN = {"integer": "whole number", "boolean": "true or false", "object": "object"}


def kind_of(schema: Found, media: str = "") -> Words:
    """What a schema allows.

    >>> [word.text for word in kind_of({"type": "array", "items": {"type": "string"}})]
    ['list of ', 'string']
    """
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return (Word(name, to=name),)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return _joined([kind_of(part) for part in schema[key]])
    if "const" in schema:
        return (_value(schema["const"]),)
    if "enum" in schema:
        return _joined([(_value(value),) for value in schema["enum"]])
    return _kind_of_type(schema, media)


def _kind_of_type(schema: Found, media: str) -> Words:
    kind = str(schema.get("type", ""))
    if kind == "array":
        before = "lines, each " if media == NDJSON else "list of "
        return (Word(before), *kind_of(schema.get("items", {})))
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return (Word("object of "), *kind_of(schema["additionalProperties"]))
    return (Word(_PLAIN.get(kind, kind) or "anything"),)


def _value(value: object) -> Word:
    return Word(json.dumps(value), is_value=True)


def _joined(choices: list[Words]) -> Words:
    found: list[Word] = []
    for number, words in enumerate(choices):
        found += [Word(" or ")] if number else []
        found += words
    return tuple(found)


def limits_of(schema: Found) -> Words:
    """What else must hold of a value, and what is taken where there is none."""
    told = [_limits(part) for part in (schema, *schema.get("anyOf", ()))]
    words = [Word(f", {text}") for texts in told for text in texts]
    if schema.get("default") not in (None, [], ""):
        words += [Word(", else "), _value(schema["default"])]
    return tuple(words)


def _limits(schema: Found) -> list[str]:
    found = ["not empty"] if schema.get("minLength") == 1 else []
    for keys, unit in (
        (("minimum", "maximum"), ""),
        (("minLength", "maxLength"), " characters"),
        (("minItems", "maxItems"), ""),
    ):
        least, most = (schema.get(key) for key in keys)
        if least is not None and most is not None:
            found.append(f"{least:,} to {most:,}{unit}")
        elif most is not None:
            found.append(f"at most {most:,}{unit}")
        elif least and keys[0] != "minLength":
            found.append(f"at least {least:,}{unit}")
    return found
