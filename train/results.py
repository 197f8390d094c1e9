"""Results of a finished run: predictions, scores and model of each task, with their provenance."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from standpoint.judge import JudgeSettings
from standpoint.labels import Task
from train.config import JudgeConfig, RunConfig
from train.corpora import Corpus
from train.models import FittedModel
from train.scoring import Predictions, SplitScores


@dataclass(frozen=True, slots=True)
class TaskResult:
    """Predictions and scores of one task by split, and the model that its bundle holds."""

    corpus: Corpus
    predictions: dict[str, Predictions]
    scores: dict[str, SplitScores]
    fitted: FittedModel

    @property
    def task(self) -> Task:
        """The task of the labels."""
        return self.corpus.task

    @property
    def flat(self) -> dict[str, float]:
        """Every score by ``split.name``."""
        return {key: value for part in self.scores.values() for key, value in part.flat.items()}


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """Everything that a run measured and fitted, before it is tracked.

    Attributes
    ----------
    own : of the task that the config names
    main_split : the split whose score is the score of the run
    encoder_digest : of the encoder that the bundle reads with; None without one
    repeats : repeated rows, repeated texts and near duplicates within the training rows
    spread : mean and spread over the seeds, as ``split.metric.mean``; empty for one seed
    note : a sentence that says which models were scored: the bundle's own, or others
    joint : the other tasks of a joint model
    auxiliary, missing : the auxiliary data that was learned from, and what was not on disk
    peak_mib : peak resident memory
    finetuning : metrics of the first fit of a fine-tuned part
    """

    config: RunConfig
    own: TaskResult
    main_split: str
    encoder_digest: str | None
    repeats: dict[str, int]
    spread: dict[str, float]
    seconds: dict[str, float]
    note: str
    joint: tuple[TaskResult, ...] = ()
    auxiliary: tuple[dict[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    peak_mib: float = 0.0
    finetuning: dict[str, float] = field(default_factory=dict)

    @property
    def flat(self) -> dict[str, float]:
        """Every score by ``split.name``; of a joint model's other task by ``task.split.name``."""
        of_others = {f"{o.task}.{key}": value for o in self.joint for key, value in o.flat.items()}
        return self.own.flat | of_others | self.spread


@dataclass(frozen=True, slots=True)
class JudgeResult:
    """Everything that the training of a judge measured and made, before it is tracked.

    Attributes
    ----------
    settings : with what was chosen on dev
    files : the folder of the graphs, under the names in the settings, and of the tokenizer
    scores : by ``split.name``
    n_dev : units of dev
    data : name, size and licence of each source
    missing : what was left out since its texts are not there, in sentences
    """

    config: JudgeConfig
    settings: JudgeSettings
    files: Path
    scores: dict[str, float]
    n_dev: int
    data: tuple[dict[str, Any], ...]
    missing: tuple[str, ...]
    seconds: dict[str, float]
    peak_mib: float

    split: ClassVar[str] = "dev"
    metric: ClassVar[str] = "cells.f1"

    @property
    def score(self) -> float:
        """The score that names the run."""
        return self.scores[f"{self.split}.{self.metric}"]
