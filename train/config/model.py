"""``[model]`` of a run config: the kinds of model."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from standpoint.labels import Task
from standpoint.model import EncoderFeatures, Features, NgramFeatures, NoFeatures, column_groups
from train.config.data import TASKS_OF, Data

Strength = Annotated[float, Field(gt=0)]
Group = Literal[
    "sentence", "target", "names", "decays", "holder", "between", "windows", "signs", "leanings"
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MajorityModel(_Strict):
    """The most frequent label of the training rows, or of those with the same target."""

    kind: Literal["majority"]
    per_target: bool = False

    def features(self) -> Features:
        """What it reads: nothing."""
        return NoFeatures()


class NgramsModel(_Strict):
    """TF-IDF n-grams with the roles marked, and a linear classifier (``svm`` has hinge loss).

    ``per_target`` fits a head for each target; it then judges no other targets.
    """

    kind: Literal["ngrams"]
    classifier: Literal["logistic", "svm"] = "logistic"
    per_target: bool = False
    words: tuple[int, int]
    chars: tuple[int, int]
    within_words: bool = False
    sublinear: bool = True
    window: Annotated[int, Field(ge=0, le=50)]
    min_count: Annotated[int, Field(ge=1)]
    masked: bool = False
    c: Strength
    balanced: bool

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        names = set(NgramFeatures.model_fields) - {"kind"}
        return NgramFeatures(**self.model_dump(include=names))


class EncoderModel(_Strict):
    """Frozen vectors of sentence, holder and target, and logistic regression.

    ``per_target`` fits a head for each target; it then judges no other targets. ``shares`` says how
    much of the whole each group of columns weighs, however many it has; without it each column
    weighs alike. ``c`` then counts from a whole of 1.
    """

    kind: Literal["encoder"]
    per_target: bool = False
    layers: tuple[Annotated[int, Field(ge=0, le=48)], ...] = Field(min_length=1)
    target: bool = True
    holder: bool
    between: bool
    windows: tuple[Annotated[int, Field(ge=1, le=20)], ...]
    products: bool
    signs: bool
    differences: bool = False
    cosines: bool = False
    maxima: bool = False
    names: bool = False
    decays: tuple[Annotated[float, Field(gt=0, le=100)], ...] = ()
    leanings: bool = False
    masked: bool = False
    shares: dict[Group, Strength] | None = None
    c: Strength
    balanced: bool

    @model_validator(mode="after")
    def _shares_are_of_what_is_read(self) -> "EncoderModel":
        settings = self.features()
        assert isinstance(settings, EncoderFeatures)
        read = dict.fromkeys(column_groups(settings, n_columns=None))
        lost = [group for group in self.shares or () if group not in read]
        if lost:
            raise ValueError(
                f"shares: must be of groups that are read ({', '.join(read)}), got {lost[0]!r}."
            )
        return self

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        names = set(EncoderFeatures.model_fields) - {"kind"}
        return EncoderFeatures(**self.model_dump(include=names))


class Source(_Strict):
    """Where the weights of an encoder come from: a name on the model hub, or a folder.

    ``revision`` is a commit or tag of the hub; None takes what is newest there.
    """

    name: Annotated[str, Field(min_length=1)]
    revision: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _may_be_a_name_alone(cls, given: object) -> object:
        return {"name": given} if isinstance(given, str) else given


class Schedule(_Strict):
    """How weights are learned: AdamW, its rate rising at first and then falling to 0.

    ``head_learning_rate`` is for the heads; ``layer_decay`` makes the rate of each layer smaller
    than that of the layer above; ``warmup`` is the share of all steps in which the rate rises.
    ``frozen`` layers stay as they are, from the lowest on: 1 are the embeddings alone.
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


class AuxiliaryTask(_Strict):
    """Data of another corpus or task to learn from too, with a head of its own.

    Where the data is not there it is left out, and the run says so. ``champion`` makes its head,
    too, a model to promote: it must then be of the run's own corpus, for the other task.
    """

    task: Task
    data: Data
    weight: Strength = 1.0
    balanced: bool = False
    champion: bool = False

    @model_validator(mode="after")
    def _has_labels_for_the_task(self) -> "AuxiliaryTask":
        tasks = TASKS_OF[self.data.corpus]
        if self.task not in tasks:
            raise ValueError(
                f"task: must be {' or '.join(tasks)} for the corpus {self.data.corpus}, "
                f"got {self.task!r}."
            )
        return self

    @property
    def name(self) -> str:
        """The name of its head."""
        return f"{self.data.corpus}-{self.task}"


