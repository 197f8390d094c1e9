"""A fine-tuned part of a config to an encoder folder and heads that a bundle can hold."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError

from standpoint.errors import CheckpointError, ConfigError
from standpoint.labels import LABELS
from standpoint.model import FEATURES_VERSION, EncoderFeatures
from train.config import AuxiliaryTask, FinetunedModel, Schedule
from train.features import PairRows, pair_rows
from train.finetune.batches import Reader, Sentence, TrainingTask, digest_of, sentences_of
from train.finetune.cache import (
    FINETUNE_VERSION,
    FIRST,
    Tuned,
    alone,
    arrays_in,
    contiguous,
    read_kept,
    read_seconds,
    write_done,
    write_first,
    write_heads,
    write_weights,
)
from train.finetune.checkpoint import no_room
from train.finetune.context import DevSet, FinetuneContext
from train.finetune.dev_scoring import MAIN, Checks
from train.finetune.device import Machine, deterministic, machine_for
from train.finetune.export import export, head_of
from train.finetune.fitting import Fit, FitCallbacks, Learned
from train.finetune.memory import activation_bytes, check_batch, free_bytes, pooling_bytes
from train.finetune.network import Head as TorchHead
from train.finetune.network import Network
from train.finetune.pretrained import Weights, find_weights, open_tokenizer, open_torch
from train.scoring import Labels


def settings_of(model: FinetunedModel) -> EncoderFeatures:
    """What the model reads of a pair."""
    found = model.features()
    assert isinstance(found, EncoderFeatures)
    return found


def tune(
    model: FinetunedModel,
    rows: PairRows,
    y: Labels,
    *,
    labels: Sequence[str],
    seed: int,
    context: FinetuneContext,
) -> Tuned:
    """Fit an encoder and its heads, or take up what was fitted of the same before.

    Parameters
    ----------
    rows, y : the run's own pairs to learn from, and their labels

    Raises
    ------
    TrainingError, EncoderError, ConfigError
        with what to do; a checkpoint stays where there is one
    """
    course = _Course(model, seed, context)
    lessons = [
        _lesson(MAIN, rows, y, labels=labels, model=model, weight=1.0, balanced=model.balanced),
        *course.beside(rows),
    ]
    key = course.key(lessons, context.exam)
    place = course.place(key)
    with alone(place, say=context.say):
        found = read_kept(place, key)
        if found is None:
            course.learn(lessons, place, key)
            found = read_kept(place, key)
    if found is None:
        raise CheckpointError(f"{place}: must hold what was just written, got nothing.")
    course.note(key, found)
    return found


def _lesson(
    head: str,
    rows: PairRows,
    y: Labels,
    *,
    labels: Sequence[str],
    model: FinetunedModel,
    weight: float,
    balanced: bool,
) -> TrainingTask:
    places = {label: number for number, label in enumerate(labels)}
    numbers = np.array([places[label] for label in y.tolist()], dtype=np.int64)
    return TrainingTask(
        head, rows.pairs, numbers, len(labels), settings_of(model), weight, balanced
    )


class _Course:
    """The fits of one config and seed."""

    def __init__(self, model: FinetunedModel, seed: int, context: FinetuneContext) -> None:
        self.model = model
        self.seed = seed
        self.context = context
        self.weights: Weights = context.weights or find_weights(
            model.encoder,
            root=context.root,
            kept=context.models_dir / "cache" / "weights",
            say=context.say,
        )

    def place(self, key: str) -> Path:
        """Where a fit is kept."""
        return self.context.models_dir / "cache" / "tuned" / key[:32]

    def note(self, key: str, found: Tuned) -> None:
        """Count the seconds of a fit that was done before this run."""
        ledger = self.context.ledger
        ledger.note(key, seconds=found.found["seconds"], now=0.0)
        before = self._before_lessons()
        if before:
            first = self._key_of_first(before)
            ledger.note(first, seconds=read_seconds(self.place(first)), now=0.0)

    def _digest(self, settings: object, lessons: Sequence[TrainingTask]) -> Any:
        """A digest of what decides any fit: settings, seed, data, weights, versions."""
        versions = [FINETUNE_VERSION, FEATURES_VERSION, torch.__version__]
        told = [settings, self.seed, self.weights.digest, digest_of(lessons), versions]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode())

    def key(self, lessons: Sequence[TrainingTask], exam: DevSet | None) -> str:
        """What decides a fit."""
        model = self.model.model_dump(mode="json", exclude={"before", "beside", "device"})
        found = [self.context.epochs, list(self.context.kept)]
        digest = self._digest([model, *found], lessons)
        if exam is not None:
            digest.update(exam.metric.encode())
            held_out = zip(exam.rows.pairs, exam.y.tolist(), strict=True)
            digest.update("".join(f"{pair!r}|{label}\n" for pair, label in held_out).encode())
        if self.model.before is not None:
            own = self._before_lessons()
            before = self.model.before.schedule.model_dump_json()
            digest.update(f"{before}|{digest_of(own)}".encode())
        return str(digest.hexdigest())

    def _key_of_first(self, lessons: Sequence[TrainingTask]) -> str:
        assert self.model.before is not None
        names = {"encoder", "dropout", "max_tokens", "precision"}
        model = self.model.model_dump(mode="json", include=names)
        schedule = self.model.before.schedule.model_dump(mode="json")
        return str(self._digest([model, schedule], lessons).hexdigest())

    def beside(self, rows: PairRows) -> list[TrainingTask]:
        """The lessons at the same time; of the run's own corpus only the groups it learns from."""
        groups = set(rows.groups.tolist())
        return [
            found
            for lesson in self.model.beside
            if (found := self._other(lesson, groups)) is not None
        ]

    def _before_lessons(self) -> list[TrainingTask]:
        lessons = self.model.before.lessons if self.model.before else ()
        return [found for lesson in lessons if (found := self._other(lesson, set())) is not None]

    def _other(self, lesson: AuxiliaryTask, groups: set[str]) -> TrainingTask | None:
        """A lesson of other data; of the run's own corpus only these groups."""
        other = self.context.other(lesson)
        if other is None:
            return None
        records = [r for r in other.records if not other.is_own or r.group in groups]
        if not records:
            return None
        rows = pair_rows(
            [record.pair() for record in records],
            [record.group for record in records],
            features=settings_of(self.model),
        )
        return _lesson(
            lesson.name,
            rows,
            np.array([record.label for record in records]),
            labels=LABELS[lesson.task],
            model=self.model,
            weight=lesson.weight,
            balanced=lesson.balanced,
        )

    def learn(self, lessons: Sequence[TrainingTask], place: Path, key: str) -> None:
        """Fit, export, and keep what serves; the checkpoint goes when all is done."""
        machine = machine_for(self.model.device, self.model.precision)
        first = self._first(machine)
        epochs = self.context.epochs or self.model.schedule.epochs
        schedule = self.model.schedule.model_copy(update={"epochs": epochs})
        with deterministic(self.seed):
            fit = self._fit(lessons, schedule, machine, first)
            checks = Checks(
                self.context.exam,
                settings_of(self.model),
                network=fit.network,
                reader=fit.reader,
                machine=machine,
            )
            learned = fit.run(
                folder=place / "checkpoint",
                key=key,
                told=self._told(),
                exam=checks.exam if checks.is_there else None,
                patience=self.model.patience,
            )
        self.context.ledger.note(key, seconds=learned.seconds, now=learned.now)
        try:
            self._write(fit, learned, checks, place, key)
        except (OSError, SafetensorError) as error:
            raise no_room(place, error) from None

    def _told(self) -> FitCallbacks:
        return FitCallbacks(self.context.name, self.context.say, self.context.watch)

    def _told_before(self) -> FitCallbacks:
        return FitCallbacks(
            f"{self.context.name}, before", self.context.say, self.context.at("before").watch
        )

    def _first(self, machine: Machine) -> dict[str, Any] | None:
        """The encoder's arrays after what it learns before, fitted once and kept."""
        lessons = self._before_lessons()
        if self.model.before is None or not lessons:
            return None
        key = self._key_of_first(lessons)
        place = self.place(key)
        with alone(place, say=self.context.say):
            first = arrays_in(place / FIRST)
            if first is not None:
                return first
            with deterministic(self.seed):
                fit = self._fit(lessons, self.model.before.schedule, machine, None)
                learned = fit.run(folder=place / "checkpoint", key=key, told=self._told_before())
            first = contiguous(fit.network.encoder.state_dict())
            write_first(place, first, seconds=learned.seconds)
            self.context.ledger.note(key, seconds=learned.seconds, now=learned.now)
        return first

    def _fit(
        self,
        lessons: Sequence[TrainingTask],
        schedule: Schedule,
        machine: Machine,
        first: dict[str, Any] | None,
    ) -> Fit:
        reader = self._reader()
        sentences = sentences_of(lessons, reader=reader)
        network = self._network(lessons, sentences)
        if first is not None:
            network.encoder.load_state_dict(first)
        self._check_memory(network, sentences, schedule, machine)
        self.context.say(
            f"{self.context.name}: {len(sentences):,} sentences, {schedule.epochs} epochs, "
            f"batches of {schedule.batch}, on {machine.device} in {machine.precision}"
        )
        return Fit(
            network,
            lessons,
            sentences=sentences,
            reader=reader,
            schedule=schedule,
            machine=machine,
            seed=self.seed,
        )

    def _reader(self) -> Reader:
        tokenizer = open_tokenizer(self.weights)
        pad = int(self.weights.config().get("pad_token_id") or 0)
        max_tokens = min(self.model.max_tokens, self.weights.max_tokens())
        return Reader(tokenizer, max_tokens=max_tokens, pad=pad)

    def _network(self, lessons: Sequence[TrainingTask], sentences: Sequence[Sentence]) -> Network:
        encoder = open_torch(self.weights)
        width = int(encoder.config.hidden_size)
        n_layers = int(encoder.config.num_hidden_layers)
        _check_layers(self.model.layers, n_layers)
        n_facts = {
            one.head: len(one.pooled.facts) for sentence in sentences for one in sentence.asked
        }
        heads = {
            lesson.head: TorchHead(
                lesson.settings,
                width=width,
                n_facts=n_facts[lesson.head],
                n_labels=lesson.n_labels,
                dropout=self.model.dropout,
            )
            for lesson in lessons
        }
        return Network(encoder, heads, n_layers=n_layers)

    def _check_memory(
        self,
        network: Network,
        sentences: Sequence[Sentence],
        schedule: Schedule,
        machine: Machine,
    ) -> None:
        config = network.encoder.config
        longest = max(sentence.n_tokens for sentence in sentences)
        n_pools = sum(len(one.pooled.pools) for sentence in sentences for one in sentence.asked)
        n_weights = sum(array.numel() for array in network.parameters())

        def needed(batch: int) -> int:
            return activation_bytes(
                n_texts=batch,
                n_tokens=longest,
                width=config.hidden_size,
                inner=getattr(config, "intermediate_size", 4 * config.hidden_size),
                n_heads=config.num_attention_heads,
                n_layers=network.n_layers,
                size=2 if machine.precision == "bfloat16" else 4,
            ) + pooling_bytes(batch, n_tokens=longest, n_pools=n_pools / len(sentences))

        check_batch(
            schedule.batch,
            needed=needed,
            free=free_bytes(str(machine.device)),
            fixed=4 * 4 * n_weights,
            n_texts=len(sentences),
        )

    def _write(self, fit: Fit, learned: Learned, checks: Checks, place: Path, key: str) -> None:
        self.context.say(f"{self.context.name}: writing the int8 graph")
        exported = export(
            fit.network,
            self.weights,
            layers=self.model.layers,
            place=place / "encoder",
            score=checks.score if checks.is_there else None,
            kept=self.context.kept,
        )
        write_heads(place, {name: head_of(fit.network, name) for name in fit.lessons})
        write_weights(
            place,
            fit.network.encoder.state_dict(),
            self.weights,
            learned=[*self.weights.learned, *self.context.learned()],
        )
        found = {
            "epochs": float(learned.epochs),
            "sentences": float(learned.n_sentences),
            "seconds": learned.seconds,
            **{f"dev.epoch_{n}": score for n, score in enumerate(learned.scores, 1)},
            **{f"export.{name}": value for name, value in exported.scores.items()},
            **checks.agreements(fit.network, exported.encoder),
            "export.kept_in_fp32": float(len(exported.kept)),
        }
        write_done(place, key=key, epochs=learned.epochs, exported=exported, found=found)


def _check_layers(layers: Sequence[int], n_layers: int) -> None:
    if max(layers) > n_layers:
        raise ConfigError(
            f"model.layers: must be at most {n_layers} for this encoder, got {max(layers)}. "
            "Name lower ones."
        )
