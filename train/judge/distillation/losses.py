"""The losses of a teacher's answers: how far a judge's probabilities are from the teacher's.

Both are softened by a temperature, and the divergence is multiplied by its square, so that the
gradients are as large at any temperature (Hinton et al. 2015, section 2.1). The teacher's second
stage teaches the first stage of a judge too: it has read more than the teacher's first stage.
"""

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from train.config import JudgeSchedule, JudgeTeacher
from train.judge.network.judge_network import JudgeBatch, JudgeLogits, TeacherBatch
from train.judge.optimization import HeadLoss, weighted_loss

PREFIX = "teacher."  # of the names of these losses, beside those of the labels


def label_weights(answers: TeacherBatch, *, weight: float) -> Tensor:
    """The weight of each unit's labels, of shape (n_units,).

    Parameters
    ----------
    weight : of the teacher where a unit has labels too
    """
    is_taught = answers.has_stances + answers.has_sentiment
    return answers.has_gold * (1 - weight * is_taught)


def teacher_losses(
    logits: JudgeLogits, batch: JudgeBatch, schedule: JudgeSchedule, teacher: JudgeTeacher
) -> dict[str, HeadLoss]:
    """The losses of exit, about, stance and sentiment where the teacher answers.

    Candidates are weighted as in the loss of labels; where there are none, by the teacher's own
    probability that the sentence is about the issue.
    """
    answers = batch.teacher
    if answers is None:
        return {}
    temperature = teacher.temperature
    by_unit = torch.where(answers.has_gold > 0, teacher.weight, 1.0)
    own = by_unit * answers.has_stances
    losses = {
        name: weighted_loss(
            _binary_divergence(head.float(), answers.about, temperature), own, unit_weights=own
        )
        for name, head in (("exit", logits.exits), ("about", logits.about))
    }
    least = torch.full_like(batch.concerned, schedule.unconcerned_weight)
    by_candidate = own * torch.lerp(least, torch.ones_like(least), batch.concerned)
    losses["stance"] = weighted_loss(
        _divergence(logits.stance.float(), answers.stances, temperature),
        by_candidate[:, None] * answers.candidates,
        unit_weights=own,
    )
    if logits.sentiment is not None:
        own = by_unit * answers.has_sentiment
        losses["sentiment"] = weighted_loss(
            _divergence(logits.sentiment.float(), answers.sentiments, temperature),
            own,
            unit_weights=own,
        )
    return {f"{PREFIX}{name}": loss for name, loss in losses.items() if loss.share}


def _divergence(logits: Tensor, expected: Tensor, temperature: float) -> Tensor:
    """The Kullback–Leibler divergence from the expected softened probabilities, by row."""
    log_p = (expected / temperature).log_softmax(-1)
    log_q = (logits / temperature).log_softmax(-1)
    return temperature**2 * (log_p.exp() * (log_p - log_q)).sum(-1)


def _binary_divergence(logits: Tensor, expected: Tensor, temperature: float) -> Tensor:
    """The same for the logits of an answer of yes or no."""
    p, q = expected / temperature, logits / temperature
    yes = p.sigmoid() * (logsigmoid(p) - logsigmoid(q))
    no = (-p).sigmoid() * (logsigmoid(-p) - logsigmoid(-q))
    return temperature**2 * (yes + no)
