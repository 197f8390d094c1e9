"""What the reader of attributions is worth against PolNeAR's gold spans."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.attribution import Attribution, find_attributions
from standpoint.errors import CorpusError
from standpoint.text import Span, Word, find_quotes, read_article, words_of
from train.articles.attribution_baseline import Nearest, head_of
from train.corpora import polnear
from train.scoring import Floats, percentile_interval, resampled_sums

ROLES = ("source", "cue", "content")
IGNORED_AT_THE_EDGE = frozenset({"the", "a", "an", "that"})
DRAWS = 1_000
_COUNTS = ("both", "found", "gold")
_N_HOLDER = 4

Parts = polnear.Attribution
"""Source, cue and content, each in one or more spans."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text's words and its attributions: the gold ones and those that were found."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    gold: tuple[Parts, ...]
    found: tuple[Parts, ...]
    baseline: Nearest


def evaluate_attribution(
    documents: Sequence[polnear.AttributedDocument],
    *,
    split: str,
    draws: int = DRAWS,
    seed: int = 0,
) -> dict[str, float]:
    """Score the reader of attributions on the documents of a split.

    The reader gets no names: any subject may be a source. What it finds for one cue is one
    attribution, as in PolNeAR, also where a quotation goes on in several pieces. PolNeAR marks no
    attribution within another, so what the reader finds within a gold content costs precision.

    Parameters
    ----------
    draws, seed : of the bootstrap over documents

    Returns
    -------
    Flat scores, each as ``{split}.{name}``, with its 95% interval in ``.low`` and ``.high`` where
    there are several documents. The names, with a role of source, cue and content:

    ``{role}.{precision,recall,f1}_exact``
        attributions whose words are the gold ones; punctuation does not count, nor do articles
        and "that" at the front
    ``{role}.{precision,recall,f1}_overlap``
        words: those in a gold span of the role, and those in a span that was found
    ``holder.accuracy``
        of the gold attributions with a source and a content, the share for which the attribution
        that was found and shares most words with the gold content (the shortest of several: the
        innermost) has a source that overlaps the head of the gold source; see `head_of`
    ``holder.accuracy_head``
        the same, but both sources must have one head, so that a long source is no help
    ``holder.accuracy.baseline``
        the name or personal pronoun nearest before the reporting verb nearest to the gold content
    ``holder.gain``
        the reader's accuracy less the baseline's
    ``n_documents``, ``n_attributions``, ``holder.n``
        how many there are, without intervals

    Raises
    ------
    CorpusError
        where no document is of the split

    References
    ----------
    Newell et al. (2018), An Attribution Relations Corpus for Political News, LREC 2018.
    """
    chosen = [document for document in documents if document.split == split]
    if not chosen:
        known = ", ".join(sorted({document.split for document in documents})) or "none"
        raise CorpusError(f"--split: must be one that is here ({known}), got {split!r}.")
    counts = np.array([_counts(read_document(document)) for document in chosen], dtype=float)
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


def read_document(document: polnear.AttributedDocument) -> Document:
    """Read a text without its gold attributions, and set them beside."""
    article = read_article(document.text, id=document.id)
    quotes = find_quotes(article)
    found = find_attributions(article, [], quotes=quotes)
    words = words_of(document.text)
    return Document(
        document.text,
        words,
        tuple(word.start for word in words),
        document.attributions,
        tuple(_grouped(found)),
        Nearest(article),
    )


def _grouped(found: Iterable[Attribution]) -> Iterator[Parts]:
    """One for each cue, with all of its contents."""
    by_cue: dict[Span | None, list[Attribution]] = {}
    for attribution in found:
        by_cue.setdefault(attribution.cue_span, []).append(attribution)
    for cue, group in by_cue.items():
        sources = {a.source.span for a in group} - {None}
        yield Parts(
            polnear.ATTRIBUTION,
            tuple(sorted(span for span in sources if span is not None)),
            (cue,) if cue is not None else (),
            tuple(sorted({a.content for a in group})),
        )


def _counts(document: Document) -> list[float]:
    row: list[float] = []
    for role in ROLES:
        gold = [numbers_of(document.starts, getattr(a, role)) for a in document.gold]
        found = [numbers_of(document.starts, getattr(a, role)) for a in document.found]
        row += _exact(document.words, gold, found)
        row += _overlap(gold, found)
    return row + _holders(document)


def numbers_of(starts: Sequence[int], spans: Sequence[Span]) -> tuple[int, ...]:
    """The words that begin within the spans, by number, in order.

    >>> numbers_of([0, 4, 8], [Span(4, 9)])
    (1, 2)
    """
    found: set[int] = set()
    for span in spans:
        found.update(range(bisect_left(starts, span.start), bisect_left(starts, span.end)))
    return tuple(sorted(found))


def _exact(
    words: Sequence[Word], gold: list[tuple[int, ...]], found: list[tuple[int, ...]]
) -> list[float]:
    right = Counter(_without_edges(words, part) for part in gold if part)
    given = Counter(_without_edges(words, part) for part in found if part)
    return [float(sum(counter.values())) for counter in (right & given, given, right)]


def _without_edges(words: Sequence[Word], part: tuple[int, ...]) -> tuple[int, ...]:
    first = 0
    while first + 1 < len(part) and words[part[first]].key in IGNORED_AT_THE_EDGE:
        first += 1
    return part[first:]


def _overlap(gold: list[tuple[int, ...]], found: list[tuple[int, ...]]) -> list[float]:
    right, given = {n for part in gold for n in part}, {n for part in found for n in part}
    return [float(len(right & given)), float(len(given)), float(len(right))]


def _holders(document: Document) -> list[float]:
    """How many holders there are, how many are found, with the same head, and by the baseline."""
    words, starts = document.words, document.starts
    found = [
        (set(numbers_of(starts, a.content)), set(numbers_of(starts, a.source)))
        for a in document.found
    ]
    row = [0.0] * _N_HOLDER
    for gold in document.gold:
        content, source = numbers_of(starts, gold.content), numbers_of(starts, gold.source)
        if not content or not source:
            continue
        head = head_of(document.text, words, source)
        held = _innermost(found, set(content))
        nearest = set(numbers_of(starts, document.baseline.holder_of(gold.content)))
        same = bool(held) and head_of(document.text, words, sorted(held)) == head
        row = [a + b for a, b in zip(row, (1, head in held, same, head in nearest), strict=True)]
    return row


def _innermost(found: list[tuple[set[int], set[int]]], content: set[int]) -> set[int]:
    best, source = (0, 0), set[int]()
    for words, speaker in found:
        shared = (len(words & content), -len(words))
        if shared[0] and shared > best:
            best, source = shared, speaker
    return source


def _scores(sums: Floats) -> dict[str, Floats]:
    """Every score of sums of counts, array of shape (draws, counts)."""
    scores: dict[str, Floats] = {}
    at = 0
    for role in ROLES:
        for how in ("exact", "overlap"):
            both, found, gold = sums[:, at], sums[:, at + 1], sums[:, at + 2]
            at += len(_COUNTS)
            scores[f"{role}.precision_{how}"] = _share(both, found)
            scores[f"{role}.recall_{how}"] = _share(both, gold)
            scores[f"{role}.f1_{how}"] = _share(2 * both, found + gold)
    n, right, same, baseline = (sums[:, at + k] for k in range(_N_HOLDER))
    scores["holder.accuracy"] = _share(right, n)
    scores["holder.accuracy_head"] = _share(same, n)
    scores["holder.accuracy.baseline"] = _share(baseline, n)
    scores["holder.gain"] = _share(right - baseline, n)
    scores["holder.n"] = n
    return scores


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
