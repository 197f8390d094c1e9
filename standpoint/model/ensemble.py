"""Ensembles of linear models, and prediction that encodes each sentence once for all models."""

from collections.abc import Iterator, Sequence

import numpy as np

from standpoint.errors import PairError
from standpoint.labels import Task
from standpoint.model.encoder import EncodedSentence, Encoder
from standpoint.model.feature_config import MixtureFeatures
from standpoint.model.judge_model import MIN_PROBABILITY, JudgeModel
from standpoint.model.linear import Contribution, EncodedPairs, Floats, LinearModel
from standpoint.model.manifest import Manifest
from standpoint.model.masking import mask_names
from standpoint.model.pairs import PairText
from standpoint.model.span_features import NO_TEXTS, EncodedTexts, texts_to_encode


class Ensemble:
    """Several linear models as one: the weighted mean of their probabilities, recalibrated.

    Only the parts for a pair's topic take part. The attributes are those of `LinearModel`.
    """

    def __init__(
        self, manifest: Manifest, models: Sequence[LinearModel], *, encoder: Encoder | None = None
    ) -> None:
        """The models are those of the parts that the manifest names, in their order."""
        assert isinstance(manifest.features, MixtureFeatures)
        self.manifest = manifest
        self.task = manifest.task
        self.labels = manifest.labels
        self.encoder = encoder
        self.parts = tuple(zip(manifest.features.parts, models, strict=True))
        self.layers = tuple(sorted({layer for model in models for layer in model.layers}))
        self.encoder_features = tuple(f for model in models for f in model.encoder_features)
        self.masked = any(model.masked for model in models)  # all parts are masked, or none
        self.temperature = manifest.features.temperature
        self.shift = np.array(manifest.features.shift or [0.0] * len(self.labels), np.float32)

    def predict_proba(self, pairs: Sequence[PairText], encoded: EncodedPairs) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels).

        Raises
        ------
        PairError
            no part is for a pair's topic
        """
        total = np.zeros((len(pairs), len(self.labels)), dtype=np.float32)
        weight = np.zeros(len(pairs), dtype=np.float32)
        for part, model in self.parts:
            rows = [n for n, pair in enumerate(pairs) if part.topic in (None, pair.topic)]
            if rows:
                batch = encoded if len(rows) == len(pairs) else encoded.take(rows)
                probabilities = model.predict_proba([pairs[n] for n in rows], batch)
                total[rows] += part.weight * probabilities
                weight[rows] += part.weight
        for number in np.flatnonzero(weight == 0).tolist():
            known = ", ".join(sorted({part.topic for part, _ in self.parts if part.topic}))
            raise PairError(
                f"pairs[{number}].target: must be one that this model was trained for ({known}), "
                f"got {pairs[number].topic!r}."
            )
        return calibrate(total / weight[:, None], temperature=self.temperature, shift=self.shift)

    def contributions(
        self, pair: PairText, sentence: EncodedSentence | None, *, texts: EncodedTexts = NO_TEXTS
    ) -> Iterator[Contribution]:
        """Contributions that add up to the logits of a pair, but for a constant all labels share.

        Each part's contributions count by its weight; ``averaging`` is the difference between the
        mean of probabilities and the mean of logits.
        """
        parts = [(p.weight, model) for p, model in self.parts if p.topic in (None, pair.topic)]
        total_weight = sum(weight for weight, _ in parts) * self.temperature
        total = np.zeros(len(self.labels), dtype=np.float32)
        for weight, model in parts:
            for item in model.contributions(pair, sentence, texts=texts):
                logits = item.logits * np.float32(weight / total_weight)
                total += logits.sum(axis=0) if item.terms else logits
                yield Contribution(item.group, logits, item.terms)
        (probabilities,) = self.predict_proba([pair], EncodedPairs([sentence], texts))
        logits = np.log(np.maximum(probabilities, MIN_PROBABILITY))
        yield Contribution("averaging", logits - total)


Classifier = LinearModel | Ensemble | JudgeModel


def for_task(model: Classifier, task: Task) -> Classifier | None:
    """A model as the classifier of a task; None where it has no answers for it."""
    if model.task == task:
        return model
    if isinstance(model, JudgeModel) and task in model.manifest.tasks:
        return model.for_task(task)
    return None


def reads_target_words(model: Classifier) -> bool:
    """Whether a classifier reads targets as words, not as spans of the text."""
    if isinstance(model, JudgeModel):
        return model.targets_are_words
    return model.manifest.targets_are_words


def calibrate(probabilities: Floats, *, temperature: float, shift: Floats) -> Floats:
    """Temperature scaling of probabilities: softmax(log(p) / temperature + shift) in each row.

    Parameters
    ----------
    probabilities : array of shape (n_pairs, n_labels)
    shift : array of shape (n_labels,), added to the logits; it moves the prior of each label
    """
    powers = np.maximum(probabilities, MIN_PROBABILITY) ** (1 / temperature) * np.exp(shift)
    calibrated: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return calibrated


def predict(
    pairs: Sequence[PairText], *, models: Sequence[Classifier], encoder: Encoder | None
) -> list[Floats]:
    """Probabilities of shape (n_pairs, n_labels) by each model; a sentence is encoded once.

    Pairs of one sentence must be adjacent: only the last encoded sentence is cached.

    Parameters
    ----------
    encoder : of the models whose bundle has none of its own
    """
    groups: dict[tuple[bool, str], list[int]] = {}
    for number, model in enumerate(models):
        used = model.encoder or encoder
        groups.setdefault((model.masked, used.digest if used else ""), []).append(number)
    predictions: dict[int, Floats] = {}
    for (is_masked, _), numbers in groups.items():
        inputs = [mask_names(pair) for pair in pairs] if is_masked else pairs
        group = [models[number] for number in numbers]
        encoded = encode_pairs(group, inputs, encoder=group[0].encoder or encoder)
        for number, model in zip(numbers, group, strict=True):
            predictions[number] = model.predict_proba(inputs, encoded)
    return [predictions[number] for number in range(len(models))]


def encode_pairs(
    models: Sequence[Classifier], pairs: Sequence[PairText], *, encoder: Encoder | None
) -> EncodedPairs:
    """Encode each pair's sentence, and the texts that are encoded apart from the sentences.

    Parameters
    ----------
    encoder : of all the models; nothing is encoded where none of them reads vectors
    """
    layers = sorted({layer for model in models for layer in model.layers})
    if not layers or encoder is None:
        return EncodedPairs([None] * len(pairs))
    features = {settings for model in models for settings in model.encoder_features}
    apart = {text for f in features for pair in pairs for text in texts_to_encode(pair, settings=f)}
    texts = {text: encoder.encode(text, layers=layers) for text in apart}
    sentences: list[EncodedSentence | None] = []
    for number, pair in enumerate(pairs):
        if number and pair.text == pairs[number - 1].text:
            sentences.append(sentences[-1])
        else:
            sentences.append(encoder.encode(pair.text, layers=layers))
    return EncodedPairs(sentences, texts)
