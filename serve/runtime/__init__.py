"""The server processes: gunicorn, its worker, request buffering, sockets."""

from serve.runtime.server import Plan, serve

__all__ = ["Plan", "serve"]
