"""The loop that learns: batches in, weights out, with checkpoints, a curve, and an early end."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from safetensors import SafetensorError
from torch import Tensor

from standpoint.errors import TrainingError
from train.config import Schedule
from train.finetune.batches import Reader, Sentence, TrainingTask, collate, dealt
from train.finetune.checkpoint import (
    Point,
    State,
    no_room,
    random_state,
    read_checkpoint,
    restore_random_state,
    write_checkpoint,
)
from train.finetune.device import Machine
from train.finetune.loss import loss_of
from train.finetune.memory import is_out_of_memory, refuse_after
from train.finetune.network import Network
from train.finetune.optimizer import optimiser_of, rate_at

Say = Callable[[str], None]
Watch = Callable[[int, str, float], None]
DevSet = Callable[[Network], float]
SAID_EVERY_S = 10.0
KEPT_EVERY_S = 120.0
WATCHED_EVERY = 10  # steps
CLIP = 1.0


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of a fit.

    Attributes
    ----------
    epochs : how many the weights had; the best on dev where dev was scored
    scores : of dev, by epoch
    seconds : spent in all
    now : those of them that were spent by this process
    n_sentences : of one epoch
    """

    epochs: int
    scores: tuple[float, ...]
    seconds: float
    now: float
    n_sentences: int


@dataclass(frozen=True, slots=True)
class FitCallbacks:
    """Who is told what while a fit runs."""

    name: str
    say: Say
    watch: Watch


