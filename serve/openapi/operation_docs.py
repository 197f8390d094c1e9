"""What the document tells of an operation: the parts of which the table of them is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

JSON = "application/json"
HTML = "text/html"
FORM = "application/x-www-form-urlencoded"
CSV = "text/csv"
TEXT = "text/plain"
Schema = dict[str, Any]


def shape(model: type[BaseModel]) -> Schema:
    """A reference to the schema of a model."""
    return {"$ref": f"#/components/schemas/{model.__name__}"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a body holds; ``shown`` are examples by name, ``others`` media types it may have too."""

    schema: Schema  # empty where nothing is said of it
    media: str = JSON
    about: str = "As asked."
    shown: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of the path, the query or the headers."""

    name: str
    where: Literal["path", "query", "header"]
    about: str
    schema: Schema = field(default_factory=lambda: {"type": "string"})
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path.

    Attributes
    ----------
    problems : statuses it may give beside those that every operation may
    pages : statuses of which it tells on a page, and not as a problem
    is_open : answered without a key, also where keys are in force
    is_cached : has an ETag, and answers 304 where the sender has it
    """

    id: str
    method: Literal["get", "post"]
    path: str
    tag: str
    summary: str
    answer: Content
    about: str = ""
    body: Content | None = None
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    is_open: bool = False
    is_cached: bool = False


def lines(of: Schema) -> Schema:
    """NDJSON: its lines, as an array has its items."""
    return {"type": "array", "items": of}
