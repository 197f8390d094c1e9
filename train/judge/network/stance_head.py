"""The head that compares what a holder says with the two poles of an issue."""

from torch import Tensor, nn

from standpoint.judge import ANSWERS, HOLDER_FEATURES

TURNED = (1, 0, 2, 3)
"""The answers as the against pole has them: who denies it is in favor."""


class StanceHead(nn.Module):
    """Scores each pole by the same weights; the answers are their sums.

    The scores of a pole are that a holder says it, denies it, takes no side, says nothing of it.
    Favor is that a holder says the favor pole or denies the other, against the reverse. So poles
    that are exchanged exchange the answers, as far as the head is concerned. What a holder says and
    what a pole says are also multiplied: two signs that must be compared are hard to learn from
    their sum.

    Parameters
    ----------
    width : of the states
    inner : of the hidden layer
    """

    def __init__(self, width: int, inner: int, *, dropout: float) -> None:
        super().__init__()
        n_read = 3 * width + len(HOLDER_FEATURES)
        self.said = nn.Linear(n_read, inner)
        self.pole = nn.Linear(width, inner)
        self.said_factor = nn.Linear(n_read, inner)
        self.pole_factor = nn.Linear(width, inner)
        self.product = nn.Linear(inner, inner, bias=False)
        self.dropout = nn.Dropout(dropout)
        self.scores = nn.Linear(inner, len(ANSWERS))

    def forward(self, read: Tensor, poles: Tensor, has_pole: Tensor) -> Tensor:
        """The logits of `ANSWERS`, of shape (n_units, n_candidates, 4).

        Parameters
        ----------
        read : first token, sentence, holder and features, of shape (n_units, n_candidates, n_read)
        poles : the means over favor and over against, of shape (n_units, 2, width)
        has_pole : 1 where there is a pole, of shape (n_units, 2)
        """
        factors = self.said_factor(read)[:, :, None] * self.pole_factor(poles)[:, None]
        hidden = self.said(read)[:, :, None] + self.pole(poles)[:, None] + self.product(factors)
        scores = self.scores(self.dropout(nn.functional.gelu(hidden)))
        scores = scores * has_pole[:, None, :, None]
        favor, against = scores[:, :, 0], scores[:, :, 1]
        return favor + against[..., TURNED]
