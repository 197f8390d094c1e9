"""``standpoint rollback``: back to the champion before."""

import argparse

from commands.places import models_dir


def run(args: argparse.Namespace) -> int:
    """Roll back, and say what serves now."""
    from train.registry import rollback

    done = rollback(models_dir=models_dir(), task=args.task)
    print(f"{done.task}: champion is version {done.version} (run {done.run_id}), was {done.before}")
    return 0
