"""Which issues of a codebook a judge is asked about in each sentence.

The joint pass of a sentence and an issue is what a judge's time goes into, and most sentences
concern none of a codebook's issues. So a logistic regression over cues, shared words and the
sentences before ranks them first; the judge's own first stage then leaves out most of the rest.

Of the sentences and issues of the dev half of the real documents, the 18% that rank highest have
0.76 of those with a gold statement, and 0.71 where the codebooks' cues are taken away
(benchmarks/judged_issues.py). Cosines of the mean states of all-mpnet-base-v2's sixth layer, with
cues first, find 0.67 and 0.57 there, and add less than 0.02 to the regression.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from standpoint.codebook import Issue
from standpoint.judge import IssueText, JudgeSettings
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.issue_relevance import relevance_features
from standpoint.labeling.judged.issue_weights import INTERCEPT, WEIGHTS
from standpoint.model import Floats
from standpoint.probabilities import sigmoid

MAX_CUED_ISSUES = 20
"""Issues that one sentence and the one before may name by cues. More make a list, and each costs a
pass; a guess."""
Selection = Mapping[int, Sequence[int]]
"""The numbers of the issues to judge, by the index of their sentence."""


def issue_text(issue: Issue) -> IssueText:
    """An issue of a codebook in words."""
    return IssueText(issue.name, issue.favor, issue.against, issue.cues)


def unit_relevance(article: AnnotatedArticle) -> Floats:
    """The probability that a sentence concerns an issue, of shape (n_issues, n_sentences).

    It is 1 where a cue of the issue stands in the sentence or the one before.
    """
    issues = article.matcher.codebook.issues
    if not article.sentences:
        return np.zeros((len(issues), 0), np.float32)
    features = relevance_features(article, None)[:, :, -len(WEIGHTS) :]
    logits = features @ np.array(WEIGHTS, np.float32) + INTERCEPT
    probabilities = sigmoid(logits)
    numbers = {issue.id: number for number, issue in enumerate(issues)}
    for cue in article.cues:
        probabilities[numbers[cue.issue], cue.sentence : cue.sentence + 2] = 1
    return probabilities


def selected_issues(
    article: AnnotatedArticle,
    readable: Sequence[int],
    *,
    named: Mapping[int, Sequence[int]],
    settings: JudgeSettings,
) -> Selection:
    """The issues to judge in each sentence.

    They are those that a sentence names, the most relevant ones up to ``max_issues`` of a sentence,
    and in a short article more, so that ``min_units`` are judged in all.

    Parameters
    ----------
    readable : the indices of the sentences that may be judged
    named : numbers of the issues that a sentence or the one before names, in the order in which
        they count
    """
    chosen = {n: list(dict.fromkeys(named.get(n, ())))[:MAX_CUED_ISSUES] for n in readable}
    n_units = sum(map(len, chosen.values()))
    for probability, sentence, issue in _ranked(unit_relevance(article), readable):
        if probability < settings.min_relevance and n_units >= settings.min_units:
            break
        own = chosen[sentence]
        if len(own) < settings.max_issues and issue not in own:
            own.append(issue)
            n_units += 1
    return {sentence: sorted(issues) for sentence, issues in chosen.items() if issues}


def _ranked(relevance: Floats, readable: Sequence[int]) -> Iterator[tuple[float, int, int]]:
    """Probability, sentence and issue of every unit that may be judged, the highest first."""
    own = relevance[:, readable]
    for place in np.argsort(-own, axis=None, kind="stable").tolist():
        issue, column = divmod(place, len(readable))
        yield float(own[issue, column]), readable[column], issue
