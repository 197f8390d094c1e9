"""The scores of whole articles, as one JSON object and as text."""

from collections.abc import Mapping
from typing import Any

from standpoint.cli.output import format_interval, nan_to_none
from train.articles import EndToEnd

PARTS = ("statements", "table")
COMENTIONED = "comentioned"
DRAWS = 1_000  # of the bootstrap, as in docs/benchmarks.md


def scores_object(scores: EndToEnd, *, seed: int | None = None) -> dict[str, Any]:
    """Precision, recall, F1 and n of statements and of the table.

    Parameters
    ----------
    seed : of the bootstrap; without one there are no intervals
    """
    result: dict[str, Any] = {}
    for part, counts in (("statements", scores.statements), ("table", scores.table)):
        result[part] = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        result[part]["n"] = int(counts.numbers[:, [0, 2]].sum())
        if seed is not None:
            interval = counts.interval(draws=DRAWS, seed=seed)
            result[part]["ci95"] = [nan_to_none(end) for end in interval]
    return result


def summary_of(
    result: dict[str, Any], *, kind: str, run_id: str | None, bundle: str | None
) -> dict[str, Any]:
    """The keys that the JSON of every evaluation has; the score is the F1 of statements."""
    own, comentioned = result["as_it_is"], result.get(COMENTIONED)
    main = own["statements"]
    return {
        "run_id": run_id,
        "task": "stance",
        "kind": kind,
        "n": main["n"],
        "metric": "statements.f1",
        "score": main["f1"],
        "ci95": main["ci95"],
        "baseline": comentioned["statements"]["f1"] if comentioned else None,
        "scores": {
            f"{result['split']}.{part}.{name}": own[part][name]
            for part in PARTS
            for name in ("precision", "recall", "f1")
        },
        "leakage": None,
        "bundle": bundle,
    }


def format_report(result: dict[str, Any]) -> str:
    """The scores, the errors by cause, and the F1 with each stage replaced by gold."""
    own = result["as_it_is"]
    lines = [
        f"{result['data']}, {result['split']}: {result['n_articles']:,} articles, "
        f"classified by {result['judged_by']}",
        "",
        f"{'':<26}{'precision':>10}{'recall':>8}{'F1':>7}   95% of F1",
        *(_score_line(part, own[part]) for part in PARTS),
    ]
    if COMENTIONED in result:
        baseline = result[COMENTIONED]
        lines += [_score_line(f"co-mentioned, {part}", baseline[part]) for part in PARTS]
    lines += ["", "errors by cause", *(cause_line(part, own[part]["errors"]) for part in PARTS)]
    lines += ["", f"F1 with a perfect stage{'statements':>19}{'table':>18}"]
    for stage, scores in result["perfect"].items():
        gains = [f"{scores[p]['f1']:.3f} ({scores[p]['f1'] - own[p]['f1']:+.3f})" for p in PARTS]
        lines.append(f"  {stage:<22}{gains[0]:>18}{gains[1]:>18}")
    by_codebook = result.get("by_codebook", {})
    if by_codebook:
        lines += ["", f"{'F1 by codebook':<26}{'statements':>12}{'table':>9}"]
    for name, scores in by_codebook.items():
        f1 = [scores[part]["f1"] for part in PARTS]
        lines.append(f"  {name:<24}{f1[0]:>12.3f}{f1[1]:>9.3f}")
    return "\n".join(lines)


def _score_line(name: str, scores: dict[str, Any]) -> str:
    interval = format_interval(scores["ci95"], missing="one group: no interval")
    return (
        f"{name:<26}{scores['precision']:>10.3f}{scores['recall']:>8.3f}{scores['f1']:>7.3f}   "
        f"{interval}, n = {scores['n']:,}"
    )


def cause_line(part: str, errors: Mapping[str, int]) -> str:
    """The errors of statements or of the table, by the stage that made them."""
    total = max(1, sum(errors.values()))
    causes = ", ".join(f"{stage} {n:,} ({n / total:.0%})" for stage, n in errors.items())
    return f"  {part}: {causes}"
