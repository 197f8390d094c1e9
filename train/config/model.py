"""``[model]`` of a run config: the kinds of model and their hyperparameters.

The bounds of most numbers only catch typing errors: they are above all settings that make sense.
"""

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from standpoint.labels import Task
from standpoint.model import (
    ContextFeatures,
    EncoderFeatures,
    Features,
    NgramFeatures,
    NoFeatures,
    SpanFeatures,
    column_groups,
)
from train.config.data import Data, check_task
from train.config.strict import Strict

PositiveFloat = Annotated[float, Field(gt=0)]
ColumnGroup = Literal[
    "sentence", "target", "names", "decays", "holder", "between", "windows", "signs", "leanings"
]


class MajorityModel(Strict):
    """The most frequent label of the training rows, or of those with the same target."""

    kind: Literal["majority"]
    per_target: bool = False

    def features(self) -> Features:
        """No features: the label does not depend on the text."""
        return NoFeatures()


class _LinearClassifier(Strict):
    """A regularized linear classifier over features.

    ``per_target`` fits one classifier for each target; it then predicts no other targets. ``c`` is
    scikit-learn's inverse regularization strength. ``balanced`` weighs labels by their inverse
    frequency.
    """

    per_target: bool = False
    c: PositiveFloat
    balanced: bool


class NgramsModel(_LinearClassifier, NgramFeatures):
    """TF-IDF n-grams with the roles marked, and a linear classifier (``svm`` has hinge loss)."""

    classifier: Literal["logistic", "svm"] = "logistic"

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        return NgramFeatures(**self.model_dump(include=set(NgramFeatures.model_fields)))


class EncoderModel(_LinearClassifier, EncoderFeatures):
    """Pooled vectors from a frozen encoder, and logistic regression.

    ``shares`` scales the columns, so that each group of them has this share of the whole, however
    many columns it has; without it each column weighs alike. ``c`` then counts from a whole of 1.
    """

    shares: dict[ColumnGroup, PositiveFloat] | None = None

    @model_validator(mode="after")
    def _shares_are_of_groups_in_use(self) -> "EncoderModel":
        groups = dict.fromkeys(column_groups(self, n_columns=None))
        unused = [group for group in self.shares or () if group not in groups]
        if unused:
            raise ValueError(
                f"shares: must be of groups that are read ({', '.join(groups)}), got {unused[0]!r}."
            )
        return self

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        return EncoderFeatures(**self.model_dump(include=set(EncoderFeatures.model_fields)))


