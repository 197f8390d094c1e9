"""The answer about a labelled article, as pydantic models.

Both the JSON that the command line prints and the service answers, and the schemas of its OpenAPI
document, are made from them; the types of the client are generated from them
(tests/client_types.py).
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from standpoint.labeling.notes import NoteCode
from standpoint.labeling.pair import AttributionKind
from standpoint.labels import Pole, Sentiment, Stance
from standpoint.model import ServedName

Cell = Literal["favor", "against", "mixed", "none", "abstained"]
# More digits than a calibrated probability can be trusted to.
DECIMALS = 4
_ROUNDED = PlainSerializer(lambda number: round(number, DECIMALS), return_type=float)


class AnswerModel(BaseModel):
    """Base of the models of answers: every field is there, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Share = Annotated[float, Field(strict=True, ge=0, le=1), _ROUNDED]
Weight = Annotated[float, _ROUNDED]
Count = Annotated[int, Field(strict=True, ge=0)]
Offset = Annotated[int, Field(strict=True, ge=0)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Flag = Annotated[bool, Field(strict=True)]


class Span(AnswerModel):
    """A stretch of the text you sent: `text[start:end]`, counted in Unicode code points."""

    start: Offset = Field(description="Where it begins.")
    end: Offset = Field(description="Where it ends; the character at `end` is no longer part.")
    text: str = Field(description="The words of the span, as you sent them.")


class Cue(Span):
    """The words that name the issue."""

    pole: Pole = Field(description="Whether favoring them is being for the issue or against it.")


class StanceShares(AnswerModel):
    """The probability of each stance."""

    favor: Share = Field(description="In favor.")
    against: Share = Field(description="Against.")
    none: Share = Field(description="Takes no side.")


class SentimentShares(AnswerModel):
    """The probability of each sentiment."""

    positive: Share = Field(description="Positive.")
    neutral: Share = Field(description="Neutral.")
    negative: Share = Field(description="Negative.")


class Attribution(AnswerModel):
    """Who says it, and by which words."""

    kind: AttributionKind = Field(
        description="Quote (also a speaker's turn), paraphrase, act, voice (the author's own "
        "sentence in a signed text), or the narrator's words."
    )
    reporter: str | None = Field(
        description="Who relays it, where somebody else does: an actor's id, or a name."
    )
    cue: str | None = Field(description="The word that attributes, as printed.")


class PartWeight(AnswerModel):
    """How much one part of what the model reads pushed toward the stance that was given."""

    name: str = Field(description="The part.")
    weight: Weight = Field(description="What it adds to the stance's lead, in logits.")


class TermWeight(AnswerModel):
    """How much one word, or one n-gram, counted for the stance that was given."""

    term: str = Field(description="The word or n-gram.")
    weight: Weight = Field(description="Its share of the stance's lead, in logits.")


class Decision(AnswerModel):
    """Why a statement has its stance."""

    parts: tuple[PartWeight, ...] = Field(description="They add up to the stance's lead.")
    terms: tuple[TermWeight, ...] = Field(
        description="Words of the sentence, and behind `issue: ` those of the issue's name, favor "
        "and against: what the lead loses when they are not read."
    )
    ngrams: tuple[TermWeight, ...] = Field(description="The heaviest n-grams.")


class Statement(AnswerModel):
    """One actor's stance on one issue in one sentence."""

    holder: str = Field(description="The id of the actor whose stance it is.")
    holder_span: Span | None = Field(
        description="Where the sentence names the holder; null where it does not."
    )
    issue: str = Field(description="The id of the issue.")
    cue: Cue | None = Field(
        description="The words that name the issue; null where the sentence concerns it unnamed."
    )
    stance: Stance = Field(description="The holder's stance on the issue.")
    probabilities: StanceShares = Field(
        description="Of each stance on the issue; a sentence that is not about it takes no side."
    )
    abstained: Flag = Field(
        description="Whether the model declines: its confidence is under the floor."
    )
    sentiment: Sentiment | None = Field(
        description="The tone toward what the cue names; null without a sentiment model."
    )
    attribution: Attribution = Field(description="Who says it.")
    evidence: Span = Field(description="The sentence it rests on.")
    decided_by: Decision | None = Field(
        default=None, description="Why it has its stance; only with `explain`."
    )


class StanceRow(AnswerModel):
    """One cell of the actor × issue table."""

    actor: str = Field(description="The id of the actor.")
    issue: str = Field(description="The id of the issue.")
    stance: Cell = Field(
        description="`mixed` where both sides were found, `abstained` where the model declines; "
        "`none` only with `include_none`."
    )
    confidence: Share = Field(
        description="The probability that the actor takes the side, of a judge that was fitted to "
        "say it. Of other models the chance that at least one of the statements on the side is "
        "right, were they independent: read that as an order, not as a promise."
    )
    n_statements: Count = Field(description="Statements that take the side, or both sides.")
    n_favor: Count = Field(description="Decided statements in favor.")
    n_against: Count = Field(description="Decided statements against.")
    via: tuple[str, ...] = Field(description="Members of the actor whose statements counted.")


class ArticleRead(AnswerModel):
    """The article that was read."""

    id: str = Field(description="The id you sent, or `article`.")
    date: str | None = Field(description="The date you sent.")
    n_chars: Count = Field(description="Its length in Unicode code points.")
    n_sentences: Count = Field(description="The sentences it was cut into.")


class Note(AnswerModel):
    """What could not be done with the article, and why."""

    code: NoteCode = Field(
        description="`wrongly-decoded`: letters that come of a wrong encoding. `other-language`: "
        "not English. `no-actor`, `no-issue`: the text names none of the codebook. "
        "`unknown-speakers`: the text is in turns, and none of its speakers is an actor. "
        "`long-issue`: an issue has more words than the model reads."
    )
    message: str = Field(description="The same for a person, with what to do.")


class Version(AnswerModel):
    """A model that answered."""

    name: ServedName = Field(
        description="`champion` if it was promoted, `accurate` or `fast` if it is shipped, "
        "`bundle` if its folder was named."
    )
    version: int = Field(
        description="Its version among the promoted ones; 0 where it was not promoted.", strict=True
    )
    run_id: str = Field(description="The training run it comes from.")


class Models(AnswerModel):
    """The models that answered. An answer is wholly of one version of each."""

    stance: Version = Field(description="The stance model.")
    sentiment: Version | None = Field(description="The sentiment model, if one is promoted.")


class CodebookUsed(AnswerModel):
    """The codebook that an answer rests on."""

    name: str = Field(description="Its name.")
    digest: Digest = Field(description="sha256 of its canonical JSON.")


class LabelledArticle(AnswerModel):
    """Who stands where, on what, in whose words, in one article."""

    article: ArticleRead = Field(description="What was read.")
    statements: tuple[Statement, ...] = Field(description="Every statement, in order of the text.")
    stances: tuple[StanceRow, ...] = Field(description="The actor × issue table they add up to.")
    notes: tuple[Note, ...] = Field(description="What could not be done; mostly empty.")
    model: Models = Field(description="Who judged.")
    codebook: CodebookUsed = Field(description="By which codebook.")
