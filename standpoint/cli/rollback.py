"""``standpoint rollback``: back to the champion before."""

import argparse

from standpoint.cli.folders import models_dir


def run(args: argparse.Namespace) -> int:
    """Roll back, both tasks of a joint champion unless one is named, and say what serves now."""
    from train.tracking import rollback, tasks_promoted_together

    for task in tasks_promoted_together(args.task, models_dir=models_dir()):
        done = rollback(models_dir=models_dir(), task=task)
        print(
            f"{done.task}: champion is version {done.version} (run {done.run_id}), "
            f"was {done.before}"
        )
    return 0
