"""The run config of a judge: its sources of units, its network and its schedule.

A judge reads a sentence and an issue in words and gives every holder candidate a stance. It learns
from several sources at a time, and its dev split is that of the real documents, whatever the
sources; so its config is another one than that of a classifier of pairs.

The bounds of most numbers only catch typing errors: they are above all settings that make sense.
"""

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from train.config.model import Source
from train.config.strict import Strict

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]


PAIR_CORPORA = ("newsmtsc", "dse", "seesaw", "vast")
"""Public data sets of labelled pairs: of sentiment toward a target, of VAST stance on a topic."""


class JudgeSource(Strict):
    """A source of units, and how many of them an epoch takes.

    Attributes
    ----------
    path : of its annotations or its grammar, relative to the project's root; of the coal debate and
        of labelled pairs, which have their labels with their texts, relative to ``STANDPOINT_DATA``
    codebooks : the folder of its codebooks, relative to the project's root; "" for labelled pairs
        and for the grammar, which makes its own
    licence : of the texts and their annotations together
    research_only : sets of texts within the source (the part of a document's id before the slash)
        that may be learned from for research only, with their licences; the corpus itself where
        that is true of all of it
    positives : units with a statement, or with a sentiment, that an epoch draws; None takes all
    texts, seed : of the grammar: how many texts are composed, and from which seed
    repeat : how often an epoch takes them
    neighbors : units without a statement whose sentence has one on another issue
    others : any units without a statement
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    corpus: Literal[
        "seeds",
        "real",
        "more",
        "contrast",
        "grammar",
        "news-sentences",
        "coal_debate",
        "seeds-sentiment",
        "newsmtsc",
        "dse",
        "seesaw",
        "vast",
    ]
    path: str
    codebooks: str = ""
    licence: str
    research_only: dict[str, str] = Field(default_factory=dict)
    texts: Count | None = None
    seed: Count = 0
    positives: Count | None = None
    repeat: Annotated[int, Field(ge=1, le=100)] = 1
    neighbors: Count = 0
    others: Count = 0

    @model_validator(mode="after")
    def _codebooks_are_named_where_there_are_any(self) -> "JudgeSource":
        if bool(self.codebooks) == (self.corpus in (*PAIR_CORPORA, "grammar")):
            must = "be left out" if self.codebooks else "be named"
            raise ValueError(f"codebooks: must {must} for {self.corpus}, got {self.codebooks!r}.")
        return self

    @model_validator(mode="after")
    def _texts_are_counted_where_they_are_composed(self) -> "JudgeSource":
        if bool(self.texts) != (self.corpus == "grammar"):
            must = "be left out" if self.texts else "be a number of texts to compose"
            raise ValueError(f"texts: must {must} for {self.corpus}, got {self.texts!r}.")
        return self

    def is_left_out(self, *, research: bool) -> bool:
        """Whether nothing is learned from it, since all of it is for research only."""
        return not research and self.corpus in self.research_only


class JudgeSchedule(Strict):
    """The training schedule: AdamW with linear warm-up and linear decay of the learning rate.

    Attributes
    ----------
    batch : units of a step
    warmup_steps : steps in which the rate rises
    least_rate : the share of its peak that the rate does not fall below
    swapped : share of the units whose poles are exchanged, in the issue's words and in the labels
    cues : share of the batches in which the issue's words end with its cues
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
    label_smoothing: Annotated[float, Field(ge=0, lt=1)] = 0.03
    unconcerned_weight: Annotated[float, Field(ge=0, le=10)] = 0.25
    averaged_last: Share = 0.25
    checkpoint_every: Annotated[int, Field(ge=1, le=1_000_000)] = 250
    dev_every: Annotated[int, Field(ge=1, le=1_000_000)] = 250


class JudgeModel(Strict):
    """The network: an encoder, whose lowest layers are frozen, and its heads.

    Attributes
    ----------
    layers : the encoder's layers that are used, from the lowest; None uses all
    frozen_layers : the lowest layers, which are not trained, nor are the embeddings
    split : the layers of the first stage, frozen ones among them; a head after it tells whether the
        sentence is about the issue, and only then the others are run
    about_width, stance_width : of the hidden layer of each head
    dropout : within the layers and the head of the stance; there is none in attention
    initial : the folder of a judge's checkpoint, relative to the project's root, whose weights the
        fit begins with in place of the encoder's; a head that it lacks is new. What that one
        learned from counts as data of this one
    precision : of matrix products; bfloat16 where the processor has it, else float32
    """

    kind: Literal["judge"]
    encoder: Source
    layers: Annotated[int, Field(ge=2, le=48)] | None = None
    frozen_layers: Annotated[int, Field(ge=0, le=48)]
    split: Annotated[int, Field(ge=1, le=48)]
    about_width: Annotated[int, Field(ge=1, le=10_000)] = 256
    stance_width: Annotated[int, Field(ge=1, le=10_000)] = 512
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.1
    initial: str | None = None
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
    def _device_is_valid(self) -> "JudgeModel":
        if not re.fullmatch(r"auto|cpu|cuda(:[0-9]+)?", self.device):
            raise ValueError(f"device: must be auto, cpu, cuda or cuda:N, got {self.device!r}.")
        return self


class JudgeDev(Strict):
    """The dev split of the real documents: for scores, calibration and thresholds.

    Attributes
    ----------
    share : of the units that are scored while training; at the end all are
    """

    path: str
    codebooks: str
    share: Annotated[float, Field(gt=0, le=1)] = 0.2


class JudgeConfig(Strict):
    """One training of a judge.

    ``research`` takes the texts that a source has for research only, too: such a model is never
    shipped, and its card says so.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    task: Literal["stance"]
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)]
    research: bool = False
    sources: tuple[JudgeSource, ...] = Field(min_length=1)
    dev: JudgeDev
    model: JudgeModel

    @property
    def learned_sources(self) -> tuple[JudgeSource, ...]:
        """The sources but those that are left out."""
        return tuple(s for s in self.sources if not s.is_left_out(research=self.research))

    @model_validator(mode="after")
    def _sources_differ(self) -> "JudgeConfig":
        names = [source.name for source in self.sources]
        if len(set(names)) < len(names):
            raise ValueError(f"sources: must have different names, got {', '.join(names)}.")
        return self
