"""Fine-tuning: a part of a config to an encoder folder and heads that a bundle can hold."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from safetensors import SafetensorError

from standpoint.errors import CheckpointError
from train.config import FinetunedModel, Schedule
from train.features import PairRows
from train.finetune.batches import TrainingTask
from train.finetune.cache import (
    FinetuneResult,
    contiguous,
    fit_lock,
    read_cached,
    read_pretrained,
    read_seconds,
    write_done,
    write_heads,
    write_pretrained,
    write_weights,
)
from train.finetune.cache_keys import fit_key, pretraining_key
from train.finetune.checkpoint import write_error
from train.finetune.context import FinetuneContext
from train.finetune.dev_scoring import DevScorer
from train.finetune.device import Device, deterministic, select_device
from train.finetune.export import export, head_of
from train.finetune.fitting import FitSummary, Trainer
from train.finetune.pretrained import find_weights
from train.finetune.trainer_setup import trainer_for
from train.finetune.training_tasks import auxiliary_tasks, own_task, settings_of
from train.scoring import Labels


def tune(
    model: FinetunedModel,
    rows: PairRows,
    y: Labels,
    *,
    labels: Sequence[str],
    seed: int,
    context: FinetuneContext,
) -> FinetuneResult:
    """Fine-tune an encoder and its heads, or read the same fit from the cache.

    Parameters
    ----------
    rows, y : the run's own pairs to train on, and their labels

    Raises
    ------
    TrainingError, EncoderError, ConfigError
        the fit is impossible or failed; the last checkpoint stays
    """
    groups = set(rows.groups.tolist())
    beside = auxiliary_tasks(model, model.beside, context, groups=groups)
    tasks = [own_task(model, rows, y, labels=labels), *beside]
    finetuning = _Finetuning(model, tasks, seed=seed, context=context)
    folder = finetuning.folder
    with fit_lock(folder, report_progress=context.report_progress):
        result = read_cached(folder, finetuning.key)
        if result is None:
            finetuning.run()
            result = read_cached(folder, finetuning.key)
    if result is None:
        raise CheckpointError(f"{folder}: must hold what was just written, got nothing.")
    # A fit that was done now is counted already: only its first record counts.
    context.earlier_seconds.setdefault(finetuning.key, result.metrics["seconds"])
    if finetuning.before:
        seconds = read_seconds(finetuning.before_folder)
        context.earlier_seconds.setdefault(finetuning.before_key, seconds)
    return result


class _Finetuning:
    """The fine-tuning of a config on some rows: pretraining, training, export."""

    def __init__(
        self,
        model: FinetunedModel,
        tasks: Sequence[TrainingTask],
        *,
        seed: int,
        context: FinetuneContext,
    ) -> None:
        self.model, self.tasks, self.seed, self.context = model, tasks, seed, context
        lessons = model.before.lessons if model.before else ()
        self.before = auxiliary_tasks(model, lessons, context)
        cache = context.models_dir / "cache"
        self.weights = context.weights or find_weights(
            model.encoder,
            root=context.root,
            cache=cache / "weights",
            report_progress=context.report_progress,
        )
        self.key = fit_key(
            model, tasks, self.before, seed=seed, weights=self.weights, context=context
        )
        self.folder = cache / "tuned" / self.key[:32]
        self.before_key = ""
        if self.before:
            self.before_key = pretraining_key(model, self.before, seed=seed, weights=self.weights)
        self.before_folder = cache / "tuned" / self.before_key[:32]

    def run(self) -> None:
        """Train, export, and write what serves; the checkpoint is removed last."""
        device = select_device(self.model.device, self.model.precision)
        pretrained = self._pretrained(device)
        epochs = self.context.epochs or self.model.schedule.epochs
        schedule = self.model.schedule.model_copy(update={"epochs": epochs})
        with deterministic(self.seed):
            trainer = self._trainer(self.tasks, schedule, device)
            if pretrained is not None:
                trainer.network.encoder.load_state_dict(pretrained)
            dev_set, scorer = self.context.dev_set, None
            if dev_set is not None and len(dev_set.rows):
                scorer = DevScorer(dev_set, settings_of(self.model), trainer)
            summary = trainer.run(
                folder=self.folder / "checkpoint",
                key=self.key,
                context=self.context,
                score_dev=scorer.score_network if scorer else None,
                patience=self.model.patience,
            )
        self.context.earlier_seconds.setdefault(self.key, summary.earlier_s)
        try:
            self._write(trainer, summary, scorer)
        except (OSError, SafetensorError) as error:
            raise write_error(self.folder, error) from None

    def _pretrained(self, device: Device) -> dict[str, Any] | None:
        """The encoder's arrays after the tasks of ``before``, trained once and cached."""
        if self.model.before is None or not self.before:
            return None
        folder, schedule = self.before_folder, self.model.before.schedule
        with fit_lock(folder, report_progress=self.context.report_progress):
            arrays = read_pretrained(folder)
            if arrays is not None:
                return arrays
            context = self.context.with_metric_prefix("before")
            context = replace(context, name=f"{context.name}, before")
            with deterministic(self.seed):
                trainer = self._trainer(self.before, schedule, device)
                summary = trainer.run(
                    folder=folder / "checkpoint", key=self.before_key, context=context
                )
            arrays = contiguous(trainer.network.encoder.state_dict())
            write_pretrained(folder, arrays, seconds=summary.seconds)
            self.context.earlier_seconds.setdefault(self.before_key, summary.earlier_s)
        return arrays

    def _trainer(
        self, tasks: Sequence[TrainingTask], schedule: Schedule, device: Device
    ) -> Trainer:
        trainer = trainer_for(
            self.model,
            tasks,
            schedule=schedule,
            device=device,
            weights=self.weights,
            seed=self.seed,
        )
        self.context.report_progress(
            f"{self.context.name}: {len(trainer.sentences):,} sentences, {schedule.epochs} epochs, "
            f"batches of {schedule.batch}, on {device.torch_device} in {device.precision}"
        )
        return trainer

    def _write(self, trainer: Trainer, summary: FitSummary, scorer: DevScorer | None) -> None:
        """Export the network, and write the fit to the cache."""
        self.context.report_progress(f"{self.context.name}: writing the int8 graph")
        exported = export(
            trainer.network,
            self.weights,
            layers=self.model.layers,
            folder=self.folder / "encoder",
            score=scorer.score_graph if scorer else None,
            float32_weights=self.context.float32_weights,
        )
        write_heads(
            self.folder, {name: head_of(trainer.network, name) for name in trainer.tasks_by_head}
        )
        write_weights(
            self.folder,
            trainer.network.encoder.state_dict(),
            self.weights,
            trained_on=[*self.weights.learned, *self.context.data_sources()],
        )
        metrics = {
            "epochs": float(summary.epochs),
            "sentences": float(summary.n_sentences),
            "seconds": summary.seconds,
            **{f"dev.epoch_{n}": score for n, score in enumerate(summary.scores, 1)},
            **{f"export.{name}": value for name, value in exported.scores.items()},
            **(scorer.agreements(exported.encoder) if scorer else {}),
            "export.kept_in_fp32": float(len(exported.float32_weights)),
        }
        write_done(
            self.folder, key=self.key, epochs=summary.epochs, exported=exported, metrics=metrics
        )
