"""``standpoint train``: one config in, one tracked run out."""

import argparse
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standpoint.cli.folders import models_dir, root, say

if TYPE_CHECKING:
    from train.run import FinishedRun


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
    from train.tracking import check_store, live_run, track

    check_store(models_dir(), must_exist=False)
    with live_run(config.name, models_dir=models_dir()) as live:
        finished = carry_out(
            config, root=root(), models_dir=models_dir(), say=say, watch=live.watch
        )
        live.send()
        say(f"{config.name}: tracking")
        run_id = track(finished, root=root(), models_dir=models_dir(), run_id=live.run_id)
    return summary_of(finished, run_id)


def summary_of(finished: "FinishedRun", run_id: str) -> dict[str, Any]:
    """What ``--json`` prints of a run."""
    config, main = finished.config, finished.scores[finished.main]
    return {
        "run_id": run_id,
        "config": config.name,
        "task": config.task,
        "kind": config.model.kind,
        "data": config.data.corpus,
        "protocol": config.protocol.kind,
        "split": main.name,
        "subset": config.scoring.subset,
        "n": main.n,
        "metric": config.scoring.metric,
        "score": _known(main.score),
        "ci95": [None if math.isnan(end) else end for end in main.interval],
        "baseline": _known(main.baseline),
        "baseline_by_issue": _known(main.baseline_by_issue),
        "scores": finished.flat,
        "leakage": {**_whole(main.leakage), "train": finished.repeats},
        "seconds": {key: round(value, 2) for key, value in finished.seconds.items()},
        "memory": {"peak_mib": round(finished.peak_mib)},
        "bundle": f"runs:/{run_id}/bundle",
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _whole(found: dict[str, float]) -> dict[str, float | int | None]:
    """Counts as whole numbers, and null where there is no score."""
    return {
        key: int(value) if key.startswith("n_") else None if math.isnan(value) else value
        for key, value in found.items()
    }


def line_of(found: dict[str, Any]) -> str:
    """The last line of a run."""
    if found["score"] is None:
        return (
            f"{found['config']}: run {found['run_id']}, {found['split']} has no rows of the "
            f"subset {found['subset']!r} to score, bundle {found['bundle']}"
        )
    low, high = found["ci95"]
    between = "" if low is None else f" [{low:.3f}, {high:.3f}]"
    rows = " ".join(word for word in (found["split"], found["subset"]) if word)
    return (
        f"{found['config']}: run {found['run_id']}, {rows} {found['metric']} "
        f"{found['score']:.3f}{between}, n = {found['n']:,}, "
        f"majority {found['baseline']:.3f}{_by_issue(found)}{_clean_part(found)}, "
        f"bundle {found['bundle']}"
    )


def _by_issue(found: dict[str, Any]) -> str:
    """What guessing by issue gets, where it is more than one guess for all."""
    more = found["baseline_by_issue"] > found["baseline"]
    return f" ({found['baseline_by_issue']:.3f} by issue)" if more else ""


def _clean_part(found: dict[str, Any]) -> str:
    """The score on clean rows, where some rows are not."""
    leakage = found["leakage"]
    n_met = leakage["n_repeated_text"] + leakage["n_near_text"]
    if not n_met:
        return ""
    if leakage["score_clean"] is None:
        return ", no clean rows: train has every text of test"
    return f", {leakage['score_clean']:.3f} on the {leakage['n_clean']:,} clean rows"
