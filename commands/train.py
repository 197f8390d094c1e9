"""``standpoint train``: one config in, one tracked run out."""

import argparse
import json
from pathlib import Path
from typing import Any

from commands.places import models_dir, root, say


def run(args: argparse.Namespace) -> int:
    """Train, track, and print what came of it."""
    found = train(Path(args.config), changes=tuple(args.changes))
    print(json.dumps(found) if args.json else line_of(found))
    return 0


def train(config_path: Path, *, changes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Carry out a config and track it; gives what ``--json`` prints."""
    from train.config import load_config

    config = load_config(config_path, changes=changes)
    from train.run import run as carry_out
    from train.tracking import check_store, track

    check_store(models_dir(), must_exist=False)
    finished = carry_out(config, root=root(), models_dir=models_dir(), say=say)
    say(f"{config.name}: tracking")
    run_id = track(finished, root=root(), models_dir=models_dir())
    main = finished.scores[finished.main]
    metric = config.scoring.metric
    return {
        "run_id": run_id,
        "config": config.name,
        "task": config.task,
        "kind": config.model.kind,
        "data": config.data.corpus,
        "split": main.name,
        "n": main.n,
        "metric": metric,
        "score": main.flat[f"{main.name}.{metric}"],
        "ci95": list(main.interval),
        "baseline": main.baseline,
        "scores": finished.flat,
        "leakage": {
            "n_clean": main.n_clean,
            "score_clean": main.flat[f"{main.name}.{metric}.clean"],
        },
        "seconds": {key: round(value, 2) for key, value in finished.seconds.items()},
        "bundle": f"runs:/{run_id}/bundle",
    }


def line_of(found: dict[str, Any]) -> str:
    """The last line of a run."""
    low, high = found["ci95"]
    return (
        f"{found['config']}: run {found['run_id']}, {found['split']} {found['metric']} "
        f"{found['score']:.3f} [{low:.3f}, {high:.3f}], n = {found['n']:,}, "
        f"majority {found['baseline']:.3f}, bundle {found['bundle']}"
    )
