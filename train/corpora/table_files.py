"""Tables in CSV, JSON Lines and Parquet files and on the Hugging Face hub."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standpoint.validation import short_repr
from train.corpora.io import decode_file, split_lines, table_rows

if TYPE_CHECKING:
    from datasets import Dataset

HUB = "hub:"
ONLY_SPLIT = "all"
SUFFIXES = (".csv", ".jsonl", ".parquet")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file, or of one split of the hub.

    Attributes
    ----------
    rows : the location of each for faults (``a.csv:3``, ``a.parquet: row 2``), and its cells
    """

    name: str
    split: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, Mapping[str, Any]]]


def read_tables(
    path: str | Mapping[str, str], *, root: Path, columns: Sequence[str], faults: list[str]
) -> Iterator[Table]:
    """Read a path of a config: ``hub:owner/name``, a file, or a file for each split.

    Cells of CSV files are strings, never null. Nothing stays in the cache of `datasets`.

    Parameters
    ----------
    root : the folder that relative paths start from
    columns : to read of Parquet files and the hub; of other files all are read
    """
    if isinstance(path, str) and path.startswith(HUB):
        yield from _of_hub(path.removeprefix(HUB), columns, faults)
        return
    for split, file in ({ONLY_SPLIT: path} if isinstance(path, str) else path).items():
        yield from _of_file(root / file, split, columns, faults)


def _of_file(file: Path, split: str, columns: Sequence[str], faults: list[str]) -> Iterator[Table]:
    if not file.is_file():
        faults.append(f"{file}: must be a file, got none there.")
        return
    match file.suffix:
        case ".csv":
            text = decode_file(file, faults)
            rows = table_rows(text, columns=(), name=file.name, faults=faults)
            yield _of_rows(file.name, split, rows)
        case ".jsonl":
            yield _of_rows(file.name, split, _json_rows(file, faults))
        case ".parquet":
            yield from _of_parquet(file, split, columns, faults)
        case _:
            faults.append(f"{file.name}: must end in {', '.join(SUFFIXES)}, got {file.suffix!r}.")


def _of_rows(name: str, split: str, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> Table:
    located = [(f"{name}:{line}", cells) for line, cells in rows]
    columns = dict.fromkeys(column for _, cells in located for column in cells)
    return Table(name, split, tuple(columns), located)


def _json_rows(file: Path, faults: list[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(split_lines(decode_file(file, faults)), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.append(f"{file.name}:{number}: must be JSON, got a fault: {error}.")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            faults.append(f"{file.name}:{number}: must be a JSON object, got {short_repr(row)}.")


def _of_parquet(
    file: Path, split: str, columns: Sequence[str], faults: list[str]
) -> Iterator[Table]:
    from datasets import Dataset
    from pyarrow import ArrowException  # type: ignore[import-untyped]
    from pyarrow.parquet import read_table  # type: ignore[import-untyped]

    try:
        yield _of_dataset(Dataset(read_table(file)), file.name, split, columns)
    except (OSError, ArrowException) as error:
        first_line = str(error).splitlines()[0]
        faults.append(f"{file.name}: must be a whole Parquet file, got a fault: {first_line}")


def _of_hub(name: str, columns: Sequence[str], faults: list[str]) -> Iterator[Table]:
    from datasets import load_dataset, load_dataset_builder
    from datasets.exceptions import DatasetsError

    try:
        with _temporary_cache() as cache:
            config = load_dataset_builder(name, cache_dir=cache).config
            # A CSV reader would take the words None and NA for nulls.
            options = {"keep_default_na": False} if hasattr(config, "keep_default_na") else {}
            for split, table in load_dataset(name, cache_dir=cache, **options).items():
                yield _of_dataset(table, f"{HUB}{name}/{split}", str(split), columns)
    except (OSError, ValueError, RuntimeError, DatasetsError) as error:
        faults.append(
            f"{HUB}{name}: must be a data set that the hub gives, got {type(error).__name__}: "
            f"{str(error).splitlines()[0]}. Check the name, the network and HF_HUB_OFFLINE."
        )


@contextmanager
def _temporary_cache() -> Iterator[str]:
    """A cache folder for `datasets` that is deleted afterwards; progress bars are off meanwhile."""
    from datasets import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    shown = not are_progress_bars_disabled()
    disable_progress_bars()
    try:
        with tempfile.TemporaryDirectory() as cache:
            yield cache
    finally:
        if shown:
            enable_progress_bars()


def _of_dataset(dataset: "Dataset", name: str, split: str, columns: Sequence[str]) -> Table:
    """A table in memory; numbers of a ClassLabel become its names."""
    from datasets import ClassLabel

    present = [column for column in columns if column in dataset.column_names]
    selected = dataset.select_columns(present)
    names = {
        column: feature.names
        for column, feature in selected.features.items()
        if isinstance(feature, ClassLabel)
    }
    rows = selected.to_list()
    for row in rows:
        for column, known in names.items():
            number = row[column]
            row[column] = known[number] if number is not None and number >= 0 else None
    numbered = [(f"{name}: row {number}", row) for number, row in enumerate(rows, 1)]
    return Table(name, split, tuple(dataset.column_names), numbered)
