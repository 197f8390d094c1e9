"""``standpoint promote``: make a run's model the champion."""

import argparse
from collections.abc import Iterable

from standpoint.cli.evaluation.behaviour import check_behaviour
from standpoint.cli.folders import models_dir
from standpoint.labels import LABELS, Task
from train.tracking import promote, tasks_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``promote``."""
    parser.add_argument("run", help="the run's id, as `standpoint train` prints it")
    parser.add_argument("--task", choices=tuple(LABELS), help="promote only this task")
    parser.add_argument(
        "--force",
        action="store_true",
        help="promote even if it scores lower than the champion, or reads contrast texts worse",
    )


def run(args: argparse.Namespace) -> None:
    """Promote the run for the named task, or for every task of a joint model."""
    tasks = (args.task,) if args.task else tasks_of(args.run, models_dir=models_dir())
    promote_run(args.run, tasks, force=args.force)


def promote_run(run_id: str, tasks: Iterable[Task], *, force: bool) -> None:
    """Make a run's model the champion of every task, and print the versions."""
    for task in tasks:
        if task == "stance" and not force:
            check_behaviour(run_id)
        promotion = promote(run_id, models_dir=models_dir(), task=task, force=force)
        before = f", before it version {promotion.before}" if promotion.before else ""
        print(
            f"{promotion.task}: champion is version {promotion.version} "
            f"(run {promotion.run_id}){before}"
        )
