"""A judge as a classifier of pairs, whose target is read as an issue in words."""

from collections.abc import Iterator, Sequence

import numpy as np

from standpoint.errors import PairError
from standpoint.judge import ANSWERS, HOLDER_FEATURES, HolderQuery, IssueText, Judge, SentenceText
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
    the target are the issue's name, without poles.
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
        columns = [[ANSWERS.index(a) for a in _COLUMNS[label]] for label in self.labels]
        rows = [[row[own].sum() for own in columns] for row in self._answers(pairs)]
        return np.array(rows, np.float32).reshape(len(pairs), len(columns))

    def _answers(self, pairs: Sequence[PairText]) -> Iterator[Floats]:
        """The judge's answer to each pair; adjacent pairs of one sentence share its reading."""
        text, sentence = None, None
        for number, pair in enumerate(pairs):
            _, words = role_words(pair)
            if words is None:
                raise PairError(f"pairs[{number}].target: must be given, got none.")
            if sentence is None or pair.text != text:
                text, sentence = pair.text, self.judge.read_sentence(SentenceText(pair.text))
            issue = self.judge.read_issue(IssueText(words))
            yield self.judge.judge(sentence, issue, [query_of(pair)]).holders[0]

    def contributions(
        self, pair: PairText, sentence: EncodedSentence | None, *, texts: EncodedTexts = NO_TEXTS
    ) -> Iterator[Contribution]:
        """The logits of a pair, as one part: what the layers add up is not to be taken apart."""
        del sentence, texts
        probabilities = self.predict_proba([pair], EncodedPairs([None]))[0]
        yield Contribution("judge", np.log(np.maximum(probabilities, MIN_PROBABILITY)))


def query_of(pair: PairText) -> HolderQuery:
    """The holder of a pair as a judge is asked for it: the only actor, or the sentence's voice."""
    features = {"n_own": _ALONE, "first": 1.0}
    if pair.holder is None:
        features["is_voice"] = 1.0
    else:
        position = 1 - pair.holder.start / max(1, len(pair.text))
        features |= {"named": 1.0, "position": position, "frequency": 1.0}
    spans = (pair.holder,) if pair.holder else ()
    values = tuple(features.get(name, 0.0) for name in HOLDER_FEATURES)
    return HolderQuery("", spans, (), values)
