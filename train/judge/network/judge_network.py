"""The network of a judge: an encoder over a sentence and an issue, and its heads."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn

from standpoint.judge import ISSUE_SEGMENT, SENTIMENTS
from train.config import JudgeModel
from train.encoders import EncoderShape
from train.judge.network.stance_head import StanceHead
from train.judge.network.transformer import (
    Arrays,
    Embeddings,
    LayerStack,
    inner_width_of,
    other_text_bias,
)


@dataclass(frozen=True, slots=True)
class JudgeLogits:
    """What a network says of units.

    Attributes
    ----------
    exits : that the sentence is about the issue, after the first stage, of shape (n_units,)
    about : the same after the second stage, of shape (n_units,)
    stance : of shape (n_units, n_candidates, 4)
    sentiment : toward the targets, of shape (n_units, 3); None where the batch has none
    """

    exits: Tensor
    about: Tensor
    stance: Tensor
    sentiment: Tensor | None = None


N_SEGMENTS = 4  # the sentence, the one before, the issue, its poles


@dataclass(frozen=True, slots=True)
class SentimentBatch:
    """The targets of a batch's units.

    Attributes
    ----------
    masks : 1 for the tokens of the target and for those of its holder, all 0 where a unit has no
        target, of shape (n_units, 2, n_tokens)
    labels : indices of `SENTIMENTS`, `NO_CANDIDATE` where a unit has none, of shape (n_units,)
    """

    masks: Tensor
    labels: Tensor

    def to(self, device: torch.device) -> "SentimentBatch":
        """The targets on a device."""
        return SentimentBatch(self.masks.to(device), self.labels.to(device))


@dataclass(frozen=True, slots=True)
class TeacherBatch:
    """What a teacher says of a batch's units, in logits.

    Attributes
    ----------
    has_gold : 1 where a unit has labels too, of shape (n_units,)
    has_stances : 1 where the teacher was asked for stances, of shape (n_units,)
    about : of shape (n_units,)
    stances : of shape (n_units, n_candidates, 4)
    candidates : 1 for candidates, 0 for padding, of shape (n_units, n_candidates)
    has_sentiment : 1 where it was asked for the sentiment toward a target, of shape (n_units,)
    sentiments : of shape (n_units, 3)
    """

    has_gold: Tensor
    has_stances: Tensor
    about: Tensor
    stances: Tensor
    candidates: Tensor
    has_sentiment: Tensor
    sentiments: Tensor

    def to(self, device: torch.device) -> "TeacherBatch":
        """The answers on a device."""
        return TeacherBatch(*(getattr(self, part.name).to(device) for part in fields(self)))


@dataclass(frozen=True, slots=True)
class JudgeBatch:
    """Units as padded tensors.

    Attributes
    ----------
    ids : of a sentence's tokens and, behind them, an issue's, of shape (n_units, n_tokens)
    mask, segments : of the same shape; 1 in the mask is for tokens and 0 for padding
    poles : 1 for the tokens of favor and of against, of shape (n_units, 2, n_tokens)
    holders : 1 for the tokens of each candidate, of shape (n_units, n_candidates, n_tokens)
    features : of shape (n_units, n_candidates, n_features)
    stances : indices of `ANSWERS`, `NO_CANDIDATE` for padding, of shape (n_units, n_candidates)
    concerned : 1 where the unit has a statement, of shape (n_units,); where it has no labels, the
        teacher's probability that the sentence is about the issue
    sentiment : None where no unit has a target
    teacher : None where a teacher says nothing of any unit
    """

    ids: Tensor
    mask: Tensor
    segments: Tensor
    poles: Tensor
    holders: Tensor
    features: Tensor
    stances: Tensor
    concerned: Tensor
    sentiment: SentimentBatch | None = None
    teacher: TeacherBatch | None = None

    def to(self, device: torch.device) -> "JudgeBatch":
        """The batch on a device."""
        parts = (getattr(self, part.name) for part in fields(self))
        return JudgeBatch(*(part if part is None else part.to(device) for part in parts))

    @property
    def n_tokens(self) -> int:
        """Tokens with padding."""
        return int(self.mask.numel())


class JudgeNetwork(nn.Module):
    """An encoder in two stages, a vector for each segment, and the heads.

    Embeddings and the lowest layers are frozen; the vectors of the segments are added after those.
    The lowest layers, frozen or not, may read the sentence and the issue apart: no token attends to
    one of the other text, and the positions of both start anew.
    The heads ``exit``, of the first stage, and ``about``, of the second, read the first token and
    the mean of the sentence; ``stance`` (`StanceHead`) also the means over a candidate's tokens and
    over those of each pole, and ``sentiment``, which not every judge has, those over a target's and
    its holder's tokens.

    Parameters
    ----------
    arrays : of the encoder, by the names of BERT's weights
    sentiment : whether it has the head for sentiment
    """

    def __init__(
        self, shape: EncoderShape, arrays: Arrays, model: JudgeModel, *, sentiment: bool = False
    ) -> None:
        super().__init__()
        self.shape, self.n_frozen, self.split = shape, model.frozen_layers, model.split
        self.n_apart = model.apart_layers
        width = shape.width
        self.embeddings = Embeddings(shape, arrays)
        self.encoder = LayerStack(
            shape,
            n_frozen=model.frozen_layers,
            inner_width=inner_width_of(arrays),
            dropout=model.dropout,
        )
        self.encoder.load_bert(arrays)
        self.segments = nn.Parameter(torch.zeros(N_SEGMENTS, width))
        self.exit = _about_head(width, model.about_width)
        self.about = _about_head(width, model.about_width)
        self.stance = StanceHead(width, model.stance_width, dropout=model.dropout)
        # The last, so that the others begin as they do without it.
        self.sentiment = _sentiment_head(width, model) if sentiment else None

    def forward(self, batch: JudgeBatch) -> JudgeLogits:
        """The logits of all heads."""
        states, bias = self._first_stage(batch)
        exits = self.exit(_of_sentence(states.float(), batch))[:, 0]
        last = self.shape.n_layers
        states = self.encoder(states, bias, first=self.split, last=last).float()
        of_sentence = _of_sentence(states, batch)
        about = self.about(of_sentence)[:, 0]
        holders, poles = _mean(batch.holders, states), _mean(batch.poles, states)
        shared = of_sentence[:, None].expand(*holders.shape[:2], -1)
        read = torch.cat([shared, holders, batch.features], 2)
        stance = self.stance(read, poles, batch.poles.amax(2))
        sentiment = self._sentiments(states, of_sentence, batch.sentiment)
        return JudgeLogits(exits, about, stance, sentiment)

    def _sentiments(
        self, states: Tensor, of_sentence: Tensor, targets: SentimentBatch | None
    ) -> Tensor | None:
        if targets is None or self.sentiment is None:
            return None
        of_roles = _mean(targets.masks, states).flatten(1)
        logits: Tensor = self.sentiment(torch.cat([of_sentence, of_roles], 1))
        return logits

    def _first_stage(self, batch: JudgeBatch) -> tuple[Tensor, Tensor]:
        """The states after the first stage, and what attention adds to its scores."""
        bias = self.encoder.score_bias(batch.mask)
        is_issue = batch.segments >= ISSUE_SEGMENT
        apart = bias + other_text_bias(is_issue) if self.n_apart else bias
        starts = is_issue * is_issue.int().argmax(1, keepdim=True) if self.n_apart else None
        with torch.no_grad():
            states = self.embeddings(batch.ids, starts=starts)
            states = self._layers(states, apart, bias, first=0, last=self.n_frozen)
        states = states.float() + self.segments[batch.segments]
        return self._layers(states, apart, bias, first=self.n_frozen, last=self.split), bias

    def _layers(
        self, states: Tensor, apart: Tensor, bias: Tensor, *, first: int, last: int
    ) -> Tensor:
        """The states after layers of which the lowest read both texts apart."""
        middle = min(max(self.n_apart, first), last)
        states = self.encoder(states, apart, first=first, last=middle)
        return self.encoder(states, bias, first=middle, last=last)

    def trained_state(self) -> dict[str, Tensor]:
        """The weights that training changes, by name."""
        return {n: array.detach() for n, array in self.named_parameters() if array.requires_grad}

    def load_trained(self, state: Mapping[str, Tensor]) -> None:
        """Take the weights of `trained_state`."""
        own = self.trained_state()
        with torch.no_grad():
            for name, array in own.items():
                array.copy_(state[name])


def _mean(masks: Tensor, states: Tensor) -> Tensor:
    """The mean of the states under each mask, 0 under an empty one.

    Parameters
    ----------
    masks : of shape (n_units, n_masks, n_tokens)
    states : of shape (n_units, n_tokens, width)
    """
    return masks @ states / masks.sum(2, keepdim=True).clamp(min=1)


def _about_head(width: int, inner: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(2 * width, inner), nn.GELU(), nn.Linear(inner, 1))


def _sentiment_head(width: int, model: JudgeModel) -> nn.Sequential:
    """It reads the first token, the sentence, the target and its holder."""
    return nn.Sequential(
        nn.Linear(4 * width, model.stance_width),
        nn.GELU(),
        nn.Dropout(model.dropout),
        nn.Linear(model.stance_width, len(SENTIMENTS)),
    )


def _of_sentence(states: Tensor, batch: JudgeBatch) -> Tensor:
    """The first token and the mean over the sentence, of shape (n_units, 2 * width)."""
    in_sentence = (batch.mask * (batch.segments == 0))[..., None]
    mean = (states * in_sentence).sum(1) / in_sentence.sum(1).clamp(min=1)
    return torch.cat([states[:, 0], mean], 1)
