"""The tokens of a sentence, of an issue, and of both as one sequence, with masks for holders."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standpoint.judge.texts import AGAINST, BEFORE, CURRENT, FAVOR, HolderQuery, TargetQuery
from standpoint.text import Span

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
SENTENCE_SEGMENT, BEFORE_SEGMENT, ISSUE_SEGMENT, POLE_SEGMENT = range(4)
"""The rows of the segment vectors. Special tokens of a sentence are of the first; both poles have
the same, so that neither is read otherwise than the other."""


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """The tokens of a sentence with the one before, or of an issue.

    Attributes
    ----------
    ids : of shape (n_tokens,)
    parts : `SPECIAL`, `BEFORE` or `CURRENT`, of shape (n_tokens,); of an issue also `FAVOR` and
        `AGAINST`, if the judge tells its poles apart
    offsets : start and end in the token's own text, in code points, of shape (n_tokens, 2)
    n_cut : tokens at the end that were left out
    states : after the layers that read a text apart, of shape (n_tokens, width); None where there
        are no such layers, or they have not read it
    """

    ids: Integers
    parts: Integers
    offsets: Integers
    n_cut: int
    states: Floats | None = None

    @property
    def segments(self) -> Integers:
        """The segment of each token of a sentence."""
        return np.where(self.parts == BEFORE, BEFORE_SEGMENT, SENTENCE_SEGMENT)

    @property
    def issue_segments(self) -> Integers:
        """The segment of each token of an issue."""
        in_pole = (self.parts == FAVOR) | (self.parts == AGAINST)
        return np.where(in_pole, POLE_SEGMENT, ISSUE_SEGMENT)

    def mask(self, holder: HolderQuery) -> Floats:
        """1 for the tokens of a holder's mentions, else 0, of shape (n_tokens,).

        They are those in the sentence, else those in the sentence before. A holder without any is
        read at the first token.
        """
        for part, spans in ((CURRENT, holder.spans), (BEFORE, holder.before)):
            mask = self.span_mask(spans, part=part)
            if mask.any():
                return mask
        mask[0] = 1
        return mask

    def span_mask(self, spans: Sequence[Span], *, part: int = CURRENT) -> Floats:
        """1 for the tokens of spans of a part, else 0, of shape (n_tokens,)."""
        mask = np.zeros(len(self.ids), np.float32)
        for span in spans:
            mask[self._overlapping(part, span)] = 1
        return mask

    def _overlapping(self, part: int, span: Span) -> npt.NDArray[np.bool_]:
        starts, ends = self.offsets[:, 0], self.offsets[:, 1]
        inside: npt.NDArray[np.bool_] = (
            (self.parts == part) & (starts < span.end) & (ends > span.start) & (ends > starts)
        )
        return inside


@dataclass(frozen=True, slots=True)
class JoinedText:
    """A sentence and an issue as one sequence of tokens: the issue follows the sentence.

    Attributes
    ----------
    ids, segments : of shape (n_tokens,)
    """

    sentence: TokenizedText
    issue: TokenizedText
    ids: Integers
    segments: Integers

    @classmethod
    def of(cls, sentence: TokenizedText, issue: TokenizedText) -> "JoinedText":
        """Join the tokens of both."""
        return cls(
            sentence,
            issue,
            np.concatenate([sentence.ids, issue.ids]),
            np.concatenate([sentence.segments, issue.issue_segments]),
        )

    @property
    def states(self) -> Floats | None:
        """The states of both after the layers that read them apart; None if there are none."""
        if self.sentence.states is None or self.issue.states is None:
            return None
        return np.concatenate([self.sentence.states, self.issue.states])

    @property
    def poles(self) -> Floats:
        """The tokens of favor and of against, of shape (2, n_tokens).

        A topic has one pole: all of its words are those of favor.
        """
        parts = self.issue.parts
        favor, against = parts == FAVOR, parts == AGAINST
        if not favor.any() and not against.any():
            favor = parts == CURRENT
        masks = np.zeros((2, len(self.ids)), np.float32)
        masks[:, len(self.sentence.ids) :] = favor, against
        return masks

    def masks(self, holders: Sequence[HolderQuery]) -> Floats:
        """The tokens of each holder, of shape (n_holders, n_tokens)."""
        masks = np.zeros((len(holders), len(self.ids)), np.float32)
        for row, holder in zip(masks, holders, strict=True):
            row[: len(self.sentence.ids)] = self.sentence.mask(holder)
        return masks

    def target_masks(self, queries: Sequence[TargetQuery]) -> tuple[Floats, Floats]:
        """The tokens of each target, and those of its holder, both of shape (n_targets, n_tokens).

        The words of the targets are the second text.
        """
        n_own = len(self.sentence.ids)
        targets, holders = np.zeros((2, len(queries), len(self.ids)), np.float32)
        for target, holder, query in zip(targets, holders, queries, strict=True):
            target[:n_own] = self.sentence.span_mask(query.spans)
            if not target.any():
                target[n_own:] = 1
            holder[:n_own] = self.sentence.span_mask(query.holder)
            if not holder.any():
                holder[0] = 1
        return targets, holders
