"""An article as it is read, without what a reader does not see, beside the article as printed.

So names and cues are found where a reader sees them, and their spans count in the text as it came.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from standpoint.labeling.candidates import Pair
from standpoint.text import Article, Sentence, Span, is_seen_whole, read_article, seen


@dataclass(frozen=True, slots=True)
class PlainArticle:
    """An article as it is read and as it is printed; both have the same sentences.

    Attributes
    ----------
    place : from a span of what is read to the span it has in print
    """

    read: Article
    printed: Article
    place: Callable[[Span], Span]

    def in_print(self, pair: Pair) -> Pair:
        """A pair of the article that is read, as it stands in print."""
        if self.read is self.printed:
            return pair
        origin, sentence = pair.sentence.span, self.printed.sentences[pair.sentence.index]
        names = tuple(
            replace(n, span=self.place(n.span.shift(origin.start)).shift(-sentence.span.start))
            for n in pair.names
        )
        return replace(
            pair,
            sentence=sentence,
            holder_span=pair.holder_span and self.place(pair.holder_span),
            cue=pair.cue and replace(pair.cue, span=self.place(pair.cue.span)),
            names=names,
        )


def plain_article(article: Article) -> PlainArticle:
    """The article as it is read: the same one where a reader sees all of it."""
    if is_seen_whole(article.text):
        return PlainArticle(article, article, lambda span: span)
    found = seen(article.text)
    if not found.text.strip():
        bare = replace(article, sentences=())
        return PlainArticle(bare, bare, lambda span: span)

    def place(span: Span) -> Span:
        return Span(found.starts[span.start], found.ends[span.end - 1])

    read = read_article(found.text, id=article.id, date=article.date)
    sentences = tuple(
        _moved(sentence, place(sentence.span), article) for sentence in read.sentences
    )
    return PlainArticle(read, replace(article, sentences=sentences), place)


def _moved(sentence: Sentence, span: Span, article: Article) -> Sentence:
    return replace(sentence, span=span, text=span.of(article.text))
