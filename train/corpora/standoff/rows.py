"""Rows of stand-off annotations: a file for each codebook, named after it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Generic, TypeVar

from standpoint.codebook import Codebook, load_codebook
from standpoint.errors import StandpointError
from train.config import Strict
from train.corpora.io import read_json_rows, repeated_ids

Row = TypeVar("Row", bound=Strict)


@dataclass(frozen=True, slots=True)
class PlacedRow(Generic[Row]):
    """A row with its codebook's name, and its file and line."""

    row: Row
    codebook: str
    where: str


def read_folder(
    folder: Path, row: type[Row], *, codebooks: Path, faults: list[str]
) -> tuple[dict[str, Codebook], list[PlacedRow[Row]]]:
    """The codebooks by name, and the rows of every ``CODEBOOK.jsonl`` of a folder.

    Parameters
    ----------
    folder : of the annotations; one that is not there has none
    codebooks : folder of the codebooks that the files are named after
    """
    files = {file.stem: file for file in sorted(folder.glob("*.jsonl"))}
    books = load_codebooks({name: codebooks / f"{name}.toml" for name in files}, faults)
    return books, [placed for name in books for placed in read_placed(files[name], row, faults)]


def read_placed(file: Path, row: type[Row], faults: list[str]) -> Iterator[PlacedRow[Row]]:
    """The valid rows of a file that is named after its codebook."""
    for where, parsed in read_json_rows(file, row, name=file.name, faults=faults):
        yield PlacedRow(parsed, file.stem, where)


def repeated_by_codebook(rows: Iterable[PlacedRow[Row]], *, field: str) -> Iterator[str]:
    """The faults of rows that are twice under one codebook.

    Parameters
    ----------
    rows : those of a codebook one after the other
    field : which tells rows apart
    """
    for name, own in groupby(rows, key=lambda placed: placed.codebook):
        ids = ((placed.where, getattr(placed.row, field)) for placed in own)
        yield from repeated_ids(ids, field=field, scope=f" under {name}")


def load_codebooks(files: Mapping[str, Path], faults: list[str]) -> dict[str, Codebook]:
    """The codebooks of files by name; one that cannot be read is a fault."""
    books = {}
    for name, file in files.items():
        try:
            books[name] = load_codebook(file)
        except StandpointError as error:
            faults.append(str(error))
    return books
