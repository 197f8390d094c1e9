"""What the reader of attributions is worth against PolNeAR's gold spans."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.article import Span, read_article
from standpoint.attribution import Attribution, find_attributions
from standpoint.quotes import find_quotes
from standpoint.words import Word, words_of
from train.attribution_baseline import Nearest, head_of
from train.corpora import polnear
from train.intervals import Floats, drawn_sums, percentiles

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
    """Score the reader on the documents of a split.

    ``{split}.{source,cue,content}.{precision,recall,f1}_exact`` count attributions whose words
    are the gold ones; punctuation, and articles and "that" at the front, are ignored.
    ``..._overlap`` count the words themselves: those in any gold span of the role, and those in
    any that was found. ``{split}.holder.accuracy`` is the share of gold attributions with a source
    and a content, for which the source of the attribution that was found and shares the most words
    with the gold content (the shortest of several, which is the innermost) overlaps the head of
    the gold source. ``{split}.holder.accuracy_head`` asks that both sources have the same head.
    The head is the last word before a comma, a bracket, a preposition, a conjunction or a relative
    pronoun. ``{split}.holder.accuracy.baseline`` is that of the nearest name or personal pronoun
    before the reporting verb nearest to the gold content. F1 and holder scores have their 95%
    intervals (bootstrap over documents) in ``.low`` and ``.high``.

    The reader gets no names: any subject may be a source. Quotations that share a cue are parts of
    one attribution, as they are in PolNeAR.

    References
    ----------
    Newell et al. (2018), An Attribution Relations Corpus for Political News, LREC 2018.
    """
    chosen = [document for document in documents if document.split == split]
    counts = np.array([_counts(read_document(document)) for document in chosen], dtype=float)
    scores = _scores(counts.sum(axis=0)[None])
    by_draw = _scores(drawn_sums(counts, draws=draws, seed=seed)) if len(chosen) > 1 else {}
    flat = {f"{split}.n_documents": float(len(chosen))}
    flat[f"{split}.n_attributions"] = float(sum(len(d.attributions) for d in chosen))
    for name, values in scores.items():
        flat[f"{split}.{name}"] = float(values[0])
        if name in by_draw and ("f1" in name or "holder" in name):
            low, high = percentiles(by_draw[name])
            flat |= {f"{split}.{name}.low": low, f"{split}.{name}.high": high}
    return flat


def read_document(document: polnear.AttributedDocument) -> Document:
    """Read a text without its gold attributions, and set them beside."""
    article = read_article(document.text, id=document.id)
    quotes = find_quotes(article)
    found = find_attributions(article, [], quotes=quotes)
    return Document(
        document.text,
        words_of(document.text),
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
        gold = [_numbers(document.words, getattr(a, role)) for a in document.gold]
        found = [_numbers(document.words, getattr(a, role)) for a in document.found]
        row += _exact(document.words, gold, found)
        row += _overlap(gold, found)
    return row + _holders(document)


def _numbers(words: Sequence[Word], spans: Sequence[Span]) -> tuple[int, ...]:
    """The words that begin within the spans, by number, in order."""
    starts = np.fromiter((word.start for word in words), dtype=np.int64, count=len(words))
    found: set[int] = set()
    for span in spans:
        first, last = np.searchsorted(starts, [span.start, span.end])
        found.update(range(int(first), int(last)))
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
    words = document.words
    found = [
        (set(_numbers(words, a.content)), set(_numbers(words, a.source))) for a in document.found
    ]
    row = [0.0] * _N_HOLDER
    for gold in document.gold:
        content, source = _numbers(words, gold.content), _numbers(words, gold.source)
        if not content or not source:
            continue
        head = head_of(document.text, words, source)
        held = _innermost(found, set(content))
        nearest = set(_numbers(words, document.baseline.holder_of(gold.content)))
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
