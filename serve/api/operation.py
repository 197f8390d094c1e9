"""What a view declares of its HTTP operation; the OpenAPI document is built from it.

The path and the method are those of the view's route, and the summary and description are its
docstring.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

JSON = "application/json"
HTML = "text/html"
FORM = "application/x-www-form-urlencoded"
CSV = "text/csv"
TEXT = "text/plain"
View = TypeVar("View", bound=Callable[..., Any])
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """The body of a request or of an answer.

    Attributes
    ----------
    models : the body is one of them; in NDJSON, each line is
    schema : a JSON Schema, where there is no model
    other_media : media types that an answer may have too
    """

    description: str
    models: tuple[type[BaseModel], ...] = ()
    media: str = JSON
    other_media: tuple[str, ...] = ()
    schema: Schema = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A string in the path, the query or the headers."""

    name: str
    location: Literal["path", "query", "header"]
    description: str
    example: str | None = None


@dataclass(frozen=True)
class Operation:
    """A decorator that says what a view takes and answers, below the one that routes it.

    Attributes
    ----------
    problems : statuses of its problems, beside those of every operation and of every JSON body
    error_pages : statuses it answers with as an HTML page and not as a problem
    is_cached : whether it has an ETag, and answers 304 where the client has that version
    """

    id: str
    tag: str
    answer: Content
    body: Content | None = None
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    error_pages: tuple[int, ...] = ()
    is_cached: bool = False

    def __call__(self, view: View) -> View:
        """Attach the declaration to a view, where ``operations_of`` reads it."""
        view.__dict__["operation"] = self
        return view
