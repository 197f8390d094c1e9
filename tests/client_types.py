"""Generates standpoint/client/types.py from the pydantic models of the API.

    python -m tests.client_types

The client needs the standard library alone, so it cannot import the models: it has a TypedDict for
each of them. A test holds the file to the models; run this after a change of a model.
"""

import types
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from serve.api.answers import PairsAnswer
from serve.api.requests import PairRequest
from serve.api.server_answers import CodebookSummary, KnownCodebook, ModelCards
from standpoint.labeling.answer_schema import LabelledArticle

FILE = Path(__file__).parents[1] / "standpoint" / "client" / "types.py"
MAX_WIDTH = 100  # of a line, as in pyproject.toml
MODELS = (LabelledArticle, PairRequest, PairsAnswer, CodebookSummary, KnownCodebook, ModelCards)
HEADER = '''\
"""The JSON of requests and answers, as types for an editor and a type checker.

Generated from the pydantic models of the API by ``python -m tests.client_types``; do not edit.
"""

from typing import Any, Literal, NotRequired, TypedDict
'''


def source() -> str:
    """The module's text."""
    models: dict[type[BaseModel], None] = {}
    for model in MODELS:
        _collect(model, models)
    return HEADER + "".join(f"\n\n{_typed_dict(model)}" for model in models)


def _collect(model: type[BaseModel], models: dict[type[BaseModel], None]) -> None:
    """Add a model, behind those that its fields name."""
    for field in model.model_fields.values():
        for named in _models_in(field.annotation):
            _collect(named, models)
    models.setdefault(model)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if _is_spelled_out(annotation):
        yield annotation
    for part in get_args(annotation) if get_origin(annotation) is not Literal else ():
        yield from _models_in(part)


def _is_spelled_out(annotation: Any) -> bool:
    """Whether it is a model with fields that the API fixes: one of its own, without more keys."""
    return (
        isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
        and annotation.__module__.startswith(("serve.api.", "standpoint.labeling."))
        and annotation.model_config.get("extra") != "allow"
    )


def _typed_dict(model: type[BaseModel]) -> str:
    summary = (model.__doc__ or "").strip().splitlines()[0]
    lines = [f"class {model.__name__}(TypedDict):", f'    """{summary}"""', ""]
    for name, field in model.model_fields.items():
        kind = _spelled(field.annotation)
        spelled = kind if field.is_required() else f"NotRequired[{kind}]"
        lines.append(_wrapped(f"    {name}: {spelled}"))
    return "\n".join(lines) + "\n"


def _wrapped(line: str) -> str:
    """A field, with the values of a long ``Literal`` on lines of their own, as ruff formats it."""
    if len(line) <= MAX_WIDTH or not line.endswith("]") or "Literal[" not in line:
        return line
    head, _, values = line.removesuffix("]").partition("Literal[")
    rows = "".join(f"        {value},\n" for value in values.split(", "))
    return f"{head}Literal[\n{rows}    ]"


def _spelled(annotation: Any) -> str:
    """An annotation in plain Python."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is None:
        return _spelled_class(annotation)
    if origin is Literal:
        values = ", ".join(f'"{value}"' for value in parts)
        return f"Literal[{values}]"
    if origin is Annotated:
        return _spelled(parts[0])
    spelled = list(dict.fromkeys(_spelled(part) for part in parts if part is not Ellipsis))
    if origin in (Union, types.UnionType):
        return " | ".join(spelled)
    if origin is tuple:
        return f"list[{spelled[0]}]"
    return f"{origin.__name__}[{', '.join(map(_spelled, parts))}]"


def _spelled_class(annotation: Any) -> str:
    """A class in plain Python; a model that is not spelled out is a dict."""
    if annotation is type(None):
        return "None"
    if _is_spelled_out(annotation) or not issubclass(annotation, BaseModel | StrEnum):
        return str(annotation.__name__)
    return "dict[str, Any]" if issubclass(annotation, BaseModel) else _enum(annotation)


def _enum(annotation: type[StrEnum]) -> str:
    return _spelled(Literal[tuple(annotation)])


if __name__ == "__main__":
    FILE.write_text(source(), "utf-8")
