"""Answers about pairs and rows to score, as pydantic models; a test holds real answers to them.

The models of a labelled article stand in `standpoint.labeling`.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from standpoint.labeling import AnswerModel, Models, SentimentShares, Share, StanceShares
from standpoint.labels import Sentiment, Stance, Task


class JudgedPair(AnswerModel):
    """What a pair was judged to be."""

    label: Stance | Sentiment = Field(description="The most probable label, toward the target.")
    probabilities: StanceShares | SentimentShares = Field(description="Of every label of the task.")


class PairsAnswer(AnswerModel):
    """Pairs, judged in the order they were sent."""

    task: Task = Field(description="The task that was asked for.")
    pairs: tuple[JudgedPair, ...] = Field(description="One for each pair sent.")
    model: Models = Field(description="Who judged.")


class ScoredText(BaseModel):
    """A row of a scoring answer: its label, and beside it the probability of each label."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Share]

    label: Stance | Sentiment = Field(description="The most probable label.")


class Predictions(AnswerModel):
    """The answer of MLflow's scoring protocol."""

    predictions: tuple[ScoredText, ...] = Field(description="One for each row sent, in order.")


class Health(AnswerModel):
    """Whether the process lives, or is ready to answer."""

    status: Literal["ok", "ready"] = Field(description="`ok`: it lives. `ready`: it answers.")
