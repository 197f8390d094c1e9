"""Feature extraction for many pairs, cached by content."""

from train.features.extraction import (
    FeatureTable,
    PairRows,
    Rows,
    encode_pairs,
    extract_features,
    pair_rows,
    store_array,
)
from train.features.ngram_counts import NgramRows, fit_tfidf

__all__ = [
    "FeatureTable",
    "NgramRows",
    "PairRows",
    "Rows",
    "encode_pairs",
    "extract_features",
    "fit_tfidf",
    "pair_rows",
    "store_array",
]
