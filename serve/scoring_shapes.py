"""What MLflow's scoring protocol sends: rows, in one of its four shapes.

The rows are those of the registered model (`standpoint.pyfunc`): ``text``, and where they are known
``holder_start``, ``holder_end``, ``target_start`` and ``target_end``, or ``target`` in words.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from standpoint.labels import Task

MAX_ROWS = 10_000
WAYS = ("dataframe_split", "dataframe_records", "inputs", "instances")
Row = dict[str, Any]
Records = Annotated[tuple[Row, ...], Field(max_length=MAX_ROWS)]
Columns = dict[str, tuple[Any, ...]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SplitFrame(_Strict):
    """A table as pandas' `orient="split"` writes it."""

    columns: tuple[str, ...] = Field(description="The names of the columns.")
    data: tuple[tuple[Any, ...], ...] = Field(
        max_length=MAX_ROWS, description="The rows, each with a value for every column."
    )
    index: tuple[Any, ...] | None = Field(default=None, description="Not read.")

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

    task: Task = Field(default="stance", description="What to judge.")


class ScoringRequest(_Strict):
    """Pairs to judge, in one of MLflow's four shapes, and no more than one.

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
    dataframe_records: Records | None = Field(default=None, description="Rows by column.")
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
        return self
