"""Contrast texts: groups of short texts in which one change turns an answer, with all holders."""

from train.corpora.contrast.counts import ContrastCounts, count_contrast
from train.corpora.contrast.loading import ContrastTexts, load_contrast
from train.corpora.contrast.rows import KINDS, ContrastText

__all__ = [
    "KINDS",
    "ContrastCounts",
    "ContrastText",
    "ContrastTexts",
    "count_contrast",
    "load_contrast",
]
