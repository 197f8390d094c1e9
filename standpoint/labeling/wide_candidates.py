"""Wide candidates: the holders and issues that a sentence may bring together.

Where `read_pairs` keeps to what is plainly brought together, these include issues that are only
meant, and holders whose speech goes on from the sentences before. A logistic regression ranks them
(see `wide_weights`). They are for a classifier that reads the issue in words and can answer that a
sentence does not concern it.
"""

from collections.abc import Iterator

import numpy as np

from standpoint.codebook import Issue
from standpoint.judge import HOLDER_FEATURES
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.labeling.holder_candidates import (
    Candidates,
    HolderCandidate,
    holder_candidates,
    holder_features,
)
from standpoint.labeling.implicit_issues import IssueVectors, reported_kind
from standpoint.labeling.issue_relevance import RELEVANCE_FEATURES, relevance_features
from standpoint.labeling.pair import AttributionKind, Pair
from standpoint.labeling.wide_weights import LEXICAL, WITH_VECTORS
from standpoint.model import Floats
from standpoint.text import Sentence

WIDE_FEATURES = (*RELEVANCE_FEATURES, *HOLDER_FEATURES)
"""What the regression reads of a sentence, an issue and a holder."""


def wide_pairs(article: AnnotatedArticle, *, vectors: IssueVectors | None = None) -> list[Pair]:
    """The sure pairs of an article and those that may be brought together, by sentence.

    Parameters
    ----------
    vectors : of the issues; without them, sentences are compared by words and cues alone
    """
    sure = {
        (pair.sentence.index, pair.issue, pair.holder): pair
        for pair in read_pairs(article, vectors=vectors)
    }
    possible = (candidate_pair(article, *key) for key in _selected(article, vectors))
    by_unit = {(pair.sentence.index, pair.issue, pair.holder): pair for pair in possible} | sure
    return [by_unit[unit] for unit in sorted(by_unit)]


def wide_features(
    article: AnnotatedArticle, vectors: IssueVectors | None
) -> Iterator[tuple[Sentence, Issue, Candidates, Floats]]:
    """Each sentence and issue with its holder candidates, and features of shape (n, n_features).

    Sentences that are no prose, or have no candidate, are left out.
    """
    if not article.sentences:
        return
    candidates = holder_candidates(article)
    of_holders = holder_features(article, candidates)
    of_issues = relevance_features(article, vectors)
    for sentence in article.sentences:
        own = candidates[sentence.index]
        if own and article.is_prose(sentence):
            for issue, rows in zip(article.matcher.codebook.issues, of_issues, strict=True):
                relevance = np.tile(rows[sentence.index], (len(own), 1))
                features = np.hstack([relevance, of_holders[sentence.index]])
                yield sentence, issue, own, features


def _selected(
    article: AnnotatedArticle, vectors: IssueVectors | None
) -> Iterator[tuple[Sentence, Issue, HolderCandidate]]:
    """The candidates whose probability reaches the threshold."""
    model = LEXICAL if vectors is None else WITH_VECTORS
    weights = np.array(model.weights, np.float32)
    for sentence, issue, own, features in wide_features(article, vectors):
        scores = features @ weights + model.intercept
        for candidate, score in zip(own.values(), scores, strict=True):
            if score >= model.threshold and candidate.actor != issue.about:
                yield sentence, issue, candidate


def candidate_pair(
    article: AnnotatedArticle, sentence: Sentence, issue: Issue, candidate: HolderCandidate
) -> Pair:
    """A pair that is not sure, with the first cue of the issue in the sentence if there is one."""
    cues = article.cues_by_sentence.get(sentence.index, ())
    attribution = candidate.attribution if candidate.is_source else None
    return Pair(
        sentence,
        candidate.actor,
        candidate.mention.span if candidate.mention else None,
        issue.id,
        next((cue for cue in cues if cue.issue == issue.id), None),
        _kind(candidate),
        attribution.reporter if attribution else None,
        (attribution.cue or None) if attribution else None,
        names=article.names_in(sentence),
        topic=issue.name,
        eligibility="possible",
    )


def _kind(candidate: HolderCandidate) -> AttributionKind:
    """How the statement would be made."""
    if candidate.is_source:
        return reported_kind(candidate.attribution)
    return "voice" if candidate.is_voice else "narrator"
