"""A judge as a classifier of pairs, whose target is read as an issue in words."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from standpoint.errors import PairError
from standpoint.judge import (
    ANSWERS,
    HOLDER_FEATURES,
    HolderQuery,
    IssueText,
    Judge,
    SentenceText,
    TargetQuery,
    TokenizedText,
)
from standpoint.labels import LABELS, Task
from standpoint.model.encoder import EncodedSentence
from standpoint.model.feature_config import EncoderFeatures
from standpoint.model.linear import Contribution, EncodedPairs, Floats
from standpoint.model.manifest import Manifest
from standpoint.model.pairs import PairText, role_words
from standpoint.model.span_features import NO_TEXTS, EncodedTexts

MIN_PROBABILITY = 1e-9  # keeps logarithms finite
# `n_own` of the features, where an article's sentence has one actor.
_ALONE = 1 / 6
_COLUMNS = {
    "favor": ("favor",),
    "against": ("against",),
    "none": ("none", "not"),
    "positive": ("favor",),
    "negative": ("against",),
    "neutral": ("none", "not"),
}
"""The answers that count for each label: who is not concerned with a target takes no side."""


class JudgeModel:
    """A judge that was loaded from a bundle; the attributes are those of `LinearModel`.

    An article is labelled by the judge itself. As a classifier it reads single pairs: the words of
    the target are the issue's name, without poles. The sentiment is that of the judge's head for
    it, if it has one.
    """

    encoder = None
    encoder_features: tuple[EncoderFeatures, ...] = ()
    layers: tuple[int, ...] = ()
    masked = False

    def __init__(self, manifest: Manifest, judge: Judge) -> None:
        self.manifest = manifest
        self.task = manifest.task
        self.labels = manifest.labels
        self.judge = judge

    @property
    def has_sentiment(self) -> bool:
        """Whether the judge has a head for sentiment."""
        return self.judge.has_sentiment

    @property
    def targets_are_words(self) -> bool:
        """Whether the mention of a target is not read, but its words alone."""
        return not (self.task == "sentiment" and self.has_sentiment)

    def for_task(self, task: Task) -> "JudgeModel":
        """The same judge, asked for a task."""
        changes = {"task": task, "labels": LABELS[task]}
        return JudgeModel(self.manifest.model_copy(update=changes), self.judge)

    def predict_proba(self, pairs: Sequence[PairText], encoded: EncodedPairs) -> Floats:
        """Calibrated probabilities of shape (n_pairs, n_labels).

        Parameters
        ----------
        encoded : not used; a judge reads the texts itself

        Raises
        ------
        PairError
            a pair has no target
        """
        del encoded
        answers = self._sentiments if not self.targets_are_words else self._stances
        rows = [row for own in _alike(pairs) for row in answers(own)]
        return np.array(rows, np.float32).reshape(len(pairs), len(self.labels))

    def _stances(self, pairs: Sequence[PairText]) -> Iterator[list[float]]:
        """The judge's answers to pairs of one sentence and one target."""
        sentence, issue = self._read(pairs[0])
        columns = [[ANSWERS.index(a) for a in _COLUMNS[label]] for label in self.labels]
        for row in self.judge.judge(sentence, issue, [*map(holder_query_of, pairs)]).holders:
            yield [row[own].sum() for own in columns]

    def _sentiments(self, pairs: Sequence[PairText]) -> Iterator[Floats]:
        """The answers of the judge's head for sentiment, as in `_stances`."""
        sentence, target = self._read(pairs[0])
        yield from self.judge.sentiment(sentence, target, [*map(target_query_of, pairs)])

    def _read(self, pair: PairText) -> tuple[TokenizedText, TokenizedText]:
        """The tokens of a pair's sentence, and those of its target's words."""
        _, words = role_words(pair)
        sentence = self.judge.read_sentence(pair_sentence(pair))
        return sentence, self.judge.read_issue(IssueText(words or ""))

    def contributions(
        self, pair: PairText, sentence: EncodedSentence | None, *, texts: EncodedTexts = NO_TEXTS
    ) -> Iterator[Contribution]:
        """The logits of a pair, as one part: what the layers add up is not to be taken apart."""
        del sentence, texts
        probabilities = self.predict_proba([pair], EncodedPairs([None]))[0]
        yield Contribution("judge", np.log(np.maximum(probabilities, MIN_PROBABILITY)))


def _alike(pairs: Sequence[PairText]) -> Iterator[list[PairText]]:
    """Adjacent pairs that one pass answers: of one sentence and of one target in words.

    Raises
    ------
    PairError
        a pair has no target
    """
    for number, pair in enumerate(pairs):
        if role_words(pair)[1] is None:
            raise PairError(f"pairs[{number}].target: must be given, got none.")
    for _, own in groupby(pairs, lambda pair: (pair_sentence(pair), role_words(pair)[1])):
        yield [*own]


def pair_sentence(pair: PairText) -> SentenceText:
    """The text of a pair; one whose holder is the author may be long."""
    return SentenceText(pair.text, is_text=pair.holder is None and pair.holder_name is None)


def target_query_of(pair: PairText) -> TargetQuery:
    """The target of a pair as a judge is asked for the sentiment toward it."""
    spans = ((role,) if role else () for role in (pair.target, pair.holder))
    return TargetQuery(*spans)


def holder_query_of(pair: PairText) -> HolderQuery:
    """The holder of a pair as a judge is asked for it: the only actor, or the sentence's voice.

    One who is known by name alone is not named in the sentence, and read at the first token.
    """
    features = {"n_own": _ALONE, "first": 1.0}
    if pair.holder is None and pair.holder_name is None:
        features["is_voice"] = 1.0
    if pair.holder is not None:
        position = 1 - pair.holder.start / max(1, len(pair.text))
        features |= {"named": 1.0, "position": position, "frequency": 1.0}
    spans = (pair.holder,) if pair.holder else ()
    values = tuple(features.get(name, 0.0) for name in HOLDER_FEATURES)
    return HolderQuery("", spans, (), values)
