"""``standpoint data agreement``: inter-annotator agreement of the seeds."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from standpoint.cli.output import format_interval, format_table
from standpoint.settings import project_root
from train.articles import Agreement, Estimate, agreement
from train.corpora import Annotations, Seeds, load_annotations, load_seeds

MEASURES = {
    "alpha.stance": "alpha of stance, units both marked",
    "alpha.stance.strict": "  all units, unmarked is none",
    "alpha.stance.strict.cued": "  units with a cue, unmarked is none",
    "alpha.side": "alpha of side, both saw one",
    "alpha.tone": "alpha of tone",
    "alpha.attribution": "alpha of attribution",
    "f1.units": "F1 of units",
    "f1.units.cued": "  with a cue",
    "f1.units.implied": "  implied",
    "cue.exact": "cues, the same",
    "cue.overlap": "  overlap",
    "cue.token_f1": "  mean token F1",
    "holder.exact": "holders, the same",
    "holder.overlap": "  overlap",
    "holder.token_f1": "  mean token F1",
}
"""What each measure of `train.articles.agreement` is called in the table."""
CODEBOOK_COLUMNS = ("alpha.stance", "alpha.stance.strict", "alpha.stance.strict.cued")


def load_seeds_and_annotations() -> tuple[Seeds, Annotations]:
    """Load and check the project's seeds, and the two annotations they were made from."""
    folder = project_root() / "seeds"
    seeds = load_seeds(folder, codebooks=project_root() / "configs" / "codebooks")
    return seeds, load_annotations(folder, seeds=seeds)


def seed_agreement(*, as_json: bool) -> str:
    """The agreement of the two annotators of the seeds, as JSON or as tables."""
    result = agreement(*load_seeds_and_annotations())
    return json.dumps(asdict(result)) if as_json else _report(result)


def _report(result: Agreement) -> str:
    units = "; ".join(
        f"{kind} {n['first']:,} and {n['second']:,}, shared {n['both']:,}"
        for kind, n in result.units.items()
    )
    measures = [["", "value", "95%", "n"]]
    measures += [[MEASURES[name], *_cells(value)] for name, value in result.measures.items()]
    return "\n".join(
        [
            f"{result.articles} articles of {len(result.by_codebook)} codebooks, annotated twice",
            f"units, of the first and the second annotator: {units}",
            "",
            format_table(measures, right=(1, 2, 3)),
            "",
            _codebook_table(result.by_codebook),
            "",
            f"stance seen differently: {_format_counts(result.differences)}",
            f"settled: {_format_counts(result.settled)}",
        ]
    )


def _cells(estimate: Estimate) -> list[str]:
    interval = format_interval(estimate.ci95 or (None, None), missing="–")
    return [_format_value(estimate), interval, f"{estimate.n:,}"]


def _format_value(estimate: Estimate) -> str:
    return "–" if estimate.value is None else f"{estimate.value:.3f}"


def _codebook_table(by_codebook: Mapping[str, Mapping[str, Estimate]]) -> str:
    rows = [["alpha of stance", "both marked", "95%", "n", "unmarked is none", "with a cue"]]
    for name, measures in by_codebook.items():
        both, strict, cued = (measures[column] for column in CODEBOOK_COLUMNS)
        rows.append([name, *_cells(both), _format_value(strict), _format_value(cued)])
    return format_table(rows, right=range(1, 6))


def _format_counts(counts: Mapping[str, int]) -> str:
    parts = ", ".join(f"{kind} {n:,}" for kind, n in counts.items())
    return f"{sum(counts.values()):,} ({parts})" if parts else "0"
