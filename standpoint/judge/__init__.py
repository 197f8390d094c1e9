"""The judge: one network that reads a sentence and an issue in words, for all holders at once."""

from standpoint.judge.inputs import (
    HolderQuery,
    InputReader,
    IssueText,
    JoinedText,
    SentenceText,
    TargetQuery,
    TokenizedText,
)
from standpoint.judge.judge import TOKENIZER, Judge
from standpoint.judge.settings import (
    ANSWERS,
    HOLDER_FEATURES,
    HOLDER_FEATURES_VERSION,
    SENTIMENTS,
    CellWeights,
    JudgeSettings,
    SentimentSettings,
)

__all__ = [
    "ANSWERS",
    "HOLDER_FEATURES",
    "HOLDER_FEATURES_VERSION",
    "SENTIMENTS",
    "TOKENIZER",
    "CellWeights",
    "HolderQuery",
    "InputReader",
    "IssueText",
    "JoinedText",
    "Judge",
    "JudgeSettings",
    "SentenceText",
    "SentimentSettings",
    "TargetQuery",
    "TokenizedText",
]
