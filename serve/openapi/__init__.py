"""The OpenAPI document and its page: ``/openapi.json`` for programs, ``/docs`` for people."""

from serve.openapi.views import docs

__all__ = [
    "docs",
]
