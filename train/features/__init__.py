"""Feature extraction for many pairs, cached by content."""

from train.features.extraction import (
    FeatureTable,
    PairRows,
    Rows,
    featurise,
    pair_rows,
    read_all,
    store_array,
)
from train.features.ngram_counts import NgramRows, learn_weighing

__all__ = [
    "FeatureTable",
    "NgramRows",
    "PairRows",
    "Rows",
    "featurise",
    "learn_weighing",
    "pair_rows",
    "read_all",
    "store_array",
]
