"""The settings of a judge, as the manifest of its bundle holds them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from standpoint.labels import LABELS

HOLDER_FEATURES = (
    "is_voice", "other_voice", "quote_source", "paraphrase_source", "other_source", "named",
    "referred_to", "possessive", "position", "carried", "carried_source", "n_own", "frequency",
    "is_member", "has_member", "first", "carried_beside_source",
)  # fmt: skip
"""What a judge reads of a holder besides its mentions, in the order of the columns."""
HOLDER_FEATURES_VERSION = 1  # raise it when a feature is computed in another way
ANSWERS = ("favor", "against", "none", "not")
"""The columns of a judge's answer; ``not``: the sentence is not about the issue for the holder."""
SENTIMENTS = LABELS["sentiment"]
"""The columns of its answer on the sentiment toward a target."""
GraphFile = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.onnx$")]
Count = Annotated[int, Field(ge=0, le=10_000)]
Share = Annotated[float, Field(ge=0, le=1)]


class SentimentSettings(BaseModel):
    """The head for the sentiment toward a target.

    Attributes
    ----------
    graph : its file; it takes the states of the second stage, as that one's last graph does
    temperature : of its logits
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    graph: GraphFile = "sentiment.onnx"
    temperature: Annotated[float, Field(gt=0)] = 1.0


class CandidateSettings(BaseModel):
    """What counts as a candidate, which evaluation measures the reading by: more than is judged.

    Attributes
    ----------
    min_relevance, about_floor : as in `JudgeSettings`, and lower
    floor : the lowest probability, that a sentence is about the issue for a holder
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_relevance: Share
    about_floor: Share
    floor: Share = 0.0


class CellWeights(BaseModel):
    """A logistic regression: the probability that a cell has the side that its statements take.

    It is fitted on the tables of dev (train/judge/cell_weights.py). The features are those of
    `standpoint.labeling.cell_confidence`; their signs are fixed, so that a surer statement or one
    more that agrees never lowers the probability, and one that disagrees never raises it.

    Attributes
    ----------
    min_confidence : the probability from which a cell is shown with its side
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    noisy_or: Annotated[float, Field(ge=0)]
    balance: Annotated[float, Field(ge=0)]
    disagreeing: Annotated[float, Field(le=0)]
    min_confidence: Share


def _is_zero(value: object) -> bool:
    return value == 0


def _is_none(value: object) -> bool:
    return value is None


def _is_false(value: object) -> bool:
    return value is False


def _is_empty(value: object) -> bool:
    return value == ()


class JudgeSettings(BaseModel):
    """How a judge reads, and which of its answers are statements.

    Attributes
    ----------
    split : the layers of the first stage; those above are the second
    apart : the graph files of the layers that read the sentence and the issue apart, each once for
        many of the other; none where both are read together from the first layer on
    stage_one, stage_two : the graph files of both stages, in the order in which they run; the first
        output of a graph is the input ``states`` of the next
    exit : the graph file of the head that reads the states of the first stage
    max_before_tokens : of the sentence before, its last tokens
    max_text_tokens : of a text on its own, such as a comment, whose author is the holder; None
        where it is cut as a sentence is
    max_issue_tokens : with the two special tokens
    max_issue_cues : the first cues of an issue are part of its text
    has_poles : whether the words of favor and against are told apart: the heads read them
    holder_features, features_version : those that it was trained with
    temperature, shift, about_weight : of the stance: ``softmax(logits / temperature + shift)``,
        where ``about_weight`` times the logit of the head ``about`` is subtracted from that of
        "not"
    others_weight : of how much the sentence is about other issues of its codebook: the less it is,
        the likelier it is about this one (`beside_others`)
    about_temperature : of the logit, after the second stage, that the sentence is about the issue
    about_floor : the lowest probability, after the first stage, that the sentence is about the
        issue, at which the second stage is run; below it no holder has a stance
    max_issues : of a sentence that are judged, the most relevant first; those that a cue names
        are judged whatever their number
    min_relevance : the lowest probability, by a regression that reads no states, at which an issue
        is judged in a sentence
    min_units : sentences and issues of an article that are judged whatever their probability, the
        most relevant first, so that a short text is read whole
    statement_floor : the lowest probability, that a sentence is about the issue for a holder, at
        which this is a statement
    candidate_floor : the floor of candidates in a bundle from before `CandidateSettings`
    candidates : what counts as a candidate; None where nothing was chosen for this judge
    sentiment : the head for the sentiment toward a target; None where there is none
    min_confidence : the probability of its stance below which a statement abstains; None where
        none was chosen for this judge
    cells : how sure a cell of the table is; None where a cell is as sure as its statements are
        together, were they independent
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["judge"] = "judge"
    split: Annotated[int, Field(ge=1, le=48)]
    apart: tuple[GraphFile, ...] = Field(default=(), exclude_if=_is_empty)
    stage_one: tuple[GraphFile, ...] = Field(default=("stage-one.onnx",), min_length=1)
    exit: GraphFile = "exit.onnx"
    stage_two: tuple[GraphFile, ...] = Field(default=("stage-two.onnx",), min_length=1)
    max_before_tokens: Count = 40
    max_sentence_tokens: Annotated[int, Field(ge=1, le=10_000)] = 128
    # Left out where they are None: so the digest of a bundle from before them still holds.
    max_text_tokens: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, exclude_if=_is_none
    )
    max_issue_tokens: Annotated[int, Field(ge=3, le=10_000)] = 96
    max_issue_cues: Count = 5
    # Left out where it is False: a bundle from before reads an issue as one text.
    has_poles: bool = Field(default=False, exclude_if=_is_false)
    holder_features: tuple[str, ...] = HOLDER_FEATURES
    features_version: int = HOLDER_FEATURES_VERSION
    temperature: Annotated[float, Field(gt=0)] = 1.0
    shift: tuple[float, ...] = ()
    # Left out where it is 0: so the digest of a bundle from before it still holds.
    about_weight: Annotated[float, Field(ge=0)] = Field(default=0.0, exclude_if=_is_zero)
    others_weight: Annotated[float, Field(ge=0)] = Field(default=0.0, exclude_if=_is_zero)
    about_temperature: Annotated[float, Field(gt=0)] = 1.0
    about_floor: Share = 0.0
    max_issues: Count
    min_relevance: Share
    min_units: Count = 0
    statement_floor: Share
    candidate_floor: Share | None = Field(default=None, exclude_if=_is_none)
    candidates: CandidateSettings | None = Field(default=None, exclude_if=_is_none)
    sentiment: SentimentSettings | None = Field(default=None, exclude_if=_is_none)
    min_confidence: Share | None = Field(default=None, exclude_if=_is_none)
    cells: CellWeights | None = Field(default=None, exclude_if=_is_none)

    @property
    def graphs(self) -> tuple[str, ...]:
        """All graph files."""
        of_sentiment = (self.sentiment.graph,) if self.sentiment else ()
        return (*self.apart, *self.stage_one, self.exit, *self.stage_two, *of_sentiment)
