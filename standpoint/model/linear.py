"""A model: what to read of a pair, how to weigh it, and the probabilities that come of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standpoint.labels import Task
from standpoint.model.encoder import EncodedSentence, Encoder
from standpoint.model.feature_config import EncoderFeatures, NgramFeatures
from standpoint.model.manifest import Manifest
from standpoint.model.ngram_features import ngrams_of
from standpoint.model.pairs import PairText
from standpoint.model.span_features import (
    NO_NAMES,
    Names,
    feature_groups,
    feature_vector,
    texts_to_encode,
)

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """A linear head: ``softmax((x @ weights + bias) / temperature)``.

    Attributes
    ----------
    weights : array of shape (n_features, n_labels)
    bias : array of shape (n_labels,)
    temperature : above 1 makes the probabilities flatter
    idf : array of shape (n_terms,), for n-grams
    """

    weights: Floats
    bias: Floats
    temperature: float
    idf: Floats | None = None

    def probabilities(self, logits: Floats) -> Floats:
        """Softmax of logits of shape (n_pairs, n_labels)."""
        scaled = (logits + self.bias) / self.temperature
        return softmax(scaled).astype(np.float32)


def softmax(logits: Floats) -> Floats:
    """Probabilities that sum to 1 in each row, of the shape and type of the logits."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


FeatureCache = dict[EncoderFeatures, Floats]
FAMILY_GROUPS = {"w": "word n-grams", "c": "character n-grams", "roles": "n-grams at the roles"}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a group of features adds to the logits of a pair.

    Attributes
    ----------
    group : what is read, as ``sentence``, ``windows`` or ``word n-grams``
    logits : array of shape (n_labels,), or (n_terms, n_labels) for n-grams
    terms : the n-grams, where they are some
    """

    group: str
    logits: Floats
    terms: tuple[str, ...] = ()


class LinearModel:
    """A loaded bundle; ``encoder`` is the one it brings along, if it does."""

    def __init__(
        self,
        manifest: Manifest,
        head: Head,
        terms: Sequence[str] = (),
        *,
        encoder: Encoder | None = None,
    ) -> None:
        self.manifest = manifest
        self.encoder = encoder
        self.head = head
        self.terms = {term: number for number, term in enumerate(terms)}
        self._names = terms
        self._families = [ngram_family(term) for term in terms]
        features = manifest.features
        self._sublinear = isinstance(features, NgramFeatures) and features.sublinear
        self._idf = np.ones(len(terms), np.float32) if head.idf is None else head.idf

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
        """The encoder layers it reads; none for n-grams."""
        return tuple(layer for features in self.encoder_features for layer in features.layers)

    @property
    def encoder_features(self) -> tuple[EncoderFeatures, ...]:
        """The settings of its features, if they are vectors."""
        features = self.manifest.features
        return (features,) if isinstance(features, EncoderFeatures) else ()

    @property
    def masked(self) -> bool:
        """Whether it reads stand-ins in place of the names of actors."""
        features = self.manifest.features
        return isinstance(features, EncoderFeatures | NgramFeatures) and features.masked

    def logits(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[EncodedSentence | None],
        *,
        names: Names = NO_NAMES,
        kept: FeatureCache | None = None,
    ) -> Floats:
        """Weighted features, of shape (n_pairs, n_labels), without the bias.

        Parameters
        ----------
        kept : features of the same pairs by their settings, shared between models
        """
        features = self.manifest.features
        if isinstance(features, EncoderFeatures):
            kept = {} if kept is None else kept
            if features not in kept:
                kept[features] = _vectors(pairs, readings, names, features)
            weighted: Floats = kept[features] @ self.head.weights
            return weighted
        if isinstance(features, NgramFeatures):
            return np.stack([self._weigh(ngrams_of(pair, settings=features)) for pair in pairs])
        return np.zeros((len(pairs), len(self.labels)), dtype=np.float32)

    def _weigh(self, terms: Iterable[str]) -> Floats:
        total = np.zeros(len(self.labels), dtype=np.float32)
        for numbers, values in self._tfidf(terms):
            total += values @ self.head.weights[numbers]
        return total

    def _tfidf(self, terms: Iterable[str]) -> Iterator[tuple[list[int], Floats]]:
        """Per family: the numbers of its terms, and their counts times idf over their norm."""
        times = Counter(map(self.terms.get, terms))
        families: dict[str, list[int]] = {}
        for number in times:
            if number is not None:
                families.setdefault(self._families[number], []).append(number)
        for numbers in families.values():
            tf = np.array([times[n] for n in numbers], dtype=np.float32)
            values = (1 + np.log(tf) if self._sublinear else tf) * self._idf[numbers]
            yield numbers, (values / np.linalg.norm(values)).astype(np.float32)

    def contributions(
        self, pair: PairText, reading: EncodedSentence | None, *, names: Names = NO_NAMES
    ) -> Iterator[Contribution]:
        """What adds up to the logits of a pair over the temperature, bias included."""
        for contribution in (
            *self._weighed(pair, reading, names),
            Contribution("bias", self.head.bias),
        ):
            yield Contribution(
                contribution.group, contribution.logits / self.head.temperature, contribution.terms
            )

    def _weighed(
        self, pair: PairText, reading: EncodedSentence | None, names: Names
    ) -> Iterator[Contribution]:
        features, weights = self.manifest.features, self.head.weights
        if isinstance(features, EncoderFeatures):
            seen = _seen(pair, reading, names, features)
            at = 0
            for group, part in feature_groups(seen[0], pair, settings=features, names=seen[1]):
                yield Contribution(group, part.ravel() @ weights[at : at + part.size])
                at += part.size
        elif isinstance(features, NgramFeatures):
            for numbers, values in self._tfidf(ngrams_of(pair, settings=features)):
                group = FAMILY_GROUPS[self._families[numbers[0]]]
                terms = tuple(self._names[number] for number in numbers)
                yield Contribution(group, values[:, None] * weights[numbers], terms)

    def predict_proba(
        self,
        pairs: Sequence[PairText],
        readings: Sequence[EncodedSentence | None],
        *,
        names: Names = NO_NAMES,
        kept: FeatureCache | None = None,
    ) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels).

        Parameters
        ----------
        readings : of each pair's sentence with at least ``layers``; None is enough for n-grams
        """
        if not pairs:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        return self.head.probabilities(self.logits(pairs, readings, names=names, kept=kept))


def _vectors(
    pairs: Sequence[PairText],
    readings: Sequence[EncodedSentence | None],
    names: Names,
    features: EncoderFeatures,
) -> Floats:
    rows = []
    for pair, reading in zip(pairs, readings, strict=True):
        seen = _seen(pair, reading, names, features)
        rows.append(feature_vector(seen[0], pair, settings=features, names=seen[1]))
    return np.stack(rows)


def _seen(
    pair: PairText, reading: EncodedSentence | None, names: Names, features: EncoderFeatures
) -> tuple[EncodedSentence, Names]:
    """The layers that a model reads, of a pair's sentence and of the words read apart from it."""
    assert reading is not None
    apart = texts_to_encode(pair, settings=features)
    picked = {words: names[words].select_layers(features.layers) for words in apart}
    return reading.select_layers(features.layers), picked


def ngram_family(term: str) -> str:
    """The family an n-gram is normalised in: words, characters, or those near the roles.

    >>> ngram_family("w:peace talks"), ngram_family("c:pe"), ngram_family("⟦t⟧:<no")
    ('w', 'c', 'roles')
    """
    head = term.partition(":")[0]
    return head if head in ("w", "c") else "roles"
