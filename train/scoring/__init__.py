"""Scores by their published definitions, bootstrap intervals and significance tests."""

from train.scoring.alignment import PairedPredictions, align
from train.scoring.bootstrap import (
    MIN_GROUPS,
    Floats,
    bootstrap_interval,
    mean_and_spread,
    percentile_interval,
    resampled_sums,
)
from train.scoring.comparison import Comparison, DifferingRow, compare, differing_rows, holm
from train.scoring.confidence import (
    N_BINS,
    Bin,
    area_under_risk_coverage,
    calibration_bins,
    calibration_error,
    expected_calibration_error,
    reliability,
    risk_coverage,
)
from train.scoring.krippendorff import coincidence_matrix, krippendorff_alphas
from train.scoring.predictions import (
    PredictionArrays,
    Predictions,
    official_class_arrays,
    pair_arrays,
    subset_flags,
)
from train.scoring.scores import Labels, f1_macro
from train.scoring.split_scores import SCORING_VERSION, SplitScores, objective_of, score_split

__all__ = [
    "MIN_GROUPS",
    "N_BINS",
    "SCORING_VERSION",
    "Bin",
    "Comparison",
    "DifferingRow",
    "Floats",
    "Labels",
    "PairedPredictions",
    "PredictionArrays",
    "Predictions",
    "SplitScores",
    "align",
    "area_under_risk_coverage",
    "bootstrap_interval",
    "calibration_bins",
    "calibration_error",
    "coincidence_matrix",
    "compare",
    "differing_rows",
    "expected_calibration_error",
    "f1_macro",
    "holm",
    "krippendorff_alphas",
    "mean_and_spread",
    "objective_of",
    "official_class_arrays",
    "pair_arrays",
    "percentile_interval",
    "reliability",
    "resampled_sums",
    "risk_coverage",
    "score_split",
    "subset_flags",
]
