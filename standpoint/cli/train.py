"""``standpoint train``: train one model from a run config and track it."""

import argparse
import json
from pathlib import Path
from typing import Any

from standpoint.cli.folders import models_dir
from standpoint.cli.output import format_interval, nan_to_none, print_progress
from standpoint.errors import CorpusError
from standpoint.settings import project_root
from train.config import JudgeConfig, RunConfig, load_run_config
from train.corpora import data_folder
from train.judge import train_judge
from train.results import FinishedRun, JudgeResult
from train.run import run as run_config
from train.tracking import LiveRun, check_store, live_run, track, track_judge


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``train``."""
    parser.add_argument("config", help="a file of configs/runs")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        dest="changes",
        help="change a setting, e.g. --set model.c=0.01; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> None:
    """Train, track, and print the scores."""
    summary = train(Path(args.config), changes=tuple(args.changes))
    print(json.dumps(summary) if args.json else line_of(summary))


def train(config_path: Path, *, changes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Run a config and track it in MLflow.

    Parameters
    ----------
    changes : settings to change, as ``model.c=0.01``

    Returns
    -------
    the object that ``--json`` prints
    """
    config = load_run_config(config_path, changes=changes)
    check_store(models_dir(), must_exist=False)
    with live_run(config.name, models_dir=models_dir()) as live:
        if isinstance(config, JudgeConfig):
            return _train_judge(config, live)
        return _train_classifier(config, live)


def _train_classifier(config: RunConfig, live: LiveRun) -> dict[str, Any]:
    root, models = project_root(), models_dir()
    finished = run_config(
        config,
        root=root,
        models_dir=models,
        report_progress=print_progress,
        log_metric=live.log_metric,
    )
    live.flush()
    print_progress(f"{config.name}: tracking")
    return summary_of(finished, track(finished, root=root, models_dir=models, run_id=live.run_id))


def _train_judge(config: JudgeConfig, live: LiveRun) -> dict[str, Any]:
    root, models = project_root(), models_dir()
    try:
        data = data_folder()
    except CorpusError:
        data = None  # then the real documents have no texts, which the training says
    result = train_judge(
        config,
        root=root,
        models_dir=models,
        data=data,
        report_progress=print_progress,
        log_metric=live.log_metric,
    )
    live.flush()
    print_progress(f"{config.name}: tracking")
    run_id = track_judge(result, root=root, models_dir=models, run_id=live.run_id)
    return judge_summary(result, run_id)


def judge_summary(result: JudgeResult, run_id: str) -> dict[str, Any]:
    """The object that ``--json`` prints of a judge: it has no interval and no baseline."""
    config = result.config
    return {
        "run_id": run_id,
        "config": config.name,
        "task": config.task,
        "kind": config.model.kind,
        "data": ",".join(source.name for source in config.learned_sources),
        "protocol": "dev",
        "split": result.split,
        "subset": None,
        "n": result.n_dev,
        "metric": result.metric,
        "score": result.score,
        "ci95": [None, None],
        "baseline": None,
        "scores": result.scores,
        "leakage": {},
        "missing": list(result.missing),
        "seconds": {key: round(value, 2) for key, value in result.seconds.items()},
        "memory": {"peak_mib": round(result.peak_mib)},
        "bundle": f"runs:/{run_id}/bundle",
    }


def summary_of(finished: FinishedRun, run_id: str) -> dict[str, Any]:
    """The object that ``--json`` prints: the main score, its interval, leakage, time, memory."""
    config, main = finished.config, finished.own.scores[finished.main_split]
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
        "score": nan_to_none(main.score),
        "ci95": [nan_to_none(end) for end in main.interval],
        "baseline": nan_to_none(main.baseline),
        "baseline_by_issue": nan_to_none(main.baseline_by_issue),
        "scores": finished.flat,
        "leakage": {
            **{
                name: int(value) if name.startswith("n_") else nan_to_none(value)
                for name, value in main.leakage.items()
            },
            "train": finished.repeats,
        },
        "seconds": {key: round(value, 2) for key, value in finished.seconds.items()},
        "memory": {"peak_mib": round(finished.peak_mib)},
        "bundle": f"runs:/{run_id}/bundle",
    }


def line_of(summary: dict[str, Any]) -> str:
    """One line of text about a run: its id, score, interval, baselines and bundle."""
    if summary["score"] is None:
        return (
            f"{summary['config']}: run {summary['run_id']}, {summary['split']} has no rows of the "
            f"subset {summary['subset']!r} to score, bundle {summary['bundle']}"
        )
    if summary["kind"] == "judge":
        return (
            f"{summary['config']}: run {summary['run_id']}, {summary['split']} "
            f"{summary['metric']} {summary['score']:.3f}, n = {summary['n']:,}, "
            f"bundle {summary['bundle']}"
        )
    rows = " ".join(word for word in (summary["split"], summary["subset"]) if word)
    score = f"{summary['score']:.3f} {format_interval(summary['ci95'])}".rstrip()
    return (
        f"{summary['config']}: run {summary['run_id']}, {rows} {summary['metric']} {score}, "
        f"n = {summary['n']:,}, majority {summary['baseline']:.3f}{_by_issue(summary)}"
        f"{_clean_part(summary)}, bundle {summary['bundle']}"
    )


def _by_issue(summary: dict[str, Any]) -> str:
    """The score of the most frequent label of each issue, where it beats one label for all."""
    score = summary["baseline_by_issue"]
    return f" ({score:.3f} by issue)" if score > summary["baseline"] else ""


def _clean_part(summary: dict[str, Any]) -> str:
    """The score on clean rows, where some test texts are in the training data too."""
    leakage = summary["leakage"]
    if not leakage["n_repeated_text"] + leakage["n_near_text"]:
        return ""
    if leakage["score_clean"] is None:
        return ", no clean rows: train has every text of test"
    return f", {leakage['score_clean']:.3f} on the {leakage['n_clean']:,} clean rows"
