"""``standpoint data agreement``: how far the two annotators of the seeds agree."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from standpoint.cli.folders import root
from standpoint.cli.output import aligned

if TYPE_CHECKING:
    from train.articles import Agreement, Estimate
    from train.corpora import Annotations, Seeds

_SAID = {
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
_COLUMNS = ("alpha.stance", "alpha.stance.strict", "alpha.stance.strict.cued")


def agreement_of_the_seeds(*, as_json: bool) -> str:
    """The agreement of the project's seeds, as one JSON object or as tables."""
    from train.articles import agreement

    found = agreement(*seeds_and_annotations())
    return json.dumps(asdict(found)) if as_json else _shown(found)


def seeds_and_annotations() -> "tuple[Seeds, Annotations]":
    """The seeds of the project, and the annotations they were settled from, both checked."""
    from train.corpora import load_annotations, load_seeds

    folder = root() / "seeds"
    seeds = load_seeds(folder, codebooks=root() / "configs" / "codebooks")
    return seeds, load_annotations(folder, seeds=seeds)


def _shown(found: "Agreement") -> str:
    kinds = "; ".join(
        f"{kind} {n['first']:,} and {n['second']:,}, shared {n['both']:,}"
        for kind, n in found.units.items()
    )
    measures = [["", "value", "95%", "n"]]
    measures += [[_SAID[name], *_cells(of)] for name, of in found.measures.items()]
    return "\n".join(
        [
            f"{found.articles} articles of {len(found.by_codebook)} codebooks, annotated twice",
            f"units, of the first and the second annotator: {kinds}",
            "",
            aligned(measures, right=(1, 2, 3)),
            "",
            _by_codebook(found.by_codebook),
            "",
            f"stance seen differently: {_counts(found.differences)}",
            f"settled: {_counts(found.settled)}",
        ]
    )


def _cells(of: "Estimate") -> list[str]:
    ends = f"[{of.ci95[0]:.3f}, {of.ci95[1]:.3f}]" if of.ci95 else "–"
    return [_number(of), ends, f"{of.n:,}"]


def _number(of: "Estimate") -> str:
    return "–" if of.value is None else f"{of.value:.3f}"


def _by_codebook(found: "Mapping[str, Mapping[str, Estimate]]") -> str:
    rows = [["alpha of stance", "both marked", "95%", "n", "unmarked is none", "with a cue"]]
    for name, measures in found.items():
        both, strict, cued = (measures[column] for column in _COLUMNS)
        rows.append([name, *_cells(both), _number(strict), _number(cued)])
    return aligned(rows, right=range(1, 6))


def _counts(counts: Mapping[str, int]) -> str:
    parts = ", ".join(f"{kind} {n:,}" for kind, n in counts.items())
    return f"{sum(counts.values()):,} ({parts})" if parts else "0"
