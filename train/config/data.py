"""``[data]`` of a run config: which corpus, and where."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from standpoint.labels import Task

TASKS_OF: dict[str, tuple[Task, ...]] = {
    "seeds": ("stance", "sentiment"),
    "newsmtsc": ("sentiment",),
    "dse": ("sentiment",),
    "seesaw": ("stance", "sentiment"),
    "tweeteval_stance": ("stance",),
    "semeval2016": ("stance",),
    "vast": ("stance",),
    "pstance": ("stance",),
    "table": ("stance", "sentiment"),
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Data(_Strict):
    """``splits`` keeps only these splits of the data: train alone, say, for a cross-validation."""

    splits: tuple[str, ...] = ()


class PublicData(_Data):
    """A data set in its owner's format: a path below ``STANDPOINT_DATA`` (seeds: the project's)."""

    corpus: Literal[
        "seeds", "newsmtsc", "dse", "tweeteval_stance", "semeval2016", "vast", "pstance"
    ]
    path: str
    licence: str


class SeesawData(_Data):
    """SEESAW; ``unlabelled`` adds the pairs of a sentence that nobody labelled, as none."""

    corpus: Literal["seesaw"]
    path: str
    licence: str
    unlabelled: bool


class Columns(_Strict):
    """The column of a user's table that each part of the record is in."""

    text: str
    label: str
    id: str | None = None
    holder: str | None = None
    holder_start: str | None = None
    holder_end: str | None = None
    target: str | None = None
    target_start: str | None = None
    target_end: str | None = None
    group: str | None = None
    issue: str | None = None
    actor: str | None = None
    date: str | None = None
    split: str | None = None


class TableData(_Data):
    """A user's own table.

    ``path`` is a CSV, JSON Lines or Parquet file from the project's root, ``hub:owner/name``, or a
    table of split to file. ``labels`` maps the table's labels to the project's.
    """

    corpus: Literal["table"]
    path: str | dict[str, str]
    licence: str
    columns: Columns
    labels: dict[str, str] = Field(min_length=1)


Data = Annotated[PublicData | SeesawData | TableData, Field(discriminator="corpus")]
