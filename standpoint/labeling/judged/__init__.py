"""Labelling by a judge, which reads a sentence and an issue in words for all holders at once."""

from standpoint.labeling.judged.explanations import explain_judged
from standpoint.labeling.judged.issues import issue_text, unit_relevance
from standpoint.labeling.judged.queries import holder_queries, sentence_text
from standpoint.labeling.judged.statements import (
    JudgedArticle,
    JudgedPair,
    JudgedUnit,
    asked_issues,
    judged_article,
)

__all__ = [
    "JudgedArticle",
    "JudgedPair",
    "JudgedUnit",
    "asked_issues",
    "explain_judged",
    "holder_queries",
    "issue_text",
    "judged_article",
    "sentence_text",
    "unit_relevance",
]
