"""The JSON schemas of answers about the server: its codebooks, models and problems."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from standpoint.codebook import Actor, Codebook, Id, Issue, Name
from standpoint.labeling import AnswerModel, Count, Digest
from standpoint.labels import Task
from standpoint.model import Features, ServedName


class CodebookSummary(AnswerModel):
    """A codebook the server knows."""

    name: Id = Field(description="Its name, as `codebook` takes it.")
    title: str = Field(description="Its debate in words.")
    digest: Digest = Field(description="sha256 of its canonical JSON.")
    n_actors: Count = Field(description="How many actors it has.")
    n_issues: Count = Field(description="How many issues it has.")

    @classmethod
    def of(cls, codebook: Codebook) -> "CodebookSummary":
        """The summary of a codebook."""
        return cls(
            name=codebook.name,
            title=codebook.title,
            digest=codebook.digest,
            n_actors=len(codebook.actors),
            n_issues=len(codebook.issues),
        )


class CodebookList(AnswerModel):
    """The codebooks the server knows."""

    codebooks: tuple[CodebookSummary, ...] = Field(description="Ordered by the names of files.")


class KnownActor(Actor):
    """An actor of a codebook; keys with a default are always present."""

    aliases: tuple[Name, ...] = Field(description="Other names of the actor.")
    member_of: Id | None = Field(description="The id of the actor its stances count for too.")


class KnownIssue(Issue):
    """An issue of a codebook; keys with a default are always present."""

    opposite_cues: tuple[Name, ...] = Field(
        description="Cues with the opposite pole: to favor one is to be against the issue."
    )
    about: Id | None = Field(description="The id of the actor that is the target of the stance.")


class KnownCodebook(AnswerModel):
    """A codebook, whole. It may be sent back as `codebook` of an article."""

    name: Id = Field(description="Its name.")
    title: Name = Field(description="Its debate in words.")
    actors: tuple[KnownActor, ...] = Field(description="The actors, who can hold a stance.")
    issues: tuple[KnownIssue, ...] = Field(description="The issues, which a stance can be on.")
    digest: Digest = Field(description="sha256 of its canonical JSON.")


class OtherCorpus(BaseModel):
    """Another data set a model was trained on. More keys are allowed."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: str = Field(description="Its name.")
    n_pairs: Count = Field(description="How many pairs it has.")
    licence: str = Field(description="Its licence.")


class CorpusCard(BaseModel):
    """The data a model was trained on. More keys are allowed."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: str = Field(description="The name of the data.")
    n_pairs: Count = Field(default=0, description="How many pairs it has.")
    licence: str = Field(default="", description="Its licence.")
    also: tuple[OtherCorpus, ...] = Field(default=(), description="Other data it was trained on.")
    terms: str = Field(default="", description="The terms of use that the licences together allow.")


class ModelCard(AnswerModel):
    """The model of a task that answers requests."""

    name: ServedName = Field(
        description="`champion` if it was promoted, `accurate` or `fast` if it is shipped, "
        "`bundle` if its folder was named."
    )
    version: int = Field(
        description="Its version among the promoted ones; 0 where it was not promoted.", strict=True
    )
    task: Task = Field(description="The task it was trained for.")
    labels: tuple[str, ...] = Field(description="Its labels, in their order.")
    features: Features = Field(description="The settings of its features.")
    encoder: Digest | None = Field(description="The digest of its encoder, if it has one.")
    run_id: str = Field(description="The training run it comes from.")
    config: str = Field(description="The name of the run's config.")
    created: str = Field(description="When it was trained, in ISO 8601.")
    corpus: CorpusCard = Field(description="The data it was trained on.")
    scores: dict[str, float] = Field(description="Scores by `split.metric`.")
    note: str = Field(description="A note that a person wrote about it.")


class ModelCards(AnswerModel):
    """The champion of each task."""

    stance: ModelCard = Field(description="The stance model.")
    sentiment: ModelCard | None = Field(description="The sentiment model, if one is promoted.")


class FaultFound(AnswerModel):
    """One fault of a request's body."""

    pointer: str = Field(description="Where in the body, as a JSON pointer (RFC 6901).")
    detail: str = Field(description="What must hold, and what was sent.")


class Problem(AnswerModel):
    """An error (RFC 9457)."""

    type: Literal["about:blank"] = Field(
        description="Always this: the status names the kind of error."
    )
    title: str = Field(description="The name of the status.")
    status: int = Field(description="The status of the answer.", ge=400, le=599, strict=True)
    detail: str = Field(description="What must hold, what was sent, and what to do.")
    errors: tuple[FaultFound, ...] = Field(
        default=(), description="Each fault of the body, where it is known."
    )


class BatchFault(AnswerModel):
    """The answer to a line of a batch that cannot be labelled."""

    line: int = Field(description="The number of the line, from 1.", ge=1, strict=True)
    error: Problem = Field(description="Why the line cannot be labelled.")
