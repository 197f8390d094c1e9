"""Scores of attribution extraction against the gold spans of PolNeAR."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from standpoint.attribution import Attribution, find_attributions
from standpoint.errors import CorpusError
from standpoint.text import Article, Span, Word, find_quotes, read_article, words_of
from train.articles.attribution_baseline import NearestName, head_of
from train.corpora import polnear
from train.scoring import Floats, percentile_interval, resampled_sums

ROLES = ("source", "cue", "content")
TRIMMED_WORDS = frozenset({"the", "a", "an", "that"})
"""Words at the front of a span that annotators include or leave out at will."""
DRAWS = 1_000  # of the bootstrap, as for all scores (docs/benchmarks.md)
WordNumbers = tuple[int, ...]

Parts = polnear.Attribution
"""Source, cue and content, each a list of spans."""


def evaluate_attribution(
    documents: Sequence[polnear.AttributedDocument],
    *,
    split: str,
    draws: int = DRAWS,
    seed: int = 0,
) -> dict[str, float]:
    """Score attribution extraction on the documents of a split.

    Extraction gets no actors: any subject may be a source. All contents of a cue are a single
    attribution, as in PolNeAR, even a quotation in several pieces. PolNeAR does not annotate nested
    attributions, so those that are extracted within a gold content cost precision.

    Parameters
    ----------
    draws, seed : of the bootstrap over documents

    Returns
    -------
    Flat scores, each as ``{split}.{name}``, with its 95% interval in ``.low`` and ``.high`` where
    there are several documents. The names, with a role of source, cue and content:

    ``{role}.{precision,recall,f1}_exact``
        over attributions with the same words as gold; punctuation does not count, nor do articles
        and "that" at the front
    ``{role}.{precision,recall,f1}_overlap``
        over words: those in a gold span of the role, and those in a predicted span
    ``holder.accuracy``
        of the gold attributions with a source and a content, the share whose prediction has a
        source that overlaps the head of the gold source (see `head_of`). Their prediction is the
        attribution that shares most words with the gold content; the shortest of several, which is
        the innermost
    ``holder.accuracy_head``
        the same, but both sources must have the same head: a long source does not help
    ``holder.accuracy.baseline``
        the name or personal pronoun nearest before the reporting verb nearest to the gold content
    ``holder.gain``
        the accuracy minus that of the baseline
    ``n_documents``, ``n_attributions``, ``holder.n``
        how many there are, without intervals

    Raises
    ------
    CorpusError
        no document is of the split

    References
    ----------
    Newell et al. (2018), An Attribution Relations Corpus for Political News, LREC 2018.
    """
    chosen = [document for document in documents if document.split == split]
    if not chosen:
        known = ", ".join(sorted({document.split for document in documents})) or "none"
        raise CorpusError(f"--split: must be one that is here ({known}), got {split!r}.")
    counts = np.array([_counts(document) for document in chosen], dtype=float)
    scores = _scores(counts.sum(axis=0)[None])
    by_draw = _scores(resampled_sums(counts, draws=draws, seed=seed)) if len(chosen) > 1 else {}
    flat = {f"{split}.n_documents": float(len(chosen))}
    flat[f"{split}.n_attributions"] = float(sum(len(d.attributions) for d in chosen))
    for name, values in scores.items():
        flat[f"{split}.{name}"] = float(values[0])
        if name in by_draw and name != "holder.n":
            low, high = percentile_interval(by_draw[name])
            flat |= {f"{split}.{name}.low": low, f"{split}.{name}.high": high}
    return flat


def _grouped(attributions: Iterable[Attribution]) -> Iterator[Parts]:
    """One attribution for each cue, with all of its contents."""
    by_cue: dict[Span | None, list[Attribution]] = {}
    for attribution in attributions:
        by_cue.setdefault(attribution.cue_span, []).append(attribution)
    for cue, group in by_cue.items():
        yield Parts(
            polnear.ATTRIBUTION,
            tuple(sorted({a.source.span for a in group if a.source.span is not None})),
            (cue,) if cue is not None else (),
            tuple(sorted({a.content for a in group})),
        )


def _counts(document: polnear.AttributedDocument) -> list[float]:
    """Extract the attributions of a text, and count matches with gold: by role, then of holders."""
    article = read_article(document.text, id=document.id)
    attributions = list(_grouped(find_attributions(article, [], quotes=find_quotes(article))))
    words = words_of(document.text)
    starts = tuple(word.start for word in words)
    row: list[float] = []
    for role in ROLES:
        gold = [word_numbers(starts, getattr(a, role)) for a in document.attributions]
        predicted = [word_numbers(starts, getattr(a, role)) for a in attributions]
        row += _exact(words, gold, predicted)
        row += _overlap(gold, predicted)
    return row + _holders(article, words, document.attributions, attributions)


def word_numbers(starts: Sequence[int], spans: Sequence[Span]) -> WordNumbers:
    """The numbers of the words that begin within the spans, in order.

    >>> word_numbers([0, 4, 8], [Span(4, 9)])
    (1, 2)
    """
    ranges = (
        range(bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in spans
    )
    return tuple(sorted(set().union(*ranges)))


def _exact(
    words: Sequence[Word], gold: Sequence[WordNumbers], predicted: Sequence[WordNumbers]
) -> list[float]:
    """Exact matches, predicted parts and gold parts, as counts."""
    gold_parts = Counter(_trimmed(words, part) for part in gold if part)
    predicted_parts = Counter(_trimmed(words, part) for part in predicted if part)
    matches = gold_parts & predicted_parts
    return [float(counter.total()) for counter in (matches, predicted_parts, gold_parts)]


def _trimmed(words: Sequence[Word], part: WordNumbers) -> WordNumbers:
    """A part without the articles and the "that" at its front."""
    first = 0
    while first + 1 < len(part) and words[part[first]].key in TRIMMED_WORDS:
        first += 1
    return part[first:]


def _overlap(gold: Sequence[WordNumbers], predicted: Sequence[WordNumbers]) -> list[float]:
    """Words in both, in predicted parts and in gold parts, as counts."""
    gold_words = {n for part in gold for n in part}
    predicted_words = {n for part in predicted for n in part}
    matches = gold_words & predicted_words
    return [float(len(words)) for words in (matches, predicted_words, gold_words)]


def _holders(
    article: Article,
    words: Sequence[Word],
    gold_attributions: Sequence[Parts],
    attributions: Sequence[Parts],
) -> list[float]:
    """The number of holders; of them right, with the same head, and right by the baseline."""
    starts, baseline = tuple(word.start for word in words), NearestName(article)
    predicted = [
        (set(word_numbers(starts, a.content)), set(word_numbers(starts, a.source)))
        for a in attributions
    ]
    rows = [[0.0] * 4]
    for gold in gold_attributions:
        content, source = word_numbers(starts, gold.content), word_numbers(starts, gold.source)
        if not content or not source:
            continue
        head = head_of(article.text, words, source)
        holder = _innermost_source(predicted, set(content))
        nearest = set(word_numbers(starts, baseline.holder_of(gold.content)))
        has_same_head = bool(holder) and head_of(article.text, words, sorted(holder)) == head
        rows.append([1, head in holder, has_same_head, head in nearest])
    return list(map(sum, zip(*rows, strict=True)))


def _innermost_source(
    predicted: Sequence[tuple[set[int], set[int]]], content: set[int]
) -> set[int]:
    """The source of the shortest prediction of those that share most words with a content."""
    overlapping = [pair for pair in predicted if pair[0] & content]
    if not overlapping:
        return set()
    return max(overlapping, key=lambda pair: (len(pair[0] & content), -len(pair[0])))[1]


def _scores(sums: Floats) -> dict[str, Floats]:
    """All scores of summed counts, from an array of shape (draws, n_counts)."""
    scores: dict[str, Floats] = {}
    columns = iter(sums.T)
    for role in ROLES:
        for how in ("exact", "overlap"):
            matches, predicted, gold = islice(columns, 3)
            scores |= {
                f"{role}.precision_{how}": ratio(matches, predicted),
                f"{role}.recall_{how}": ratio(matches, gold),
                f"{role}.f1_{how}": ratio(2 * matches, predicted + gold),
            }
    n, right, same, baseline = columns
    return scores | {
        "holder.accuracy": ratio(right, n),
        "holder.accuracy_head": ratio(same, n),
        "holder.accuracy.baseline": ratio(baseline, n),
        "holder.gain": ratio(right - baseline, n),
        "holder.n": n,
    }


def ratio(part: Floats, whole: Floats, *, undefined: float = 0.0) -> Floats:
    """Ratios, and a value for those of an empty whole."""
    return np.divide(part, whole, out=np.full_like(part, undefined), where=whole > 0)
