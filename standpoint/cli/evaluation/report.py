"""What ``standpoint evaluate`` prints of articles, as one object and as text."""

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from train.articles import EndToEnd

PARTS = ("statements", "table")
COMENTIONED = "comentioned"
DRAWS = 1_000


def told_of(found: "EndToEnd", *, seed: int | None = None) -> dict[str, Any]:
    """Precision, recall, F1 and n of statements and of the table.

    Parameters
    ----------
    seed : of the bootstrap; without one there are no intervals
    """
    told: dict[str, Any] = {}
    for name, counts in (("statements", found.statements), ("table", found.table)):
        told[name] = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        told[name]["n"] = int(counts.numbers[:, [0, 2]].sum())
        if seed is not None:
            ends = counts.interval(draws=DRAWS, seed=seed)
            told[name]["ci95"] = [None if math.isnan(end) else end for end in ends]
    return told


def summary_of(
    found: dict[str, Any], *, kind: str, run_id: str | None, bundle: str | None
) -> dict[str, Any]:
    """What the JSON of every score holds; the score is the F1 of statements."""
    own, comentioned = found["as_it_is"], found.get(COMENTIONED)
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
            f"{found['split']}.{part}.{name}": own[part][name]
            for part in PARTS
            for name in ("precision", "recall", "f1")
        },
        "leakage": None,
        "bundle": bundle,
    }


def report_of(found: dict[str, Any]) -> str:
    """The scores, the errors by cause, and what each stage costs."""
    own = found["as_it_is"]
    lines = [
        f"{found['data']}, {found['split']}: {found['n_articles']:,} articles, "
        f"judged by {found['judged_by']}",
        "",
        f"{'':<26}{'precision':>10}{'recall':>8}{'F1':>7}   95% of F1",
        *(_line(part, own[part]) for part in PARTS),
    ]
    if COMENTIONED in found:
        lines += [_line(f"co-mentioned, {part}", found[COMENTIONED][part]) for part in PARTS]
    lines += ["", "errors by cause", *_causes(own)]
    lines += ["", f"F1 were a stage perfect{'statements':>19}{'table':>18}"]
    for stage, way in found["perfect"].items():
        gains = [f"{way[p]['f1']:.3f} ({way[p]['f1'] - own[p]['f1']:+.3f})" for p in PARTS]
        lines.append(f"  {stage:<22}{gains[0]:>18}{gains[1]:>18}")
    return "\n".join([*lines, *_by_codebook(found.get("by_codebook", {}))])


def _line(name: str, score: dict[str, Any]) -> str:
    low, high = score["ci95"]
    between = "one group: no interval" if low is None else f"[{low:.3f}, {high:.3f}]"
    return (
        f"{name:<26}{score['precision']:>10.3f}{score['recall']:>8.3f}{score['f1']:>7.3f}   "
        f"{between}, n = {score['n']:,}"
    )


def _causes(own: dict[str, Any]) -> list[str]:
    lines = []
    for part in PARTS:
        errors = own[part]["errors"]
        total = max(1, sum(errors.values()))
        shown = ", ".join(f"{stage} {n:,} ({n / total:.0%})" for stage, n in errors.items())
        lines.append(f"  {part}: {shown}")
    return lines


def _by_codebook(codebooks: dict[str, Any]) -> list[str]:
    if not codebooks:
        return []
    rows = [
        f"  {name:<24}{way['statements']['f1']:>12.3f}{way['table']['f1']:>9.3f}"
        for name, way in codebooks.items()
    ]
    return ["", f"{'F1 by codebook':<26}{'statements':>12}{'table':>9}", *rows]
