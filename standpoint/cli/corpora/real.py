"""The annotations of real documents: checked and counted."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from standpoint.cli.output import format_table
from standpoint.errors import CorpusError
from standpoint.settings import project_root
from train.corpora import (
    KNOWN_CORPORA,
    MORE,
    RealAnnotations,
    RealCounts,
    count_real,
    data_folder,
    load_more_annotations,
    load_real_annotations,
    load_real_documents,
)

REAL = "real"


def _load() -> tuple[RealAnnotations, RealAnnotations]:
    """The documents of train, dev and test, and those for training alone."""
    root = project_root()
    folder, codebooks = root / "seeds" / REAL, root / "configs" / "codebooks" / REAL
    annotations = load_real_annotations(folder, codebooks=codebooks)
    more = load_more_annotations(
        folder / MORE,
        codebooks=codebooks / MORE,
        published={placed.row.document for placed in annotations.rows},
    )
    return annotations, more


def check() -> str:
    """How many documents fit their codebooks and their texts."""
    parts = dict(zip(("real", "real, more"), _load(), strict=True))
    try:
        data = data_folder()
    except CorpusError as error:
        lines = [
            f"{name}: {len(own.rows)} documents fit their codebooks; no text was checked."
            for name, own in parts.items()
            if own.rows
        ]
        return "\n".join([*lines, str(error)])
    return "\n".join(
        line for name, own in parts.items() if own.rows for line in _check_texts(name, own, data)
    )


def _check_texts(name: str, annotations: RealAnnotations, data: Path) -> list[str]:
    loaded = load_real_documents(annotations, data=data)
    checked = f"{len(loaded.documents)} of {len(annotations.rows)}"
    return [f"{name}: {checked} documents fit their texts", *map(str, loaded.missing)]


def describe(*, as_json: bool) -> str:
    """The counts of each split, as a text or as one JSON object."""
    annotations, more = _load()
    splits = count_real(annotations)
    if more.rows:
        splits |= count_real(more)
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
    counted = (", ".join(f"{k} {n:,}" for k, n in part.items()) for part in parts if part)
    return f"{split}: {'; '.join(counted)}"
