"""The annotations of real documents: checked and counted."""

import json
from collections import Counter
from dataclasses import asdict

from standpoint.cli.output import format_table
from standpoint.errors import CorpusError
from standpoint.settings import project_root
from train.corpora import (
    KNOWN_CORPORA,
    RealAnnotations,
    RealCounts,
    count_real,
    data_folder,
    load_real_annotations,
    load_real_documents,
)

REAL = "real"


def _load() -> RealAnnotations:
    root = project_root()
    folder, codebooks = root / "seeds" / REAL, root / "configs" / "codebooks" / REAL
    return load_real_annotations(folder, codebooks=codebooks)


def check() -> str:
    """How many documents fit their codebooks and their texts."""
    annotations = _load()
    try:
        data = data_folder()
    except CorpusError as error:
        n = len(annotations.rows)
        return f"real: {n} documents fit their codebooks; no text was checked.\n{error}"
    loaded = load_real_documents(annotations, data=data)
    checked = f"{len(loaded.documents)} of {len(annotations.rows)}"
    return "\n".join([f"real: {checked} documents fit their texts", *map(str, loaded.missing)])


def describe(*, as_json: bool) -> str:
    """The counts of each split, as a text or as one JSON object."""
    annotations = _load()
    splits = count_real(annotations)
    kinds = Counter(annotations.issue_kinds.values())
    if as_json:
        counts = {split: asdict(own) for split, own in splits.items()}
        return json.dumps({"corpus": REAL, "splits": counts, "issues": kinds})
    rows = [["split", "codebooks", "documents", "statements", "cells"]]
    for split, own in splits.items():
        totals = (sum(n.values()) for n in (own.documents, own.statements, own.cells))
        rows.append([split, *(f"{n:,}" for n in (own.codebooks, *totals))])
    return "\n".join(
        [
            f"{REAL}, stance. Licence: {KNOWN_CORPORA[REAL].licence}.",
            "",
            format_table(rows, right=range(1, len(rows[0]))),
            "",
            *(_split_line(split, own) for split, own in splits.items()),
            f"issues: {', '.join(f'{kind} {n:,}' for kind, n in kinds.items())}",
        ]
    )


def _split_line(split: str, counts: RealCounts) -> str:
    parts = (counts.documents, counts.statements, counts.cells)
    return f"{split}: " + "; ".join(", ".join(f"{k} {n:,}" for k, n in p.items()) for p in parts)
