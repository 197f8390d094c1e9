"""Features of labelled pairs for every part of a model config."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from standpoint.model import Encoder, Features, PairText
from train.config import ModelConfig, parts_of
from train.features import FeatureTable, Rows, extract_features, pair_rows


def feature_table(
    model: ModelConfig,
    pairs: Sequence[PairText],
    *,
    groups: Sequence[str],
    topics: Sequence[str],
    encoder: Encoder | None,
    cache: Path,
    progress: Callable[[int, int], None],
) -> FeatureTable:
    """Extract the features of all parts; parts with the same settings share them.

    A fine-tuned part reads the pairs themselves.

    Parameters
    ----------
    groups, topics : the article, story or thread of each pair, and the words of its target
    cache : folder of feature arrays
    """
    parts: dict[Features, Rows] = {}
    for part, _ in parts_of(model):
        features = part.features()
        if part.kind == "finetuned":
            parts[features] = pair_rows(pairs, groups, features=features)
        elif features not in parts:
            parts[features] = extract_features(
                pairs, features=features, encoder=encoder, cache=cache, progress=progress
            )
    return FeatureTable(parts, np.array(topics))
