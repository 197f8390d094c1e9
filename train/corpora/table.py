"""A user's own table of labelled pairs: CSV, JSON Lines, Parquet, or a data set of the hub."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from standpoint.labels import LABELS, Task
from standpoint.text import Span
from standpoint.validation import near_miss
from train.config import Columns, TableData
from train.corpora.io import refuse_faults, text_key
from train.corpora.record import Corpus, Record, Role, role_at, span_of
from train.corpora.table_files import Table, read_tables


def load_table(data: TableData, *, task: Task, root: Path) -> Corpus:
    """Read a table whose columns and labels a config names.

    A record's id is ``split:id``, or ``split:number of the row``. Without a group column, rows of
    the same text share a group; without a split column, the splits are those of ``data.path`` or of
    the hub, or a single one named ``all``. A target without a name gets the words at its offsets,
    or else the issue. An empty cell is missing; the words ``None`` and ``NA`` are words.

    Raises
    ------
    CorpusError
        with every fault of the columns and labels, of the files and of their rows
    """
    unusable = list(_column_faults(data.columns))
    faults = list(_label_faults(data.labels, task))
    wanted = [column for column in data.columns.model_dump().values() if column]
    tables = list(read_tables(data.path, root=root, columns=wanted, faults=faults))
    unusable += [fault for table in tables for fault in _missing(table, data.columns)]
    reader = _Reader(data, faults)
    records = [r for table in tables if not unusable for r in reader.records(table)]
    where = data.path if isinstance(data.path, str) else "data.path"
    refuse_faults(where, [*unusable, *faults])
    return Corpus("table", task, tuple(records))


def _label_faults(labels: Mapping[str, str], task: Task) -> Iterator[str]:
    for theirs, ours in labels.items():
        if ours not in LABELS[task]:
            known = ", ".join(LABELS[task])
            hint = near_miss(ours, tuple(map(str, LABELS[task])))
            yield f"data.labels.{theirs}: must be one of {known}, got {ours!r}.{hint}"


def _column_faults(columns: Columns) -> Iterator[str]:
    ends = {
        role: [getattr(columns, f"{role}_{end}") for end in ("start", "end")]
        for role in ("holder", "target")
    }
    for role, (start, end) in ends.items():
        if (start is None) != (end is None):
            yield f"data.columns: must name {role}_start and {role}_end together, got one of them."
    if not (columns.target or columns.issue or all(ends["target"])):
        yield (
            "data.columns: must name target, target_start and target_end, or issue, "
            "got none of them."
        )


def _missing(table: Table, columns: Columns) -> Iterator[str]:
    if not table.rows:
        yield f"{table.name}: must hold rows, got none."
        return
    for part, column in columns.model_dump(exclude_none=True).items():
        if column not in table.columns:
            yield (
                f"{table.name}: must have the column {column!r} of data.columns.{part}, got only "
                f"{', '.join(table.columns)}.{near_miss(column, table.columns)}"
            )


class _Reader:
    """Converts rows to records; collects their faults, and checks that ids are unique."""

    def __init__(self, data: TableData, faults: list[str]) -> None:
        self._columns, self._labels, self._faults = data.columns, data.labels, faults
        self._ids: set[str] = set()

    def records(self, table: Table) -> Iterator[Record]:
        """The records of a table, without faulty rows."""
        for number, (where, cells) in enumerate(table.rows, 1):
            row = _Row(cells, self._columns, [])
            record = self._record(row, number=number, split=table.split)
            if record.id in self._ids:
                row.faults.append(f"{self._columns.id} must be new, got {record.id!r} again.")
            self._ids.add(record.id)
            self._faults += [f"{where}: {fault}" for fault in row.faults]
            if not row.faults:
                yield record

    def _record(self, row: "_Row", *, number: int, split: str) -> Record:
        text = row.text()
        issue = row.cell("issue")
        holder, target = row.role("holder", text), row.role("target", text)
        if issue is None and not any(map(row.cell, ("target", "target_start", "target_end"))):
            row.faults.append("must have a target or an issue, got neither.")
        split = row.cell("split") or split
        target = target or role_at(issue or "", None)
        row.check_apart(holder, target)
        return Record(
            id=f"{split}:{row.cell('id') or number}",
            text=text,
            holder=holder,
            target=target,
            label=row.label(self._labels),
            group=row.cell("group") or text_key(text),
            issue=issue,
            actor=row.cell("actor"),
            date=row.cell("date"),
            stratum=split,
            split=split,
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, by the fields of the record that they fill."""

    cells: Mapping[str, Any]
    columns: Columns
    faults: list[str]

    def cell(self, part: str) -> str | None:
        """A cell as a string; None where there is no such column or the cell is empty."""
        column = getattr(self.columns, part)
        value = self.cells.get(column) if column else None
        if value is None or value != value:  # noqa: PLR0124  a NaN
            return None
        text = value.isoformat() if isinstance(value, date) else str(value)
        return text if text.strip() else None

    def text(self) -> str:
        """The text; a missing one is a fault."""
        text = self.cell("text")
        if text is None:
            self.faults.append(f"{self.columns.text} must hold a text, got none.")
        elif any("\ud800" <= character <= "\udfff" for character in text):
            self.faults.append(f"{self.columns.text} must be Unicode, got half a surrogate pair.")
        return text or ""

    def label(self, labels: Mapping[str, str]) -> str:
        """The label, mapped to the project's labels."""
        cell = self.cell("label")
        if cell is None or cell.strip() not in labels:
            hint = near_miss(cell or "", tuple(labels))
            known = ", ".join(labels)
            self.faults.append(f"{self.columns.label} must be one of {known}, got {cell!r}.{hint}")
            return ""
        return labels[cell.strip()]

    def role(self, name: str, text: str) -> Role | None:
        """A role with its offsets, if it has any; None where the row has neither."""
        words = self.cell(name)
        start, end = self._offset(f"{name}_start"), self._offset(f"{name}_end")
        if start is None and end is None:
            return role_at(words, None) if words else None
        if start is None or end is None:
            self.faults.append(f"{name} must have both offsets, got {start} and {end}.")
            return None
        if not 0 <= start < end <= len(text):
            self.faults.append(
                f"{name} must lie in the text of {len(text)} characters, got [{start}:{end}]."
            )
            return None
        return role_at(words or text[start:end], Span(start, end))

    def _offset(self, part: str) -> int | None:
        cell = self.cell(part)
        whole = (cell or "").strip().removesuffix(".0")
        if cell is not None and not (whole.isascii() and whole.removeprefix("-").isdigit()):
            column = getattr(self.columns, part)
            self.faults.append(f"{column} must be a whole number, got {cell!r}.")
            return None
        return int(whole) if whole else None

    def check_apart(self, holder: Role | None, target: Role) -> None:
        """Check that the spans of holder and target do not overlap."""
        a, b = span_of(holder), span_of(target)
        if a and b and a.overlaps(b):
            self.faults.append(f"holder and target must not overlap, got {a} and {b}.")
