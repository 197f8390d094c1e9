"""The judge: one network that reads a sentence and an issue in words, for all holders at once."""

from standpoint.judge.competing_issues import OTHERS_BASE, beside_others
from standpoint.judge.inputs import InputReader
from standpoint.judge.judge import TOKENIZER, Judge, Judgement
from standpoint.judge.settings import (
    ANSWERS,
    HOLDER_FEATURES,
    HOLDER_FEATURES_VERSION,
    SENTIMENTS,
    CandidateSettings,
    CellWeights,
    JudgeSettings,
    SentimentSettings,
)
from standpoint.judge.texts import (
    BEFORE,
    CURRENT,
    SPECIAL,
    HolderQuery,
    IssueText,
    SentenceText,
    TargetQuery,
)
from standpoint.judge.tokens import ISSUE_SEGMENT, JoinedText, TokenizedText

__all__ = [
    "ANSWERS",
    "BEFORE",
    "CURRENT",
    "HOLDER_FEATURES",
    "HOLDER_FEATURES_VERSION",
    "ISSUE_SEGMENT",
    "OTHERS_BASE",
    "SENTIMENTS",
    "SPECIAL",
    "TOKENIZER",
    "CandidateSettings",
    "CellWeights",
    "HolderQuery",
    "InputReader",
    "IssueText",
    "JoinedText",
    "Judge",
    "JudgeSettings",
    "Judgement",
    "SentenceText",
    "SentimentSettings",
    "TargetQuery",
    "TokenizedText",
    "beside_others",
]
