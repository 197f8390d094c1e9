"""The JSON schemas of requests, as pydantic models."""

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StrictBool,
    StrictStr,
    WithJsonSchema,
    create_model,
    field_validator,
    model_validator,
)

from standpoint.codebook import Codebook
from standpoint.labels import Task
from standpoint.text import check_date

DEFAULT_CODEBOOK = "geneva2"
MAX_PAIRS = 10_000  # a guess: the default body limit of 2 MiB leaves 200 bytes for each
MAX_ID_CHARS = 500  # a guess: room for a path or a web address
# Texts and dates are checked by the domain, which has better error messages; these patterns are
# for the OpenAPI document alone.
_TEXT: dict[str, JsonValue] = {"minLength": 1, "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}
_DATE: dict[str, JsonValue] = {
    "pattern": "^[0-9]{4}-?([0-9]{2}-?[0-9]{2}|W[0-9]{2}(-?[1-7])?)(.[0-9]{2}.*)?$",
}


class StrictRequest(BaseModel):
    """A request, or a part of one, that has no other keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_CODEBOOK_FIELDS: dict[str, Any] = {
    name: (field.annotation, field) for name, field in Codebook.model_fields.items()
}
SentCodebook = create_model(
    "SentCodebook",
    __doc__="""A whole codebook, with the keys of the TOML file.

    No two actors may share a name, and no two issues a cue. The `digest` that
    `GET /v1/codebooks/{name}` gives may stay in it, and is not read.
    """,
    __config__=Codebook.model_config,
    **_CODEBOOK_FIELDS,
    digest=(Any, Field(default=None, description="Not read.")),
)
# `parse_codebook` validates it, and reports all its faults; this is its schema in the document.
_UncheckedCodebook = Annotated[
    dict[str, Any], WithJsonSchema({"$ref": "#/components/schemas/SentCodebook"})
]


class ArticleRequest(StrictRequest):
    """An article to label. ``codebook`` is a name the server knows, or a whole codebook."""

    text: StrictStr = Field(
        description="The words of the article, in English.", json_schema_extra=_TEXT
    )
    codebook: str | _UncheckedCodebook = Field(
        default=DEFAULT_CODEBOOK,
        description="The name of a codebook the server knows, or a whole one.",
    )
    id: Annotated[str, Field(max_length=MAX_ID_CHARS)] = Field(
        default="article", description="What the answer calls the article."
    )
    date: Annotated[str, Field(json_schema_extra=_DATE)] | None = Field(
        default=None, description="When it appeared: `2013-11-19`, or with a time, in ISO 8601."
    )
    author: Annotated[str, Field(min_length=1, max_length=MAX_ID_CHARS)] | None = Field(
        default=None,
        description="Whose text it is, where the text does not say so: the id, the name or an "
        "alias of an actor of the codebook.",
    )
    include_none: StrictBool = Field(
        default=False, description="Also return the cells in which nobody takes a side."
    )
    any_language: StrictBool = Field(
        default=False, description="Accept a text that is not in English."
    )
    min_confidence: Annotated[float, Field(ge=0, le=1, strict=True)] | None = Field(
        default=None,
        description="Below it a statement is marked abstained; else the server's own minimum.",
    )
    explain: StrictBool = Field(
        default=False, description="Also explain each statement; it takes longer."
    )

    @field_validator("date")
    @classmethod
    def _check_date(cls, date: str | None) -> str | None:
        return check_date(date)


class Offsets(StrictRequest):
    """A span of a text, in Unicode code points; ``start`` is below ``end``."""

    start: Annotated[int, Field(ge=0, strict=True)] = Field(description="Where it begins.")
    end: Annotated[int, Field(gt=0, strict=True)] = Field(
        description="Where it ends; the character at `end` is no longer part."
    )

    @model_validator(mode="after")
    def _check_order(self) -> "Offsets":
        if self.start >= self.end:
            raise ValueError(f"start must be below end, got [{self.start}:{self.end}].")
        return self


class PairRequest(StrictRequest):
    """A sentence with its roles; ``holder`` null is its author, ``target`` may be words."""

    text: StrictStr = Field(description="The sentence.", json_schema_extra=_TEXT)
    holder: Offsets | None = Field(
        default=None, description="Whose stance is judged; null for the author of the text."
    )
    target: Offsets | Annotated[str, Field(min_length=1)] = Field(
        description="What it is toward: a span of the text, or words."
    )


class PairsRequest(StrictRequest):
    """Pairs to classify."""

    pairs: Annotated[tuple[PairRequest, ...], Field(max_length=MAX_PAIRS)] = Field(
        description="Pairs of holder and target; the answer keeps their order."
    )
    task: Task = Field(default="stance", description="The task: stance or sentiment.")


class PageForm(BaseModel):
    """The fields of the page's form. A ticked box is sent, with any value; another is not."""

    text: str = Field(description="The words of the article, or empty where a file is sent.")
    codebook: str = Field(default="", description="The name of a codebook the server knows.")
    own: str = Field(default="", description="A whole codebook in its place, as TOML or JSON.")
    author: str = Field(default="", description="Who wrote it: an actor's id, name or alias.")
    min_confidence: str = Field(
        default="", description="Below it a statement is marked abstained, 0 to 1."
    )
    include_none: str = Field(default="", description="Ticked: also who takes no side.")
    any_language: str = Field(default="", description="Ticked: read any language.")
    format: str = Field(default="", description="Of a file: `json`, `csv` or `stances`.")
