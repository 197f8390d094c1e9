"""``standpoint compare``: significance tests between runs on the same rows."""

import argparse
import json
from itertools import combinations
from typing import Any, get_args

from standpoint.cli.folders import models_dir
from standpoint.cli.output import check_range, print_progress
from standpoint.errors import InputError
from train.config import Scoring
from train.scoring import PairedPredictions, align, compare, differing_rows, holm
from train.tracking import (
    StoredPredictions,
    StoredRun,
    read_predictions,
    read_run,
    track_comparison,
)

ROW_KEYS = ("id", "label", "a", "b", "right")
MAX_SHOWN_ROWS = 5  # of those where two runs differ; all of them are tracked in MLflow
# 100 draws give p-values in steps of 1%. The upper bound is a guess at what ends in useful time.
MIN_DRAWS, MAX_DRAWS = 100, 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``compare``."""
    scores = get_args(Scoring.model_fields["metric"].annotation)
    parser.add_argument("runs", nargs="+", metavar="RUN", help="ids that `train` prints")
    parser.add_argument("--score", choices=scores, help="default: the main score of the runs")
    parser.add_argument("--split", help="for example rw_dev; default: the test split of the runs")
    parser.add_argument("--subset", help="only some rows of the split: clean, unseen_issue, ...")
    parser.add_argument("--draws", type=int, default=10_000, help="draws per test (10,000)")
    parser.add_argument("--seed", type=int, default=13, help="of the draws (13)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> None:
    """Compare, track the comparison, and print it."""
    result = compare_runs(args)
    print(json.dumps(result) if args.json else format_comparison(result))


def compare_runs(args: argparse.Namespace) -> dict[str, Any]:
    """Compare every two of the runs; returns the object that ``--json`` prints.

    P-values are adjusted for the number of comparisons (Holm 1979).
    """
    _check_options(args)
    runs = [read_run(run_id, models_dir=models_dir()) for run_id in args.runs]
    metric, split, subset = _choose_rows(args, runs)
    table = f"{split}-five" if metric.endswith("_five") else split
    predictions = [read_predictions(r, table=table, models_dir=models_dir()) for r in runs]
    score = metric.removesuffix("_five")
    compared = []
    for a, b in combinations(range(len(runs)), 2):
        paired = _pair((runs[a], runs[b]), (predictions[a], predictions[b]), subset)
        comparison = compare(paired, score=score, draws=args.draws, seed=args.seed)
        compared.append((a, b, comparison, differing_rows(paired)))
    adjusted = holm([comparison.p_randomisation for _, _, comparison, _ in compared])
    pairs = [(*parts, p) for parts, p in zip(compared, adjusted, strict=True)]
    where = f"{runs[0].corpus} {split}" + (f", {subset} rows" if subset else "")
    rows_by_id = {row["id"]: row for row in predictions[0].rows}
    print_progress("tracking the comparison")
    run_id = track_comparison(
        runs, pairs=pairs, where=where, words=rows_by_id, models_dir=models_dir()
    )
    return {
        "run_id": run_id,
        "where": where,
        "metric": metric,
        "runs": [{"run_id": run.id, "name": run.name, "kind": run.kind} for run in runs],
        "comparisons": [
            {
                **comparison.to_dict(),
                "a": runs[a].id,
                "b": runs[b].id,
                "p_holm": p,
                "differing": [{key: getattr(row, key) for key in ROW_KEYS} for row in differing],
            }
            for a, b, comparison, differing, p in pairs
        ],
    }


def _check_options(args: argparse.Namespace) -> None:
    if len(args.runs) < 2 or len(set(args.runs)) < len(args.runs):
        raise InputError(
            f"RUN: must be two or more runs, each once, got {' '.join(args.runs)}. "
            "`standpoint ui` lists them."
        )
    if args.seed < 0:
        raise InputError(f"--seed: must be 0 or more, got {args.seed}.")
    check_range("--draws", args.draws, lowest=MIN_DRAWS, highest=MAX_DRAWS)


def _choose_rows(args: argparse.Namespace, runs: list[StoredRun]) -> tuple[str, str, str]:
    """Metric, split and subset: those of the options, else those that all runs share."""
    for key in ("task", "corpus"):
        _shared_value(key, runs)
    metric = args.score or _shared_value("metric", runs, hint="Name one with --score.")
    if metric == "f1_favor_against" and runs[0].task != "stance":
        raise InputError("--score: f1_favor_against is for stance, got runs for sentiment.")
    if metric.endswith("_five") and runs[0].corpus != "dse":
        raise InputError(f"--score: {metric} is for dse, got runs on {runs[0].corpus}.")
    split = args.split or _shared_value("split", runs, hint="Name one with --split.")
    subset = args.subset
    if subset is None:
        hint = "Name one with --subset, or --subset '' for all rows."
        subset = _shared_value("subset", runs, hint=hint)
    return metric, split, subset


def _shared_value(key: str, runs: list[StoredRun], *, hint: str = "") -> str:
    values = list(dict.fromkeys(getattr(run, key) for run in runs))
    if len(values) > 1:
        raise InputError(
            f"RUN: must be runs of one {key}, got {' and '.join(map(repr, values))}. {hint}".strip()
        )
    return str(values[0])


def _pair(
    runs: tuple[StoredRun, StoredRun],
    predictions: tuple[StoredPredictions, StoredPredictions],
    subset: str,
) -> PairedPredictions:
    rows_a, rows_b = (
        [row for row in stored.rows if not subset or subset in row["subsets"]]
        for stored in predictions
    )
    if not rows_a:
        known = sorted({name for row in predictions[0].rows for name in row["subsets"]})
        raise InputError(f"--subset: must be one of {', '.join(known)}, got {subset!r}.")
    name_a, name_b = (f"{run.name} ({run.id[:8]})" for run in runs)
    return align(rows_a, rows_b, labels=predictions[0].labels, names=(name_a, name_b))


def format_comparison(result: dict[str, Any]) -> str:
    """The comparison as text."""
    names = {run["run_id"]: f"{run['name']} ({run['run_id'][:8]})" for run in result["runs"]}
    lines = [f"{result['metric']} on {result['where']}"]
    for comparison in result["comparisons"]:
        lines += ["", *_comparison_lines(comparison, names)]
    lines += ["", f"tracked as run {result['run_id']}, with every row where they differ"]
    return "\n".join(lines)


def _comparison_lines(comparison: dict[str, Any], names: dict[str, str]) -> list[str]:
    low, high = comparison["ci95"]
    interval = "no interval: fewer than two groups"
    if low is not None:
        interval = f"95% interval {low:+.4f} to {high:+.4f}"
    mcnemar = comparison["mcnemar"]
    bootstrap = "–" if comparison["p_bootstrap"] is None else f"{comparison['p_bootstrap']:.4f}"
    return [
        f"a  {comparison['score_a']:.4f}  {names[comparison['a']]}",
        f"b  {comparison['score_b']:.4f}  {names[comparison['b']]}",
        f"b - a  {comparison['difference']:+.4f}, {interval}; "
        f"n = {comparison['n']:,} in {comparison['n_groups']:,} groups",
        f"p  {comparison['p_randomisation']:.4f} by randomisation of groups "
        f"({comparison['p_holm']:.4f} after Holm), {bootstrap} by bootstrap",
        f"accuracy: {mcnemar['only_a_right']} rows only a has right, "
        f"{mcnemar['only_b_right']} only b, McNemar p {mcnemar['p']:.4f} "
        "(takes rows as independent)",
        *_differing_lines(comparison["differing"]),
    ]


def _differing_lines(rows: list[dict[str, str]]) -> list[str]:
    """The first rows where two runs differ, as a small table."""
    if not rows:
        return ["both give the same label to every row"]
    cells = [("label", "a", "b", "row")]
    cells += [(row["label"], row["a"], row["b"], row["id"]) for row in rows[:MAX_SHOWN_ROWS]]
    widths = [max(len(line[column]) for line in cells) for column in range(3)]
    lines = ["  ".join([*(map(str.ljust, line, widths)), line[3]]).rstrip() for line in cells]
    more = [f"... and {len(rows) - MAX_SHOWN_ROWS:,} more"] if len(rows) > MAX_SHOWN_ROWS else []
    return [f"they differ on {len(rows):,} rows:", *(f"  {line}" for line in lines), *more]
