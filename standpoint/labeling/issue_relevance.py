"""Issue relevance: how likely a sentence concerns an issue, named or not.

A logistic regression over similarities of sentence embeddings, shared words, cues and the sentences
around. It was fitted on the training half of the real documents whose licence lets anyone use the
result (benchmarks/wide_candidates.py).
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from standpoint.codebook import Issue
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.implicit_issues import IssueVectors
from standpoint.lexicon.function_words import FUNCTION_WORDS
from standpoint.model import Floats
from standpoint.text import words_of

MIN_CONTENT_CHARS = 3  # shorter words are rarely what a sentence is about
MAX_CHARS = 400  # a longer sentence has no more room for an issue; a guess
MAX_OVERLAP = 10.0  # in nats: some four rare words; more adds nothing
CUE_DECAY = 2.0  # sentences; a guess: after five, a cue says nothing more
# Similarities of neighbouring sentences vary by about a tenth; keeps short documents from dividing
# by nearly nothing.
MIN_SPREAD = 0.05
AROUND = (-2, -1, 1, 2)  # the sentences around, of which the similarity is taken together

RELEVANCE_FEATURES = (
    "similarity", "similarity_with_before", "similarity_around", "name_similarity",
    "favor_similarity", "against_similarity", "standardized", "lead", "before", "after",
    "document_highest", "document_mean", "cue", "cue_before", "cue_recency", "cue_share",
    "word_overlap", "name_overlap", "overlap_before", "length",
)  # fmt: skip
"""The columns of `relevance_features`."""
N_SIMILARITIES = RELEVANCE_FEATURES.index("cue")


def relevance_features(article: AnnotatedArticle, vectors: IssueVectors | None) -> Floats:
    """Features of every sentence and issue, of shape (n_issues, n_sentences, n_features).

    Parameters
    ----------
    vectors : without them, the similarities are 0
    """
    issues = article.matcher.codebook.issues
    texts = [sentence.text for sentence in article.sentences]
    similarities = _Similarities(texts, issues, vectors)
    words = _WordOverlap(texts)
    columns = [
        [*similarities.columns(n), *_cue_columns(article, issue), *words.columns(issue)]
        for n, issue in enumerate(issues)
    ]
    features: Floats = np.array(columns, np.float32).transpose(0, 2, 1)
    return features


class _Similarities:
    """Cosines of the sentences of an article and the texts of its issues."""

    def __init__(
        self, texts: Sequence[str], issues: Sequence[Issue], vectors: IssueVectors | None
    ) -> None:
        self._n_sentences = len(texts)
        self._own: list[Floats] = []
        if vectors is None:
            return
        sentences = np.stack([vectors.vector_of(text) for text in texts])
        with_before = _unit(sentences + _shifted(sentences, 1))
        neighbours = [_shifted(sentences, by) for by in AROUND]
        around = _unit(sentences + np.sum(neighbours, axis=0))
        for issue in issues:
            of_issue = vectors.of(issue.id)
            poles = of_issue[:3]  # name, favor, against
            highest = [
                (sentences @ of_issue.T).max(axis=1),
                (with_before @ poles.T).max(axis=1),
                (around @ poles.T).max(axis=1),
            ]
            self._own.append(np.stack([*highest, *(sentences @ poles.T).T]))

    def columns(self, issue: int) -> Floats:
        """The similarities to an issue, of shape (N_SIMILARITIES, n_sentences)."""
        if not self._own:
            return np.zeros((N_SIMILARITIES, self._n_sentences), np.float32)
        own = self._own[issue]
        best = own[0]
        others = [other[0] for n, other in enumerate(self._own) if n != issue]
        lead = best - (np.max(others, axis=0) if others else 0)
        spread = (best - best.mean()) / (best.std() + MIN_SPREAD)
        around = [_shifted(best, 1), _shifted(best, -1)]
        document = [np.full_like(best, best.max()), np.full_like(best, best.mean())]
        return np.stack([*own, spread, lead, *around, *document]).astype(np.float32)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Floats = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit


def _shifted(rows: Floats, by: int) -> Floats:
    """Rows moved down by some places, or up by minus as many; zeros come in."""
    shifted = np.zeros_like(rows)
    if by > 0:
        shifted[by:] = rows[:-by]
    else:
        shifted[:by] = rows[-by:]
    return shifted


def _cue_columns(article: AnnotatedArticle, issue: Issue) -> Floats:
    """Where the issue is named, of shape (4, n_sentences)."""
    named = np.zeros(len(article.sentences), np.float32)
    for cue in article.cue_words:
        if cue.issue == issue.id:
            named[cue.sentence] = 1
    recency = np.zeros_like(named)
    level = 0.0
    for n, is_named in enumerate(named):
        recency[n] = level
        level = 1.0 if is_named else level * float(np.exp(-1 / CUE_DECAY))
    return np.stack([named, _shifted(named, 1), recency, np.full_like(named, named.mean())])


class _WordOverlap:
    """Content words that sentences share with an issue, weighted by rarity in the article."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._sentences = [content_stems(text) for text in texts]
        counts = Counter(stem for stems in self._sentences for stem in stems)
        n = len(texts) + 1
        self._rarity = {stem: float(np.log(n / (count + 0.5))) for stem, count in counts.items()}
        self._lengths = [min(len(text), MAX_CHARS) / MAX_CHARS for text in texts]

    def columns(self, issue: Issue) -> Floats:
        """Words shared with the issue and its name, and lengths, of shape (4, n_sentences)."""
        cues = (*issue.cues, *issue.opposite_cues)
        all_words = content_stems(" ".join((issue.name, issue.favor, issue.against, *cues)))
        name = content_stems(issue.name)
        sums = [sum(self._rarity[stem] for stem in stems & all_words) for stems in self._sentences]
        overlap = np.array([min(value, MAX_OVERLAP) / MAX_OVERLAP for value in sums], np.float32)
        shares = [len(stems & name) / max(1, len(name)) for stems in self._sentences]
        return np.array([overlap, shares, _shifted(overlap, 1), self._lengths], np.float32)


def content_stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text."""
    return frozenset(
        word.stem
        for word in words_of(text)
        if word.key not in FUNCTION_WORDS and len(word.key) >= MIN_CONTENT_CHARS
    )
