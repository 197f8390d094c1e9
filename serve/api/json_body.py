"""Read the request's JSON body as a pydantic model, or raise a 415, 400 or 422 problem."""

import json
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel

from serve.api.operation import JSON
from serve.problems import ProblemError

Model = TypeVar("Model", bound=BaseModel)


def read_body(model: type[Model], *, allow_nan: bool = False) -> Model:
    """Parse and validate the body.

    Parameters
    ----------
    allow_nan : whether NaN, which is not JSON, is accepted and read as null

    Raises
    ------
    ProblemError
        415 for another media type, 400 for what is not JSON, 422 for what is no object
    ValidationError
        the object does not fit the model
    """
    check_media_type(JSON)
    return model.model_validate(parse_object(request.get_data(cache=False), allow_nan=allow_nan))


def check_media_type(expected: str) -> None:
    """Raise a 415 problem where the request has another media type."""
    if request.mimetype != expected:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Type: must be {expected}, got {request.mimetype or 'nothing'!r}.",
        )


def parse_object(content: bytes, *, allow_nan: bool = False) -> dict[str, Any]:
    """A JSON object from bytes; a 400 problem for what is not JSON, 422 for another type."""
    try:
        parsed: Any = json.loads(
            content, parse_constant=partial(_read_constant, allow_nan=allow_nan)
        )
    except (ValueError, RecursionError) as error:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"body: must be JSON, got {str(error) or 'too deep a nesting'}."
        ) from None
    if not isinstance(parsed, dict):
        detail = f"body: must be a JSON object, got {type(parsed).__name__}."
        errors = [{"pointer": "", "detail": detail}]
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors)
    return parsed


def _read_constant(name: str, *, allow_nan: bool) -> None:
    """Refuse NaN and Infinity, which Python's parser reads, and which are not JSON.

    MLflow's client writes NaN for the missing cells of a table.
    """
    if not (allow_nan and name == "NaN"):
        raise ValueError(f"{name} is no JSON number")
