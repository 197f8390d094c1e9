"""Corpus loaders: every labelled data set as records of one type."""

from train.corpora.catalog import KNOWN_CORPORA, data_folder, public_data
from train.corpora.contrast import (
    KINDS,
    ContrastText,
    ContrastTexts,
    count_contrast,
    load_contrast,
)
from train.corpora.description import Description, describe
from train.corpora.dse_classes import OFFICIAL_CLASSES, join_directions
from train.corpora.entity_names import EntityNameMatcher
from train.corpora.grammar import compose_texts
from train.corpora.gum import GoldMention, GumDocument, load_gum
from train.corpora.load import load_corpus, load_public_pairs
from train.corpora.polnear import load_polnear
from train.corpora.real import (
    MORE,
    AnnotatedRow,
    RealAnnotations,
    RealCounts,
    RealDocument,
    RealDocuments,
    RealStatement,
    UnlabelledText,
    count_real,
    load_more_annotations,
    load_real_annotations,
    load_real_documents,
    load_unlabelled,
)
from train.corpora.record import Corpus, Record, Role
from train.corpora.seed_annotations import Adjudication, Annotations, load_annotations
from train.corpora.seeds import SeedArticle, Seeds, SeedStatement, load_seeds, seed_corpus
from train.corpora.seesaw_files import SeesawArticle, read_seesaw_articles
from train.corpora.sentences import (
    NewsAnnotations,
    StanceSentence,
    StanceSentences,
    count_sentences,
    load_coal_debate,
    load_news_annotations,
    load_news_sentences,
)
from train.corpora.sentences.standing_alone import plain_words, stands_alone
from train.corpora.written import WRITTEN, load_written

__all__ = [
    "KINDS",
    "KNOWN_CORPORA",
    "MORE",
    "OFFICIAL_CLASSES",
    "WRITTEN",
    "Adjudication",
    "AnnotatedRow",
    "Annotations",
    "ContrastText",
    "ContrastTexts",
    "Corpus",
    "Description",
    "EntityNameMatcher",
    "GoldMention",
    "GumDocument",
    "NewsAnnotations",
    "RealAnnotations",
    "RealCounts",
    "RealDocument",
    "RealDocuments",
    "RealStatement",
    "Record",
    "Role",
    "SeedArticle",
    "SeedStatement",
    "Seeds",
    "SeesawArticle",
    "StanceSentence",
    "StanceSentences",
    "UnlabelledText",
    "compose_texts",
    "count_contrast",
    "count_real",
    "count_sentences",
    "data_folder",
    "describe",
    "join_directions",
    "load_annotations",
    "load_coal_debate",
    "load_contrast",
    "load_corpus",
    "load_gum",
    "load_more_annotations",
    "load_news_annotations",
    "load_news_sentences",
    "load_polnear",
    "load_public_pairs",
    "load_real_annotations",
    "load_real_documents",
    "load_seeds",
    "load_unlabelled",
    "load_written",
    "plain_words",
    "public_data",
    "read_seesaw_articles",
    "seed_corpus",
    "stands_alone",
]
