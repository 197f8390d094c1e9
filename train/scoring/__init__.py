"""Scores with their published definitions, intervals, calibration and comparison tests."""

from train.scoring.alignment import Paired, align
from train.scoring.bootstrap import (
    MIN_GROUPS,
    NO_INTERVAL,
    Floats,
    drawn_sums,
    mean_and_spread,
    percentiles,
)
from train.scoring.comparison import Comparison, Differing, compare, differing_rows, holm
from train.scoring.confidence import (
    area_under_risk_coverage,
    expected_calibration_error,
    reliability,
    risk_coverage,
)
from train.scoring.krippendorff import alphas, coincidences
from train.scoring.predictions import Predictions, Scored, flags_of, scored_five, scored_pairs
from train.scoring.scores import Labels
from train.scoring.split_scores import SplitScores, objective_of, score_split

__all__ = [
    "MIN_GROUPS",
    "NO_INTERVAL",
    "Comparison",
    "Differing",
    "Floats",
    "Labels",
    "Paired",
    "Predictions",
    "Scored",
    "SplitScores",
    "align",
    "alphas",
    "area_under_risk_coverage",
    "coincidences",
    "compare",
    "differing_rows",
    "drawn_sums",
    "expected_calibration_error",
    "flags_of",
    "holm",
    "mean_and_spread",
    "objective_of",
    "percentiles",
    "reliability",
    "risk_coverage",
    "score_split",
    "scored_five",
    "scored_pairs",
]
