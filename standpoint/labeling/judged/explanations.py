"""Explanations of a judge's statements: occlusion of words of the sentence and of the issue.

The weight of a word is the margin that the stance loses when the judge reads the sentence, or the
text of the issue, without it. The margin is the stance's log probability less the mean of those of
the other answers, among them that the sentence is not about the issue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from standpoint.judge import ANSWERS, Judge
from standpoint.labeling.judged.statements import JudgedUnit
from standpoint.model import Explanation, Weight, largest_weights, margins
from standpoint.text import Span, Word, words_of

# In all statements of an article. Each costs a pass of both stages, 20 to 50 ms with MPNet; most
# articles have fewer than ten statements of thirty words.
MAX_OCCLUDED_WORDS = 400
ISSUE_PREFIX = "issue: "
"""Before the words of an issue, which are shown beside those of the sentence."""
MAX_CACHED_TEXTS = 64  # one statement's sentence without each of its words
MIN_PROBABILITY = 1e-9  # keeps logarithms finite
_Variant = tuple[str, JudgedUnit]


def explain_judged(
    units: Sequence[JudgedUnit], labels: Sequence[str], *, judge: Judge
) -> list[Explanation]:
    """Explain why each unit has its label.

    Words are left out of the first units, up to ``MAX_OCCLUDED_WORDS``; the others have none.
    """
    margin_of = _Margins(judge)
    left = MAX_OCCLUDED_WORDS
    explanations = []
    for unit, label in zip(units, labels, strict=True):
        variants = [*_without_each_word(unit)]
        left -= len(variants)
        whole = margin_of(unit, label)
        weights: dict[str, float] = {}
        for word, shorter in variants if left >= 0 else ():
            weights[word] = weights.get(word, 0.0) + whole - margin_of(shorter, label)
        words = largest_weights(Weight(*item) for item in weights.items())
        explanations.append(Explanation((Weight("judge", whole),), (), words))
    return explanations


class _Margins:
    """The margin of a label of a unit; sentences that several units share are tokenized once."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._sentence = lru_cache(MAX_CACHED_TEXTS)(judge.read_sentence)

    def __call__(self, unit: JudgedUnit, label: str) -> float:
        sentence, issue = self._sentence(unit.sentence), self._judge.read_issue(unit.issue)
        answers = self._judge.judge(sentence, issue, [unit.holder]).holders
        logits = np.log(np.maximum(answers, MIN_PROBABILITY))
        return float(margins(logits, ANSWERS.index(label))[0])


def _without_each_word(unit: JudgedUnit) -> Iterator[_Variant]:
    """Each word outside the holder's mentions, and each of the issue's text, with the unit."""
    for word in words_of(unit.sentence.text):
        if not any(Span(word.start, word.end).overlaps(span) for span in unit.holder.spans):
            yield word.text, _without_word(unit, word)
    issue = unit.issue
    for word in words_of(issue.name):
        yield _in_issue(word), replace(unit, issue=replace(issue, name=_cut(issue.name, word)))
    for word in words_of(issue.favor):
        yield _in_issue(word), replace(unit, issue=replace(issue, favor=_cut(issue.favor, word)))
    for word in words_of(issue.against):
        shorter = replace(issue, against=_cut(issue.against, word))
        yield _in_issue(word), replace(unit, issue=shorter)


def _in_issue(word: Word) -> str:
    return f"{ISSUE_PREFIX}{word.text}"


def _without_word(unit: JudgedUnit, word: Word) -> JudgedUnit:
    """A unit whose sentence lacks a word that is in no mention of the holder."""
    text = unit.sentence.text
    shift = len(_cut(text, word)) - len(text)
    spans = tuple(s.shift(shift) if s.start >= word.end else s for s in unit.holder.spans)
    return replace(
        unit,
        sentence=replace(unit.sentence, text=_cut(text, word)),
        holder=replace(unit.holder, spans=spans),
    )


def _cut(text: str, word: Word) -> str:
    """A text without a word and the blank behind it."""
    return text[: word.start] + text[word.end + (text[word.end : word.end + 1] == " ") :]
