"""Explanations of a judge's statements: occlusion of words of the sentence and of the issue.

The weight of a word is the margin that the stance loses when the judge reads the sentence, or the
text of the issue, without it. The margin is the stance's log probability less the mean of those of
the other answers, among them that the sentence is not about the issue. All holders of a sentence
and an issue share the passes, and where words are many, several are left out together.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np

from standpoint.judge import (
    ANSWERS,
    HolderQuery,
    IssueText,
    Judge,
    SentenceText,
    beside_others,
)
from standpoint.labeling.judged.statements import JudgedUnit
from standpoint.model import Explanation, Weight, largest_weights, margins
from standpoint.text import Span, words_of

# In all statements of an article. Each is a pass of both stages, 20 to 50 ms with MPNet on one
# thread, so that they take 15 s at most.
MAX_PASSES = 300
# Of a sentence and an issue, if there are many: fewer leave out so many words together that they
# tell little (a guess). The sentences after the first MAX_PASSES / MIN_PASSES get no words.
MIN_PASSES = 20
ISSUE_PREFIX = "issue: "
"""Before the words of an issue, which are shown beside those of the sentence."""
MIN_PROBABILITY = 1e-9  # keeps logarithms finite
_ISSUE_FIELDS = ("name", "favor", "against")


@dataclass(frozen=True, slots=True)
class _Run:
    """Adjacent words that are left out together.

    Attributes
    ----------
    own_of : the numbers of the holders whose mention they are, for whom they are not left out
    """

    start: int
    end: int
    own_of: frozenset[int] = frozenset()

    def cut(self, text: str) -> str:
        """A text without the words and the blank behind them."""
        return text[: self.start] + text[self.end + (text[self.end : self.end + 1] == " ") :]

    def shifted(self, holder: HolderQuery, shift: int) -> HolderQuery:
        """A holder whose mentions behind the words moved; none of its own are left out."""
        spans = (s.shift(shift) if s.start >= self.end else s for s in holder.spans)
        return replace(holder, spans=tuple(spans))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a judge reads with some words left out: for these holders, under this name."""

    term: str
    sentence: SentenceText
    issue: IssueText
    holders: tuple[HolderQuery, ...]
    numbers: tuple[int, ...]


def explain_judged(
    units: Sequence[JudgedUnit], labels: Sequence[str], *, judge: Judge
) -> list[Explanation]:
    """Explain why each unit has its label, by at most ``MAX_PASSES`` passes of the judge."""
    columns = [ANSWERS.index(label) for label in labels]
    whole = [_margin(unit.answer, column) for unit, column in zip(units, columns, strict=True)]
    lost: list[dict[str, float]] = [{} for _ in units]
    shown = [replace(unit, issue=judge.first_words(unit.issue)) for unit in units]
    for numbers, readings in _readings(shown):
        for reading in readings:
            answers = judge.judge(
                judge.read_sentence(reading.sentence),
                judge.read_issue(reading.issue),
                reading.holders,
            ).holders
            others, weight = units[numbers[0]].others, judge.settings.others_weight
            answers = beside_others(answers, others, weight=weight)
            for place, row in zip(reading.numbers, answers, strict=True):
                number = numbers[place]
                change = whole[number] - _margin(row, columns[number])
                lost[number][reading.term] = lost[number].get(reading.term, 0.0) + change
    return [
        Explanation(
            (Weight("judge", margin),), (), largest_weights(Weight(*w) for w in own.items())
        )
        for margin, own in zip(whole, lost, strict=True)
    ]


def _margin(answer: Sequence[float], column: int) -> float:
    logits = np.log(np.maximum(np.array([answer], np.float32), MIN_PROBABILITY))
    return float(margins(logits, column)[0])


def _readings(units: Sequence[JudgedUnit]) -> Iterator[tuple[list[int], list[_Reading]]]:
    """The units of each sentence and issue, with what is read to explain them."""
    groups: dict[tuple[SentenceText, IssueText], list[int]] = {}
    for number, unit in enumerate(units):
        groups.setdefault((unit.sentence, unit.issue), []).append(number)
    most = max(MIN_PASSES, MAX_PASSES // max(1, len(groups)))
    left = MAX_PASSES
    for numbers in groups.values():
        readings = _without_words([units[number] for number in numbers], most=most)
        left -= len(readings)
        if left < 0:
            break
        yield numbers, readings


def _without_words(units: Sequence[JudgedUnit], *, most: int) -> list[_Reading]:
    """The units of one sentence and issue without some words at a time, in ``most`` ways or fewer.

    The sentence gets two thirds of them, or what the issue leaves.
    """
    issue = units[0].issue
    n_issue = sum(len(words_of(getattr(issue, name))) for name in _ISSUE_FIELDS)
    for_issue = min(n_issue, max(len(_ISSUE_FIELDS), most // 3))
    readings = [*_in_sentence(units, most=most - for_issue)]
    for name in _ISSUE_FIELDS:
        text = getattr(issue, name)
        share = for_issue * len(words_of(text)) // max(1, n_issue)
        for run in _runs(text, (), most=max(1, share)):
            changes: dict[str, Any] = {name: run.cut(text)}
            shorter = replace(issue, **changes)
            term = f"{ISSUE_PREFIX}{text[run.start : run.end]}"
            everyone = tuple(unit.holder for unit in units)
            readings.append(
                _Reading(term, units[0].sentence, shorter, everyone, tuple(range(len(units))))
            )
    return readings


def _in_sentence(units: Sequence[JudgedUnit], *, most: int) -> Iterator[_Reading]:
    sentence, text = units[0].sentence, units[0].sentence.text
    for run in _runs(text, [unit.holder for unit in units], most=most):
        numbers = tuple(n for n in range(len(units)) if n not in run.own_of)
        if numbers:
            shorter = run.cut(text)
            shift = len(shorter) - len(text)
            holders = tuple(run.shifted(units[n].holder, shift) for n in numbers)
            term = text[run.start : run.end]
            yield _Reading(term, replace(sentence, text=shorter), units[0].issue, holders, numbers)


def _runs(text: str, holders: Sequence[HolderQuery], *, most: int) -> list[_Run]:
    """The words of a text as runs of equal length, as short as ``most`` of them allow.

    A run is within the mentions of a holder or outside them.
    """

    def owners(span: Span) -> frozenset[int]:
        return frozenset(
            number
            for number, holder in enumerate(holders)
            if any(span.overlaps(own) for own in holder.spans)
        )

    words = [Span(word.start, word.end) for word in words_of(text)]
    parts = [(key, [*own]) for key, own in groupby(words, key=owners)]
    longest = max((len(own) for _, own in parts), default=0)
    length = 1
    while length < longest and sum(math.ceil(len(own) / length) for _, own in parts) > most:
        length += 1
    return [
        _Run(own[start].start, own[min(start + length, len(own)) - 1].end, key)
        for key, own in parts
        for start in range(0, len(own), length)
    ]
