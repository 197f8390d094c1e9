"""The optimizer of a judge, its learning rate, its losses, and the mean of the last weights."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from train.config import JudgeSchedule
from train.judge.batches import NO_CANDIDATE
from train.judge.network.judge_network import JudgeBatch, JudgeLogits, JudgeNetwork

AVERAGED_EVERY = 10  # steps; the weights of neighbors differ too little to average them all


def rate_at(step: int, schedule: JudgeSchedule) -> float:
    """The learning rate at a step, counted from 1, as a share of its peak.

    It rises linearly over the warm-up while it falls linearly to ``least_rate`` over all steps.
    """
    risen = min(1.0, step / schedule.warmup_steps) if schedule.warmup_steps else 1.0
    return risen * max(schedule.least_rate, 1 - step / schedule.steps)


def optimizer_of(network: JudgeNetwork, schedule: JudgeSchedule) -> torch.optim.AdamW:
    """AdamW with a rate for the trained layers and one for the heads and the segments' vectors."""
    trained = [(name, a) for name, a in network.named_parameters() if a.requires_grad]
    layers = [array for name, array in trained if name.startswith("encoder.")]
    heads = [array for name, array in trained if not name.startswith("encoder.")]
    rates = ((layers, schedule.learning_rate), (heads, schedule.head_learning_rate))
    return torch.optim.AdamW(
        [{"params": own, "lr": rate, "peak": rate} for own, rate in rates],
        weight_decay=schedule.weight_decay,
        fused=True,
    )


@dataclass(frozen=True, slots=True)
class HeadLoss:
    """The loss of a head.

    Attributes
    ----------
    mean : over its units
    share : of the batch's units that are its own
    """

    mean: Tensor
    share: float = 1.0


Losses = Mapping[str, HeadLoss]
"""Of the heads that have units in a batch, by name."""


def total_loss(losses: Losses) -> Tensor:
    """The sum of all heads' losses; a unit counts alike whatever else is in its batch."""
    return torch.stack([loss.mean * loss.share for loss in losses.values()]).sum()


def judge_losses(logits: JudgeLogits, batch: JudgeBatch, schedule: JudgeSchedule) -> Losses:
    """The losses of exit, about and stance, and of sentiment, each over its own units."""
    if logits.sentiment is None or batch.sentiment is None:
        return _stance_losses(logits, batch, schedule)
    labels = batch.sentiment.labels
    has_target = labels != NO_CANDIDATE
    n_targets = int(has_target.sum())
    of_sentiment = nn.functional.cross_entropy(
        logits.sentiment.float(),
        labels,
        ignore_index=NO_CANDIDATE,
        label_smoothing=schedule.label_smoothing,
    )
    sentiment = {"sentiment": HeadLoss(of_sentiment, n_targets / len(labels))}
    if n_targets == len(labels):
        return sentiment
    stance = _stance_losses(logits, batch, schedule, is_stance=~has_target)
    share = 1 - n_targets / len(labels)
    return {name: HeadLoss(loss.mean, share) for name, loss in stance.items()} | sentiment


def _stance_losses(
    logits: JudgeLogits,
    batch: JudgeBatch,
    schedule: JudgeSchedule,
    *,
    is_stance: Tensor | None = None,
) -> dict[str, HeadLoss]:
    """The losses of the heads exit, about and stance.

    The mean cross-entropy over candidates is weighted: those of a unit without a statement are
    many, and all of one answer.
    """
    own = slice(None) if is_stance is None else is_stance
    of_exit, of_about = (
        nn.functional.binary_cross_entropy_with_logits(head.float()[own], batch.concerned[own])
        for head in (logits.exits, logits.about)
    )
    by_candidate = nn.functional.cross_entropy(
        logits.stance.float().flatten(0, 1),
        batch.stances.flatten(),
        ignore_index=NO_CANDIDATE,
        reduction="none",
        label_smoothing=schedule.label_smoothing,
    )
    weights = torch.where(batch.concerned > 0, 1.0, schedule.unconcerned_weight)
    weights = weights[:, None].expand(batch.stances.shape).flatten()
    weights = weights * (batch.stances.flatten() != NO_CANDIDATE)
    of_stance = (by_candidate * weights).sum() / weights.sum().clamp(min=1)
    return {"exit": HeadLoss(of_exit), "about": HeadLoss(of_about), "stance": HeadLoss(of_stance)}


class WeightAverage:
    """The mean of a network's weights over the last steps.

    References
    ----------
    Izmailov et al. (2018), Averaging weights leads to wider optima and better generalization.
    """

    def __init__(self, schedule: JudgeSchedule) -> None:
        self._first = schedule.steps * (1 - schedule.averaged_last)
        self.arrays: dict[str, Tensor] = {}

    def add(self, network: JudgeNetwork, *, step: int) -> None:
        """Add the weights after a step, where it is among those that are averaged."""
        if step <= self._first or step % AVERAGED_EVERY:
            return
        n = step // AVERAGED_EVERY - int(self._first) // AVERAGED_EVERY
        for name, array in network.trained_state().items():
            mean = self.arrays.setdefault(name, array.clone())
            mean += (array - mean) / n
