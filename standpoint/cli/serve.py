"""``standpoint serve``: the champion over HTTP."""

import argparse
from dataclasses import fields

from serve.runtime import Plan, serve
from standpoint.settings import read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``serve``."""
    parser.add_argument("--host", default="127.0.0.1", help="address (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port (8000)")
    parser.add_argument("--workers", type=int, default=1, help="worker processes (1)")
    parser.add_argument("--dev", action="store_true", help="Flask's development server")
    parser.add_argument(
        "--challenger",
        metavar="BUNDLE",
        help="a bundle, or a version as stance/3, that labels some requests too; the log shows "
        "how far it agrees with the champion",
    )
    parser.add_argument(
        "--share",
        type=float,
        default=0.1,
        help="share of requests that the challenger labels too, 0 to 1 (0.1)",
    )


def run(args: argparse.Namespace) -> None:
    """Serve until stopped."""
    options = {field.name: getattr(args, field.name) for field in fields(Plan)}
    serve(read_settings(), Plan(**options))
