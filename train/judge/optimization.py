"""The optimizer of a judge, its learning rate, its losses, and the mean of the last weights."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from train.config import JudgeSchedule
from train.judge.batches import NO_CANDIDATE
from train.judge.network.judge_network import JudgeBatch, JudgeLogits, JudgeNetwork

MIN_WEIGHT = 1e-6  # keeps the mean over no unit at 0
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


def weighted_loss(
    losses: Tensor, weights: Tensor, *, unit_weights: Tensor, least: float = MIN_WEIGHT
) -> HeadLoss:
    """The weighted mean of losses, with the share that its units have of a batch.

    Parameters
    ----------
    unit_weights : of the batch's units; 0 for those that are not the head's own
    least : by which the sum is divided
    """
    mean = (losses * weights).sum() / weights.sum().clamp(min=least)
    return HeadLoss(mean, float(unit_weights.sum()) / len(unit_weights))


def judge_losses(
    logits: JudgeLogits,
    batch: JudgeBatch,
    schedule: JudgeSchedule,
    *,
    label_weights: Tensor | None = None,
) -> Losses:
    """The losses of exit, about and stance, and of sentiment, each over its own units.

    Parameters
    ----------
    label_weights : of the units, of shape (n_units,); None for 1 each
    """
    weights = torch.ones_like(batch.concerned) if label_weights is None else label_weights
    if logits.sentiment is None or batch.sentiment is None:
        losses = _stance_losses(logits, batch, schedule, weights=weights)
    else:
        labels = batch.sentiment.labels
        has_target = labels != NO_CANDIDATE
        of_sentiment = nn.functional.cross_entropy(
            logits.sentiment.float(),
            labels,
            ignore_index=NO_CANDIDATE,
            reduction="none",
            label_smoothing=schedule.label_smoothing,
        )
        own = weights * has_target
        losses = _stance_losses(logits, batch, schedule, weights=weights * ~has_target)
        losses["sentiment"] = weighted_loss(of_sentiment, own, unit_weights=own)
    return {name: loss for name, loss in losses.items() if loss.share}


def _stance_losses(
    logits: JudgeLogits,
    batch: JudgeBatch,
    schedule: JudgeSchedule,
    *,
    weights: Tensor,
) -> dict[str, HeadLoss]:
    """The losses of the heads exit, about and stance.

    The mean cross-entropy over candidates is weighted: those of a unit without a statement are
    many, and all of one answer.

    Parameters
    ----------
    weights : of the units; 0 for those that teach sentiment
    """
    of_exit, of_about = (
        nn.functional.binary_cross_entropy_with_logits(
            head.float(), batch.concerned, reduction="none"
        )
        for head in (logits.exits, logits.about)
    )
    by_candidate = nn.functional.cross_entropy(
        logits.stance.float().flatten(0, 1),
        batch.stances.flatten(),
        ignore_index=NO_CANDIDATE,
        reduction="none",
        label_smoothing=schedule.label_smoothing,
    )
    by_unit = weights * torch.where(batch.concerned > 0, 1.0, schedule.unconcerned_weight)
    own = by_unit[:, None].expand(batch.stances.shape).flatten()
    own = own * (batch.stances.flatten() != NO_CANDIDATE)
    return {
        "exit": weighted_loss(of_exit, weights, unit_weights=weights),
        "about": weighted_loss(of_about, weights, unit_weights=weights),
        "stance": weighted_loss(by_candidate, own, unit_weights=weights, least=1.0),
    }


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
