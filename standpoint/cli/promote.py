"""``standpoint promote``: a run's model becomes the champion."""

import argparse

from standpoint.cli.folders import models_dir


def run(args: argparse.Namespace) -> int:
    """Promote, every task of a joint model unless one is named, and say what serves now."""
    from train.tracking import promote, tasks_of

    tasks = (args.task,) if args.task else tasks_of(args.run, models_dir=models_dir())
    for task in tasks:
        done = promote(args.run, models_dir=models_dir(), task=task, force=args.force)
        before = f", before it version {done.before}" if done.before else ""
        print(f"{done.task}: champion is version {done.version} (run {done.run_id}){before}")
    return 0
