"""What a model reads of a pair as numbers: vectors of the sentence, of its roles and around them.

The same functions run in training and in serving, so the two cannot drift apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import numpy as np

from standpoint.model.encoder import EncodedSentence, Vectors
from standpoint.model.feature_config import EncoderFeatures
from standpoint.model.pairs import PairText, between, role_words
from standpoint.model.polarity_features import polarity_features
from standpoint.model.syntax_features import syntax_features
from standpoint.text import Span, words_of

Names = Mapping[str, EncodedSentence]
Roles = tuple[Span | None, ...]
NO_NAMES: Names = MappingProxyType({})
# Part of the key of kept features. Raise it when the numbers that a pair's features are made of
# change, here or in what this calls; tests/golden holds the numbers of this version.
FEATURES_VERSION: int = 1


def feature_vector(
    reading: EncodedSentence, pair: PairText, *, settings: EncoderFeatures, names: Names = NO_NAMES
) -> Vectors:
    """Features of a pair from one reading of its sentence, of shape (n_features,).

    Parameters
    ----------
    names : the reading of each of `texts_to_encode`, which stand for what is no span of the text
    """
    parts = feature_groups(reading, pair, settings=settings, names=names)
    return np.concatenate([part.ravel() for _, part in parts])


def feature_groups(
    reading: EncodedSentence, pair: PairText, *, settings: EncoderFeatures, names: Names = NO_NAMES
) -> Iterator[tuple[str, Vectors]]:
    """The parts of a pair's features in their order, each with the name of its group."""
    sentence, target = reading.mean(), _target_part(reading, pair, names)
    roles = (pair.target, pair.holder) if settings.holder else (pair.target,)
    yield "sentence", sentence
    if settings.target:
        yield "target", target
    yield from _named("target", _comparisons(sentence, target, settings))
    if settings.maxima:
        yield "sentence", reading.max()
    if settings.names:
        yield from _named("names", _name_parts(pair, sentence, names, settings))
    yield from _named("decays", _decay_parts(reading, roles, settings.decays))
    if settings.holder:
        found = _holder_parts(reading, pair, target, names=names, products=settings.products)
        yield from _named("holder", found)
    if settings.between:
        yield "between", _between_part(reading, pair)
    yield from _named("windows", _window_parts(reading, pair.text, roles, settings.windows))
    if settings.signs:
        yield "signs", np.array(list(syntax_features(pair)), dtype=np.float32)
    if settings.leanings:
        yield "leanings", polarity_features(pair)


def _named(group: str, parts: Iterable[Vectors]) -> Iterator[tuple[str, Vectors]]:
    return ((group, part) for part in parts)


def column_groups(settings: EncoderFeatures, *, n_columns: int | None) -> list[str]:
    """The group of each column that `feature_vector` gives; of an encoder of width 1 for None."""
    if n_columns is None:
        return _groups(settings, width=1)
    one, two = (_groups(settings, width=width) for width in (1, 2))
    by_width = len(two) - len(one)
    return _groups(settings, width=(n_columns - len(one)) // by_width + 1)


def _groups(settings: EncoderFeatures, *, width: int) -> list[str]:
    empty = np.zeros((len(settings.layers), 1, width), dtype=np.float32)
    nothing = EncodedSentence(np.array([[0, 1]]), empty, settings.layers)
    pair = PairText("a", None, Span(0, 1))
    names = {words: nothing for words in texts_to_encode(pair, settings=settings)}
    parts = feature_groups(nothing, pair, settings=settings, names=names)
    return [group for group, part in parts for _ in range(part.size)]


def _comparisons(
    sentence: Vectors, target: Vectors, settings: EncoderFeatures
) -> Iterator[Vectors]:
    """How the target's vectors compare with the sentence's."""
    if settings.products:
        yield sentence * target
    if settings.differences:
        yield np.abs(sentence - target)
    if settings.cosines:
        yield _cosines(sentence, target)


def _target_part(reading: EncodedSentence, pair: PairText, names: Names) -> Vectors:
    if pair.target is not None:
        return reading.span_mean(pair.target)
    return names[pair.topic].mean() if pair.topic else reading.mean()


def texts_to_encode(pair: PairText, *, settings: EncoderFeatures) -> list[str]:
    """The words of a pair that are read apart from its sentence.

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


def _name_parts(
    pair: PairText, sentence: Vectors, names: Names, settings: EncoderFeatures
) -> Iterator[Vectors]:
    """Both roles' names as the encoder reads them alone, and their products."""
    nothing = np.zeros_like(sentence)
    holder, target = (names[w].mean() if w else nothing for w in role_words(pair))
    yield from (holder, target)
    if settings.products:
        yield from (holder * target, sentence * holder, sentence * target)


def _decay_parts(
    reading: EncodedSentence, roles: Roles, decays: tuple[float, ...]
) -> Iterator[Vectors]:
    """The sentence seen from each role, or as it is: tokens far from the role weigh less."""
    for span in roles:
        for decay in decays:
            yield reading.decayed_mean(span, decay=decay) if span else reading.mean()


def _cosines(one: Vectors, other: Vectors) -> Vectors:
    """The cosine of two vectors in each layer; 0 where one has no length."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    products: Vectors = (one * other).sum(axis=1)
    np.divide(products, lengths, out=products, where=lengths > 0)
    return products


def _holder_parts(
    reading: EncodedSentence, pair: PairText, target: Vectors, *, names: Names, products: bool
) -> Iterator[Vectors]:
    holder = np.zeros_like(target)
    if pair.holder is not None:
        holder = reading.span_mean(pair.holder)
    elif pair.holder_name:
        holder = names[pair.holder_name].mean()
    yield holder
    if products:
        yield holder * target


def _between_part(reading: EncodedSentence, pair: PairText) -> Vectors:
    span = between(pair)
    return np.zeros_like(reading.mean()) if span is None else reading.span_mean(span)


def _window_parts(
    reading: EncodedSentence, text: str, roles: Roles, widths: tuple[int, ...]
) -> Iterator[Vectors]:
    """The words just before and just after each role, in each width; zeros where there are none."""
    if not widths:
        return
    words = words_of(text)
    nothing = np.zeros_like(reading.mean())
    for span in roles:
        before = [w for w in words if span and w.end <= span.start]
        after = [w for w in words if span and w.start >= span.end]
        for width in widths:
            for near in (before[-width:], after[:width]):
                yield reading.span_mean(Span(near[0].start, near[-1].end)) if near else nothing
