"""Fitting: a model config and features to calibrated, averaged linear heads."""

from train.models.calibration import fit_shift, fit_temperature
from train.models.fitting import FittedModel, calibrated, fit

__all__ = [
    "FittedModel",
    "calibrated",
    "fit",
    "fit_shift",
    "fit_temperature",
]