class Fit:
    """One fit of a network to lessons, from the start or from where it was stopped."""

    def __init__(
        self,
        network: Network,
        lessons: Sequence[TrainingTask],
        *,
        sentences: Sequence[Sentence],
        reader: Reader,
        schedule: Schedule,
        machine: Machine,
        seed: int,
    ) -> None:
        self.network = network.to(machine.device)
        self.lessons = {lesson.head: lesson for lesson in lessons}
        self.sentences = sentences
        self.reader = reader
        self.schedule = schedule
        self.machine = machine
        self.seed = seed
        self.optimiser = optimiser_of(network, schedule)
        self.weights = {
            lesson.head: torch.from_numpy(lesson.class_weights()).to(machine.device)
            for lesson in lessons
        }
        self.n_steps = math.ceil(len(sentences) / schedule.batch)
        self.total_steps = self.n_steps * schedule.epochs
        self._best: dict[str, Tensor] = {}
        self._started = self._before = 0.0

    def run(
        self,
        *,
        folder: Path,
        key: str,
        told: FitCallbacks,
        exam: DevSet | None = None,
        patience: int = 0,
    ) -> Learned:
        """Learn, and leave the best weights in the network.

        Parameters
        ----------
        folder : of the checkpoint; it stays when something goes wrong
        key : what decides the fit
        exam : scores the network on dev after each epoch; the best epoch is kept

        Raises
        ------
        TrainingError
            the loss or its gradients were no numbers; the last checkpoint is kept
        """
        self._started, self._before = time.perf_counter(), 0.0
        try:
            point = self._learned(folder, key, told, exam, patience)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            tried = self._that_fit(min(self.schedule.batch, len(self.sentences)))
            raise refuse_after(error, batch=self.schedule.batch, tried=tried) from None
        if self._best:
            self.network.load_state_dict(self._best)
        epochs = point.best_epoch or point.epoch
        now = time.perf_counter() - self._started
        return Learned(epochs, point.scores, self._before + now, now, len(self.sentences))

    def _learned(
        self, folder: Path, key: str, told: FitCallbacks, exam: DevSet | None, patience: int
    ) -> Point:
        """Where the fit is after its last epoch."""
        point = self._resumed(folder, key, told)
        while point.epoch < self.schedule.epochs and not self._has_ended(point, patience):
            point = self._epoch(point, folder, told)
            point = self._examined(point, exam, told)
            self._keep(folder, point)
        return point

    def _has_ended(self, point: Point, patience: int) -> bool:
        return bool(patience) and point.epoch - point.best_epoch >= patience > 0 < point.best_epoch

    def _resumed(self, folder: Path, key: str, told: FitCallbacks) -> Point:
        found = read_checkpoint(folder, key=key)
        if found is None:
            return Point(key)
        point, arrays = found.point, found.arrays
        self._before = point.seconds
        told.say(f"{told.name}: going on after epoch {point.epoch}, step {point.step}")
        for step, name, value in point.curve:
            told.watch(step, name, value)
        own = {n[4:]: a for n, a in arrays.items() if n.startswith("net.")}
        self.network.load_state_dict(own)
        self._best = {
            n[5:]: a.to(self.machine.device) for n, a in arrays.items() if n.startswith("best.")
        }
        state: dict[int, dict[str, Tensor]] = {}
        for name, array in arrays.items():
            if name.startswith("opt."):
                _, number, kind = name.split(".")
                state.setdefault(int(number), {})[kind] = array
        fresh = self.optimiser.state_dict()
        self.optimiser.load_state_dict({**fresh, "state": state})
        restore_random_state(arrays, self.machine.device)
        return point

    def _keep(self, folder: Path, point: Point) -> None:
        arrays = {f"net.{name}": array for name, array in self.network.state_dict().items()}
        arrays |= {f"best.{name}": array for name, array in self._best.items()}
        for number, own in self.optimiser.state_dict()["state"].items():
            arrays |= {f"opt.{number}.{kind}": array for kind, array in own.items()}
        arrays |= random_state(self.machine.device)
        seconds = self._before + time.perf_counter() - self._started
        try:
            write_checkpoint(folder, State(replace(point, seconds=seconds), arrays))
        except (OSError, SafetensorError) as error:
            raise no_room(folder, error) from None

    def _epoch(self, point: Point, folder: Path, told: FitCallbacks) -> Point:
        """The rest of an epoch, from the step that was reached."""
        self.network.train()
        batches = dealt(self.sentences, size=self.schedule.batch, seed=self.seed, epoch=point.epoch)
        started = said = kept = time.perf_counter()
        first, n_read = point.step, 0
        for step in range(first, len(batches)):
            value = self._step(batches[step], point.epoch * self.n_steps + step, told, folder)
            n_read += len(batches[step])
            point = replace(point, step=step + 1, total=point.total + value)
            point = self._watched(point, value, told)
            now = time.perf_counter()
            if now - said > SAID_EVERY_S:
                said = now
                told.say(self._progress(point, told.name, n_read / (now - started)))
            if now - kept > KEPT_EVERY_S:
                self._keep(folder, point)
                kept = time.perf_counter()
        told.say(
            f"{told.name}: epoch {point.epoch + 1} of {self.schedule.epochs} done, "
            f"loss {point.total / max(1, len(batches)):.3f}"
        )
        return replace(point, epoch=point.epoch + 1, step=0, total=0.0)

    def _step(
        self, sentences: Sequence[Sentence], number: int, told: FitCallbacks, folder: Path
    ) -> float:
        factor = rate_at(number, total=self.total_steps, warmup=self.schedule.warmup)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * factor
        value = self._backward(sentences)
        if not math.isfinite(value):
            what = f"loss: must be a number, got {value}"
            raise TrainingError(self._not_a_number(what, number, sentences, folder))
        norm = float(torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP))
        if not math.isfinite(norm):  # one step with such gradients would spoil every weight
            what = f"gradients: must be numbers, got a norm of {norm}"
            raise TrainingError(self._not_a_number(what, number, sentences, folder))
        self.optimiser.step()
        return value

    def _backward(self, sentences: Sequence[Sentence]) -> float:
        batch = collate(sentences, reader=self.reader, device=self.machine.device)
        self.optimiser.zero_grad(set_to_none=True)
        with self.machine.cast():
            logits = self.network(batch)
        loss = loss_of(
            logits,
            batch,
            lessons=self.lessons,
            weights=self.weights,
            smoothing=self.schedule.label_smoothing,
        )
        value = float(loss.detach())
        if math.isfinite(value):
            loss.backward()
        return value

    def _that_fit(self, size: int) -> list[int]:
        """The largest half, quarter … of a batch that goes through, of the longest sentences."""
        self.optimiser.zero_grad(set_to_none=True)
        longest = sorted(self.sentences, key=lambda sentence: -sentence.n_tokens)
        while size := size // 2:
            try:
                self._backward(longest[:size])
            except (RuntimeError, MemoryError):
                continue
            return [size]
        return []

    def _not_a_number(
        self, what: str, number: int, sentences: Sequence[Sentence], folder: Path
    ) -> str:
        epoch, step = divmod(number, self.n_steps)
        kept = f"The last good checkpoint is in {folder}" if folder.is_dir() else "None is kept yet"
        return (
            f"{what} in epoch {epoch + 1}, step {step + 1} of "
            f"{self.n_steps}, in the batch with {sentences[0].text[:60]!r}. {kept}. Lower "
            f"model.schedule.learning_rate (now {self.schedule.learning_rate}), or set "
            f"model.precision=float32{'' if number else ', or look at the encoder'}."
        )

    def _watched(self, point: Point, value: float, told: FitCallbacks) -> Point:
        number = point.epoch * self.n_steps + point.step
        if number % WATCHED_EVERY and number != self.total_steps:
            return point
        told.watch(number, "train.loss", value)
        return replace(point, curve=(*point.curve, (number, "train.loss", value)))

    def _examined(self, point: Point, exam: DevSet | None, told: FitCallbacks) -> Point:
        if exam is None:
            return point
        score = exam(self.network)
        number = point.epoch * self.n_steps
        told.say(f"{told.name}: dev {score:.4f} after epoch {point.epoch}")
        told.watch(number, "dev.score", score)
        point = replace(
            point,
            scores=(*point.scores, score),
            curve=(*point.curve, (number, "dev.score", score)),
        )
        if score < point.best_score:
            return point
        self._best = {
            name: array.detach().clone() for name, array in self.network.state_dict().items()
        }
        return replace(point, best_epoch=point.epoch, best_score=score)

    def _progress(self, point: Point, name: str, speed: float) -> str:
        left = self.total_steps - point.epoch * self.n_steps - point.step
        minutes = left * self.schedule.batch / speed / 60
        return (
            f"{name}: epoch {point.epoch + 1} of {self.schedule.epochs}, step {point.step} of "
            f"{self.n_steps}, loss {point.total / point.step:.3f}, {speed:.0f} sentences/s, "
            f"{minutes:.0f} min left"
        )
