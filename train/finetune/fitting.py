"""The training loop: batches to weights, with checkpoints, a learning curve and early stopping."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from standpoint.errors import TrainingError
from train.config import Schedule
from train.finetune.batches import (
    CachedTokenizer,
    Sentence,
    TrainingTask,
    collate,
    shuffled_batches,
)
from train.finetune.checkpoint import (
    FitState,
    last_checkpoint,
    pack_arrays,
    start_or_resume,
    unpack_arrays,
    write_checkpoint,
)
from train.finetune.context import FinetuneContext
from train.finetune.device import Device
from train.finetune.loss import loss_of
from train.finetune.memory import largest_that_runs, refuse_out_of_memory
from train.finetune.network import Network
from train.finetune.optimizer import optimizer_of, rate_at

PROGRESS_EVERY_S = 10.0  # a guess: a line often enough to follow, rarely enough to read
CHECKPOINT_EVERY_S = 120.0
"""An interrupted fit loses at most two minutes. More often would lose less and write more."""
METRIC_EVERY_STEPS = 10  # a guess: a smooth curve without a point for every step
MAX_GRADIENT_NORM = 1.0  # the default of transformers' Trainer, too


@dataclass(frozen=True, slots=True)
class FitSummary:
    """What a fit reports at its end.

    Attributes
    ----------
    epochs : of the weights; the best on dev where dev was scored
    scores : on dev, by epoch
    seconds, earlier_s : of training in all, and of them those of earlier processes
    n_sentences : of an epoch
    """

    epochs: int
    scores: tuple[float, ...]
    seconds: float
    earlier_s: float
    n_sentences: int


@dataclass
class Trainer:
    """A fit of a network to training tasks, from the start or from a checkpoint."""

    network: Network
    tasks: Sequence[TrainingTask]
    sentences: Sequence[Sentence]
    tokenizer: CachedTokenizer
    schedule: Schedule
    device: Device
    seed: int

    def __post_init__(self) -> None:
        self.network.to(self.device.torch_device)
        self.optimizer = optimizer_of(self.network, self.schedule)
        self.tasks_by_head = {task.head: task for task in self.tasks}
        self.class_weights = {
            task.head: torch.from_numpy(task.class_weights()).to(self.device.torch_device)
            for task in self.tasks
        }
        self.n_steps = math.ceil(len(self.sentences) / self.schedule.batch)
        self.total_steps = self.n_steps * self.schedule.epochs
        self._best: dict[str, Tensor] = {}

    def run(
        self,
        *,
        folder: Path,
        key: str,
        context: FinetuneContext,
        score_dev: Callable[[Network], float] | None = None,
        patience: int = 0,
    ) -> FitSummary:
        """Train, and leave the best weights in the network.

        Parameters
        ----------
        folder : of the checkpoint; it stays when training fails
        key : digest of all that decides the fit
        context : the name of the run, and the callbacks for its progress and its learning curve
        score_dev : scores the network on dev after each epoch; the best epoch wins
        patience : epochs without a better score that end the fit; 0 never does

        Raises
        ------
        TrainingError
            the loss or its gradients are not finite; the last checkpoint stays
        ConfigError
            memory ran out; names a batch that fits
        """
        self._folder, self._context = folder, context
        self._started, self._earlier_s = time.perf_counter(), 0.0
        with refuse_out_of_memory(batch=self.schedule.batch, largest=self._largest_fitting):
            state = self._resumed(key)
            while state.epoch < self.schedule.epochs and not _has_stopped(state, patience):
                state = self._scored(self._epoch(state), score_dev)
                self._write_checkpoint(state)
        if self._best:
            self.network.load_state_dict(self._best)
        seconds = self._earlier_s + time.perf_counter() - self._started
        epochs = state.best_epoch or state.epoch
        return FitSummary(epochs, state.scores, seconds, self._earlier_s, len(self.sentences))

    def _resumed(self, key: str) -> FitState:
        """The state of the checkpoint, or that of a new fit."""
        log_metric = self._context.log_metric
        state, arrays = start_or_resume(self._folder, key=key, log_metric=log_metric)
        if arrays is not None:
            self._earlier_s = state.seconds
            self._report(f"going on after epoch {state.epoch}, step {state.step}")
            self._best = unpack_arrays(
                arrays, self.network, self.optimizer, device=self.device.torch_device
            )
        return state

    def _write_checkpoint(self, state: FitState) -> None:
        arrays = pack_arrays(
            self.network, self.optimizer, best=self._best, device=self.device.torch_device
        )
        seconds = self._earlier_s + time.perf_counter() - self._started
        write_checkpoint(self._folder, replace(state, seconds=seconds), arrays)

    def _epoch(self, state: FitState) -> FitState:
        """Train to the end of an epoch, from the step of the state."""
        self.network.train()
        batches = shuffled_batches(
            self.sentences, size=self.schedule.batch, seed=self.seed, epoch=state.epoch
        )
        started = reported = written = time.perf_counter()
        n_read = 0
        for step in range(state.step, len(batches)):
            loss = self._step(batches[step], state.epoch * self.n_steps + step)
            n_read += len(batches[step])
            state = self._logged(replace(state, step=step + 1, total=state.total + loss), loss)
            now = time.perf_counter()
            if now - reported > PROGRESS_EVERY_S:
                reported = now
                self._report_speed(state, n_read / (now - started))
            if now - written > CHECKPOINT_EVERY_S:
                self._write_checkpoint(state)
                written = time.perf_counter()
        self._report(
            f"epoch {state.epoch + 1} of {self.schedule.epochs} done, "
            f"loss {state.total / max(1, len(batches)):.3f}"
        )
        return replace(state, epoch=state.epoch + 1, step=0, total=0.0)

    def _step(self, sentences: Sequence[Sentence], number: int) -> float:
        """A step of the optimizer on a batch; returns the loss."""
        factor = rate_at(number, total=self.total_steps, warmup=self.schedule.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        loss = self._backward(sentences)
        if not math.isfinite(loss):
            raise self._not_finite(f"loss: must be a number, got {loss}", number, sentences)
        norm = float(torch.nn.utils.clip_grad_norm_(self.network.parameters(), MAX_GRADIENT_NORM))
        if not math.isfinite(norm):  # a single step with such gradients would spoil every weight
            fault = f"gradients: must be numbers, got a norm of {norm}"
            raise self._not_finite(fault, number, sentences)
        self.optimizer.step()
        return loss

    def _backward(self, sentences: Sequence[Sentence]) -> float:
        """The loss of a batch; gradients are computed where it is finite."""
        batch = collate(sentences, tokenizer=self.tokenizer, device=self.device.torch_device)
        self.optimizer.zero_grad(set_to_none=True)
        with self.device.autocast():
            logits = self.network(batch)
        loss = loss_of(
            logits,
            batch,
            tasks=self.tasks_by_head,
            class_weights=self.class_weights,
            smoothing=self.schedule.label_smoothing,
        )
        value = float(loss.detach())
        if math.isfinite(value):
            loss.backward()
        return value

    def _largest_fitting(self) -> int | None:
        """The largest part of a batch of the longest sentences that fits in memory."""
        self.optimizer.zero_grad(set_to_none=True)
        longest = sorted(self.sentences, key=lambda sentence: -sentence.n_tokens)
        size = min(self.schedule.batch, len(longest))
        return largest_that_runs(size, lambda part: self._backward(longest[:part]))

    def _not_finite(self, fault: str, number: int, sentences: Sequence[Sentence]) -> TrainingError:
        epoch, step = divmod(number, self.n_steps)
        return TrainingError(
            f"{fault} in epoch {epoch + 1}, step {step + 1} of {self.n_steps}, in the batch with "
            f"{sentences[0].text[:60]!r}. {last_checkpoint(self._folder)}. Lower "
            f"model.schedule.learning_rate (now {self.schedule.learning_rate}), or set "
            f"model.precision=float32{'' if number else ', or look at the encoder'}."
        )

    def _logged(self, state: FitState, loss: float) -> FitState:
        """Log the loss every few steps, and of the last step."""
        number = state.epoch * self.n_steps + state.step
        if number % METRIC_EVERY_STEPS and number != self.total_steps:
            return state
        return self._log_metric(state, number, "train.loss", loss)

    def _log_metric(self, state: FitState, number: int, name: str, value: float) -> FitState:
        self._context.log_metric(number, name, value)
        return state.with_point(number, name, value)

    def _scored(self, state: FitState, score_dev: Callable[[Network], float] | None) -> FitState:
        """Score dev after an epoch, and copy the weights where it is the best so far."""
        if score_dev is None:
            return state
        score = score_dev(self.network)
        self._report(f"dev {score:.4f} after epoch {state.epoch}")
        state = self._log_metric(state, state.epoch * self.n_steps, "dev.score", score)
        state = replace(state, scores=(*state.scores, score))
        if score < state.best_score:
            return state
        self._best = {
            name: array.detach().clone() for name, array in self.network.state_dict().items()
        }
        return replace(state, best_epoch=state.epoch, best_score=score)

    def _report(self, text: str) -> None:
        self._context.report_progress(f"{self._context.name}: {text}")

    def _report_speed(self, state: FitState, speed: float) -> None:
        left = self.total_steps - state.epoch * self.n_steps - state.step
        minutes = left * self.schedule.batch / speed / 60
        self._report(
            f"epoch {state.epoch + 1} of {self.schedule.epochs}, step {state.step} of "
            f"{self.n_steps}, loss {state.total / state.step:.3f}, {speed:.0f} sentences/s, "
            f"{minutes:.0f} min left"
        )


def _has_stopped(state: FitState, patience: int) -> bool:
    """Whether the best epoch is too long ago (early stopping)."""
    return 0 < patience <= state.epoch - state.best_epoch and state.best_epoch > 0
