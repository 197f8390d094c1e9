"""The server processes: gunicorn, the worker, request buffering."""

from serve.runtime.server import Plan, serve

__all__ = [
    "Plan",
    "serve",
]
