"""The operations of an app: what its views declare, with their routes and docstrings."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from serve.api import Operation, operation_of


@dataclass(frozen=True, slots=True)
class RoutedOperation:
    """An operation with its route, and the summary and description from its view's docstring."""

    method: str
    path: str
    summary: str
    description: str
    operation: Operation


def operations_of(app: Flask) -> tuple[RoutedOperation, ...]:
    """Every declared operation, in the order in which the routes were added."""
    return tuple(_declared(app))


def _declared(app: Flask) -> Iterator[RoutedOperation]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        operation = operation_of(view)
        if operation is not None:
            # Flask adds HEAD and OPTIONS to every route.
            [method] = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            summary, _, description = (inspect.getdoc(view) or "").partition("\n\n")
            yield RoutedOperation(
                method=method.lower(),
                path=re.sub(r"<(\w+)>", r"{\1}", rule.rule),  # Flask's <name> is OpenAPI's {name}
                summary=summary.removesuffix("."),
                description=description.replace("\n", " "),
                operation=operation,
            )
