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


UNLABELLED = "unlabelled"
"""Public documents without labels, of which a teacher alone says what a judge learns."""
SHORT_TEXT_CORPORA = ("contrast", "news-sentences")  # texts without their documents
DOCUMENT_CORPORA = ("seeds", "real", "more", "written", UNLABELLED)
PAIR_CORPORA = ("newsmtsc", "dse", "seesaw", "vast")
"""Public data sets of labelled pairs: of sentiment toward a target, of VAST stance on a topic."""


def _is_none(value: object) -> bool:
    return value is None


def _is_zero(value: object) -> bool:
    return value == 0


class JudgeSource(Strict):
    """A source of units, and how many of them an epoch takes.

    Attributes
    ----------
    path : of its annotations or its grammar, relative to the project's root; of the coal debate and
        of labelled pairs, which have their labels with their texts, relative to
        ``STANDPOINT_DATA``; "" for unlabelled documents, whose sets are known
    codebooks : the folder of its codebooks, relative to the project's root; "" for labelled pairs,
        for the grammar, which makes its own, and for unlabelled documents, which are read with
        those of the other sources
    licence : of the texts and their annotations together
    research_only : sets of texts within the source (the part of a document's id before the slash)
        that may be learned from for research only, with their licences; the corpus itself where
        that is true of all of it
    positives : units with a statement, or with a sentiment, or without labels, that an epoch draws;
        None takes all
    texts, seed : of the grammar: how many texts are composed, and from which seed
    pairs : of unlabelled documents: how many sentences and issues are chosen; ``seed`` decides
    taught : whether a teacher, if there is one, is asked about units that have labels, too
    preceded : share of the short texts that stand alone which are put behind another one of their
        codebook
    repeat : how often an epoch takes them
    neighbors : units without a statement whose sentence has one on another issue
    others : any units without a statement
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    corpus: Literal[
        "seeds",
        "real",
        "more",
        "written",
        "contrast",
        "grammar",
        "news-sentences",
        "coal_debate",
        "seeds-sentiment",
        "newsmtsc",
        "dse",
        "seesaw",
        "vast",
        "unlabelled",
    ]
    path: str = ""
    codebooks: str = ""
    licence: str
    research_only: dict[str, str] = Field(default_factory=dict)
    texts: Count | None = None
    # Fields that came later are left out where they are not set: so the keys of fits and digests
    # of configs from before them still hold.
    pairs: Count | None = Field(default=None, exclude_if=_is_none)
    taught: bool = Field(default=True, exclude_if=bool)
    preceded: Share = Field(default=0.0, exclude_if=_is_zero)
    seed: Count = 0
    positives: Count | None = None
    repeat: Annotated[int, Field(ge=1, le=100)] = 1
    neighbors: Count = 0
    others: Count = 0

    @model_validator(mode="after")
    def _folders_are_named_where_there_are_any(self) -> "JudgeSource":
        has_none = {"path": (UNLABELLED,), "codebooks": (*PAIR_CORPORA, "grammar", UNLABELLED)}
        for name, corpora in has_none.items():
            folder = getattr(self, name)
            if bool(folder) == (self.corpus in corpora):
                must = "be left out" if folder else "be named"
                raise ValueError(f"{name}: must {must} for {self.corpus}, got {folder!r}.")
        return self

    @model_validator(mode="after")
    def _numbers_are_those_of_the_corpus(self) -> "JudgeSource":
        numbers = (
            ("texts", "grammar", "a number of texts to compose"),
            ("pairs", UNLABELLED, "a number of sentences and issues to choose"),
        )
        for name, corpus, what in numbers:
            value = getattr(self, name)
            if bool(value) != (self.corpus == corpus):
                must = "be left out" if value else f"be {what}"
                raise ValueError(f"{name}: must {must} for {self.corpus}, got {value!r}.")
        return self

    @model_validator(mode="after")
    def _short_texts_alone_are_preceded(self) -> "JudgeSource":
        if self.preceded and self.corpus not in SHORT_TEXT_CORPORA:
            raise ValueError(
                f"preceded: must be left out for {self.corpus}, got {self.preceded}: only "
                f"{' and '.join(SHORT_TEXT_CORPORA)} have texts of one codebook that stand alone."
            )
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
    other_before : share of the units without a sentence before them that get one of another text,
        so that what is learned of short texts holds for documents, too
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
    other_before: Share = Field(default=0.0, exclude_if=_is_zero)
    label_smoothing: Annotated[float, Field(ge=0, lt=1)] = 0.03
    unconcerned_weight: Annotated[float, Field(ge=0, le=10)] = 0.25
    averaged_last: Share = 0.25
    checkpoint_every: Annotated[int, Field(ge=1, le=1_000_000)] = 250
    dev_every: Annotated[int, Field(ge=1, le=1_000_000)] = 250


class JudgeTeacher(Strict):
    """A trained judge whose probabilities another judge learns from.

    Attributes
    ----------
    config : its run config, relative to the project's root, which says how its network is built
    changes : the ``key=value`` with which its config was changed when it was trained (``--set``)
    checkpoint : the folder of its checkpoint, relative to the project's root; None where its
        training leaves it, in ``models/cache/judges/NAME/checkpoint``
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
    initial : the folder of a judge's checkpoint, relative to the project's root, whose weights the
        fit begins with in place of the encoder's; a head that it lacks is new. What that one
        learned from counts as data of this one
    teacher : the judge that teaches it; None where it learns from labels alone
    precision : of matrix products; bfloat16 where the processor has it, else float32
    """

    kind: Literal["judge"]
    encoder: Source
    layers: Annotated[int, Field(ge=2, le=48)] | None = None
    frozen_layers: Annotated[int, Field(ge=0, le=48)]
    apart_layers: Annotated[int, Field(ge=0, le=47)] = Field(default=0, exclude_if=_is_zero)
    split: Annotated[int, Field(ge=1, le=48)]
    about_width: Annotated[int, Field(ge=1, le=10_000)] = 256
    stance_width: Annotated[int, Field(ge=1, le=10_000)] = 512
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.1
    initial: str | None = None
    teacher: JudgeTeacher | None = Field(default=None, exclude_if=_is_none)
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

    @model_validator(mode="after")
    def _unlabelled_sources_have_a_teacher(self) -> "JudgeConfig":
        names = [source.name for source in self.sources if source.corpus == UNLABELLED]
        if names and self.model.teacher is None:
            raise ValueError(
                f"model.teacher: must be named, since {names[0]} has no labels, got none."
            )
        return self