class IntermediateTraining(_Strict):
    """What the encoder learns first, from other data; done once for all folds."""

    schedule: Schedule
    lessons: tuple[AuxiliaryTask, ...] = Field(min_length=1)


class FinetunedModel(_Strict):
    """An encoder trained for the task, a linear head over its vectors, and one reading for both.

    ``beside`` is learned at the same time, ``before`` first. The best epoch on dev is kept, where
    there is a dev; ``patience`` epochs without a better one end the fit, 0 never does.
    ``max_tokens`` is how much of a sentence training reads; ``device`` auto is a GPU where there is
    one.
    """

    kind: Literal["finetuned"]
    per_target: Literal[False] = False
    encoder: Source
    layers: tuple[Annotated[int, Field(ge=0, le=48)], ...] = Field(min_length=1)
    target: bool = True
    holder: bool
    between: bool = False
    windows: tuple[Annotated[int, Field(ge=1, le=20)], ...] = ()
    products: bool
    signs: bool = False
    differences: bool = False
    names: bool = False
    decays: tuple[Annotated[float, Field(gt=0, le=100)], ...] = ()
    leanings: bool = False
    masked: bool = False
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
    def _device_is_one(self) -> "FinetunedModel":
        if not re.fullmatch(r"auto|cpu|cuda(:[0-9]+)?", self.device):
            raise ValueError(f"device: must be auto, cpu, cuda or cuda:N, got {self.device!r}.")
        return self

    @model_validator(mode="after")
    def _heads_have_names_of_their_own(self) -> "FinetunedModel":
        for lessons in (self.beside, self.before.lessons if self.before else ()):
            names = [lesson.name for lesson in lessons]
            if len(set(names)) < len(names):
                raise ValueError(
                    f"beside, before.lessons: must each name a corpus and task once, got "
                    f"{', '.join(names)}."
                )
        if any(lesson.champion for lesson in (self.before.lessons if self.before else ())):
            raise ValueError("before.lessons: champion must be false; only beside may have one.")
        return self

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        names = (set(EncoderFeatures.model_fields) & set(type(self).model_fields)) - {"kind"}
        return EncoderFeatures(**self.model_dump(include=names))


SingleModel = Annotated[
    MajorityModel | NgramsModel | EncoderModel | FinetunedModel, Field(discriminator="kind")
]


class AverageModel(_Strict):
    """The weighted mean of the probabilities of several models, each calibrated first."""

    kind: Literal["average"]
    parts: tuple[
        Annotated[NgramsModel | EncoderModel | FinetunedModel, Field(discriminator="kind")], ...
    ] = Field(min_length=2)
    weights: tuple[Strength, ...]

    @model_validator(mode="after")
    def _all_or_none_are_masked(self) -> "AverageModel":
        if len({part.masked for part in self.parts}) > 1:
            raise ValueError("parts: must all be masked or none, got both.")
        return self

    @model_validator(mode="after")
    def _one_encoder_reads(self) -> "AverageModel":
        kinds = [part.kind for part in self.parts]
        if kinds.count("finetuned") > 1 or {"encoder", "finetuned"} <= set(kinds):
            raise ValueError(
                "parts: must share one encoder: at most one part may be finetuned, and then none "
                f"of kind encoder, got {', '.join(kinds)}."
            )
        return self

    @model_validator(mode="after")
    def _as_many_weights_as_parts(self) -> "AverageModel":
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
    """The plain models of a config, with their weights."""
    if isinstance(model, AverageModel):
        return tuple(zip(model.parts, model.weights, strict=True))
    return ((model, 1.0),)


def finetuned_part(model: ModelConfig) -> FinetunedModel | None:
    """The part of a config that is fine-tuned, if one is."""
    found = [part for part, _ in parts_of(model) if isinstance(part, FinetunedModel)]
    return found[0] if found else None
