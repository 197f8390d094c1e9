"""Encoder features of a pair: pooled vectors of the sentence, of its roles and around them.

The same functions run in training and in serving, so the two cannot differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from standpoint.model.encoder import EncodedSentence, Vectors
from standpoint.model.feature_config import EncoderFeatures
from standpoint.model.pairs import PairText, between, role_words
from standpoint.model.polarity_features import polarity_features
from standpoint.model.syntax_features import syntax_features
from standpoint.text import Span, words_of

EncodedTexts = Mapping[str, EncodedSentence]
NO_TEXTS: EncodedTexts = MappingProxyType({})
# Part of the key of cached features. Raise it when the values of a pair's features change, here or
# in what this module calls; tests/golden holds the values of this version.
FEATURES_VERSION: int = 2


def feature_vector(
    sentence: EncodedSentence,
    pair: PairText,
    *,
    settings: EncoderFeatures,
    texts: EncodedTexts = NO_TEXTS,
) -> Vectors:
    """Features of a pair from its encoded sentence, of shape (n_features,).

    Parameters
    ----------
    texts : the encoding of each of `texts_to_encode`: names and topics that are no span of the text
    """
    groups = feature_groups(sentence, pair, settings=settings, texts=texts)
    return np.concatenate([part.ravel() for _, part in groups])


def feature_groups(
    sentence: EncodedSentence,
    pair: PairText,
    *,
    settings: EncoderFeatures,
    texts: EncodedTexts = NO_TEXTS,
) -> Iterator[tuple[str, Vectors]]:
    """The arrays of a pair's features in their order, each with the name of its group."""
    roles = (pair.target, pair.holder) if settings.holder else (pair.target,)
    features = _PairFeatures(sentence, pair, settings, texts, roles)
    yield "sentence", sentence.mean()
    yield from (("target", part) for part in features.target_parts())
    if settings.maxima:
        yield "sentence", sentence.max()
    yield from (("names", part) for part in features.name_parts())
    yield from (("decays", part) for part in features.decay_parts())
    yield from (("holder", part) for part in features.holder_parts())
    if settings.between:
        span = between(pair)
        yield "between", sentence.span_mean(span) if span else np.zeros_like(sentence.mean())
    yield from (("windows", part) for part in features.window_parts())
    if settings.signs:
        yield "signs", np.array(syntax_features(pair), dtype=np.float32)
    if settings.leanings:
        yield "leanings", polarity_features(pair)


def column_groups(settings: EncoderFeatures, *, n_columns: int | None) -> list[str]:
    """The group of each column of `feature_vector`; of an encoder of width 1 where it is None."""
    narrow = _column_groups(settings, width=1)
    if n_columns is None:
        return narrow
    # The number of columns is linear in the width, so two widths give the slope.
    n_per_width = len(_column_groups(settings, width=2)) - len(narrow)
    return _column_groups(settings, width=(n_columns - len(narrow)) // n_per_width + 1)


def _column_groups(settings: EncoderFeatures, *, width: int) -> list[str]:
    layers = np.zeros((len(settings.layers), 1, width), dtype=np.float32)
    empty = EncodedSentence(np.array([[0, 1]]), layers, settings.layers)
    pair = PairText("a", None, Span(0, 1))
    texts = dict.fromkeys(texts_to_encode(pair, settings=settings), empty)
    groups = feature_groups(empty, pair, settings=settings, texts=texts)
    return [group for group, part in groups for _ in range(part.size)]


def texts_to_encode(pair: PairText, *, settings: EncoderFeatures) -> list[str]:
    """The names and topics of a pair that are encoded apart from its sentence.

    >>> plain = dict(holder=True, between=False, windows=(), products=False, signs=False)
    >>> settings = EncoderFeatures(layers=(6,), **plain)
    >>> texts_to_encode(PairText("Rain fell.", None, None, topic="the dam"), settings=settings)
    ['the dam']
    """
    if settings.names:
        return [words for words in role_words(pair) if words]
    target = pair.topic if pair.target is None else None
    holder = pair.holder_name if settings.holder and pair.holder is None else None
    return [words for words in (holder, target) if words]


@dataclass(frozen=True, slots=True)
class _PairFeatures:
    """Vectors of one pair by group; ``roles`` are the spans around which words are pooled."""

    sentence: EncodedSentence
    pair: PairText
    settings: EncoderFeatures
    texts: EncodedTexts
    roles: tuple[Span | None, ...]

    def _pooled(self, span: Span | None, name: str | None) -> Vectors | None:
        """The mean of a role's span, or of its name, encoded apart; None without both."""
        if span is not None:
            return self.sentence.span_mean(span)
        return self.texts[name].mean() if name else None

    def _target(self) -> Vectors:
        target = self._pooled(self.pair.target, self.pair.topic)
        return self.sentence.mean() if target is None else target

    def target_parts(self) -> Iterator[Vectors]:
        """The target, and its products, differences and cosines with the sentence."""
        sentence, target = self.sentence.mean(), self._target()
        if self.settings.target:
            yield target
        if self.settings.products:
            yield sentence * target
        if self.settings.differences:
            yield np.abs(sentence - target)
        if self.settings.cosines:
            yield _cosines(sentence, target)

    def holder_parts(self) -> Iterator[Vectors]:
        """The holder, zeros where it is the author, and its product with the target."""
        if not self.settings.holder:
            return
        holder = self._pooled(self.pair.holder, self.pair.holder_name)
        holder = np.zeros_like(self.sentence.mean()) if holder is None else holder
        yield holder
        if self.settings.products:
            yield holder * self._target()

    def name_parts(self) -> Iterator[Vectors]:
        """The names of both roles, encoded apart from the sentence, and their products."""
        if not self.settings.names:
            return
        sentence = self.sentence.mean()
        zeros = np.zeros_like(sentence)
        names = role_words(self.pair)
        holder, target = (self.texts[name].mean() if name else zeros for name in names)
        yield from (holder, target)
        if self.settings.products:
            yield from (holder * target, sentence * holder, sentence * target)

    def decay_parts(self) -> Iterator[Vectors]:
        """The sentence weighted by distance from each role; its plain mean without a span."""
        for span in self.roles:
            for decay in self.settings.decays:
                mean = self.sentence.mean()
                yield self.sentence.decayed_mean(span, decay=decay) if span else mean

    def window_parts(self) -> Iterator[Vectors]:
        """Means of the words just before and just after each role, in each width; else zeros."""
        words = words_of(self.pair.text) if self.settings.windows else ()
        zeros = np.zeros_like(self.sentence.mean())
        for span in self.roles:
            before = [w for w in words if span and w.end <= span.start]
            after = [w for w in words if span and w.start >= span.end]
            for width in self.settings.windows:
                for window in (before[-width:], after[:width]):
                    outer = Span(window[0].start, window[-1].end) if window else None
                    yield self.sentence.span_mean(outer) if outer else zeros


def _cosines(left: Vectors, right: Vectors) -> Vectors:
    """The cosine of two vectors in each layer; 0 where one has no length."""
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    products: Vectors = (left * right).sum(axis=1)
    np.divide(products, lengths, out=products, where=lengths > 0)
    return products
