"""``standpoint champion``: the default models, trained and promoted where there are none."""

import argparse

from standpoint.cli.folders import models_dir, root
from standpoint.cli.train import line_of, train
from standpoint.labels import Task
from standpoint.model import load_champion, read_pointer

DEFAULTS: dict[Task, str] = {"stance": "seeds-stance", "sentiment": "seeds-sentiment"}


FINETUNED = "champion"
"""The recommended champion: one fine-tuned model for both tasks."""


def run(args: argparse.Namespace) -> int:
    """Train and promote each default champion that is missing, or the fine-tuned one."""
    if args.finetuned:
        return _finetuned()
    for task, name in DEFAULTS.items():
        if not args.again and read_pointer(models_dir(), task) is not None:
            version = load_champion(models_dir(), task).version
            print(
                f"{task}: champion is version {version}, kept as it is "
                "(`standpoint champion --again` trains it anew)"
            )
            continue
        from train.tracking import promote

        found = train(root() / "configs" / "runs" / f"{name}.toml")
        print(line_of(found))
        done = promote(found["run_id"], models_dir=models_dir(), task=task, force=True)
        print(f"{task}: champion is version {done.version}")
    return 0


def _finetuned() -> int:
    """Train the joint model from the data that is here, and promote it for both tasks."""
    from train.tracking import promote, tasks_of

    found = train(root() / "configs" / "runs" / f"{FINETUNED}.toml")
    print(line_of(found))
    for task in tasks_of(found["run_id"], models_dir=models_dir()):
        done = promote(found["run_id"], models_dir=models_dir(), task=task, force=True)
        print(f"{task}: champion is version {done.version}")
    return 0
