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
from train.corpora.record import Corpus, Record, Role
from train.corpora.table_files import Table, read_tables


def load_table(data: TableData, *, task: Task, root: Path) -> Corpus:
    """Read a table whose columns and labels a config names.

    A record's id is ``split:id``, or ``split:number of the row``. Without a group column, rows of
    the same text share a group; without a split column, the splits are those of ``data.path`` or of
    the hub, or the one ``all``. A target without words of its own is the words at its offsets, or
    else the issue. An empty cell is as good as none, and the words ``None`` and ``NA`` are words.

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
    for role, found in ends.items():
        if (found[0] is None) != (found[1] is None):
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
    """Turns rows into records; keeps the faults, and the ids it has met."""

    def __init__(self, data: TableData, faults: list[str]) -> None:
        self._columns, self._labels, self._faults = data.columns, data.labels, faults
        self._met: set[str] = set()

    def records(self, table: Table) -> Iterator[Record]:
        """The records of a table, but for faulty rows."""
        for number, (where, cells) in enumerate(table.rows, 1):
            row = _Row(cells, self._columns, [])
            record = self._record(row, number=number, split=table.split)
            if record.id in self._met:
                row.faults.append(f"{self._columns.id} must be new, got {record.id!r} again.")
            self._met.add(record.id)
            self._faults += [f"{where}: {fault}" for fault in row.faults]
            if not row.faults:
                yield record

    def _record(self, row: "_Row", *, number: int, split: str) -> Record:
        text = row.text()
        issue = row.words("issue")
        holder, target = row.role("holder", text), row.role("target", text)
        if issue is None and not any(map(row.words, ("target", "target_start", "target_end"))):
            row.faults.append("must have a target or an issue, got neither.")
        split = row.words("split") or split
        target = target or Role(name=issue or "", start=None, end=None)
        row.check_apart(holder, target)
        return Record(
            id=f"{split}:{row.words('id') or number}",
            text=text,
            holder=holder,
            target=target,
            label=row.label(self._labels),
            group=row.words("group") or text_key(text),
            issue=issue,
            actor=row.words("actor"),
            date=row.words("date"),
            stratum=split,
            split=split,
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row by the parts of the record they are for."""

    cells: Mapping[str, Any]
    columns: Columns
    faults: list[str]

    def words(self, part: str) -> str | None:
        """A cell as words; None where there is no such column or nothing in it."""
        column = getattr(self.columns, part)
        found = self.cells.get(column) if column else None
        if found is None or found != found:  # noqa: PLR0124  a NaN
            return None
        words = found.isoformat() if isinstance(found, date) else str(found)
        return words if words.strip() else None

    def text(self) -> str:
        """The text, which must be there."""
        found = self.words("text")
        if found is None:
            self.faults.append(f"{self.columns.text} must hold a text, got none.")
        elif any("\ud800" <= character <= "\udfff" for character in found):
            self.faults.append(f"{self.columns.text} must be Unicode, got half a surrogate pair.")
        return found or ""

    def label(self, labels: Mapping[str, str]) -> str:
        """The label in the project's words."""
        found = self.words("label")
        if found is None or found.strip() not in labels:
            hint = near_miss(found or "", tuple(labels))
            known = ", ".join(labels)
            self.faults.append(f"{self.columns.label} must be one of {known}, got {found!r}.{hint}")
            return ""
        return labels[found.strip()]

    def role(self, name: str, text: str) -> Role | None:
        """A role with its offsets, if it has any; None where the row names none."""
        words = self.words(name)
        start, end = self._offset(f"{name}_start"), self._offset(f"{name}_end")
        if start is None and end is None:
            return Role(name=words, start=None, end=None) if words else None
        if start is None or end is None:
            self.faults.append(f"{name} must have both offsets, got {start} and {end}.")
            return None
        if not 0 <= start < end <= len(text):
            self.faults.append(
                f"{name} must lie in the text of {len(text)} characters, got [{start}:{end}]."
            )
            return None
        return Role(name=words or text[start:end], start=start, end=end)

    def _offset(self, part: str) -> int | None:
        found = self.words(part)
        whole = (found or "").strip().removesuffix(".0")
        if found is not None and not (whole.isascii() and whole.removeprefix("-").isdigit()):
            column = getattr(self.columns, part)
            self.faults.append(f"{column} must be a whole number, got {found!r}.")
            return None
        return int(whole) if whole else None

    def check_apart(self, holder: Role | None, target: Role) -> None:
        """A holder and a target that are spans must not share a character."""
        spans = [
            Span(role["start"], role["end"])
            for role in (holder, target)
            if role is not None and role["start"] is not None and role["end"] is not None
        ]
        if len(spans) == 2 and spans[0].overlaps(spans[1]):
            self.faults.append(
                f"holder and target must not overlap, got {spans[0]} and {spans[1]}."
            )
