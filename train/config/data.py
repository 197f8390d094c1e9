"""``[data]`` of a run config: which corpus, where it is, and which of its splits to read."""

from typing import Annotated, Literal

from pydantic import Field

from standpoint.labels import Task
from train.config.strict import Strict

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
"""The tasks that each corpus has labels for."""


class _CorpusSource(Strict):
    """What every corpus needs: its licence, and the splits to read (all of them if empty)."""

    licence: str
    splits: tuple[str, ...] = ()


class PublicData(_CorpusSource):
    """A public data set in its owner's format, or the seeds.

    ``path`` is relative to the folder ``STANDPOINT_DATA``; of the seeds, to the project's root.
    """

    corpus: Literal[
        "seeds", "newsmtsc", "dse", "tweeteval_stance", "semeval2016", "vast", "pstance"
    ]
    path: str


class SeesawData(_CorpusSource):
    """SEESAW; ``unlabelled`` adds the pairs of a sentence that no coder labelled, as none."""

    corpus: Literal["seesaw"]
    path: str
    unlabelled: bool


class Columns(Strict):
    """The column names of a user's table, by the field of the record that each fills."""

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


class TableData(_CorpusSource):
    """A user's own table.

    ``path`` is a CSV, JSON Lines or Parquet file relative to the project's root,
    ``hub:owner/name``, or a file for each split. ``labels`` maps the table's labels to the
    project's.
    """

    corpus: Literal["table"]
    path: str | dict[str, str]
    columns: Columns
    labels: dict[str, str] = Field(min_length=1)


Data = Annotated[PublicData | SeesawData | TableData, Field(discriminator="corpus")]


def check_task(task: Task, *, corpus: str) -> None:
    """Refuse a task that a corpus has no labels for."""
    tasks = TASKS_OF[corpus]
    if task not in tasks:
        raise ValueError(
            f"task: must be {' or '.join(tasks)} for the corpus {corpus}, got {task!r}."
        )
