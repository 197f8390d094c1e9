"""The operations of an app: what its views declare, with their routes and docstrings."""

import inspect
import re
from dataclasses import dataclass

from flask import Flask

from serve.api import Operation
from serve.security import OPEN_PATHS


@dataclass(frozen=True, slots=True)
class RoutedOperation:
    """An operation with its route, and the summary and description from its view's docstring."""

    method: str
    path: str
    summary: str
    description: str
    operation: Operation

    @property
    def needs_key(self) -> bool:
        """Whether it is closed to requests without a key where the server has keys."""
        return self.path not in OPEN_PATHS


def operations_of(app: Flask) -> list[RoutedOperation]:
    """Every declared operation, in the order in which the routes were added."""
    operations = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        operation: Operation | None = getattr(view, "operation", None)
        if operation is not None:
            # Flask adds HEAD and OPTIONS to every route.
            [method] = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            summary, _, description = (inspect.getdoc(view) or "").partition("\n\n")
            path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)  # Flask's <name> is OpenAPI's {name}
            summary, description = summary.removesuffix("."), description.replace("\n", " ")
            routed = RoutedOperation(method.lower(), path, summary, description, operation)
            operations.append(routed)
    return operations
