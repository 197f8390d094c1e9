"""Documents of ``seeds/written``: written for this project, for training alone.

They are annotated as real documents are (``train.corpora.real``); their texts are in the rows.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import Field

from standpoint.codebook import Codebook
from standpoint.text import Span
from train.config import Strict
from train.corpora.io import refuse_faults, repeated_ids
from train.corpora.real import (
    RealDocument,
    RealStatement,
    evidence_faults,
    unknown_in_statements,
)
from train.corpora.standoff.rows import PlacedRow, read_folder

WRITTEN = "written"
"""The name of their folders, of their source and of their split."""


class WrittenRow(Strict):
    """A document with its annotations; ``author`` is the actor whose own words it is, or null."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    date: str | None
    kind: str = Field(min_length=1)
    author: str | None
    text: str = Field(min_length=1)
    statements: tuple[RealStatement, ...]


PlacedDocument = PlacedRow[WrittenRow]


def load_written(folder: Path, *, codebooks: Path) -> tuple[RealDocument, ...]:
    """Read and check ``CODEBOOK.jsonl`` of a folder.

    Parameters
    ----------
    folder : of the documents; one that is not there has none
    codebooks : folder of the codebooks that the files are named after

    Raises
    ------
    CorpusError
        with every fault, by file and line
    """
    faults: list[str] = []
    books, rows = read_folder(folder, WrittenRow, codebooks=codebooks, faults=faults)
    faults += repeated_ids(((placed.where, placed.row.id) for placed in rows), field="id")
    faults += [*_unknown_in(rows, books)]
    for placed in rows:
        own = evidence_faults(placed.row.statements, placed.row.text)
        faults += [f"{placed.where}: {fault}" for fault in own]
    refuse_faults(folder, faults)
    return tuple(_document(placed.row, books[placed.codebook]) for placed in rows)


def _unknown_in(rows: Iterable[PlacedDocument], books: Mapping[str, Codebook]) -> Iterator[str]:
    """The faults of actors and issues that the codebook of a row lacks."""
    for placed in rows:
        row, book = placed.row, books[placed.codebook]
        if row.author is not None and row.author not in {actor.id for actor in book.actors}:
            yield f"{placed.where}: author must be an actor of {book.name}, got {row.author!r}."
        for fault in unknown_in_statements(row.statements, book):
            yield f"{placed.where}: {fault}"


def _document(row: WrittenRow, codebook: Codebook) -> RealDocument:
    names = {actor.id: actor.name for actor in codebook.actors}
    return RealDocument(
        id=f"{WRITTEN}/{row.id}",
        text=row.text,
        kind=row.kind,
        codebook=codebook,
        split=WRITTEN,
        statements=row.statements,
        cells=(),
        annotated=Span(0, len(row.text)),
        author=names[row.author] if row.author is not None else None,
    )
