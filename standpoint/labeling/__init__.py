"""From an article and a codebook to statements and the actor × issue table."""

from standpoint.labeling.aggregation import (
    DEFAULT_MIN_CONFIDENCE,
    Cell,
    CountedStatement,
    StanceRow,
    aggregate_stances,
    lineage,
)
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import find_pairs, read_pairs
from standpoint.labeling.implicit_issues import IssueVectors
from standpoint.labeling.labeled_article import LabeledArticle
from standpoint.labeling.labeler import Labeler, issue_vectors
from standpoint.labeling.pair import AttributionKind, Pair
from standpoint.labeling.serialization import answer, versions
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling, load_pooling

__all__ = [
    "DEFAULT_MIN_CONFIDENCE",
    "DEFAULT_POOLING",
    "AnnotatedArticle",
    "AttributionKind",
    "Cell",
    "CountedStatement",
    "IssueVectors",
    "LabeledArticle",
    "Labeler",
    "Pair",
    "Pooling",
    "StanceRow",
    "aggregate_stances",
    "answer",
    "find_pairs",
    "issue_vectors",
    "lineage",
    "load_pooling",
    "read_pairs",
    "versions",
]
