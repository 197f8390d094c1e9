"""The JSON that is sent and answered, as types: for the client, and for whoever reads the answers.

The server checks what it is sent with ``serve.api.requests``; a test holds these to what it
answers.
"""

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

from standpoint.errors import FaultShape
from standpoint.labels import Pole, Task

StanceLabel = Literal["favor", "against", "none"]
SentimentLabel = Literal["positive", "neutral", "negative"]
Verdict = Literal["favor", "against", "mixed", "abstained", "none"]
AttributionKind = Literal["quote", "paraphrase", "act", "narrator"]
ActorKind = Literal["person", "state", "organisation", "group"]


class Offsets(TypedDict):
    """A stretch of a text, in Unicode code points."""

    start: int
    end: int


class SpanShape(Offsets):
    """A stretch of the article: ``article[start:end] == text``."""

    text: str


class CueShape(SpanShape):
    """The words that name an issue; ``pole`` is the side that favoring them is on."""

    pole: Pole


class AttributionShape(TypedDict):
    """Whose words they are, and who relays them."""

    kind: AttributionKind
    reporter: str | None
    cue: str | None


class StatementShape(TypedDict):
    """One judged pair, with the sentence it rests on."""

    holder: str
    holder_span: SpanShape | None
    issue: str
    cue: CueShape | None
    stance: StanceLabel
    probabilities: dict[StanceLabel, float]
    abstained: bool
    sentiment: SentimentLabel | None
    attribution: AttributionShape
    evidence: SpanShape


class StanceShape(TypedDict):
    """A row of the actor × issue table."""

    actor: str
    issue: str
    stance: Verdict
    confidence: float
    n_statements: int
    n_favor: int
    n_against: int
    via: list[str]


class ArticleShape(TypedDict):
    """The article that was read."""

    id: str
    date: str | None
    n_chars: int
    n_sentences: int


class VersionShape(TypedDict):
    """Which model answered."""

    version: int
    run_id: str


class VersionsShape(TypedDict):
    """The models of an answer; an answer is wholly of these."""

    stance: VersionShape
    sentiment: VersionShape | None


class CodebookName(TypedDict):
    """The codebook an answer rests on."""

    name: str
    digest: str


class LabelledArticle(TypedDict):
    """The answer to ``POST /v1/articles``."""

    article: ArticleShape
    statements: list[StatementShape]
    stances: list[StanceShape]
    model: VersionsShape
    codebook: CodebookName


class PairShape(TypedDict):
    """A pair to judge; without a holder it is the author's, and a target may be words."""

    text: str
    holder: NotRequired[Offsets | None]
    target: Offsets | str


class JudgedPair(TypedDict):
    """The label of a pair, and the probability of every label."""

    label: StanceLabel | SentimentLabel
    probabilities: dict[str, float]


class JudgedPairs(TypedDict):
    """The answer to ``POST /v1/pairs``, in the order of the pairs."""

    task: Task
    pairs: list[JudgedPair]
    model: VersionsShape


class ActorShape(TypedDict):
    """An actor of a codebook."""

    id: str
    name: str
    kind: ActorKind
    aliases: list[str]
    member_of: str | None


class IssueShape(TypedDict):
    """An issue of a codebook."""

    id: str
    name: str
    favor: str
    against: str
    cues: list[str]
    opposite_cues: list[str]
    about: str | None


class CodebookShape(TypedDict):
    """The answer to ``GET /v1/codebooks/NAME``; it can be sent as a codebook again."""

    name: str
    title: str
    actors: list[ActorShape]
    issues: list[IssueShape]
    digest: str


class CodebookCount(TypedDict):
    """A codebook the server knows, in ``GET /v1/codebooks``."""

    name: str
    title: str
    digest: str
    n_actors: int
    n_issues: int


class ModelCard(TypedDict):
    """What is known of a champion: how it was made, from what, and how well it scores."""

    version: int
    task: Task
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
    """The answer to ``GET /v1/model``."""

    stance: ModelCard
    sentiment: ModelCard | None


class ProblemShape(TypedDict):
    """An error (RFC 9457, application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[FaultShape]]


Row = Mapping[str, object]
"""An article to label, in a batch: what ``POST /v1/articles`` takes."""
