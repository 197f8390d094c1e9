"""MLflow's scoring protocol, so that its clients work unchanged: rows in, predictions out.

The rows are those of the registered model (`standpoint.pyfunc`): ``text``, and where they are known
``holder_start``, ``holder_end``, ``target_start`` and ``target_end``, or ``target`` in words.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from standpoint.labels import Task
from standpoint.validation import show

MAX_ROWS = 10_000
WAYS = ("dataframe_split", "dataframe_records", "inputs", "instances")
Row = dict[str, Any]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SplitFrame(_Strict):
    """A table as pandas' ``orient="split"`` writes it; ``index`` is not read."""

    columns: tuple[str, ...] = Field(description="The names of the columns.")
    data: Annotated[tuple[tuple[Any, ...], ...], Field(max_length=MAX_ROWS)] = Field(
        description="The rows, each with a value for every column."
    )
    index: tuple[Any, ...] | None = Field(default=None, description="Not read.")

    @model_validator(mode="after")
    def _is_a_table(self) -> "SplitFrame":
        if len(set(self.columns)) < len(self.columns):
            raise ValueError(f"columns: must be named once each, got {list(self.columns)[:20]}.")
        for number, row in enumerate(self.data):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"data: rows must have {len(self.columns)} values, as columns has, "
                    f"got {len(row)} in row {number}."
                )
        return self


class ScoringParams(_Strict):
    """Which champion answers."""

    task: Task = Field(default="stance", description="What to judge.")


Records = Annotated[tuple[Row, ...], Field(max_length=MAX_ROWS)]
Columns = dict[str, tuple[Any, ...]]


class ScoringRequest(_Strict):
    """Rows in one of MLflow's four shapes, and no more than one.

    A row has `text`, and where they are known `holder_start`, `holder_end`, `target_start` and
    `target_end`, or `target` in words.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [way], "properties": {way: {"not": {"type": "null"}}}} for way in WAYS
            ]
        }
    )

    dataframe_split: SplitFrame | None = Field(default=None, description="A table.")
    dataframe_records: Records | None = Field(default=None, description="Rows.")
    inputs: Records | Columns | None = Field(default=None, description="Rows, or columns.")
    instances: Records | Columns | None = Field(default=None, description="Rows, or columns.")
    params: ScoringParams | None = Field(default=None, description="Which champion answers.")

    @model_validator(mode="after")
    def _has_one(self) -> "ScoringRequest":
        given = [way for way in WAYS if getattr(self, way) is not None]
        if len(given) != 1:
            raise ValueError(
                f"body: must have one of {', '.join(WAYS)}, got {', '.join(given) or 'none'}."
            )
        columns = getattr(self, given[0])
        if isinstance(columns, dict):
            _check_columns(given[0], columns)
        return self

    @property
    def way(self) -> str:
        """The one that was given."""
        return next(way for way in WAYS if getattr(self, way) is not None)

    def place_of(self, number: int) -> str:
        """Where in the body a row stands, as a JSON pointer; columns have no place for a row."""
        given = getattr(self, self.way)
        if isinstance(given, SplitFrame):
            return f"/{self.way}/data/{number}"
        return f"/{self.way}/{number}" if isinstance(given, Sequence) else f"/{self.way}"

    def rows(self) -> list[Row]:
        """The rows, whatever their shape."""
        given = getattr(self, self.way)
        if isinstance(given, SplitFrame):
            return [dict(zip(given.columns, row, strict=True)) for row in given.data]
        return list(given) if isinstance(given, Sequence) else _from_columns(given)


def _check_columns(way: str, columns: Mapping[str, Sequence[Any]]) -> None:
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{show(name)} {n}" for name, n in list(lengths.items())[:10])
        raise ValueError(f"{way}: columns must be of one length, got {told}.")
    if max(lengths.values(), default=0) > MAX_ROWS:
        n_rows = max(lengths.values())
        raise ValueError(f"{way}: must hold at most {MAX_ROWS:,} rows, got {n_rows:,}.")


def _from_columns(columns: Mapping[str, Sequence[Any]]) -> list[Row]:
    n_rows = len(next(iter(columns.values()), ()))
    return [{name: values[i] for name, values in columns.items()} for i in range(n_rows)]
