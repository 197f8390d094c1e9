"""The judge: one network that reads a sentence and an issue in words, for all holders at once."""

from standpoint.judge.inputs import (
    ISSUE_SEGMENT,
    HolderQuery,
    InputReader,
    IssueText,
    SentenceText,
    TokenizedText,
)
from standpoint.judge.judge import TOKENIZER, EncodedText, Judge
from standpoint.judge.settings import (
    ANSWERS,
    HOLDER_FEATURES,
    HOLDER_FEATURES_VERSION,
    JudgeSettings,
)

__all__ = [
    "ANSWERS",
    "HOLDER_FEATURES",
    "HOLDER_FEATURES_VERSION",
    "ISSUE_SEGMENT",
    "TOKENIZER",
    "EncodedText",
    "HolderQuery",
    "InputReader",
    "IssueText",
    "Judge",
    "JudgeSettings",
    "SentenceText",
    "TokenizedText",
]
