"""From an article and a codebook to statements and the actor × issue table."""

from standpoint.labeling.aggregation import (
    DEFAULT_MIN_CONFIDENCE,
    Cell,
    Judged,
    StanceRow,
    add_up,
    lineage,
)
from standpoint.labeling.candidates import Kind, Pair, find_pairs
from standpoint.labeling.implicit_issues import IssueVectors
from standpoint.labeling.labeler import (
    LabeledArticle,
    explained,
    issue_vectors,
    label_article,
    read_cues,
    read_mentions,
    read_pairs,
)
from standpoint.labeling.serialization import answer, versions
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling, load_pooling

__all__ = [
    "DEFAULT_MIN_CONFIDENCE",
    "DEFAULT_POOLING",
    "Cell",
    "IssueVectors",
    "Judged",
    "Kind",
    "LabeledArticle",
    "Pair",
    "Pooling",
    "StanceRow",
    "add_up",
    "answer",
    "explained",
    "find_pairs",
    "issue_vectors",
    "label_article",
    "lineage",
    "load_pooling",
    "read_cues",
    "read_mentions",
    "read_pairs",
    "versions",
]
