"""Counts of the real documents' annotations."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from train.corpora.real.annotations import PlacedDocument, RealAnnotations
from train.corpora.real.documents import source_of


@dataclass(frozen=True, slots=True)
class RealCounts:
    """One split: codebooks, documents by source, statements by stance, cells by strength."""

    codebooks: int
    documents: dict[str, int]
    statements: dict[str, int]
    cells: dict[str, int]


def count_real(annotations: RealAnnotations) -> dict[str, RealCounts]:
    """The counts of each split."""
    by_split: dict[str, list[PlacedDocument]] = {split: [] for split in annotations.splits}
    for placed in annotations.rows:
        by_split[annotations.split_of(placed.codebook)].append(placed)
    return {split: _counts(rows) for split, rows in by_split.items()}


def _counts(placed: Iterable[PlacedDocument]) -> RealCounts:
    rows = [(annotated.row, annotated.codebook) for annotated in placed]
    return RealCounts(
        codebooks=len({codebook for _, codebook in rows}),
        documents=dict(sorted(Counter(source_of(row.document) for row, _ in rows).items())),
        statements=dict(Counter(s.stance for row, _ in rows for s in row.statements).most_common()),
        cells=dict(Counter(c.strength for row, _ in rows for c in row.cells).most_common()),
    )
