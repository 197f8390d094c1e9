"""The scores on real documents, as one JSON object and as text."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from standpoint.cli.evaluation.report import PARTS, cause_line
from standpoint.cli.output import format_interval, plural
from train.articles import ReaderScores
from train.scoring import N_BINS

FACETS = {
    "form": "by form (speech: all that is not news)",
    "kind": "by kind of document",
    "source": "by source",
    "issue": "by issue",
    "attribution": "by attribution (of gold: recall alone)",
    "reference": "by how gold refers to the issue (recall alone)",
}
READER_SHARES = {
    "recall": "gold statements among them",
    "recall_sides": "  those with a side",
    "holder_found": "holder, where gold's sentence and issue are found",
    "holder_right": "holder, where a candidate's sentence and issue are gold",
    "voice": "voice of the sentence, where gold is in own words",
}
CALIBRATED = {
    "statements": "statements",
    "sides": "  those with a side",
    "cells": "cells with a side",
}
Estimated = Mapping[str, Any]
"""``value``, ``ci95`` and ``n``."""


def as_json(scores: Any) -> Any:
    """Scores as JSON has them: an estimate is ``value``, ``ci95`` and ``n``."""
    if isinstance(scores, Mapping):
        return {name: as_json(own) for name, own in scores.items()}
    return None if scores is None else asdict(scores)


def reader_object(scores: ReaderScores) -> dict[str, Any]:
    """The scores of the reader as JSON has them."""
    per_statement = scores.candidates_per_statement
    return {**asdict(scores), "candidates_per_statement": per_statement}


def summary_of(
    result: Mapping[str, Any], *, kind: str, run_id: str | None, bundle: str | None
) -> dict[str, Any]:
    """The keys that the JSON of every evaluation has; the score is the F1 of the table."""
    f1 = result["as_it_is"]["table"]["f1"]
    return {
        "run_id": run_id,
        "task": "stance",
        "kind": kind,
        "n": f1["n"],
        "metric": "table.f1",
        "score": f1["value"],
        "ci95": f1["ci95"],
        "baseline": None,
        "scores": dict(_flat_scores(result)),
        "leakage": None,
        "bundle": bundle,
    }


def _flat_scores(result: Mapping[str, Any]) -> Iterator[tuple[str, float | None]]:
    split = result["split"]
    for part in PARTS:
        for name, estimate in result["as_it_is"][part].items():
            yield f"{split}.{part}.{name}", estimate["value"]
    for part, calibration in result["calibration"].items():
        yield f"{split}.{part}.ece", calibration["ece"]
    for finder, scores in result["reader"].items():
        for name in READER_SHARES:
            yield f"{split}.{finder}.{name}", scores[name]["value"]
        yield f"{split}.{finder}.candidates_per_statement", scores["candidates_per_statement"]


def format_real_report(result: Mapping[str, Any]) -> str:
    """The scores of the reader, of statements and table, and the errors by cause."""
    cues = "the codebooks' own cues" if result["cues"] == "given" else "codebooks without cues"
    lines = [
        f"real documents, {result['split']}: {plural(result['n_documents'], 'document')}, {cues},",
        f"classified by {result['judged_by']}",
        *(f"left out: {source}" for source in result["missing"]),
    ]
    for name, scores in result["reader"].items():
        lines += ["", *_reader_lines(name, scores)]
    lines += ["", _head("from text to table")]
    lines += [_score_line(part, result["as_it_is"][part]) for part in PARTS]
    table = result["as_it_is"]["table"]
    lines += [
        f"  all cells, also the defensible: recall {_short(table['recall_all'])}, "
        f"F1 {_short(table['f1_all'])}"
    ]
    lines += ["", *_calibration_lines(result)]
    for facet, title in FACETS.items():
        lines += ["", _head(title), *_facet_lines(result["by"][facet])]
    lines += ["", "errors by cause", *(cause_line(p, result["errors"][p]) for p in PARTS)]
    lines += ["", f"F1 with a perfect stage{'statements':>21}{'table':>18}"]
    lines += [_perfect_line(stage, own, result) for stage, own in result["perfect"].items()]
    return "\n".join(lines)


def _reader_lines(name: str, scores: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"the reader, {name} candidates: {scores['n_candidates']:,} for "
        f"{scores['n_statements']:,} gold statements, {scores['candidates_per_statement']:.2f} each"
    )
    for key, label in READER_SHARES.items():
        yield f"  {label:<56}{_long(scores[key])}"
    for form, own in scores["by_facet"]["form"].items():
        yield f"  {f'gold statements among them, {form}':<56}{_long(own['recall'])}"
        yield f"  {'  those with a side':<56}{_long(own['recall_sides'])}"
    for facet in ("kind", "source", "issue", "attribution", "reference"):
        shares = (f"{v} {_short(s['recall'])}" for v, s in scores["by_facet"][facet].items())
        yield f"  found by {facet}: {', '.join(shares)}"
    misses = ", ".join(f"{miss} {n:,}" for miss, n in scores["misses"].items())
    yield f"  missed: {misses}"


def _head(title: str) -> str:
    columns = f"{'precision':>18}{'recall':>16}{'F1':>8}{'95% of F1':>18}{'wrong sign':>17}"
    return f"{title}\n{'':<28}{columns}"


def _score_line(name: str, scores: Mapping[str, Any]) -> str:
    f1 = scores["f1"]
    interval = format_interval(f1["ci95"] or (None, None)) if f1 else ""
    return (
        f"  {name:<26}{_short(scores['precision']):>18}{_short(scores['recall']):>16}"
        f"{_value(f1):>8}{interval:>18}{_short(scores['wrong_sign']):>17}"
    )


def _calibration_lines(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"expected calibration error ({N_BINS} bins of confidence), and how often they are right"
    for part, label in CALIBRATED.items():
        scores = result["calibration"][part]
        ece = "–" if scores["ece"] is None else f"{scores['ece']:.3f}"
        bins = ", ".join(f"{b['confidence']:.2f}: {b['accuracy']:.2f}" for b in scores["bins"])
        yield f"  {label:<26}{ece} of {scores['n']:,}  {bins}".rstrip()


def _facet_lines(values: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for value, parts in values.items():
        for part, scores in parts.items():
            yield _score_line(f"{value}, {part}", scores)


def _perfect_line(stage: str, parts: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    cells = []
    for part in PARTS:
        own, perfect = result["as_it_is"][part]["f1"]["value"], parts[part]["f1"]["value"]
        cells.append("–" if None in (own, perfect) else f"{perfect:.3f} ({perfect - own:+.3f})")
    return f"  {stage:<24}{cells[0]:>18}{cells[1]:>18}"


def _value(estimate: Estimated | None) -> str:
    return "–" if estimate is None or estimate["value"] is None else f"{estimate['value']:.3f}"


def _short(estimate: Estimated | None) -> str:
    return "–" if not (estimate and estimate["n"]) else f"{_value(estimate)} of {estimate['n']:,}"


def _long(estimate: Estimated) -> str:
    interval = format_interval(estimate["ci95"] or (None, None))
    return f"{_short(estimate)}  {interval}".rstrip()
