"""The shapes of requests, checked before the domain sees them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from standpoint.article import check_date
from standpoint.codebook import Codebook
from standpoint.labels import Task

MAX_PAIRS = 10_000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleRequest(_Strict):
    """An article to label. ``codebook`` is a name the server knows, or a whole codebook."""

    text: Annotated[str, Field(strict=True)]
    codebook: str | dict[str, Any] = "geneva2"
    id: Annotated[str, Field(max_length=500)] = "article"
    date: str | None = None
    include_none: Annotated[bool, Field(strict=True)] = False
    any_language: Annotated[bool, Field(strict=True)] = False
    min_confidence: Annotated[float, Field(ge=0, le=1, strict=True)] | None = None
    explain: Annotated[bool, Field(strict=True)] = False

    @field_validator("date")
    @classmethod
    def _is_a_date(cls, given: str | None) -> str | None:
        return check_date(given)


class Offsets(_Strict):
    """A span of a text, in Unicode code points."""

    start: Annotated[int, Field(ge=0, strict=True)]
    end: Annotated[int, Field(gt=0, strict=True)]

    @model_validator(mode="after")
    def _in_order(self) -> "Offsets":
        if self.start >= self.end:
            raise ValueError(f"start must be below end, got [{self.start}:{self.end}].")
        return self


class PairRequest(_Strict):
    """A sentence with its roles; ``holder`` null is its author, ``target`` may be words."""

    text: Annotated[str, Field(strict=True)]
    holder: Offsets | None = None
    target: Offsets | Annotated[str, Field(min_length=1)]


class PairsRequest(_Strict):
    """Pairs to judge."""

    pairs: Annotated[tuple[PairRequest, ...], Field(max_length=MAX_PAIRS)]
    task: Task = "stance"


class CodebookSummary(_Strict):
    """A codebook the server knows."""

    name: str
    title: str
    digest: str
    n_actors: int
    n_issues: int

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


class Health(_Strict):
    """Whether the process lives, or is ready to answer."""

    status: Literal["ok", "ready"]