class Source(Strict):
    """The pretrained encoder: a name on the model hub, or a folder.

    ``revision`` is a commit or tag of the hub; None takes the newest. A string is a name.
    """

    name: Annotated[str, Field(min_length=1)]
    revision: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _may_be_a_name_alone(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


class Schedule(Strict):
    """The training schedule: AdamW with linear warmup and linear decay of the learning rate.

    ``batch`` counts sentences. ``layer_decay`` is the learning rate of a layer over that of the
    layer above; ``warmup`` is the share of all steps in which the rate rises. The lowest
    ``frozen`` layers are not trained: 1 is the embeddings alone.
    """

    epochs: Annotated[int, Field(ge=1, le=200)]
    batch: Annotated[int, Field(ge=1, le=100_000)]
    learning_rate: Annotated[float, Field(gt=0, le=1)]
    head_learning_rate: Annotated[float, Field(gt=0, le=1)]
    layer_decay: Annotated[float, Field(gt=0, le=1)] = 1.0
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.1
    weight_decay: Annotated[float, Field(ge=0, lt=1)] = 0.01
    label_smoothing: Annotated[float, Field(ge=0, lt=1)] = 0.0
    frozen: Annotated[int, Field(ge=0, le=48)] = 0


class AuxiliaryTask(Strict):
    """Multi-task learning: another corpus or task to train on, with its own classifier head.

    A corpus that is not in ``STANDPOINT_DATA`` is left out, and the run reports it. ``weight`` is
    of each of its pairs in the loss. ``champion`` exports its head too, for promotion: it must then
    be of the run's own corpus, for the other task.
    """

    task: Task
    data: Data
    weight: PositiveFloat = 1.0
    balanced: bool = False
    champion: bool = False

    @model_validator(mode="after")
    def _has_labels_for_the_task(self) -> "AuxiliaryTask":
        check_task(self.task, corpus=self.data.corpus)
        return self

    @property
    def name(self) -> str:
        """The name of its head."""
        return f"{self.data.corpus}-{self.task}"


class IntermediateTraining(Strict):
    """Training of the encoder on other data before it is fine-tuned; once for all folds."""

    schedule: Schedule
    lessons: tuple[AuxiliaryTask, ...] = Field(min_length=1)


class FinetunedModel(ContextFeatures, SpanFeatures):
    """An encoder that is fine-tuned together with a linear head over its pooled vectors.

    The head reads the same features as the head of a frozen encoder. ``beside`` is trained at the
    same time, ``before`` first. Where there is dev data, the best epoch on dev is used, and early
    stopping ends the fit after ``patience`` epochs without a better one (0: never).
    ``max_tokens`` truncates sentences in training; ``device`` auto is a GPU where there is one.
    """

    kind: Literal["finetuned"]
    per_target: Literal[False] = False
    encoder: Source
    balanced: bool = False
    dropout: Annotated[float, Field(ge=0, lt=1)]
    max_tokens: Annotated[int, Field(ge=8, le=512)] = 256
    patience: Annotated[int, Field(ge=0, le=100)] = 0
    device: str = "auto"
    precision: Literal["bfloat16", "float32"] = "bfloat16"
    schedule: Schedule
    before: IntermediateTraining | None = None
    beside: tuple[AuxiliaryTask, ...] = ()

    @model_validator(mode="after")
    def _device_and_heads_are_valid(self) -> "FinetunedModel":
        if not re.fullmatch(r"auto|cpu|cuda(:[0-9]+)?", self.device):
            raise ValueError(f"device: must be auto, cpu, cuda or cuda:N, got {self.device!r}.")
        before = self.before.lessons if self.before else ()
        for tasks in (self.beside, before):
            names = [task.name for task in tasks]
            if len(set(names)) < len(names):
                raise ValueError(
                    f"beside, before.lessons: must each name a corpus and task once, got "
                    f"{', '.join(names)}."
                )
        if any(task.champion for task in before):
            raise ValueError("before.lessons: champion must be false; only beside may have one.")
        return self

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        shared = {*SpanFeatures.model_fields, *ContextFeatures.model_fields} - {"kind"}
        return EncoderFeatures(**self.model_dump(include=shared))


SingleModel = Annotated[
    MajorityModel | NgramsModel | EncoderModel | FinetunedModel, Field(discriminator="kind")
]


class AverageModel(Strict):
    """An ensemble: the weighted mean of the probabilities of several calibrated models."""

    kind: Literal["average"]
    parts: tuple[
        Annotated[NgramsModel | EncoderModel | FinetunedModel, Field(discriminator="kind")], ...
    ] = Field(min_length=2)
    weights: tuple[PositiveFloat, ...]

    @model_validator(mode="after")
    def _parts_fit_together(self) -> "AverageModel":
        kinds = [part.kind for part in self.parts]
        if len({part.masked for part in self.parts}) > 1:
            raise ValueError("parts: must all be masked or none, got both.")
        if kinds.count("finetuned") > 1 or {"encoder", "finetuned"} <= set(kinds):
            raise ValueError(
                "parts: must share one encoder: at most one part may be finetuned, and then none "
                f"of kind encoder, got {', '.join(kinds)}."
            )
        if len(self.weights) != len(self.parts):
            raise ValueError(
                f"weights: must be as many as parts, got {len(self.weights)} for {len(self.parts)}."
            )
        return self


ModelConfig = Annotated[
    MajorityModel | NgramsModel | EncoderModel | FinetunedModel | AverageModel,
    Field(discriminator="kind"),
]


def parts_of(model: ModelConfig) -> tuple[tuple[SingleModel, float], ...]:
    """The single models of a config, each with its weight in the ensemble."""
    if isinstance(model, AverageModel):
        return tuple(zip(model.parts, model.weights, strict=True))
    return ((model, 1.0),)


def finetuned_part(model: ModelConfig) -> FinetunedModel | None:
    """The fine-tuned part of a config; there is at most one."""
    parts = (part for part, _ in parts_of(model))
    return next((part for part in parts if isinstance(part, FinetunedModel)), None)
