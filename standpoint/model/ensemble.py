"""What judges pairs: a model, or several as one; each sentence is read once for all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from standpoint.errors import PairError
from standpoint.labels import Task
from standpoint.model.encoder import EncodedSentence, Encoder
from standpoint.model.feature_config import EncoderFeatures, MixtureFeatures
from standpoint.model.linear import Contribution, FeatureCache, Floats, LinearModel
from standpoint.model.manifest import Manifest
from standpoint.model.masking import mask_names
from standpoint.model.pairs import PairText
from standpoint.model.span_features import NO_NAMES, Names, texts_to_encode

MIN_PROBABILITY = 1e-9


class Classifier(Protocol):
    """What judges pairs: a model, or several as one."""

    @property
    def manifest(self) -> Manifest:
        """What its bundle says of it."""
        ...

    @property
    def encoder(self) -> Encoder | None:
        """The encoder that its bundle brings along; None where it reads the shared one."""
        ...

    @property
    def task(self) -> Task:
        """What it judges."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the columns of `predict_proba`."""
        ...

    @property
    def layers(self) -> tuple[int, ...]:
        """The encoder layers it reads; none for n-grams."""
        ...

    @property
    def encoder_features(self) -> tuple[EncoderFeatures, ...]:
        """The settings of every part that reads vectors."""
        ...

    @property
    def masked(self) -> bool:
        """Whether it reads stand-ins in place of the names of actors."""
        ...

    def predict_proba(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[EncodedSentence | None],
        *,
        names: Names = NO_NAMES,
        kept: FeatureCache | None = None,
    ) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels)."""
        ...

    def contributions(
        self, pair: PairText, reading: EncodedSentence | None, *, names: Names = NO_NAMES
    ) -> Iterator[Contribution]:
        """What adds up to the logits of a pair, but for a constant that all labels share."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """A model of a mixture, and the one topic it is for, if it is."""

    model: LinearModel
    weight: float
    topic: str | None


class Ensemble:
    """Several models as one: the weighted mean of the probabilities of those that a pair is for."""

    def __init__(
        self, manifest: Manifest, parts: Sequence[Part], *, encoder: Encoder | None = None
    ) -> None:
        assert isinstance(manifest.features, MixtureFeatures)
        self.manifest = manifest
        self.encoder = encoder
        self.parts = tuple(parts)
        self.temperature = manifest.features.temperature
        self.shift = np.array(manifest.features.shift or [0.0] * len(self.labels), np.float32)

    @property
    def task(self) -> Task:
        """What it judges."""
        return self.manifest.task

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the columns of `predict_proba`."""
        return self.manifest.labels

    @property
    def layers(self) -> tuple[int, ...]:
        """The encoder layers that any part reads."""
        return tuple(sorted({layer for part in self.parts for layer in part.model.layers}))

    @property
    def encoder_features(self) -> tuple[EncoderFeatures, ...]:
        """The settings of every part that reads vectors."""
        return tuple(found for part in self.parts for found in part.model.encoder_features)

    @property
    def masked(self) -> bool:
        """Whether its parts read stand-ins in place of the names of actors; all do, or none."""
        return any(part.model.masked for part in self.parts)

    def predict_proba(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[EncodedSentence | None],
        *,
        names: Names = NO_NAMES,
        kept: FeatureCache | None = None,
    ) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels).

        Raises
        ------
        PairError
            no part is for a pair's topic
        """
        total = np.zeros((len(pairs), len(self.labels)), dtype=np.float32)
        weight = np.zeros(len(pairs), dtype=np.float32)
        for part in self.parts:
            at = [n for n, pair in enumerate(pairs) if part.topic in (None, pair.topic)]
            if at:
                shares = part.model.predict_proba(
                    [pairs[n] for n in at],
                    [readings[n] for n in at],
                    names=names,
                    kept=kept if len(at) == len(pairs) else None,
                )
                total[at] += part.weight * shares
                weight[at] += part.weight
        self._check(pairs, weight)
        mean = total / weight[:, None]
        return calibrate(mean, temperature=self.temperature, shift=self.shift)

    def contributions(
        self, pair: PairText, reading: EncodedSentence | None, *, names: Names = NO_NAMES
    ) -> Iterator[Contribution]:
        """What adds up to the logits of a pair, but for a constant that all labels share.

        Each part's pushes count by its weight; ``averaging`` is what the mean of probabilities
        differs by from the mean of logits.
        """
        own = [part for part in self.parts if part.topic in (None, pair.topic)]
        weight = sum(part.weight for part in own) * self.temperature
        total = np.zeros(len(self.labels), dtype=np.float32)
        for part in own:
            for contribution in part.model.contributions(pair, reading, names=names):
                logits = contribution.logits * np.float32(part.weight / weight)
                total += logits.sum(axis=0) if contribution.terms else logits
                yield Contribution(contribution.group, logits, contribution.terms)
        share = self.predict_proba([pair], [reading], names=names)[0]
        yield Contribution("averaging", np.log(np.maximum(share, MIN_PROBABILITY)) - total)

    def _check(self, pairs: Sequence[PairText], weight: Floats) -> None:
        for number in np.flatnonzero(weight == 0).tolist():
            known = ", ".join(sorted({part.topic for part in self.parts if part.topic}))
            raise PairError(
                f"pairs[{number}].target: must be one that this model was trained for ({known}), "
                f"got {pairs[number].topic!r}."
            )


def calibrate(shares: Floats, *, temperature: float, shift: Floats) -> Floats:
    """Probabilities as if their logarithms were logits of this temperature, then shifted."""
    powers = np.maximum(shares, MIN_PROBABILITY) ** (1 / temperature) * np.exp(shift)
    sharp: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return sharp


def predict(
    pairs: Sequence[PairText], *, models: Sequence[Classifier], encoder: Encoder | None
) -> list[Floats]:
    """Probabilities of every pair by every model; an encoder reads each sentence once.

    Pairs of one sentence should stand together: only the last sentence read is kept.

    Parameters
    ----------
    encoder : of the models that bring none of their own
    """
    groups: dict[tuple[bool, str], list[int]] = {}
    encoders: dict[str, Encoder | None] = {}
    for number, model in enumerate(models):
        own = model.encoder or encoder
        digest = own.digest if own else ""
        encoders.setdefault(digest, own)
        groups.setdefault((model.masked, digest), []).append(number)
    found: dict[int, Floats] = {}
    for (hide, digest), numbers in groups.items():
        seen = [mask_names(pair) for pair in pairs] if hide else pairs
        some = [models[number] for number in numbers]
        found |= zip(numbers, _judge(seen, models=some, encoder=encoders[digest]), strict=True)
    return [found[number] for number in range(len(models))]


def _judge(
    pairs: Sequence[PairText], *, models: Sequence[Classifier], encoder: Encoder | None
) -> list[Floats]:
    readings, names = encode_pairs(models, pairs, encoder=encoder)
    kept: FeatureCache = {}
    return [model.predict_proba(pairs, readings, names=names, kept=kept) for model in models]


def encode_pairs(
    models: Sequence[Classifier], pairs: Sequence[PairText], *, encoder: Encoder | None
) -> tuple[list[EncodedSentence | None], Names]:
    """What models read of pairs: each pair's sentence, and the words that are read apart from one.

    Parameters
    ----------
    encoder : of all the models; nothing is read where none of them reads vectors
    """
    layers = sorted({layer for model in models for layer in model.layers})
    if not layers or encoder is None:
        return [None] * len(pairs), NO_NAMES
    settings = {found for model in models for found in model.encoder_features}
    words = {w for one in settings for pair in pairs for w in texts_to_encode(pair, settings=one)}
    names = {each: encoder.encode(each, layers=layers) for each in words}
    return _read_in_turn(pairs, layers=layers, encoder=encoder), names


def _read_in_turn(
    pairs: Sequence[PairText], *, layers: Sequence[int], encoder: Encoder
) -> list[EncodedSentence | None]:
    readings: list[EncodedSentence | None] = []
    held: tuple[str, EncodedSentence] | None = None
    for pair in pairs:
        if held is None or held[0] != pair.text:
            held = (pair.text, encoder.encode(pair.text, layers=layers))
        readings.append(held[1])
    return readings
