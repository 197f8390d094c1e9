"""A model config and a table of features to fitted parts, calibrated and averaged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from standpoint.errors import ConfigError
from standpoint.labels import LABELS, Task
from standpoint.model import Features, Floats, Head, calibrate, softmax
from train.config import ModelConfig, SingleModel, parts_of
from train.features import FeatureTable
from train.finetune import FinetuneContext
from train.models.calibration import fit_temperature
from train.models.heads import Fitted, fit_head, tuned_head
from train.scoring import Labels

if TYPE_CHECKING:
    from train.finetune.cache import Tuned


@dataclass(frozen=True, slots=True)
class FittedPart:
    """A plain model that was fitted: one head, or one for each topic.

    Attributes
    ----------
    heads : by the topic each is for; the topic "" is every topic
    """

    features: Features
    weight: float
    heads: dict[str, Fitted]

    def logits(self, table: FeatureTable) -> Floats:
        """Logits with the bias and without a temperature, of shape (n, n_labels)."""
        rows = table.parts[self.features]
        if "" in self.heads:
            fitted = self.heads[""]
            return fitted.logits(rows) + fitted.head.bias
        n_labels = len(next(iter(self.heads.values())).head.bias)
        found = np.full((len(table), n_labels), np.nan, dtype=np.float32)
        for topic, fitted in self.heads.items():
            at = np.flatnonzero(table.topics == topic)
            if len(at):
                own = table.take(list(at)).parts[self.features]
                found[at] = fitted.logits(own) + fitted.head.bias
        _check_topics(table, found, self.heads)
        return found

    def at(self, temperature: float) -> "FittedPart":
        """The same heads with another temperature."""
        heads = {topic: fitted.at(temperature) for topic, fitted in self.heads.items()}
        return replace(self, heads=heads)

    @property
    def temperature(self) -> float:
        """The temperature of every head."""
        return next(iter(self.heads.values())).head.temperature


def _check_topics(table: FeatureTable, found: Floats, heads: dict[str, Fitted]) -> None:
    unknown = sorted(set(table.topics[np.isnan(found).any(axis=1)].tolist()))
    if unknown:
        raise ConfigError(
            f"model.per_target: must be used where train has every target of test "
            f"({', '.join(sorted(heads))}), got {', '.join(map(repr, unknown[:5]))}. "
            "Use another protocol, or per_target = false."
        )


@dataclass(frozen=True, slots=True)
class FittedModel:
    """What a run fits: its parts, the temperature of their mean, and a shift of the labels.

    Attributes
    ----------
    shift : array of shape (n_labels,), added to the logits in the end
    """

    parts: tuple[FittedPart, ...]
    shift: Floats
    temperature: float = 1.0

    @property
    def is_plain(self) -> bool:
        """Whether it is one head, which needs no mixture."""
        return len(self.parts) == 1 and "" in self.parts[0].heads

    @property
    def tuned(self) -> "Tuned | None":
        """The encoder that was fine-tuned for a part, if one was, and what came of that."""
        found = (fitted.tuned for part in self.parts for fitted in part.heads.values())
        return next((tuned for tuned in found if tuned is not None), None)

    def probabilities(self, table: FeatureTable) -> Floats:
        """Calibrated probabilities, of shape (n, n_labels)."""
        total = sum(part.weight for part in self.parts)
        mean = sum(
            part.weight / total * softmax(part.logits(table) / part.temperature)
            for part in self.parts
        )
        shares: Floats = np.asarray(mean, dtype=np.float32)
        return calibrate(shares, temperature=self.temperature, shift=self.shift)

    def calibrated_as(self, other: "FittedModel") -> "FittedModel":
        """These heads with the temperatures and the shift that another fit of them got."""
        parts = zip(self.parts, other.parts, strict=True)
        return replace(other, parts=tuple(a.at(b.temperature) for a, b in parts))

    def with_shift(self, shift: Floats) -> "FittedModel":
        """The same with another shift."""
        return replace(self, shift=shift)

    def with_head(self, name: str, features: Features, *, task: Task) -> "FittedModel":
        """Another head of the encoder that was fine-tuned, as a model of its own.

        Parameters
        ----------
        name : of the head
        features : what it reads
        """
        tuned = self.tuned
        assert tuned is not None
        part = FittedPart(features, 1.0, {"": tuned_head(tuned, name, features)})
        return FittedModel((part,), np.zeros(len(LABELS[task]), dtype=np.float32))

    def shifted(self, head: Head) -> Head:
        """A head of a plain model with the shift in its bias."""
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
    """Fit every part of a model config.

    Parameters
    ----------
    context : needed for a fine-tuned part only
    y : array of shape (n,), of ``labels``
    """
    parts = []
    for plain, weight in parts_of(model):
        topics = sorted(set(table.topics.tolist())) if plain.per_target else [""]
        heads = {}
        for topic in topics:
            at = np.flatnonzero(table.topics == topic) if topic else np.arange(len(table))
            heads[topic] = _fit_one(plain, table.take(list(at)), y[at], labels, seed, context)
        parts.append(FittedPart(plain.features(), weight, heads))
    return FittedModel(tuple(parts), np.zeros(len(labels), dtype=np.float32))


def _fit_one(
    plain: SingleModel,
    table: FeatureTable,
    y: Labels,
    labels: Sequence[str],
    seed: int,
    context: FinetuneContext | None,
) -> Fitted:
    if len(set(y.tolist())) < 2 and plain.kind != "majority":
        raise ConfigError(
            f"model: must have rows of at least 2 labels to fit on, got {len(y)} rows of "
            f"{', '.join(sorted(set(y.tolist()))) or 'none'}."
        )
    rows = table.parts[plain.features()]
    return fit_head(plain, rows, y, labels=labels, seed=seed, context=context)


def calibrated(
    fitted: FittedModel, table: FeatureTable, y: Labels, *, labels: Sequence[str]
) -> FittedModel:
    """The same heads at the temperatures that fit held-out rows, each part first, then the mean."""
    parts = tuple(
        part.at(fit_temperature(part.logits(table), y, labels=labels)) for part in fitted.parts
    )
    mended = replace(fitted, parts=parts)
    if fitted.is_plain:
        return mended
    mean = np.log(mended.probabilities(table))
    return replace(mended, temperature=fit_temperature(mean, y, labels=labels))
