"""The training loop of a judge: steps, checkpoints, a learning curve and averaged weights."""

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import nn

from standpoint.errors import TrainingError
from train.config import JudgeSchedule, JudgeTeacher
from train.finetune.checkpoint import FitState, last_checkpoint, start_or_resume
from train.finetune.device import Device
from train.finetune.memory import largest_that_runs, refuse_out_of_memory
from train.judge.batches import Collator, Variants
from train.judge.checkpoint import restore_progress, save_progress
from train.judge.distillation.losses import label_weights, teacher_losses
from train.judge.duration import REPORT_EVERY_S, StepClock, spoken
from train.judge.epochs import SourcePools, batches_from, epoch_batches
from train.judge.network.judge_network import JudgeBatch, JudgeLogits, JudgeNetwork
from train.judge.optimization import (
    HeadLoss,
    WeightAverage,
    judge_losses,
    optimizer_of,
    rate_at,
    total_loss,
)
from train.judge.units import Unit

LogMetric = Callable[[int, str, float], None]
ScoreDev = Callable[[JudgeNetwork], dict[str, float]]
MAX_GRADIENT_NORM = 1.0  # the default of transformers' Trainer, too
METRIC_EVERY_STEPS = 10  # a guess: a smooth curve without a point for every step
Losses = dict[str, float]
"""Of the heads that have units in a batch."""


