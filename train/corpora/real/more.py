"""The further real documents of ``seeds/real/more``: for training alone, read once.

A document may be annotated again under another codebook. They have no cells, and some are annotated
only up to a sentence (``until``): behind it nothing is known, so that a sentence there without a
statement is no example of one.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from train.corpora.io import refuse_faults
from train.corpora.real.annotations import (
    AnnotatedRow,
    PlacedDocument,
    RealAnnotations,
    unknown_in,
)
from train.corpora.standoff.rows import read_folder, repeated_by_codebook

MORE = "more"
"""The name of their folders, and of their split."""


def load_more_annotations(
    folder: Path, *, codebooks: Path, published: Collection[str] = ()
) -> RealAnnotations:
    """Read and check ``CODEBOOK.jsonl`` of a folder; all rows are of the split ``more``.

    Parameters
    ----------
    folder : of the annotations; one that is not there has none
    codebooks : folder of the codebooks that the files are named after
    published : ids of the documents that are train, dev and test, which none may repeat

    Raises
    ------
    CorpusError
        with every fault, by file and line
    """
    faults: list[str] = []
    books, rows = read_folder(folder, AnnotatedRow, codebooks=codebooks, faults=faults)
    faults += [*unknown_in(rows, books), *repeated_by_codebook(rows, field="document")]
    faults += [*_published(rows, published), *_beyond(rows)]
    refuse_faults(folder, faults)
    return RealAnnotations(tuple(rows), books, {MORE: tuple(books)}, {})


def _published(rows: Iterable[PlacedDocument], published: Collection[str]) -> Iterator[str]:
    for placed in rows:
        document = placed.row.document
        if document in published:
            yield (
                f"{placed.where}: document must be none of train, dev and test, got {document!r}. "
                "Remove it here."
            )


def _beyond(rows: Iterable[PlacedDocument]) -> Iterator[str]:
    """Statements behind the sentence up to which their document is annotated."""
    for placed in rows:
        until = placed.row.until
        for number, statement in enumerate(placed.row.statements):
            if until is not None and statement.evidence.end > until:
                yield (
                    f"{placed.where}: statements[{number}].evidence: must end at {until} or "
                    f"before, where the annotation ends, got {statement.evidence.end}."
                )
