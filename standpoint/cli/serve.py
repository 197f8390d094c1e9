"""``standpoint serve``: the champion over HTTP."""

import argparse

from standpoint.settings import read_settings


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    from serve.runtime import Plan, serve

    plan = Plan(
        host=args.host,
        port=args.port,
        workers=args.workers,
        dev=args.dev,
        challenger=args.challenger,
        share=args.share,
    )
    serve(read_settings(), plan)
    return 0
