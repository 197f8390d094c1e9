"""``standpoint serve``: the champion over HTTP."""

import argparse

from standpoint.settings import read_settings


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    from serve.server import serve

    serve(read_settings(), host=args.host, port=args.port, workers=args.workers, dev=args.dev)
    return 0
