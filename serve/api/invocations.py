"""MLflow's scoring protocol, so that its clients work unchanged: rows in, predictions out.

The rows are those of the registered model (``standpoint.pyfunc``): ``text``, and where they are
known ``holder_start``, ``holder_end``, ``target_start`` and ``target_end``, or ``target`` in words.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from serve.api.requests import StrictRequest
from standpoint.labels import Task
from standpoint.validation import short_repr

MAX_ROWS = 10_000  # as the pairs of a request
FORMATS = ("dataframe_split", "dataframe_records", "inputs", "instances")
Row = dict[str, Any]


class SplitFrame(StrictRequest):
    """A table as pandas' ``orient="split"`` writes it; ``index`` is not read."""

    columns: tuple[str, ...] = Field(description="The names of the columns.")
    data: Annotated[tuple[tuple[Any, ...], ...], Field(max_length=MAX_ROWS)] = Field(
        description="The rows, each with a value for every column."
    )
    index: tuple[Any, ...] | None = Field(default=None, description="Not read.")

    @model_validator(mode="after")
    def _check_lengths(self) -> "SplitFrame":
        if len(set(self.columns)) < len(self.columns):
            raise ValueError(f"columns: must be named once each, got {list(self.columns)[:20]}.")
        for number, row in enumerate(self.data):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"data: rows must have {len(self.columns)} values, as columns has, "
                    f"got {len(row)} in row {number}."
                )
        return self


class ScoringParams(StrictRequest):
    """Which champion answers."""

    task: Task = Field(default="stance", description="The task: stance or sentiment.")


Records = Annotated[tuple[Row, ...], Field(max_length=MAX_ROWS)]
Columns = dict[str, tuple[Any, ...]]


class ScoringRequest(StrictRequest):
    """Rows in one of MLflow's four formats, and no more than one.

    A row has `text`, and where they are known `holder_start`, `holder_end`, `target_start` and
    `target_end`, or `target` in words.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [name], "properties": {name: {"not": {"type": "null"}}}}
                for name in FORMATS
            ]
        }
    )

    dataframe_split: SplitFrame | None = Field(default=None, description="A table.")
    dataframe_records: Records | None = Field(default=None, description="Rows.")
    inputs: Records | Columns | None = Field(default=None, description="Rows, or columns.")
    instances: Records | Columns | None = Field(default=None, description="Rows, or columns.")
    params: ScoringParams | None = Field(default=None, description="Which champion answers.")

    @model_validator(mode="after")
    def _check_format(self) -> "ScoringRequest":
        formats = [name for name in FORMATS if getattr(self, name) is not None]
        if len(formats) != 1:
            raise ValueError(
                f"body: must have one of {', '.join(FORMATS)}, got {', '.join(formats) or 'none'}."
            )
        if isinstance(self.table, dict):
            _check_columns(self.table, format_name=self.format_name)
        return self

    @property
    def format_name(self) -> str:
        """The format that was sent."""
        return next(name for name in FORMATS if getattr(self, name) is not None)

    @property
    def table(self) -> SplitFrame | Records | Columns:
        """The rows as they were sent."""
        table: SplitFrame | Records | Columns = getattr(self, self.format_name)
        return table

    def pointer_to(self, number: int) -> str:
        """The JSON pointer to a row in the body, or to the whole table where it has columns."""
        if isinstance(self.table, SplitFrame):
            return f"/{self.format_name}/data/{number}"
        is_list = isinstance(self.table, Sequence)
        return f"/{self.format_name}/{number}" if is_list else f"/{self.format_name}"

    def rows(self) -> list[Row]:
        """The rows, in whatever format they were sent."""
        table = self.table
        if isinstance(table, SplitFrame):
            return [dict(zip(table.columns, row, strict=True)) for row in table.data]
        if isinstance(table, Sequence):
            return list(table)
        n_rows = len(next(iter(table.values()), ()))
        return [{name: values[n] for name, values in table.items()} for n in range(n_rows)]


def _check_columns(columns: Mapping[str, Sequence[Any]], *, format_name: str) -> None:
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{short_repr(name)} {n}" for name, n in list(lengths.items())[:10])
        raise ValueError(f"{format_name}: columns must be of one length, got {shown}.")
    n_rows = max(lengths.values(), default=0)
    if n_rows > MAX_ROWS:
        raise ValueError(f"{format_name}: must hold at most {MAX_ROWS:,} rows, got {n_rows:,}.")
