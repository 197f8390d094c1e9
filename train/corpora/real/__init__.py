"""Real documents: stand-off annotations of public texts, joined with the texts that are here."""

from train.corpora.real.annotations import (
    AnnotatedRow,
    IssueKind,
    RealAnnotations,
    RealCell,
    RealStatement,
    load_real_annotations,
    unknown_in_statements,
)
from train.corpora.real.counts import RealCounts, count_real
from train.corpora.real.documents import (
    RealDocument,
    RealDocuments,
    evidence_faults,
    load_real_documents,
)
from train.corpora.real.more import MORE, load_more_annotations
from train.corpora.real.shared_text import ids_sharing_text
from train.corpora.real.texts import MissingSource
from train.corpora.real.unlabelled import UnlabelledText, UnlabelledTexts, load_unlabelled

__all__ = [
    "MORE",
    "AnnotatedRow",
    "IssueKind",
    "MissingSource",
    "RealAnnotations",
    "RealCell",
    "RealCounts",
    "RealDocument",
    "RealDocuments",
    "RealStatement",
    "UnlabelledText",
    "UnlabelledTexts",
    "count_real",
    "evidence_faults",
    "ids_sharing_text",
    "load_more_annotations",
    "load_real_annotations",
    "load_real_documents",
    "load_unlabelled",
    "unknown_in_statements",
]
