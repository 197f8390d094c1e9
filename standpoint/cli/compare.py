"""``standpoint compare``: whether runs differ, on the same rows."""

import argparse
import json
from itertools import combinations
from typing import TYPE_CHECKING, Any

from standpoint.cli.folders import models_dir, say
from standpoint.errors import InputError

SHOWN = 5

if TYPE_CHECKING:
    from train.scoring import Comparison, DifferingRow, PairedPredictions
    from train.tracking import StoredPredictions, StoredRun


def run(args: argparse.Namespace) -> int:
    """Compare, track the comparison, and print it."""
    found = compare_runs(args)
    print(json.dumps(found) if args.json else text_of(found))
    return 0


def compare_runs(args: argparse.Namespace) -> dict[str, Any]:
    """Compare every two of the runs; gives what ``--json`` prints."""
    from train.scoring import compare, differing_rows, holm
    from train.tracking import read_predictions, read_run, track_comparison

    _check(args)
    runs = [read_run(run_id, models_dir=models_dir()) for run_id in args.runs]
    metric, split, subset = _asked(args, runs)
    table = f"{split}-five" if metric.endswith("_five") else split
    predictions = [read_predictions(r, table=table, models_dir=models_dir()) for r in runs]
    compared = []
    for a, b in combinations(range(len(runs)), 2):
        paired = _pair(runs[a], runs[b], predictions[a], predictions[b], subset)
        score = metric.removesuffix("_five")
        found = compare(paired, score=score, draws=args.draws, seed=args.seed)
        compared.append((a, b, found, differing_rows(paired)))
    adjusted = holm([found.p_randomisation for _, _, found, _ in compared])
    pairs = [(*one, p) for one, p in zip(compared, adjusted, strict=True)]
    where = f"{runs[0].corpus} {split}" + (f", {subset} rows" if subset else "")
    words = {row["id"]: row for row in predictions[0].rows}
    say("tracking the comparison")
    run_id = track_comparison(runs, pairs=pairs, where=where, words=words, models_dir=models_dir())
    return _told(runs, pairs, run_id=run_id, where=where, metric=metric)


def _check(args: argparse.Namespace) -> None:
    if len(args.runs) < 2 or len(set(args.runs)) < len(args.runs):
        raise InputError(
            f"RUN: must be two or more runs, each once, got {' '.join(args.runs)}. "
            "`standpoint ui` lists them."
        )
    if args.seed < 0:
        raise InputError(f"--seed: must be 0 or more, got {args.seed}.")
    if not 100 <= args.draws <= 1_000_000:
        raise InputError(f"--draws: must be from 100 to 1,000,000, got {args.draws}.")


def _asked(args: argparse.Namespace, runs: "list[StoredRun]") -> tuple[str, str, str]:
    """Score, split and subset: as the call says, else as the runs' configs agree."""
    for key in ("task", "corpus"):
        _agree(key, runs)
    metric = args.score or _agree("metric", runs, hint="Name one with --score.")
    if metric == "f1_favor_against" and runs[0].task != "stance":
        raise InputError("--score: f1_favor_against is for stance, got runs for sentiment.")
    if metric.endswith("_five") and runs[0].corpus != "dse":
        raise InputError(f"--score: {metric} is for dse, got runs on {runs[0].corpus}.")
    split = args.split or _agree("split", runs, hint="Name one with --split.")
    subset = args.subset
    if subset is None:
        subset = _agree("subset", runs, hint="Name one with --subset, or --subset '' for all rows.")
    return metric, split, subset


def _agree(key: str, runs: "list[StoredRun]", *, hint: str = "") -> str:
    found = list(dict.fromkeys(getattr(run, key) for run in runs))
    if len(found) > 1:
        raise InputError(
            f"RUN: must be runs of one {key}, got {' and '.join(map(repr, found))}. {hint}".strip()
        )
    return str(found[0])


def _pair(
    run_a: "StoredRun",
    run_b: "StoredRun",
    a: "StoredPredictions",
    b: "StoredPredictions",
    subset: str,
) -> "PairedPredictions":
    from train.scoring import align

    rows_a, rows_b = (
        [row for row in some.rows if not subset or subset in row["subsets"]] for some in (a, b)
    )
    if not rows_a:
        known = sorted({name for row in a.rows for name in row["subsets"]})
        raise InputError(f"--subset: must be one of {', '.join(known)}, got {subset!r}.")
    names = (f"{run_a.name} ({run_a.id[:8]})", f"{run_b.name} ({run_b.id[:8]})")
    return align(rows_a, rows_b, labels=a.labels, names=names)


def _told(
    runs: "list[StoredRun]",
    pairs: "list[tuple[int, int, Comparison, list[DifferingRow], float]]",
    *,
    run_id: str,
    where: str,
    metric: str,
) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "where": where,
        "metric": metric,
        "runs": [{"run_id": run.id, "name": run.name, "kind": run.kind} for run in runs],
        "comparisons": [
            {
                **found.to_dict(),
                "a": runs[a].id,
                "b": runs[b].id,
                "p_holm": p,
                "differing": [
                    {"id": d.id, "label": d.label, "a": d.a, "b": d.b, "right": d.right}
                    for d in differing
                ],
            }
            for a, b, found, differing, p in pairs
        ],
    }


def text_of(found: dict[str, Any]) -> str:
    """The comparison for a terminal."""
    names = {run["run_id"]: f"{run['name']} ({run['run_id'][:8]})" for run in found["runs"]}
    lines = [f"{found['metric']} on {found['where']}"]
    for one in found["comparisons"]:
        lines += ["", *_lines(one, names)]
    lines += ["", f"tracked as run {found['run_id']}, with every row where they differ"]
    return "\n".join(lines)


def _lines(one: dict[str, Any], names: dict[str, str]) -> list[str]:
    low, high = one["ci95"]
    between = "no interval: fewer than two groups"
    if low is not None:
        between = f"95% interval {low:+.4f} to {high:+.4f}"
    only_a, only_b = one["mcnemar"]["only_a_right"], one["mcnemar"]["only_b_right"]
    bootstrap = "–" if one["p_bootstrap"] is None else f"{one['p_bootstrap']:.4f}"
    return [
        f"a  {one['score_a']:.4f}  {names[one['a']]}",
        f"b  {one['score_b']:.4f}  {names[one['b']]}",
        f"b - a  {one['difference']:+.4f}, {between}; "
        f"n = {one['n']:,} in {one['n_groups']:,} groups",
        f"p  {one['p_randomisation']:.4f} by randomisation of groups "
        f"({one['p_holm']:.4f} after Holm), {bootstrap} by bootstrap",
        f"accuracy: {only_a} rows only a has right, {only_b} only b, McNemar p "
        f"{one['mcnemar']['p']:.4f} (takes rows as independent)",
        *_differing_lines(one["differing"]),
    ]


def _differing_lines(rows: list[dict[str, str]]) -> list[str]:
    """The first rows where two runs differ, as a small table."""
    if not rows:
        return ["they say the same of every row"]
    cells = [("label", "a", "b", "row")]
    cells += [(row["label"], row["a"], row["b"], row["id"]) for row in rows[:SHOWN]]
    widths = [max(len(line[column]) for line in cells) for column in range(3)]
    lines = ["  ".join([*(map(str.ljust, line, widths)), line[3]]).rstrip() for line in cells]
    more = f"... and {len(rows) - SHOWN:,} more" if len(rows) > SHOWN else ""
    return [
        f"they differ on {len(rows):,} rows:",
        *(f"  {line}" for line in lines),
        *([more] * bool(more)),
    ]
