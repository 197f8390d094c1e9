"""Answers about pairs and rows to score, as pydantic models; a test holds real answers to them.

The models of a labelled article stand in `standpoint.labeling`.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from standpoint.labeling import AnswerModel, Models, SentimentShares, Share, StanceShares
from standpoint.labels import Sentiment, Stance, Task


class JudgedPair(AnswerModel):
    """The label of a pair."""

    label: Stance | Sentiment = Field(description="The most probable label, toward the target.")
    probabilities: StanceShares | SentimentShares = Field(description="Of every label of the task.")


class PairsAnswer(AnswerModel):
    """The labels of pairs, in the order they were sent."""

    task: Task = Field(description="The task of the request.")
    pairs: tuple[JudgedPair, ...] = Field(description="One for each pair of the request.")
    model: Models = Field(description="The models that answered.")


class ScoredText(BaseModel):
    """The label of a row, and beside it the probability of each label, by its name."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Share]

    label: Stance | Sentiment = Field(description="The most probable label.")


class Predictions(AnswerModel):
    """The answer of MLflow's scoring protocol."""

    predictions: tuple[ScoredText, ...] = Field(description="One for each row sent, in order.")


class Health(AnswerModel):
    """The health of the process."""

    status: Literal["ok", "ready"] = Field(
        description="`ok`: it is running. `ready`: a model is loaded."
    )
