"""Tables in files and on the hub, row by row, as their owners wrote them."""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
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
    rows : where each is, for faults (``pairs.csv:3``, ``pairs.parquet: row 2``), and its cells
    """

    name: str
    split: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, Mapping[str, Any]]]


def read_tables(
    path: str | Mapping[str, str], *, root: Path, columns: Sequence[str], faults: list[str]
) -> Iterator[Table]:
    """Read a path of a config: ``hub:owner/name``, a file, or a file for each split.

    Cells of CSV files are strings, and none of them is null. Neither the files nor the hub's tables
    are kept in the cache of `datasets`.

    Parameters
    ----------
    root : what relative paths start from
    columns : to read of Parquet files and the hub; all are read of others
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
            yield from _of_rows(file.name, split, _csv_rows(file, faults))
        case ".jsonl":
            yield from _of_rows(file.name, split, _json_rows(file, faults))
        case ".parquet":
            yield from _of_parquet(file, split, columns, faults)
        case _:
            faults.append(f"{file.name}: must end in {', '.join(SUFFIXES)}, got {file.suffix!r}.")


def _of_rows(
    name: str, split: str, rows: Iterator[tuple[int, Mapping[str, Any]]]
) -> Iterator[Table]:
    kept = [(f"{name}:{line}", cells) for line, cells in rows]
    columns = dict.fromkeys(column for _, cells in kept for column in cells)
    yield Table(name, split, tuple(columns), kept)


def _csv_rows(file: Path, faults: list[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    return table_rows(decode_file(file, faults), columns=(), name=file.name, faults=faults)


def _json_rows(file: Path, faults: list[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(split_lines(decode_file(file, faults)), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.append(f"{file.name}:{number}: must be JSON, got a fault: {error}.")
            continue
        if isinstance(found, dict):
            yield number, found
        else:
            faults.append(f"{file.name}:{number}: must be a JSON object, got {short_repr(found)}.")


def _of_parquet(
    file: Path, split: str, columns: Sequence[str], faults: list[str]
) -> Iterator[Table]:
    from datasets import load_dataset
    from datasets.exceptions import DatasetGenerationError
    from pyarrow import ArrowException  # type: ignore[import-untyped]
    from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]

    try:
        ParquetFile(file).close()  # before `datasets` logs what is wrong with it
        with _passing_cache() as cache:
            found = load_dataset("parquet", data_files=[str(file)], split="train", cache_dir=cache)
            yield _of_dataset(found, file.name, split, columns)
    except (OSError, ArrowException, DatasetGenerationError) as error:
        first = str(error.__cause__ or error).splitlines()[0]
        faults.append(f"{file.name}: must be a whole Parquet file, got a fault: {first}")


def _of_hub(name: str, columns: Sequence[str], faults: list[str]) -> Iterator[Table]:
    from datasets import load_dataset, load_dataset_builder
    from datasets.exceptions import DatasetsError

    try:
        with _passing_cache() as cache:
            config = load_dataset_builder(name, cache_dir=cache).config
            # A CSV reader would take the words None and NA for nulls.
            options = {"keep_default_na": False} if hasattr(config, "keep_default_na") else {}
            for split, found in load_dataset(name, cache_dir=cache, **options).items():
                yield _of_dataset(found, f"{HUB}{name}/{split}", str(split), columns)
    except (OSError, ValueError, RuntimeError, DatasetsError) as error:
        faults.append(
            f"{HUB}{name}: must be a data set that the hub gives, got {type(error).__name__}: "
            f"{str(error).splitlines()[0]}. Check the name, the network and HF_HUB_OFFLINE."
        )


@contextmanager
def _passing_cache() -> Iterator[str]:
    """A cache for `datasets` that is gone afterwards; no progress bars are shown meanwhile."""
    from datasets import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    shown = not are_progress_bars_disabled()
    disable_progress_bars()
    try:
        with tempfile.TemporaryDirectory() as cache:
            yield cache
    finally:
        if shown:
            enable_progress_bars()


def _of_dataset(found: "Dataset", name: str, split: str, columns: Sequence[str]) -> Table:
    """A table in memory; a ClassLabel's number becomes its name."""
    from datasets import ClassLabel

    kept = found.select_columns([column for column in columns if column in found.column_names])
    names = {
        column: feature.names
        for column, feature in kept.features.items()
        if isinstance(feature, ClassLabel)
    }
    rows = kept.to_list()
    for row in rows:
        for column, known in names.items():
            number = row[column]
            row[column] = known[number] if number is not None and number >= 0 else None
    numbered = [(f"{name}: row {number}", row) for number, row in enumerate(rows, 1)]
    return Table(name, split, tuple(found.column_names), numbered)
