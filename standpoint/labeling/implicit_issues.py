"""Implicit issues: sentences that concern an issue without naming it.

A sentence that names no issue, but has a plain holder, is compared with the issues that the article
names elsewhere: a logistic regression over cosine similarities and the discourse before it. See
docs/decisions/0007.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.attribution import Attribution
from standpoint.codebook import Codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.pair import AttributionKind, Pair
from standpoint.mentions import ActorMention
from standpoint.model import Encoder, Floats
from standpoint.probabilities import sigmoid
from standpoint.text import Sentence, in_any_span

SentenceVector = Callable[[str], Floats]
"""From a sentence to its vector of length 1, of shape (width,)."""
LAYER = 6  # the last layer of the shared encoder
# Logistic regression in the order of `similarity_features`, then the intercept; fitted on the seeds
# by benchmarks/implied.py.
WEIGHTS = (2.12, 2.32, 1.44, 0.64, 1.08, 2.17, -4.26)
# The lowest probability at which four in five sentences found are right, each codebook left out of
# the fit once (benchmarks/implied.py): precision goes before recall.
THRESHOLD = 0.684


def sentence_vectors(encoder: Encoder) -> SentenceVector:
    """Sentence embeddings of an encoder: the normalized mean of its last layer."""

    def vector_of(text: str) -> Floats:
        vector = encoder.encode(text, layers=(LAYER,)).mean()[0]
        length = float(np.linalg.norm(vector))
        unit: Floats = vector / (length or 1.0)
        return unit

    return vector_of


class IssueVectors:
    """Embeddings of a codebook's issues, each computed when an article first names the issue.

    Its methods may be called from several threads: two may compute the same vectors.
    """

    def __init__(self, codebook: Codebook, vector_of: SentenceVector) -> None:
        self.vector_of = vector_of
        self._issues = {issue.id: issue for issue in codebook.issues}
        self._cached: dict[str, Floats] = {}

    def of(self, issue: str) -> Floats:
        """Vectors of an issue's name, poles and cues, of shape (n_texts, width)."""
        if issue not in self._cached:
            entry = self._issues[issue]
            texts = (entry.name, entry.favor, entry.against, *entry.cues, *entry.opposite_cues)
            self._cached[issue] = np.stack([self.vector_of(text) for text in texts])
        return self._cached[issue]

    def topic(self, issue: str) -> str:
        """The issue in words."""
        return self._issues[issue].name


@dataclass(frozen=True, slots=True)
class ImplicitCandidate:
    """A sentence that names no issue but has a holder.

    Attributes
    ----------
    actor : the id of the holder
    holder : the mention of the holder, where the sentence has one
    attribution : to the holder, where the sentence is spoken
    before : the issues that the sentence before names
    """

    sentence: Sentence
    actor: str
    holder: ActorMention | None
    attribution: Attribution | None
    before: frozenset[str]
    quoted: bool


def implicit_candidates(article: AnnotatedArticle) -> Iterator[ImplicitCandidate]:
    """The sentences that may concern an issue without naming it.

    The holder is the speaker where there is one, else the only actor that the sentence mentions.
    """
    quotes = sorted(a.content for a in article.attributions if a.kind in ("quote", "turn"))
    for sentence in article.sentences:
        if sentence.index in article.cues_by_sentence or not article.is_prose(sentence):
            continue
        attributions = article.attributions_by_sentence.get(sentence.index, [])
        spoken = _of_speaker(attributions)
        mentions = article.mentions_by_sentence.get(sentence.index, [])
        if spoken is None and (attributions or len({m.actor for m in mentions}) != 1):
            continue
        actor = str(spoken.source.actor if spoken else mentions[0].actor)
        holder = next((mention for mention in mentions if mention.actor == actor), None)
        before = frozenset(c.issue for c in article.cues_by_sentence.get(sentence.index - 1, ()))
        quoted = in_any_span(quotes, sentence.span.start + 1)
        yield ImplicitCandidate(sentence, actor, holder, spoken, before, quoted)


def _of_speaker(attributions: Sequence[Attribution]) -> Attribution | None:
    """The first attribution to an actor, or where the same actor is quoted, the quotation."""
    by_actors = [a for a in attributions if a.source.actor is not None]
    of_first = [a for a in by_actors if a.source.actor == by_actors[0].source.actor]
    return next((a for a in of_first if a.kind == "quote"), of_first[0] if of_first else None)


def implicit_pairs(article: AnnotatedArticle, vectors: IssueVectors) -> list[Pair]:
    """The pairs of sentences that most likely concern an issue, at most one for each sentence."""
    issues = article.issues
    pairs = []
    for candidate in implicit_candidates(article) if issues else ():
        features = candidate_features(candidate, issues=issues, vectors=vectors)
        probabilities = issue_probabilities(features)
        best = int(probabilities.argmax())
        if probabilities[best] >= THRESHOLD:
            pairs.append(_pair(candidate, issues[best], vectors.topic(issues[best])))
    return pairs


def candidate_features(
    candidate: ImplicitCandidate, *, issues: Sequence[str], vectors: IssueVectors
) -> Floats:
    """Features of a sentence and each of the issues, of shape (n_issues, 6)."""
    vector = vectors.vector_of(candidate.sentence.text)
    similarity = np.array([float((vectors.of(i) @ vector).max()) for i in issues], np.float32)
    return similarity_features(
        similarity, before=candidate.before, issues=issues, quoted=candidate.quoted
    )


def similarity_features(
    similarity: Floats, *, before: frozenset[str], issues: Sequence[str], quoted: bool
) -> Floats:
    """Features of a sentence and each of some issues, of shape (n_issues, 6).

    The columns are the similarity, its lead over the best other issue, whether the sentence before
    names the issue, whether it names no other, whether the sentence is quoted, and the similarity
    where the sentence before names the issue (else 0).

    Parameters
    ----------
    similarity : highest cosine of the sentence and a text of each issue, of shape (n_issues,)
    before : the issues that the sentence before names
    """
    # Where there is only one issue, 0 is the second.
    best, second, *_ = [*sorted(map(float, similarity), reverse=True), 0.0]
    others = np.where(similarity == best, second, best)
    named = np.array([issue in before for issue in issues], dtype=np.float32)
    alone = named if len(before) == 1 else np.zeros_like(named)
    columns = [
        similarity, similarity - others, named, alone,
        np.full_like(similarity, quoted), similarity * named,
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def issue_probabilities(features: Floats) -> Floats:
    """The probability that a sentence concerns each issue, of shape (n_issues,)."""
    *weights, intercept = WEIGHTS
    logits = features @ np.array(weights, np.float32) + intercept
    return sigmoid(logits)


def reported_kind(attribution: Attribution | None) -> AttributionKind:
    """How a statement is reported to be made: a turn is a quote."""
    if attribution is None:
        return "narrator"
    return "quote" if attribution.kind == "turn" else attribution.kind


def _pair(candidate: ImplicitCandidate, issue: str, topic: str) -> Pair:
    attribution, mention = candidate.attribution, candidate.holder
    return Pair(
        candidate.sentence,
        candidate.actor,
        mention.span if mention else None,
        issue,
        None,
        reported_kind(attribution),
        attribution.reporter if attribution else None,
        attribution.cue if attribution else None,
        topic=topic,
    )
