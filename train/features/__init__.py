"""Feature extraction for many pairs, cached by content."""

from train.features.extraction import (
    FeatureTable,
    PairRows,
    Rows,
    cached_array,
    encode_pairs,
    extract_features,
    pair_rows,
)
from train.features.ngram_counts import NgramRows, fit_tfidf

__all__ = [
    "FeatureTable",
    "NgramRows",
    "PairRows",
    "Rows",
    "cached_array",
    "encode_pairs",
    "extract_features",
    "fit_tfidf",
    "pair_rows",
]
