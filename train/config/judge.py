"""The run config of a judge: its sources of units, and its dev split.

A judge reads a sentence and an issue in words and gives every holder candidate a stance. It learns
from several sources at a time, and its dev split is that of the real documents, whatever the
sources; so its config is another one than that of a classifier of pairs.

The bounds of most numbers only catch typing errors: they are above all settings that make sense.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from train.config.judge_model import JudgeModel, Share
from train.config.strict import Strict, is_empty

Count = Annotated[int, Field(ge=0, le=10_000_000)]
UNLABELLED = "unlabelled"
"""Public documents without labels, of which a teacher alone says what a judge learns."""
SHORT_TEXT_CORPORA = ("contrast", "news-sentences")  # texts without their documents
DOCUMENT_CORPORA = ("seeds", "real", "more", "written", UNLABELLED)
PAIR_CORPORA = ("newsmtsc", "dse", "seesaw", "vast")
"""Public data sets of labelled pairs: of sentiment toward a target, of VAST stance on a topic."""


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
    pairs: Count | None = Field(default=None, exclude_if=is_empty)
    taught: bool = Field(default=True, exclude_if=bool)
    preceded: Share = Field(default=0.0, exclude_if=is_empty)
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
    def _first_sources_are_named(self) -> "JudgeConfig":
        names = [source.name for source in self.learned_sources]
        others = [name for name in self.model.schedule.first_sources if name not in names]
        if others:
            raise ValueError(
                f"model.schedule.first_sources: must be among the sources that are learned from "
                f"({', '.join(names)}), got {others[0]!r}."
            )
        return self

    @model_validator(mode="after")
    def _unlabelled_sources_have_a_teacher(self) -> "JudgeConfig":
        names = [source.name for source in self.sources if source.corpus == UNLABELLED]
        if names and self.model.teacher is None:
            raise ValueError(
                f"model.teacher: must be named, since {names[0]} has no labels, got none."
            )
        return self
