"""Explanations of predictions: contributions of feature groups, and occlusion of single words.

Both explain the margin of a label: its logit less the mean of the other labels' logits. The
contributions of a linear head add up to the margin. The weight of a word is the margin that is lost
when the model reads the sentence without it (leave-one-word-out occlusion).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from standpoint.model.encoder import Encoder
from standpoint.model.ensemble import Classifier, encode_pairs, predict
from standpoint.model.judge_model import MIN_PROBABILITY
from standpoint.model.linear import Contribution, Floats
from standpoint.model.masking import mask_names
from standpoint.model.ngram_features import readable_ngram
from standpoint.model.pairs import PairText
from standpoint.text import Span, Word, words_of

MAX_LISTED = 12  # n-grams and words of a statement: more are hard to read (a guess)
# In all pairs of an article: each occluded word costs one pass of the encoder (docs/api.md).
MAX_OCCLUDED_WORDS = 1_000
MIN_SHOWN_WEIGHT = 0.00005  # anything smaller is 0 when rounded to four decimals


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a feature raises the margin of the label (above 0) or lowers it."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a pair has its label; each list starts with the largest absolute weight.

    Attributes
    ----------
    parts : contributions of the feature groups; they add up to the label's margin
    ngrams : single n-grams, whose weights are part of those above; empty without n-grams
    words : words by occlusion; empty for pairs past ``MAX_OCCLUDED_WORDS`` of an article
    """

    parts: tuple[Weight, ...]
    ngrams: tuple[Weight, ...]
    words: tuple[Weight, ...]


def explain(
    pairs: Sequence[PairText], labels: Sequence[str], *, model: Classifier, encoder: Encoder | None
) -> list[Explanation]:
    """Explain why each pair has its label.

    Parameters
    ----------
    labels : of each pair, toward its target
    encoder : for a model whose bundle has none of its own
    """
    columns = [model.labels.index(label) for label in labels]
    inputs = [mask_names(pair) for pair in pairs] if model.masked else list(pairs)
    encoded = encode_pairs([model], inputs, encoder=model.encoder or encoder)
    words = _occlusion_weights(pairs, columns, model=model, encoder=encoder)
    return [
        _explanation(model.contributions(pair, sentence, texts=encoded.texts), column, lost)
        for pair, sentence, column, lost in zip(
            inputs, encoded.sentences, columns, words, strict=True
        )
    ]


def _explanation(
    contributions: Iterable[Contribution], column: int, words: dict[str, float]
) -> Explanation:
    parts: dict[str, float] = {}
    ngrams: list[Weight] = []
    for item in contributions:
        weights = margins(np.atleast_2d(item.logits), column)
        parts[item.group] = parts.get(item.group, 0.0) + float(weights.sum())
        largest = np.argsort(-np.abs(weights))[:MAX_LISTED].tolist() if item.terms else ()
        ngrams += [Weight(readable_ngram(item.terms[n]), float(weights[n])) for n in largest]
    return Explanation(
        largest_weights([Weight(*part) for part in parts.items()], most=len(parts)),
        largest_weights(ngrams),
        largest_weights([Weight(*word) for word in words.items()]),
    )


def margins(logits: Floats, column: int) -> Floats:
    """The margin of a label in each row: its logit less the mean of the others'.

    >>> margins(np.array([[3.0, 1.0, 0.0]], dtype=np.float32), 0).tolist()
    [2.5]
    """
    own = logits[:, column].astype(np.float64)
    margin: Floats = own - (logits.sum(axis=1, dtype=np.float64) - own) / (logits.shape[1] - 1)
    return margin


def largest_weights(weights: Iterable[Weight], *, most: int = MAX_LISTED) -> tuple[Weight, ...]:
    """The largest weights by their absolute value, but none that rounds to 0."""
    shown = [item for item in weights if abs(item.weight) >= MIN_SHOWN_WEIGHT]
    return tuple(sorted(shown, key=lambda item: -abs(item.weight))[:most])


def _occlusion_weights(
    pairs: Sequence[PairText], columns: Sequence[int], *, model: Classifier, encoder: Encoder | None
) -> list[dict[str, float]]:
    """For each pair, the margin that is lost without each word; repeated words are summed."""
    variants = list(_occluded(pairs))
    # Equal texts are adjacent, because `predict` caches only the last encoded sentence.
    variants.sort(key=lambda variant: variant[2].text)
    inputs = [*pairs, *(pair for _, _, pair in variants)]
    (probabilities,) = predict(inputs, models=[model], encoder=encoder)
    logits = np.log(np.maximum(probabilities, MIN_PROBABILITY))
    labels = [*columns, *(columns[number] for number, _, _ in variants)]
    margin = [float(margins(row[None], n)[0]) for row, n in zip(logits, labels, strict=True)]
    weights: list[dict[str, float]] = [{} for _ in pairs]
    for (number, word, _), without_word in zip(variants, margin[len(pairs) :], strict=True):
        lost = margin[number] - without_word
        weights[number][word] = weights[number].get(word, 0.0) + lost
    return weights


def _occluded(pairs: Sequence[PairText]) -> Iterator[tuple[int, str, PairText]]:
    """Each pair without each of its words outside its names, its holder and its target.

    There are at most ``MAX_OCCLUDED_WORDS`` words in all.
    """
    left = MAX_OCCLUDED_WORDS
    for number, pair in enumerate(pairs):
        roles = [s for s in (pair.holder, pair.target, *(name.span for name in pair.names)) if s]
        words = [
            word
            for word in words_of(pair.text)
            if not any(Span(word.start, word.end).overlaps(span) for span in roles)
        ]
        left -= len(words)
        if left < 0:
            return
        yield from ((number, word.text, remove_word(pair, word)) for word in words)


def remove_word(pair: PairText, word: Word) -> PairText:
    """A pair whose sentence lacks a word that is in none of its spans.

    >>> pair = PairText("Oslo now backs it.", Span(0, 4), Span(15, 17))
    >>> shorter = remove_word(pair, words_of(pair.text)[1])
    >>> shorter.text, shorter.target.of(shorter.text)
    ('Oslo backs it.', 'it')
    """
    end = word.end + (pair.text[word.end : word.end + 1] == " ")
    removed = Span(word.start, end)
    return replace(
        pair,
        text=pair.text[: removed.start] + pair.text[removed.end :],
        holder=_shifted(pair.holder, removed) if pair.holder else None,
        target=_shifted(pair.target, removed) if pair.target else None,
        names=tuple(replace(name, span=_shifted(name.span, removed)) for name in pair.names),
    )


def _shifted(span: Span, removed: Span) -> Span:
    return span.shift(removed.start - removed.end) if span.start >= removed.end else span
