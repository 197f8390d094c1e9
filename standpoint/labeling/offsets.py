"""Offsets in an article as it was sent, from offsets in its normalized text.

Names and cues are looked for in the normalized text, without soft hyphens or HTML entities within
words; answers have offsets in the original.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from standpoint.labeling.pair import Pair
from standpoint.text import Article, Span, is_normalized, normalize, read_article


@dataclass(frozen=True, slots=True)
class NormalizedArticle:
    """A normalized article beside its original; both have the same sentences.

    Attributes
    ----------
    to_original : from a span of the normalized text to that of the original
    """

    article: Article
    original: Article
    to_original: Callable[[Span], Span]

    def in_original(self, pair: Pair) -> Pair:
        """A pair of the normalized article with offsets in the original."""
        if self.article is self.original:
            return pair
        origin, sentence = pair.sentence.span, self.original.sentences[pair.sentence.index]

        def moved(name_span: Span) -> Span:
            return self.to_original(name_span.shift(origin.start)).shift(-sentence.span.start)

        return replace(
            pair,
            sentence=sentence,
            holder_span=pair.holder_span and self.to_original(pair.holder_span),
            cue=pair.cue and replace(pair.cue, span=self.to_original(pair.cue.span)),
            names=tuple(replace(name, span=moved(name.span)) for name in pair.names),
        )


def normalize_article(article: Article) -> NormalizedArticle:
    """Normalize an article; one that needs no change is its own original."""
    if is_normalized(article.text):
        return NormalizedArticle(article, article, lambda span: span)
    normalized = normalize(article.text)
    if not normalized.text.strip():
        empty = replace(article, sentences=())
        return NormalizedArticle(empty, empty, lambda span: span)

    def to_original(span: Span) -> Span:
        return Span(normalized.starts[span.start], normalized.ends[span.end - 1])

    plain = read_article(normalized.text, id=article.id, date=article.date, author=article.author)
    spans = [to_original(sentence.span) for sentence in plain.sentences]
    sentences = tuple(
        replace(sentence, span=span, text=span.of(article.text))
        for sentence, span in zip(plain.sentences, spans, strict=True)
    )
    return NormalizedArticle(plain, replace(article, sentences=sentences), to_original)
