"""Corpus loaders: every labelled data set as one record type."""

from train.corpora.description import Description, describe
from train.corpora.dse_classes import FIVE, join_five
from train.corpora.entity_names import Finder
from train.corpora.load import KNOWN, data_folder, load_corpus, named
from train.corpora.polnear import load_polnear
from train.corpora.record import Corpus, Record, Role, of_split
from train.corpora.seed_annotations import Annotations, Settled, load_annotations
from train.corpora.seeds import SeedArticle, Seeds, SeedStatement, load_seeds, seed_corpus
from train.corpora.seesaw_files import AnnotatedArticle, read_stories

__all__ = [
    "FIVE",
    "KNOWN",
    "AnnotatedArticle",
    "Annotations",
    "Corpus",
    "Description",
    "Finder",
    "Record",
    "Role",
    "SeedArticle",
    "SeedStatement",
    "Seeds",
    "Settled",
    "data_folder",
    "describe",
    "join_five",
    "load_annotations",
    "load_corpus",
    "load_polnear",
    "load_seeds",
    "named",
    "of_split",
    "read_stories",
    "seed_corpus",
]
