"""Encoder features of a pair: pooled vectors of the sentence, of its roles and around them.

The same functions run in training and in serving, so the two cannot differ.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from standpoint.model.encoder import EncodedSentence, Vectors
from standpoint.model.feature_config import EncoderFeatures
from standpoint.model.pairs import PairText, between, role_words
from standpoint.model.polarity_features import polarity_features
from standpoint.model.syntax_features import syntax_features
from standpoint.text import Span, words_of

EncodedTexts = Mapping[str, EncodedSentence]
Roles = tuple[Span | None, ...]
NO_TEXTS: EncodedTexts = MappingProxyType({})
# Part of the key of cached features. Raise it when the values of a pair's features change, here or
# in what this module calls; tests/golden holds the values of this version.
FEATURES_VERSION: int = 1


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
    mean, target = sentence.mean(), _target_vectors(sentence, pair, texts)
    roles = (pair.target, pair.holder) if settings.holder else (pair.target,)
    yield "sentence", mean
    yield from _named("target", _target_group(mean, target, settings))
    if settings.maxima:
        yield "sentence", sentence.max()
    yield from _named("names", _name_group(pair, mean, texts, settings))
    yield from _named("decays", _decay_group(sentence, roles, settings))
    if settings.holder:
        yield from _named("holder", _holder_group(sentence, pair, target, texts, settings))
    if settings.between:
        span = between(pair)
        yield "between", np.zeros_like(mean) if span is None else sentence.span_mean(span)
    yield from _named("windows", _window_group(sentence, pair.text, roles, settings.windows))
    if settings.signs:
        yield "signs", np.array(list(syntax_features(pair)), dtype=np.float32)
    if settings.leanings:
        yield "leanings", polarity_features(pair)


def _named(group: str, parts: Iterable[Vectors]) -> Iterator[tuple[str, Vectors]]:
    return ((group, part) for part in parts)


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


def _target_vectors(sentence: EncodedSentence, pair: PairText, texts: EncodedTexts) -> Vectors:
    if pair.target is not None:
        return sentence.span_mean(pair.target)
    return texts[pair.topic].mean() if pair.topic else sentence.mean()


def _target_group(
    sentence: Vectors, target: Vectors, settings: EncoderFeatures
) -> Iterator[Vectors]:
    """The target's vectors, and products, differences and cosines with the sentence's."""
    if settings.target:
        yield target
    if settings.products:
        yield sentence * target
    if settings.differences:
        yield np.abs(sentence - target)
    if settings.cosines:
        yield _cosines(sentence, target)


def _cosines(left: Vectors, right: Vectors) -> Vectors:
    """The cosine of two vectors in each layer; 0 where one has no length."""
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    products: Vectors = (left * right).sum(axis=1)
    np.divide(products, lengths, out=products, where=lengths > 0)
    return products


def _name_group(
    pair: PairText, sentence: Vectors, texts: EncodedTexts, settings: EncoderFeatures
) -> Iterator[Vectors]:
    """The names of both roles, encoded apart from the sentence, and their products."""
    if not settings.names:
        return
    zeros = np.zeros_like(sentence)
    holder, target = (texts[words].mean() if words else zeros for words in role_words(pair))
    yield from (holder, target)
    if settings.products:
        yield from (holder * target, sentence * holder, sentence * target)


def _decay_group(
    sentence: EncodedSentence, roles: Roles, settings: EncoderFeatures
) -> Iterator[Vectors]:
    """The sentence weighted by distance from each role; its plain mean without a span."""
    for span in roles:
        for decay in settings.decays:
            yield sentence.decayed_mean(span, decay=decay) if span else sentence.mean()


def _holder_group(
    sentence: EncodedSentence,
    pair: PairText,
    target: Vectors,
    texts: EncodedTexts,
    settings: EncoderFeatures,
) -> Iterator[Vectors]:
    holder = np.zeros_like(target)
    if pair.holder is not None:
        holder = sentence.span_mean(pair.holder)
    elif pair.holder_name:
        holder = texts[pair.holder_name].mean()
    yield holder
    if settings.products:
        yield holder * target


def _window_group(
    sentence: EncodedSentence, text: str, roles: Roles, widths: Sequence[int]
) -> Iterator[Vectors]:
    """Means of the words just before and just after each role, in each width; else zeros."""
    words = words_of(text) if widths else ()
    zeros = np.zeros_like(sentence.mean())
    for span in roles:
        before = [w for w in words if span and w.end <= span.start]
        after = [w for w in words if span and w.start >= span.end]
        for width in widths:
            for window in (before[-width:], after[:width]):
                outer = Span(window[0].start, window[-1].end) if window else None
                yield sentence.span_mean(outer) if outer else zeros
