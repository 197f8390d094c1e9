"""Labelled rows with their features, of the run's own task and of a joint model's other task."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from standpoint.errors import ConfigError
from standpoint.labels import Task
from standpoint.model import Encoder
from train.config import ModelConfig, RunConfig, finetuned_part
from train.corpora import Corpus, Record
from train.features import FeatureTable
from train.finetune import FinetuneContext
from train.models import FittedModel, feature_table
from train.scoring import Labels
from train.splitting import Fold, RowNumbers, TextIndex

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TaskRows:
    """The rows of one task, in the order of its corpus."""

    corpus: Corpus
    table: FeatureTable
    texts: TextIndex

    @property
    def task(self) -> Task:
        """The task of the labels."""
        return self.corpus.task

    @property
    def head_name(self) -> str:
        """The name of the task's head in a joint model."""
        return f"{self.corpus.name}-{self.task}"

    @property
    def y(self) -> Labels:
        """Labels of shape (n_rows,)."""
        return np.array([record.label for record in self.corpus.records])

    def rows_of(self, groups: Collection[str]) -> RowNumbers:
        """The rows of some groups."""
        return tuple(n for n, r in enumerate(self.corpus.records) if r.group in groups)

    def records(self, rows: Iterable[int]) -> list[Record]:
        """The records of some rows."""
        return [self.corpus.records[n] for n in rows]

    def clean(self, rows: Sequence[int], *, train: RowNumbers) -> list[int]:
        """The rows whose text is not in the training rows, nor nearly so."""
        numbers = np.array(rows, dtype=np.int64)
        clean: list[int] = numbers[self.texts.leaks(train, rows).clean].tolist()
        return clean


@dataclass(frozen=True, slots=True)
class RunInputs:
    """What the fits of every seed share.

    Attributes
    ----------
    tasks : the run's own task first, then the other task of a joint model
    """

    config: RunConfig
    tasks: tuple[TaskRows, ...]
    context: FinetuneContext | None

    @property
    def own(self) -> TaskRows:
        """The rows of the task that the config names."""
        return self.tasks[0]

    def rows_by_task(self, rows: RowNumbers) -> list[RowNumbers]:
        """Rows of the own task, then the rows of the other task that are of the same groups."""
        groups = {record.group for record in self.own.records(rows)}
        return [rows, *(other.rows_of(groups) for other in self.tasks[1:])]

    def models_by_task(self, fitted: FittedModel) -> list[FittedModel]:
        """A fitted model, then a model for the other task from the other head of its encoder."""
        part = finetuned_part(self.config.model)
        if part is None:
            return [fitted]
        features = part.features()
        return [
            fitted,
            *(fitted.model_of_head(t.head_name, features, task=t.task) for t in self.tasks[1:]),
        ]


def read_task_rows(
    corpus: Corpus,
    model: ModelConfig,
    *,
    cache: Path,
    encoder: Encoder | None = None,
    progress: Progress = lambda done, total: None,
) -> TaskRows:
    """Extract the features that a model reads of a corpus.

    Parameters
    ----------
    encoder : needed where a part of the model reads vectors of a frozen encoder
    progress : called with the number of pairs that are done, and of all
    """
    table = feature_table(
        model,
        [record.pair() for record in corpus.records],
        groups=[record.group for record in corpus.records],
        topics=[record.target["name"] for record in corpus.records],
        encoder=encoder,
        cache=cache,
        progress=progress,
    )
    return TaskRows(corpus, table, TextIndex(corpus.records, cache=cache))


def joint_task_rows(
    config: RunConfig, context: FinetuneContext | None, *, cache: Path
) -> list[TaskRows]:
    """The rows of every auxiliary task whose head becomes a model, too (``champion = true``)."""
    part = finetuned_part(config.model)
    if context is None or part is None:
        return []
    return [
        read_task_rows(auxiliary.corpus, part, cache=cache)
        for auxiliary in context.auxiliary
        if auxiliary.config.champion
    ]


def check_joint_tasks(inputs: RunInputs, folds: Sequence[Fold]) -> None:
    """Refuse, before the first fit, a joint model without rows of its other task in some split.

    Raises
    ------
    ConfigError
        a split has no rows of the other task
    """
    for fold in folds:
        for split_name, rows in {"train": fold.train, **fold.dev, **fold.test}.items():
            for other, others in zip(inputs.tasks[1:], inputs.rows_by_task(rows)[1:], strict=True):
                if not others:
                    raise ConfigError(
                        f"model.beside: {other.head_name} must have rows of the "
                        f"groups of every split, got none of {split_name}. "
                        "Give both the same groups, or set champion = false."
                    )
