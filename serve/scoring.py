"""MLflow's scoring protocol, so that its clients work unchanged: rows in, predictions out.

The rows are those of the registered model (`standpoint.pyfunc`): ``text``, and where they are known
``holder_start``, ``holder_end``, ``target_start`` and ``target_end``, or ``target`` in words.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from standpoint.labels import Task

MAX_ROWS = 10_000
WAYS = ("dataframe_split", "dataframe_records", "inputs", "instances")
Row = dict[str, Any]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SplitFrame(_Strict):
    """A table as pandas' ``orient="split"`` writes it; ``index`` is not read."""

    columns: tuple[str, ...]
    data: Annotated[tuple[tuple[Any, ...], ...], Field(max_length=MAX_ROWS)]
    index: tuple[Any, ...] | None = None

    @model_validator(mode="after")
    def _is_a_table(self) -> "SplitFrame":
        for number, row in enumerate(self.data):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"data: rows must have {len(self.columns)} values, as columns has, "
                    f"got {len(row)} in row {number}."
                )
        return self


class ScoringParams(_Strict):
    """Which champion answers."""

    task: Task = "stance"


Records = Annotated[tuple[Row, ...], Field(max_length=MAX_ROWS)]


class ScoringRequest(_Strict):
    """Rows in one of MLflow's four shapes."""

    dataframe_split: SplitFrame | None = None
    dataframe_records: Records | None = None
    inputs: Records | dict[str, tuple[Any, ...]] | None = None
    instances: Records | dict[str, tuple[Any, ...]] | None = None
    params: ScoringParams | None = None

    @model_validator(mode="after")
    def _has_one(self) -> "ScoringRequest":
        given = [way for way in WAYS if getattr(self, way) is not None]
        if len(given) != 1:
            raise ValueError(
                f"body: must have one of {', '.join(WAYS)}, got {', '.join(given) or 'none'}."
            )
        return self

    @property
    def way(self) -> str:
        """The one that was given."""
        return next(way for way in WAYS if getattr(self, way) is not None)

    def rows(self) -> list[Row]:
        """The rows, whatever their shape."""
        given = getattr(self, self.way)
        if isinstance(given, SplitFrame):
            return [dict(zip(given.columns, row, strict=True)) for row in given.data]
        return list(given) if isinstance(given, Sequence) else _from_columns(given)


def _from_columns(columns: Mapping[str, Sequence[Any]]) -> list[Row]:
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {n}" for name, n in lengths.items())
        raise ValueError(f"columns must be of one length, got {told}.")
    n_rows = next(iter(lengths.values()), 0)
    return [{name: values[i] for name, values in columns.items()} for i in range(n_rows)]
