"""Fitting: a model config and features to calibrated, averaged linear heads."""

from train.models.calibration import Scaling, fit_scaling, fit_shift, fit_temperature
from train.models.fitting import FittedModel, fit, fit_calibration
from train.models.part_features import feature_table

__all__ = [
    "FittedModel",
    "Scaling",
    "feature_table",
    "fit",
    "fit_calibration",
    "fit_scaling",
    "fit_shift",
    "fit_temperature",
]