@dataclass
class JudgeTrainer:
    """A fit of a judge, from the start or from a checkpoint.

    Attributes
    ----------
    score_dev : scores the network on a part of dev; its numbers become metrics of the run
    teacher : how much its answers count; None where it learns from labels alone
    """

    network: JudgeNetwork
    collator: Collator
    pools: Sequence[SourcePools]
    schedule: JudgeSchedule
    device: Device
    seed: int
    report_progress: Callable[[str], None]
    log_metric: LogMetric
    score_dev: ScoreDev
    teacher: JudgeTeacher | None = None

    def __post_init__(self) -> None:
        self.network.to(self.device.torch_device)
        self._optimizer = optimizer_of(self.network, self.schedule)
        self._average = WeightAverage(self.schedule)

    def run(self, *, folder: Path, key: str) -> FitState:
        """Train, and leave the mean of the last steps' weights in the network.

        Parameters
        ----------
        folder : of the checkpoint; it stays when training is done, for the scores
        key : digest of all that decides the fit

        Raises
        ------
        CheckpointError
            the folder has a checkpoint of another config, data or encoder, or a damaged one
        TrainingError
            the loss is not finite, or the disk is full; the last checkpoint stays
        ConfigError
            memory ran out; names a batch that fits
        """
        self._folder = folder
        self._started, self._earlier_s = time.perf_counter(), 0.0
        state = self._resumed(key)
        with refuse_out_of_memory(batch=self.schedule.batch, largest=self._largest_fitting):
            if state.step < self.schedule.steps:
                state = self._train(state)
        if self._average.arrays:
            self.network.load_trained(self._average.arrays)
        return state

    def _resumed(self, key: str) -> FitState:
        """The state of the checkpoint, or that of a new fit."""
        state, arrays = start_or_resume(self._folder, key=key, log_metric=self.log_metric)
        if arrays is not None:
            self._earlier_s = state.seconds
            self.report_progress(f"going on after step {state.step:,} of {self.schedule.steps:,}")
            self._average.arrays = restore_progress(arrays, self.network, self._optimizer)
        return state

    def _write_checkpoint(self, state: FitState) -> FitState:
        seconds = self._earlier_s + time.perf_counter() - self._started
        state = replace(state, seconds=seconds)
        is_done = state.step == self.schedule.steps
        save_progress(
            self._folder,
            state,
            self.network,
            average=self._average.arrays,
            optimizer=None if is_done else self._optimizer,
        )
        return state

    def _train(self, state: FitState) -> FitState:
        """Train to the last step."""
        steps = self.schedule.steps
        batches = batches_from(
            state.step,
            self.pools,
            schedule=self.schedule,
            seed=self.seed,
            length=self.collator.sequences.joined_length,
        )
        clock, reported = StepClock(self._tokens_per_step()), time.perf_counter()
        self.network.train()
        for number, units in zip(range(state.step + 1, steps + 1), batches, strict=False):
            begun = time.perf_counter()
            losses, n_tokens = self._step(units, number)
            now = time.perf_counter()
            clock.add(n_tokens=n_tokens, seconds=now - begun)
            state = self._logged(replace(state, step=number), losses)
            if clock.can_estimate or (clock.n_tokens and now - reported > REPORT_EVERY_S):
                reported = now
                self._report(state, losses, clock)
            state = self._scored(state)
            if number == steps or number % self.schedule.checkpoint_every == 0:
                state = self._write_checkpoint(state)
        return state

    def _tokens_per_step(self) -> float:
        """Tokens of a batch with padding, in the mean over the first epoch."""
        length = self.collator.sequences.joined_length
        batches = epoch_batches(
            self.pools, batch=self.schedule.batch, seed=self.seed, epoch=0, length=length
        )
        if not batches:
            raise TrainingError(
                "sources: must have units to learn from, got none in an epoch. Raise their "
                "positives, neighbors or others."
            )
        return sum(len(own) * max(map(length, own)) for own in batches) / len(batches)

    def _step(self, units: Sequence[Unit], number: int) -> tuple[Losses, int]:
        """A step of the optimizer; returns the losses of the heads and the batch's tokens."""
        schedule = self.schedule
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * rate_at(number, schedule)
        # Each step has its own seed: a resumed fit draws what it would have drawn.
        generator = random.Random(f"{self.seed}-step-{number}")
        torch.manual_seed(generator.getrandbits(62))
        variants = Variants.drawn(
            len(units),
            cues=schedule.cues,
            swapped=schedule.swapped,
            generator=generator,
            other_before=schedule.other_before,
            n_contexts=len(self.collator.contexts),
        )
        batch = self.collator.collate(units, variants)
        losses = self._backward(batch)
        norm = float(nn.utils.clip_grad_norm_(self.network.parameters(), MAX_GRADIENT_NORM))
        if not all(map(math.isfinite, (*losses.values(), norm))):
            raise self._not_finite(losses, norm, number)
        self._optimizer.step()
        self._average.add(self.network, step=number)
        return losses, batch.mask.numel()

    def _backward(self, batch: JudgeBatch) -> Losses:
        """The losses of the heads; gradients are computed."""
        batch = batch.to(self.device.torch_device)
        self._optimizer.zero_grad(set_to_none=True)
        with self.device.autocast():
            logits = self.network(batch)
        losses = self._head_losses(logits, batch)
        total_loss(losses).backward()
        return {head: float(loss.mean.detach()) for head, loss in losses.items()}

    def _head_losses(self, logits: JudgeLogits, batch: JudgeBatch) -> dict[str, HeadLoss]:
        """The losses of labels, and of a teacher's answers."""
        if self.teacher is None or batch.teacher is None:
            return dict(judge_losses(logits, batch, self.schedule))
        weights = label_weights(batch.teacher, weight=self.teacher.weight)
        of_labels = judge_losses(logits, batch, self.schedule, label_weights=weights)
        return {**of_labels, **teacher_losses(logits, batch, self.schedule, self.teacher)}

    def _logged(self, state: FitState, losses: Losses) -> FitState:
        """The state with points of the curve."""
        if state.step % METRIC_EVERY_STEPS:
            return state
        for head, loss in losses.items():
            state = self._with_point(state, f"loss.{head}", loss)
        return state

    def _with_point(self, state: FitState, name: str, value: float) -> FitState:
        self.log_metric(state.step, name, value)
        return state.with_point(state.step, name, value)

    def _scored(self, state: FitState) -> FitState:
        """Score a part of dev where the schedule says so; the end is scored in full elsewhere."""
        if state.step % self.schedule.dev_every or state.step == self.schedule.steps:
            return state
        scores = self.score_dev(self.network)
        self.network.train()
        shown = ", ".join(f"{name} {value:.3f}" for name, value in scores.items())
        self.report_progress(f"step {state.step:,}, part of dev: {shown}")
        for name, value in scores.items():
            state = self._with_point(state, f"dev.{name}", value)
        return state

    def _report(self, state: FitState, losses: Losses, clock: StepClock) -> None:
        left = spoken(clock.seconds_for(self.schedule.steps - state.step))
        if clock.can_estimate:
            self.report_progress(
                f"{self.schedule.steps:,} steps of {self.schedule.batch} units in "
                f"{self.device.precision} on {self.device.torch_device} take about "
                f"{spoken(clock.seconds_for(self.schedule.steps))}, of which {left} are left; a "
                f"killed run goes on from its last checkpoint, every "
                f"{self.schedule.checkpoint_every} steps"
            )
            return
        shown = ", ".join(f"{v:.3f} {head}" for head, v in losses.items())
        self.report_progress(
            f"step {state.step:,} of {self.schedule.steps:,}, loss {shown}, {left} left"
        )

    def _largest_fitting(self) -> int | None:
        """The largest part of a batch of the longest units that fits in memory."""
        self._optimizer.zero_grad(set_to_none=True)
        length = self.collator.sequences.joined_length
        units = sorted((u for pool in self.pools for u in pool.positives), key=length)[::-1]

        def run(size: int) -> None:
            plain = Variants.plain(len(units[:size]), cues=True)
            self._backward(self.collator.collate(units[:size], plain))

        return largest_that_runs(self.schedule.batch, run)

    def _not_finite(self, losses: Losses, norm: float, number: int) -> TrainingError:
        return TrainingError(
            f"loss: losses and gradients must be numbers, got {losses} and a norm of {norm} in "
            f"step {number:,} of {self.schedule.steps:,}. {last_checkpoint(self._folder)}. Lower "
            "model.schedule.learning_rate, or set model.precision=float32."
        )
