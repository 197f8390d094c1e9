"""A model config and a table of features to a fitted model: its parts, calibrated and averaged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from standpoint.errors import ConfigError
from standpoint.labels import LABELS, Task
from standpoint.model import Features, Floats, Head, calibrate
from standpoint.probabilities import softmax
from train.config import ModelConfig, SingleModel, parts_of
from train.features import FeatureTable
from train.finetune import FinetuneContext
from train.models.calibration import fit_temperature
from train.models.heads import FittedHead, finetuned_head, fit_head
from train.scoring import Labels

if TYPE_CHECKING:
    from train.finetune.cache import FinetuneResult


@dataclass(frozen=True, slots=True)
class FittedPart:
    """A fitted part of a model: one head, or one head for each topic.

    Attributes
    ----------
    heads : by the topic each is for; the topic "" is every topic
    """

    features: Features
    weight: float
    heads: dict[str, FittedHead]

    def logits(self, table: FeatureTable) -> Floats:
        """Logits with the bias and without a temperature, of shape (n, n_labels).

        Raises
        ------
        ConfigError
            rows are of a topic that no head is for
        """
        rows = table.parts[self.features]
        if "" in self.heads:
            return self.heads[""].biased_logits(rows)
        n_labels = len(next(iter(self.heads.values())).head.bias)
        logits = np.full((len(table), n_labels), np.nan, dtype=np.float32)
        for topic, head in self.heads.items():
            of_topic = np.flatnonzero(table.topics == topic)
            if len(of_topic):
                topic_rows = table.take(list(of_topic)).parts[self.features]
                logits[of_topic] = head.biased_logits(topic_rows)
        unknown = sorted(set(table.topics[np.isnan(logits).any(axis=1)].tolist()))
        if unknown:
            raise ConfigError(
                f"model.per_target: must be used where train has every target of test "
                f"({', '.join(sorted(self.heads))}), got {', '.join(map(repr, unknown[:5]))}. "
                "Use another protocol, or per_target = false."
            )
        return logits

    def with_temperature(self, temperature: float) -> "FittedPart":
        """The same heads with another temperature."""
        heads = {topic: head.with_temperature(temperature) for topic, head in self.heads.items()}
        return replace(self, heads=heads)

    @property
    def temperature(self) -> float:
        """The temperature of every head."""
        return next(iter(self.heads.values())).head.temperature


@dataclass(frozen=True, slots=True)
class FittedModel:
    """Fitted parts, the temperature of their mean, and a shift of the labels.

    Attributes
    ----------
    shift : array of shape (n_labels,), added to the calibrated logits
    """

    parts: tuple[FittedPart, ...]
    shift: Floats
    temperature: float = 1.0

    @property
    def is_plain(self) -> bool:
        """Whether it is a single head, which needs no ensemble."""
        return len(self.parts) == 1 and "" in self.parts[0].heads

    @property
    def finetuned(self) -> "FinetuneResult | None":
        """The encoder that was fine-tuned for a part, with its metrics; None if none was."""
        heads = (fitted for part in self.parts for fitted in part.heads.values())
        return next((fitted.finetuned for fitted in heads if fitted.finetuned), None)

    def probabilities(self, table: FeatureTable) -> Floats:
        """Calibrated probabilities, of shape (n, n_labels)."""
        total = sum(part.weight for part in self.parts)
        mean = sum(
            part.weight / total * softmax(part.logits(table) / part.temperature)
            for part in self.parts
        )
        shares: Floats = np.asarray(mean, dtype=np.float32)
        return calibrate(shares, temperature=self.temperature, shift=self.shift)

    def with_calibration_of(self, other: "FittedModel") -> "FittedModel":
        """The same heads with the temperatures and the shift of another fit of the same config."""
        parts = zip(self.parts, other.parts, strict=True)
        return replace(other, parts=tuple(a.with_temperature(b.temperature) for a, b in parts))

    def model_of_head(self, name: str, features: Features, *, task: Task) -> "FittedModel":
        """Another head of the fine-tuned encoder, as a model of its own.

        Parameters
        ----------
        name : of the head
        features : what the head reads
        """
        tuned = self.finetuned
        assert tuned is not None
        part = FittedPart(features, 1.0, {"": finetuned_head(tuned, name, features)})
        return FittedModel((part,), np.zeros(len(LABELS[task]), dtype=np.float32))

    def shifted(self, head: Head) -> Head:
        """The head of a plain model with the shift in its bias: its bundle holds no shift."""
        return replace(head, bias=head.bias + self.shift * np.float32(head.temperature))


def fit(
    model: ModelConfig,
    table: FeatureTable,
    y: Labels,
    *,
    labels: Sequence[str],
    seed: int,
    context: FinetuneContext | None = None,
) -> FittedModel:
    """Fit every part of a model config; nothing is calibrated yet.

    Parameters
    ----------
    context : needed for a fine-tuned part only
    y : array of shape (n,), of ``labels``

    Raises
    ------
    ConfigError
        a part has rows of one label only
    """
    parts = []
    for plain, weight in parts_of(model):
        topics = sorted(set(table.topics.tolist())) if plain.per_target else [""]
        heads = {}
        for topic in topics:
            rows = np.flatnonzero(table.topics == topic) if topic else np.arange(len(table))
            _check_labels(plain, y[rows])
            heads[topic] = fit_head(
                plain,
                table.take(list(rows)).parts[plain.features()],
                y[rows],
                labels=labels,
                seed=seed,
                context=context,
            )
        parts.append(FittedPart(plain.features(), weight, heads))
    return FittedModel(tuple(parts), np.zeros(len(labels), dtype=np.float32))


def _check_labels(plain: SingleModel, y: Labels) -> None:
    if len(set(y.tolist())) < 2 and plain.kind != "majority":
        raise ConfigError(
            f"model: must have rows of at least 2 labels to fit on, got {len(y)} rows of "
            f"{', '.join(sorted(set(y.tolist()))) or 'none'}."
        )


def fit_calibration(
    fitted: FittedModel, table: FeatureTable, y: Labels, *, labels: Sequence[str]
) -> FittedModel:
    """The same heads with temperatures fitted on held-out rows: of each part, then of the mean."""
    parts = tuple(
        part.with_temperature(fit_temperature(part.logits(table), y, labels=labels))
        for part in fitted.parts
    )
    calibrated = replace(fitted, parts=parts)
    if fitted.is_plain:
        return calibrated
    mean = np.log(calibrated.probabilities(table))
    return replace(calibrated, temperature=fit_temperature(mean, y, labels=labels))
