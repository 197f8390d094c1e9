"""What a judge reads of an article's sentence, in training and in use: its words and holders."""

from standpoint.judge import HolderQuery, SentenceText
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.holder_candidates import Candidates
from standpoint.model import Floats
from standpoint.text import Span


def sentence_text(article: AnnotatedArticle, number: int) -> SentenceText:
    """A sentence with the one before it."""
    before = article.sentences[number - 1].text if number else ""
    return SentenceText(article.sentences[number].text, before)


def holder_queries(
    article: AnnotatedArticle, number: int, candidates: Candidates, features: Floats
) -> list[HolderQuery]:
    """The holder candidates of a sentence, as a judge is asked for them.

    Parameters
    ----------
    features : of the candidates, of shape (n_candidates, n_features)
    """
    here, before = _spans(article, number), _spans(article, number - 1)
    return [
        HolderQuery(actor, tuple(here.get(actor, ())), tuple(before.get(actor, ())), tuple(row))
        for actor, row in zip(candidates, features.tolist(), strict=True)
    ]


def _spans(article: AnnotatedArticle, number: int) -> dict[str, list[Span]]:
    """The mentions of each actor in a sentence, from its start; none before the first sentence."""
    spans: dict[str, list[Span]] = {}
    for mention in article.holder_mentions(number):
        start = article.sentences[number].span.start
        spans.setdefault(mention.actor, []).append(mention.span.shift(-start))
    return spans
