"""Which issues of a codebook a judge is asked about in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from standpoint.codebook import Codebook, Issue
from standpoint.judge import EncodedText, IssueText, Judge
from standpoint.mentions import MentionMatcher
from standpoint.model import Floats, JudgeModel

# Of a matcher: the champion's and a challenger's, and those before while they still answer.
MAX_CACHED_MODELS = 4
MAX_CUED_ISSUES = 20
"""Issues that one sentence and the one before may name by cues. More make a list, and each costs a
pass; a guess."""


@dataclass(frozen=True, slots=True)
class CodebookTexts:
    """The issues of a codebook as a judge reads them.

    Attributes
    ----------
    pooled : of each issue, of shape (n_issues, width)
    cut : the names of the issues with more words than are read
    """

    texts: tuple[IssueText, ...]
    pooled: Floats
    cut: tuple[str, ...]

    @classmethod
    def read(cls, codebook: Codebook, judge: Judge) -> "CodebookTexts":
        """Read each issue once."""
        texts = tuple(map(issue_text, codebook.issues))
        pooled = np.stack([judge.read_issue(text).pooled for text in texts])
        return cls(texts, pooled, tuple(text.name for text in texts if judge.is_cut(text)))

    def selected(
        self, sentence: EncodedText, *, cued: Iterable[int], max_issues: int, min_similarity: float
    ) -> list[int]:
        """Indices of the issues to judge in a sentence: those with a cue, and the most similar.

        Parameters
        ----------
        cued : issues that a cue names, in the order in which they count
        max_issues : of all that are judged, but those with a cue are not left out for it
        """
        chosen = list(dict.fromkeys(cued))[:MAX_CUED_ISSUES]
        similarities = self.pooled @ sentence.pooled
        for number in np.argsort(-similarities, kind="stable").tolist():
            if len(chosen) >= max_issues or similarities[number] < min_similarity:
                break
            if number not in chosen:
                chosen.append(number)
        return sorted(chosen)


def issue_text(issue: Issue) -> IssueText:
    """An issue of a codebook in words."""
    return IssueText(issue.name, issue.favor, issue.against, issue.cues)


def codebook_texts(matcher: MentionMatcher, model: JudgeModel) -> CodebookTexts:
    """The issues of a codebook, cached with its matcher for the articles to come."""
    digest = model.manifest.digest
    cached: CodebookTexts | None = matcher.vectors.get(digest)
    if cached is None:
        cached = CodebookTexts.read(matcher.codebook, model.judge)
        while len(matcher.vectors) >= MAX_CACHED_MODELS:
            matcher.vectors.pop(next(iter(matcher.vectors)), None)
        matcher.vectors[digest] = cached
    return cached
