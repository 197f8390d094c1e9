"""A linear classifier of pairs: features, logits, and calibrated probabilities."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from standpoint.model.encoder import EncodedSentence, Encoder
from standpoint.model.feature_config import EncoderFeatures, NgramFeatures
from standpoint.model.manifest import Manifest
from standpoint.model.ngram_features import ngrams_of
from standpoint.model.pairs import PairText
from standpoint.model.span_features import (
    NO_TEXTS,
    EncodedTexts,
    feature_groups,
    feature_vector,
    texts_to_encode,
)
from standpoint.probabilities import softmax

Floats = npt.NDArray[np.float32]
# How explanations call the families of n-grams.
FAMILY_GROUPS = {"w": "word n-grams", "c": "character n-grams", "roles": "n-grams at the roles"}


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
        """Softmax of logits of shape (n_pairs, n_labels), to which the bias is added first."""
        return softmax((logits + self.bias) / self.temperature).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Contribution:
    """The logits that a group of features contributes for a pair.

    Attributes
    ----------
    group : the group's name, as ``sentence``, ``windows`` or ``word n-grams``
    logits : array of shape (n_labels,), or (n_terms, n_labels) for n-grams
    terms : the n-grams; empty for other features
    """

    group: str
    logits: Floats
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EncodedPairs:
    """A batch of pairs as an encoder returns it, which several models may share.

    Attributes
    ----------
    sentences : of each pair, with all layers that the models use; None is enough for n-grams
    texts : the encoding of each of `texts_to_encode` of the pairs
    features : cache of the pairs' features by their settings
    """

    sentences: Sequence[EncodedSentence | None]
    texts: EncodedTexts = field(default_factory=dict)
    features: dict[EncoderFeatures, Floats] = field(default_factory=dict)

    def take(self, rows: Sequence[int]) -> "EncodedPairs":
        """Some pairs of the batch."""
        return EncodedPairs([self.sentences[n] for n in rows], self.texts)


class LinearModel:
    """A linear classifier that was loaded from a bundle.

    Attributes
    ----------
    labels : in the order of the columns of `predict_proba`
    encoder : the one in the bundle; None where the model uses the shared one
    encoder_features : the settings of its encoder features; empty for n-grams
    layers : the encoder layers it uses; empty for n-grams
    masked : whether names of actors are masked in its input
    """

    def __init__(
        self,
        manifest: Manifest,
        head: Head,
        terms: Sequence[str] = (),
        *,
        encoder: Encoder | None = None,
    ) -> None:
        features = manifest.features
        self.manifest = manifest
        self.task = manifest.task
        self.labels = manifest.labels
        self.encoder = encoder
        self.head = head
        self.encoder_features = (features,) if isinstance(features, EncoderFeatures) else ()
        self.layers = tuple(layer for f in self.encoder_features for layer in f.layers)
        self.masked = isinstance(features, EncoderFeatures | NgramFeatures) and features.masked
        self.terms = {term: number for number, term in enumerate(terms)}
        self._term_list = terms
        self._families = [ngram_family(term) for term in terms]
        self._sublinear = isinstance(features, NgramFeatures) and features.sublinear
        self._idf = np.ones(len(terms), np.float32) if head.idf is None else head.idf

    def logits(self, pairs: Sequence[PairText], encoded: EncodedPairs) -> Floats:
        """Features times weights, of shape (n_pairs, n_labels), without the bias."""
        features = self.manifest.features
        if isinstance(features, EncoderFeatures):
            if features not in encoded.features:
                encoded.features[features] = _feature_matrix(pairs, encoded, features)
            weighted: Floats = encoded.features[features] @ self.head.weights
            return weighted
        if isinstance(features, NgramFeatures):
            return np.stack([self._ngram_logits(pair, features) for pair in pairs])
        return np.zeros((len(pairs), len(self.labels)), dtype=np.float32)

    def _ngram_logits(self, pair: PairText, features: NgramFeatures) -> Floats:
        total = np.zeros(len(self.labels), dtype=np.float32)
        for numbers, values in self._tfidf(ngrams_of(pair, settings=features)):
            total += values @ self.head.weights[numbers]
        return total

    def _tfidf(self, terms: Iterable[str]) -> Iterator[tuple[list[int], Floats]]:
        """For each n-gram family, the numbers of its known terms and their TF-IDF, of length 1."""
        counts = Counter(map(self.terms.get, terms))
        families: dict[str, list[int]] = {}
        for number in counts:
            if number is not None:
                families.setdefault(self._families[number], []).append(number)
        for numbers in families.values():
            tf = np.array([counts[n] for n in numbers], dtype=np.float32)
            values = (1 + np.log(tf) if self._sublinear else tf) * self._idf[numbers]
            yield numbers, (values / np.linalg.norm(values)).astype(np.float32)

    def contributions(
        self, pair: PairText, sentence: EncodedSentence | None, *, texts: EncodedTexts = NO_TEXTS
    ) -> Iterator[Contribution]:
        """Contributions that add up to the logits of a pair over the temperature, with the bias."""
        temperature = self.head.temperature
        for item in self._contributions(pair, sentence, texts):
            yield Contribution(item.group, item.logits / temperature, item.terms)
        yield Contribution("bias", self.head.bias / temperature)

    def _contributions(
        self, pair: PairText, sentence: EncodedSentence | None, texts: EncodedTexts
    ) -> Iterator[Contribution]:
        features, weights = self.manifest.features, self.head.weights
        if isinstance(features, EncoderFeatures):
            encoded, apart = _select_layers(pair, sentence, texts=texts, features=features)
            column = 0
            for group, part in feature_groups(encoded, pair, settings=features, texts=apart):
                yield Contribution(group, part.ravel() @ weights[column : column + part.size])
                column += part.size
        elif isinstance(features, NgramFeatures):
            for numbers, values in self._tfidf(ngrams_of(pair, settings=features)):
                group = FAMILY_GROUPS[self._families[numbers[0]]]
                terms = tuple(self._term_list[number] for number in numbers)
                yield Contribution(group, values[:, None] * weights[numbers], terms)

    def predict_proba(self, pairs: Sequence[PairText], encoded: EncodedPairs) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels)."""
        if not pairs:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        return self.head.probabilities(self.logits(pairs, encoded))


def _feature_matrix(
    pairs: Sequence[PairText], encoded: EncodedPairs, features: EncoderFeatures
) -> Floats:
    rows = []
    for pair, full in zip(pairs, encoded.sentences, strict=True):
        sentence, texts = _select_layers(pair, full, texts=encoded.texts, features=features)
        rows.append(feature_vector(sentence, pair, settings=features, texts=texts))
    return np.stack(rows)


def _select_layers(
    pair: PairText,
    sentence: EncodedSentence | None,
    *,
    texts: EncodedTexts,
    features: EncoderFeatures,
) -> tuple[EncodedSentence, EncodedTexts]:
    """A pair's sentence and the texts encoded apart from it, with the layers of a model only."""
    assert sentence is not None
    apart = {
        text: texts[text].select_layers(features.layers)
        for text in texts_to_encode(pair, settings=features)
    }
    return sentence.select_layers(features.layers), apart


def ngram_family(term: str) -> str:
    """The family within which an n-gram is normalized: words, characters, or those at the roles.

    >>> ngram_family("w:peace talks"), ngram_family("c:pe"), ngram_family("⟦t⟧:<no")
    ('w', 'c', 'roles')
    """
    prefix = term.partition(":")[0]
    return prefix if prefix in ("w", "c") else "roles"
