"""Figures of a run: confusion matrix, reliability diagram and risk-coverage curve."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from standpoint.model import Floats
from train.scoring import (
    Labels,
    area_under_risk_coverage,
    expected_calibration_error,
    reliability,
    risk_coverage,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLUE, ORANGE, GRAY = "#0072b2", "#d55e00", "#777777"  # Okabe and Ito: safe for color blindness
DARK_SHARE = 0.55  # above it, black text is hard to read on the color of a cell


def _figure(width: float, height: float) -> "Figure":
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), dpi=110, layout="constrained")


def confusion_figure(
    y_true: Labels, probabilities: Floats, *, labels: Sequence[str], title: str
) -> "Figure":
    """Counts by true label (rows) and predicted label (columns), shaded by share of the row."""
    y_pred = np.array(labels)[probabilities.argmax(axis=1)]
    counts = np.array([[np.sum((y_true == t) & (y_pred == p)) for p in labels] for t in labels])
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure = _figure(4.6, 4.2)
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), n in np.ndenumerate(counts):
        shade = "white" if shares[row, column] > DARK_SHARE else "black"
        text = f"{n}\n{shares[row, column]:.0%}"
        axes.text(column, row, text, ha="center", va="center", color=shade)
    axes.set_xticks(range(len(labels)), labels)
    axes.set_yticks(range(len(labels)), labels)
    axes.set(xlabel="predicted", ylabel="annotated")
    axes.set_title(f"{title} (n = {len(y_true)})", fontsize=10)
    return figure


def reliability_figure(
    y_true: Labels, probabilities: Floats, *, labels: Sequence[str], title: str
) -> "Figure":
    """Accuracy against confidence, with the number of pairs in each bin."""
    bins = reliability(y_true, probabilities, labels=labels)
    error = expected_calibration_error(y_true, probabilities, labels=labels)
    figure = _figure(4.6, 4.4)
    upper, lower = figure.subplots(2, 1, height_ratios=(3, 1), sharex=True)
    upper.plot([0, 1], [0, 1], color=GRAY, linewidth=1, linestyle="--", label="calibrated")
    confidences, label = [b.confidence for b in bins], f"model, error {error:.3f}"
    upper.plot(confidences, [b.accuracy for b in bins], color=BLUE, marker="o", label=label)
    upper.set(xlim=(0, 1), ylim=(0, 1), ylabel="accuracy")
    upper.set_title(f"{title} (n = {len(y_true)})", fontsize=10)
    upper.legend(loc="upper left", fontsize=8)
    lower.bar(confidences, [b.n for b in bins], width=0.06, color=ORANGE)
    lower.set(xlabel="confidence", ylabel="pairs")
    return figure


def risk_coverage_figure(
    y_true: Labels, probabilities: Floats, *, labels: Sequence[str], title: str
) -> "Figure":
    """Share of wrong labels among the most confident pairs, for every share of pairs answered."""
    coverage, risk = risk_coverage(y_true, probabilities, labels=labels)
    area = area_under_risk_coverage(y_true, probabilities, labels=labels)
    figure = _figure(4.6, 3.6)
    axes = figure.add_subplot()
    overall = f"at random, area {risk[-1]:.3f}"
    axes.axhline(risk[-1], color=GRAY, linewidth=1, linestyle="--", label=overall)
    axes.plot(coverage, risk, color=BLUE, label=f"model, area {area:.3f}")
    axes.set(xlim=(0, 1), ylim=(0, None), xlabel="coverage", ylabel="risk")
    axes.set_title(f"{title} (n = {len(y_true)})", fontsize=10)
    axes.legend(loc="lower right", fontsize=8)
    return figure
