"""The network of a judge, its training schedule, and the judge that teaches it.

The bounds of most numbers only catch typing errors: they are above all settings that make sense.
"""

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from train.config.model import Source
from train.config.strict import Strict, is_empty

Share = Annotated[float, Field(ge=0, le=1)]


class JudgeSchedule(Strict):
    """The training schedule: AdamW with linear warm-up and linear decay of the learning rate.

    Attributes
    ----------
    batch : units of a step
    warmup_steps : steps in which the rate rises
    least_rate : the share of its peak that the rate does not fall below
    swapped : share of the units whose poles are exchanged, in the issue's words and in the labels
    cues : share of the batches in which the issue's words end with its cues
    other_before : share of the units without a sentence before them that get one of another text,
        so that what is learned of short texts holds for documents, too
    first_steps, first_sources : the steps, at the start, in which these sources alone are learned
        from: short plain texts teach how a sentence is compared with both poles sooner than all
        texts do
    label_smoothing : of the stance
    unconcerned_weight : in the loss, of a candidate whose unit has no statement
    averaged_last : the share of the steps, at the end, over which the weights are averaged
    checkpoint_every, dev_every : steps
    """

    steps: Annotated[int, Field(ge=1, le=10_000_000)]
    batch: Annotated[int, Field(ge=1, le=10_000)] = 16
    learning_rate: Annotated[float, Field(gt=0, le=1)]
    head_learning_rate: Annotated[float, Field(gt=0, le=1)]
    warmup_steps: Annotated[int, Field(ge=0, le=1_000_000)] = 80
    least_rate: Share = 0.05
    weight_decay: Annotated[float, Field(ge=0, lt=1)] = 0.01
    swapped: Share = 0.3
    cues: Share = 0.5
    other_before: Share = Field(default=0.0, exclude_if=is_empty)
    first_steps: Annotated[int, Field(ge=0, le=1_000_000)] = Field(default=0, exclude_if=is_empty)
    first_sources: tuple[str, ...] = Field(default=(), exclude_if=is_empty)
    label_smoothing: Annotated[float, Field(ge=0, lt=1)] = 0.03
    unconcerned_weight: Annotated[float, Field(ge=0, le=10)] = 0.25
    averaged_last: Share = 0.25
    checkpoint_every: Annotated[int, Field(ge=1, le=1_000_000)] = 250
    dev_every: Annotated[int, Field(ge=1, le=1_000_000)] = 250

    @model_validator(mode="after")
    def _first_steps_have_sources(self) -> "JudgeSchedule":
        if bool(self.first_steps) != bool(self.first_sources):
            raise ValueError(
                "first_steps: must be set with first_sources, or neither, got "
                f"{self.first_steps} and {list(self.first_sources)}."
            )
        if self.first_steps >= self.steps:
            raise ValueError(
                f"first_steps: must be less than steps ({self.steps}), got {self.first_steps}. The "
                "other sources are learned from behind them."
            )
        return self


class JudgeTeacher(Strict):
    """A trained judge whose probabilities another judge learns from.

    Attributes
    ----------
    config : its run config, relative to the project's root, which says how its network is built
    changes : the ``key=value`` with which its config was changed when it was trained (``--set``)
    checkpoint : the folder of its checkpoint or its bundle, relative to the project's root; None
        where its training leaves it, in ``models/cache/judges/NAME/checkpoint``
    temperature : by which the logits of both are divided before they are compared
    weight : of the teacher's loss where a unit has labels; that of the labels is one less this

    References
    ----------
    Hinton et al. (2015), Distilling the knowledge in a neural network.
    """

    config: str
    changes: tuple[str, ...] = ()
    checkpoint: str | None = None
    temperature: Annotated[float, Field(gt=0, le=100)] = 2.0
    weight: Annotated[float, Field(gt=0, le=1)] = 0.5


class JudgeModel(Strict):
    """The network: an encoder, whose lowest layers are frozen, and its heads.

    Attributes
    ----------
    layers : the encoder's layers that are used, from the lowest; None uses all
    frozen_layers : the lowest layers, which are not trained, nor are the embeddings
    apart_layers : the lowest layers, which read the sentence and the issue apart, so that each is
        read once for many; those above read both together
    split : the layers of the first stage, those above among them; a head after it tells whether the
        sentence is about the issue, and only then the others are run
    about_width, stance_width : of the hidden layer of each head
    dropout : within the layers and the head of the stance; there is none in attention
    initial : the folder of a judge's checkpoint or bundle, relative to the project's root, whose
        weights the fit begins with in place of the encoder's; a head that it lacks is new. What
        that one learned from counts as data of this one
    teacher : the judge that teaches it; None where it learns from labels alone
    precision : of matrix products; bfloat16 where the processor has it, else float32
    """

    kind: Literal["judge"]
    encoder: Source
    layers: Annotated[int, Field(ge=2, le=48)] | None = None
    frozen_layers: Annotated[int, Field(ge=0, le=48)]
    apart_layers: Annotated[int, Field(ge=0, le=47)] = Field(default=0, exclude_if=is_empty)
    split: Annotated[int, Field(ge=1, le=48)]
    about_width: Annotated[int, Field(ge=1, le=10_000)] = 256
    stance_width: Annotated[int, Field(ge=1, le=10_000)] = 512
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.1
    initial: str | None = None
    teacher: JudgeTeacher | None = Field(default=None, exclude_if=is_empty)
    device: str = "auto"
    precision: Literal["bfloat16", "float32"] = "bfloat16"
    schedule: JudgeSchedule

    @model_validator(mode="after")
    def _frozen_layers_are_below_the_split(self) -> "JudgeModel":
        if self.frozen_layers > self.split:
            raise ValueError(
                f"frozen_layers: must be at most split ({self.split}), got {self.frozen_layers}."
            )
        return self

    @model_validator(mode="after")
    def _first_stage_reads_both_together(self) -> "JudgeModel":
        if self.apart_layers >= self.split:
            raise ValueError(
                f"apart_layers: must be less than split ({self.split}), got {self.apart_layers}. "
                "The first stage tells whether the sentence is about the issue: it reads both."
            )
        return self

    @model_validator(mode="after")
    def _device_is_valid(self) -> "JudgeModel":
        if not re.fullmatch(r"auto|cpu|cuda(:[0-9]+)?", self.device):
            raise ValueError(f"device: must be auto, cpu, cuda or cuda:N, got {self.device!r}.")
        return self
