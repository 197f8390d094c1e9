"""What decided: why a model gave a pair its label and not another.

Two views of the same judgement. The pushes of a linear head add up to how far the label leads: its
logit less the mean of the other labels' logits. And for each word of the sentence, how much of that
lead is lost when the model reads the sentence without it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from standpoint.model.encoder import Encoder
from standpoint.model.ensemble import MIN_PROBABILITY, Classifier, encode_pairs, predict
from standpoint.model.linear import Contribution, Floats
from standpoint.model.masking import mask_names
from standpoint.model.ngram_features import in_words
from standpoint.model.pairs import PairText
from standpoint.text import Span, Word, words_of

MAX_LISTED = 12
MAX_OCCLUDED_WORDS = 1_000
MIN_SHOWN_WEIGHT = 0.00005  # it would be shown as 0


@dataclass(frozen=True, slots=True)
class Weight:
    """How much something pushed toward the label (above 0) or away from it."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a label was given.

    Attributes
    ----------
    parts : of what the model reads; they add up to the label's lead
    ngrams : the heaviest single n-grams, which the parts hold; none where the model reads none
    words : the words without which the lead changes most; at most ``MAX_OCCLUDED_WORDS`` in all
    """

    parts: tuple[Weight, ...]
    ngrams: tuple[Weight, ...]
    words: tuple[Weight, ...]


def explain(
    pairs: Sequence[PairText], labels: Sequence[str], *, model: Classifier, encoder: Encoder | None
) -> list[Explanation]:
    """Why each pair has its label.

    Parameters
    ----------
    labels : of each pair, toward its target
    encoder : of a model that brings none of its own
    """
    numbers = [model.labels.index(label) for label in labels]
    seen = [mask_names(pair) for pair in pairs] if model.masked else list(pairs)
    readings, names = encode_pairs([model], seen, encoder=model.encoder or encoder)
    words = _words_of_all(pairs, numbers, model=model, encoder=encoder)
    return [
        _decision(model.contributions(pair, reading, names=names), number, lost)
        for pair, reading, number, lost in zip(seen, readings, numbers, words, strict=True)
    ]


def _decision(
    contributions: Iterable[Contribution], number: int, words: dict[str, float]
) -> Explanation:
    parts: dict[str, float] = {}
    ngrams: list[Weight] = []
    for contribution in contributions:
        leads = margins(np.atleast_2d(contribution.logits), number)
        parts[contribution.group] = parts.get(contribution.group, 0.0) + float(leads.sum())
        told = np.argsort(-np.abs(leads))[:MAX_LISTED].tolist() if contribution.terms else ()
        ngrams += [Weight(in_words(contribution.terms[at]), float(leads[at])) for at in told]
    return Explanation(
        _heaviest([Weight(*part) for part in parts.items()], most=len(parts)),
        _heaviest(ngrams),
        _heaviest([Weight(*word) for word in words.items()]),
    )


def margins(logits: Floats, number: int) -> Floats:
    """How far a label leads in each row: its logit less the mean of the others'.

    >>> margins(np.array([[3.0, 1.0, 0.0]], dtype=np.float32), 0).tolist()
    [2.5]
    """
    own = logits[:, number].astype(np.float64)
    leads: Floats = own - (logits.sum(axis=1, dtype=np.float64) - own) / (logits.shape[1] - 1)
    return leads


def _heaviest(weights: Iterable[Weight], *, most: int = MAX_LISTED) -> tuple[Weight, ...]:
    told = [one for one in weights if abs(one.weight) >= MIN_SHOWN_WEIGHT]
    return tuple(sorted(told, key=lambda one: -abs(one.weight))[:most])


def _words_of_all(
    pairs: Sequence[PairText], numbers: Sequence[int], *, model: Classifier, encoder: Encoder | None
) -> list[dict[str, float]]:
    """For each pair, how much of its label's lead each word is worth."""
    tried = list(_tried(pairs))
    # Variants with the same text stand together, for only the last sentence read is kept.
    tried.sort(key=lambda one: one[2].text)
    asked = [*pairs, *(variant for _, _, variant in tried)]
    shares = predict(asked, models=[model], encoder=encoder)[0]
    asked_of = [*numbers, *(numbers[number] for number, _, _ in tried)]
    logs = np.log(np.maximum(shares, MIN_PROBABILITY))
    leads = [float(margins(row[None], label)[0]) for row, label in zip(logs, asked_of, strict=True)]
    found: list[dict[str, float]] = [{} for _ in pairs]
    for (number, word, _), left in zip(tried, leads[len(pairs) :], strict=True):
        found[number][word] = found[number].get(word, 0.0) + leads[number] - left
    return found


def _tried(pairs: Sequence[PairText]) -> Iterator[tuple[int, str, PairText]]:
    """Each pair without each word that may be left out, until too many were left out."""
    left = MAX_OCCLUDED_WORDS
    for number, pair in enumerate(pairs):
        words = list(_free(pair))
        left -= len(words)
        if left < 0:
            return
        yield from ((number, word.text, remove_word(pair, word)) for word in words)


def _free(pair: PairText) -> Iterator[Word]:
    """The words of a pair that are in no name and in neither of its roles."""
    taken = [span for span in (pair.holder, pair.target) if span is not None]
    taken += [name.span for name in pair.names]
    for word in words_of(pair.text):
        span = Span(word.start, word.end)
        if not any(span.overlaps(other) for other in taken):
            yield word


def remove_word(pair: PairText, word: Word) -> PairText:
    """A pair whose sentence lacks a word that is in none of its spans.

    >>> pair = PairText("Oslo now backs it.", Span(0, 4), Span(15, 17))
    >>> shorter = remove_word(pair, words_of(pair.text)[1])
    >>> shorter.text, shorter.target.of(shorter.text)
    ('Oslo backs it.', 'it')
    """
    end = word.end + (pair.text[word.end : word.end + 1] == " ")
    gone = Span(word.start, end)
    text = pair.text[: gone.start] + pair.text[gone.end :]
    return replace(
        pair,
        text=text,
        holder=_after(pair.holder, gone),
        target=_after(pair.target, gone),
        names=tuple(replace(n, span=n.span.shift(_shift(n.span, gone))) for n in pair.names),
    )


def _after(span: Span | None, gone: Span) -> Span | None:
    return span.shift(_shift(span, gone)) if span else None


def _shift(span: Span, gone: Span) -> int:
    return gone.start - gone.end if span.start >= gone.end else 0


def explanation_fields(decision: Explanation) -> dict[str, list[dict[str, object]]]:
    """A decision as the answer has it."""
    return {
        "parts": _rows(decision.parts, key="name"),
        "terms": _rows(decision.words, key="term"),
        "ngrams": _rows(decision.ngrams, key="term"),
    }


def _rows(weights: Iterable[Weight], *, key: str) -> list[dict[str, object]]:
    return [{key: one.name, "weight": round(one.weight, 4)} for one in weights]
