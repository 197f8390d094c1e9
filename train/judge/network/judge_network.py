"""The network of a judge: the upper layers over a sentence and an issue, and two heads."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from standpoint.judge import ANSWERS, HOLDER_FEATURES
from train.encoders import EncoderShape
from train.judge.network.transformer import LayerStack

N_SEGMENTS = 3  # the sentence, the one before, the issue


@dataclass(frozen=True, slots=True)
class JudgeBatch:
    """Units as padded tensors.

    Attributes
    ----------
    states : of the lower layers, of shape (n_units, n_tokens, width)
    mask, segments : of shape (n_units, n_tokens); 1 for tokens and 0 for padding
    holders : 1 for the tokens of each candidate, of shape (n_units, n_candidates, n_tokens)
    features : of shape (n_units, n_candidates, n_features)
    stances : indices of `ANSWERS`, `NO_CANDIDATE` for padding, of shape (n_units, n_candidates)
    concerned : 1 where the unit has a statement, of shape (n_units,)
    """

    states: Tensor
    mask: Tensor
    segments: Tensor
    holders: Tensor
    features: Tensor
    stances: Tensor
    concerned: Tensor

    def to(self, device: torch.device) -> "JudgeBatch":
        """The batch on a device."""
        return JudgeBatch(*(getattr(self, name).to(device) for name in self.__slots__))

    @property
    def n_tokens(self) -> int:
        """Tokens with padding."""
        return int(self.mask.numel())


class JudgeNetwork(nn.Module):
    """The upper layers, a vector for each segment, and the heads.

    The head ``about`` reads the first token and the mean of the sentence; ``stance`` also the mean
    over a candidate's tokens and its features.
    """

    def __init__(
        self,
        shape: EncoderShape,
        *,
        n_layers: int,
        inner_width: int,
        about_width: int,
        stance_width: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        self.upper = LayerStack(shape, n_layers=n_layers, inner_width=inner_width, dropout=dropout)
        self.segments = nn.Parameter(torch.zeros(N_SEGMENTS, width))
        self.about = nn.Sequential(
            nn.Linear(2 * width, about_width), nn.GELU(), nn.Linear(about_width, 1)
        )
        self.stance = nn.Sequential(
            nn.Linear(3 * width + len(HOLDER_FEATURES), stance_width),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(stance_width, len(ANSWERS)),
        )

    def forward(self, batch: JudgeBatch) -> tuple[Tensor, Tensor]:
        """Logits of ``about``, (n_units,), and of the stance, (n_units, n_candidates, 4)."""
        states = self.upper(batch.states + self.segments[batch.segments], batch.mask).float()
        first = states[:, 0]
        in_sentence = (batch.mask * (batch.segments == 0))[..., None]
        mean = (states * in_sentence).sum(1) / in_sentence.sum(1).clamp(min=1)
        about = self.about(torch.cat([first, mean], 1))[:, 0]
        n_units, n_candidates, _ = batch.holders.shape
        size = batch.holders.sum(2, keepdim=True).clamp(min=1)
        holders = (batch.holders @ states) / size
        shared = torch.cat([first, mean], 1)[:, None].expand(n_units, n_candidates, -1)
        stance = self.stance(torch.cat([shared, holders, batch.features], 2))
        return about, stance
