"""From an article and a codebook to statements and the actor × issue table."""

from standpoint.labeling.aggregation import (
    CountedStatement,
    Floors,
    aggregate_stances,
    side_features,
    statements_by_cell,
)
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.answer_schema import (
    AnswerModel,
    Count,
    Digest,
    LabelledArticle,
    Models,
    SentimentShares,
    Share,
    StanceRow,
    StanceShares,
)
from standpoint.labeling.candidates import find_pairs, read_pairs
from standpoint.labeling.cell_confidence import CELL_FEATURES
from standpoint.labeling.holder_candidates import read_candidates
from standpoint.labeling.implicit_issues import IssueVectors
from standpoint.labeling.issue_relevance import content_stems
from standpoint.labeling.judged import (
    JudgedPair,
    asked_issues,
    holder_queries,
    issue_text,
    judged_article,
    sentence_text,
    unit_relevance,
)
from standpoint.labeling.labeler import Labeler, issue_vectors
from standpoint.labeling.labeling_result import LabelingResult
from standpoint.labeling.offsets import normalize_article
from standpoint.labeling.pair import Pair
from standpoint.labeling.serialization import answer, versions
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling, load_pooling
from standpoint.labeling.wide_candidates import wide_pairs

__all__ = [
    "CELL_FEATURES",
    "DEFAULT_POOLING",
    "AnnotatedArticle",
    "AnswerModel",
    "Count",
    "CountedStatement",
    "Digest",
    "Floors",
    "IssueVectors",
    "JudgedPair",
    "Labeler",
    "LabelingResult",
    "LabelledArticle",
    "Models",
    "Pair",
    "Pooling",
    "SentimentShares",
    "Share",
    "StanceRow",
    "StanceShares",
    "aggregate_stances",
    "answer",
    "asked_issues",
    "content_stems",
    "find_pairs",
    "holder_queries",
    "issue_text",
    "issue_vectors",
    "judged_article",
    "load_pooling",
    "normalize_article",
    "read_candidates",
    "read_pairs",
    "sentence_text",
    "side_features",
    "statements_by_cell",
    "unit_relevance",
    "versions",
    "wide_pairs",
]
