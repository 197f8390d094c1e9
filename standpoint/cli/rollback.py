"""``standpoint rollback``: return to the previous champion."""

import argparse

from standpoint.cli.folders import models_dir
from standpoint.labels import LABELS
from train.tracking import rollback, tasks_promoted_together


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``rollback``."""
    parser.add_argument(
        "--task",
        choices=tuple(LABELS),
        help="stance, and sentiment too where both are of one joint run",
    )


def run(args: argparse.Namespace) -> None:
    """Roll back the named task, or both tasks of a joint champion."""
    for task in tasks_promoted_together(args.task, models_dir=models_dir()):
        rolled = rollback(models_dir=models_dir(), task=task)
        now = f"version {rolled.version}" if rolled.version else "the shipped model"
        print(f"{rolled.task}: champion is {now} (run {rolled.run_id}), was {rolled.before}")
