"""``standpoint champion``: train and promote the default models."""

import argparse

from standpoint.cli.folders import models_dir
from standpoint.cli.promote import promote_run
from standpoint.cli.train import line_of, train
from standpoint.labels import Task
from standpoint.model import load_champion, read_pointer
from standpoint.settings import project_root
from train.tracking import tasks_of

DEFAULTS: dict[Task, str] = {"stance": "seeds-stance", "sentiment": "seeds-sentiment"}
FINETUNED = "champion"
"""The recommended champion: one fine-tuned model for both tasks."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``champion``."""
    parser.add_argument(
        "--again", action="store_true", help="train again even if there is a champion"
    )
    parser.add_argument(
        "--finetuned",
        action="store_true",
        help="train and promote the fine-tuned model of configs/runs/champion.toml",
    )


def run(args: argparse.Namespace) -> None:
    """Train and promote each default champion that is missing, or the fine-tuned one."""
    if args.finetuned:
        run_id = _train(FINETUNED)
        promote_run(run_id, tasks_of(run_id, models_dir=models_dir()), force=True)
        return
    for task, name in DEFAULTS.items():
        if not args.again and read_pointer(models_dir(), task) is not None:
            version = load_champion(models_dir(), task).version
            print(
                f"{task}: champion is version {version}, kept as it is "
                "(`standpoint champion --again` trains it again)"
            )
        else:
            promote_run(_train(name), (task,), force=True)


def _train(name: str) -> str:
    """Train one config of configs/runs, print its scores, and return the run's id."""
    summary = train(project_root() / "configs" / "runs" / f"{name}.toml")
    print(line_of(summary))
    return str(summary["run_id"])
