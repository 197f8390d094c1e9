"""The JSON of requests and answers, as types for an editor and a type checker.

Generated from the pydantic models of the API by ``python -m tests.client_types``; do not edit.
"""

from typing import Any, Literal, NotRequired, TypedDict


class ArticleRead(TypedDict):
    """The article that was read."""

    id: str
    date: str | None
    n_chars: int
    n_sentences: int


class Span(TypedDict):
    """A stretch of the text you sent: `text[start:end]`, counted in Unicode code points."""

    start: int
    end: int
    text: str


class Cue(TypedDict):
    """The words that name the issue."""

    start: int
    end: int
    text: str
    pole: Literal["favor", "against"]


class StanceShares(TypedDict):
    """The probability of each stance."""

    favor: float
    against: float
    none: float


class Attribution(TypedDict):
    """Who says it, and by which words."""

    kind: Literal["quote", "paraphrase", "act", "voice", "narrator"]
    reporter: str | None
    cue: str | None


class PartWeight(TypedDict):
    """How much one part of what the model reads pushed toward the stance that was given."""

    name: str
    weight: float


class TermWeight(TypedDict):
    """How much one word, or one n-gram, counted for the stance that was given."""

    term: str
    weight: float


class Decision(TypedDict):
    """Why a statement has its stance."""

    parts: list[PartWeight]
    terms: list[TermWeight]
    ngrams: list[TermWeight]


class Statement(TypedDict):
    """One actor's stance on one issue in one sentence."""

    holder: str
    holder_span: Span | None
    issue: str
    cue: Cue | None
    stance: Literal["favor", "against", "none"]
    probabilities: StanceShares
    abstained: bool
    sentiment: Literal["positive", "neutral", "negative"] | None
    attribution: Attribution
    evidence: Span
    decided_by: NotRequired[Decision | None]


class StanceRow(TypedDict):
    """One cell of the actor × issue table."""

    actor: str
    issue: str
    stance: Literal["favor", "against", "mixed", "none", "abstained"]
    confidence: float
    n_statements: int
    n_favor: int
    n_against: int
    via: list[str]


class Note(TypedDict):
    """What could not be done with the article, and why."""

    code: Literal[
        "wrongly-decoded",
        "other-language",
        "no-actor",
        "no-issue",
        "unknown-speakers",
        "long-issue",
    ]
    message: str


class Version(TypedDict):
    """A model that answered."""

    name: Literal["champion", "accurate", "fast", "bundle"]
    version: int
    run_id: str


class Models(TypedDict):
    """The models that answered. An answer is wholly of one version of each."""

    stance: Version
    sentiment: Version | None


class CodebookUsed(TypedDict):
    """The codebook that an answer rests on."""

    name: str
    digest: str


class LabelledArticle(TypedDict):
    """Who stands where, on what, in whose words, in one article."""

    article: ArticleRead
    statements: list[Statement]
    stances: list[StanceRow]
    notes: list[Note]
    model: Models
    codebook: CodebookUsed


class Offsets(TypedDict):
    """A span of a text, in Unicode code points; ``start`` is below ``end``."""

    start: int
    end: int


class PairRequest(TypedDict):
    """A sentence with its roles; ``holder`` null is its author, ``target`` may be words."""

    text: str
    holder: NotRequired[Offsets | None]
    target: Offsets | str


class SentimentShares(TypedDict):
    """The probability of each sentiment."""

    positive: float
    neutral: float
    negative: float


class JudgedPair(TypedDict):
    """The label of a pair."""

    label: Literal["favor", "against", "none"] | Literal["positive", "neutral", "negative"]
    probabilities: StanceShares | SentimentShares


class PairsAnswer(TypedDict):
    """The labels of pairs, in the order they were sent."""

    task: Literal["stance", "sentiment"]
    pairs: list[JudgedPair]
    model: Models


class CodebookSummary(TypedDict):
    """A codebook the server knows."""

    name: str
    title: str
    digest: str
    n_actors: int
    n_issues: int


class KnownActor(TypedDict):
    """An actor of a codebook; keys with a default are always present."""

    id: str
    name: str
    kind: Literal["person", "state", "organisation", "group"]
    aliases: list[str]
    member_of: str | None


class KnownIssue(TypedDict):
    """An issue of a codebook; keys with a default are always present."""

    id: str
    name: str
    favor: str
    against: str
    cues: NotRequired[list[str]]
    opposite_cues: list[str]
    about: str | None


class KnownCodebook(TypedDict):
    """A codebook, whole. It may be sent back as `codebook` of an article."""

    name: str
    title: str
    actors: list[KnownActor]
    issues: list[KnownIssue]
    digest: str


class ModelCard(TypedDict):
    """The model of a task that answers requests."""

    name: Literal["champion", "accurate", "fast", "bundle"]
    version: int
    task: Literal["stance", "sentiment"]
    labels: list[str]
    features: dict[str, Any]
    encoder: str | None
    run_id: str
    config: str
    created: str
    corpus: dict[str, Any]
    scores: dict[str, float]
    note: str


class ModelCards(TypedDict):
    """The champion of each task."""

    stance: ModelCard
    sentiment: ModelCard | None
