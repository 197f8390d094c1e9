"""``standpoint champion``: train a model of configs/runs, and promote it."""

import argparse
from pathlib import Path

from standpoint.cli.folders import models_dir
from standpoint.cli.output import print_progress
from standpoint.cli.promote import promote_run
from standpoint.cli.train import line_of, train
from standpoint.labels import Task
from standpoint.model import load_champion, read_pointer
from standpoint.settings import project_root
from train.config import JudgeConfig, load_run_config
from train.tracking import tasks_of

SHIPPED = "judge"
"""The model that is shipped: configs/runs/judge.toml."""
SMALL: dict[Task, str] = {"stance": "seeds-stance", "sentiment": "seeds-sentiment"}
FINETUNED = "champion"
"""One fine-tuned model for both tasks."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``champion``."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--small",
        action="store_true",
        help="the small default models of both tasks, in a minute or two, where none is promoted",
    )
    which.add_argument(
        "--finetuned",
        action="store_true",
        help="the fine-tuned model of configs/runs/champion.toml",
    )
    parser.add_argument(
        "--again", action="store_true", help="with --small: even if there is a champion"
    )


def run(args: argparse.Namespace) -> None:
    """Train and promote the shipped model, or those that an option names."""
    if args.small:
        _train_small(again=args.again)
    elif args.finetuned:
        _promote_all_tasks(_train(FINETUNED), force=True)
    else:
        _train_shipped()


def _train_small(*, again: bool) -> None:
    """Train and promote each small default model, where its task has no champion."""
    for task, name in SMALL.items():
        if not again and read_pointer(models_dir(), task) is not None:
            version = load_champion(models_dir(), task).version
            print(
                f"{task}: champion is version {version}, kept as it is "
                "(`standpoint champion --small --again` trains it again)"
            )
        else:
            promote_run(_train(name), (task,), force=True)


def _train_shipped() -> None:
    """Train the shipped model again; it is promoted where it is no worse than what serves."""
    config = load_run_config(_path_of(SHIPPED))
    if isinstance(config, JudgeConfig):
        print_progress(
            f"{config.name}: {config.model.schedule.steps:,} steps: hours on two cores, far less "
            "on a GPU. How long on this machine is said after the first steps, in a few minutes. "
            "A training that is stopped or killed goes on with the same command."
        )
    _promote_all_tasks(_train(SHIPPED), force=False)


def _promote_all_tasks(run_id: str, *, force: bool) -> None:
    promote_run(run_id, tasks_of(run_id, models_dir=models_dir()), force=force)


def _train(name: str) -> str:
    """Train one config of configs/runs, print its scores, and return the run's id."""
    summary = train(_path_of(name))
    print(line_of(summary))
    return str(summary["run_id"])


def _path_of(name: str) -> Path:
    return project_root() / "configs" / "runs" / f"{name}.toml"
