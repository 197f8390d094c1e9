"""A fine-tuned part of a config to an encoder folder and heads that a bundle can hold."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from standpoint.encoder import Encoder, file_sha256, open_encoder
from standpoint.errors import CheckpointError, ConfigError, EncoderError
from standpoint.features import EncoderFeatures
from standpoint.labels import LABELS
from standpoint.model import Floats, Head
from train.features import READERS, PairRows, pair_rows, read_all
from train.finetune.batches import Lesson, Reader, Sentence, digest_of, sentences_of
from train.finetune.export import export, head_of, logits_with
from train.finetune.fitting import (
    Fit,
    Learned,
    Machine,
    Told,
    deterministic,
    logits_of,
    machine_for,
)
from train.finetune.memory import activation_bytes, check_batch, free_bytes
from train.finetune.network import Head as TorchHead
from train.finetune.network import Network
from train.finetune.source import Weights, find_weights, open_torch
from train.kinds import FinetunedModel, LessonData, Schedule
from train.scores import Labels
from train.workshop import Exam, Workshop

MAIN = "main"
DONE, HEADS, FIRST = "done.json", "heads.safetensors", "encoder.safetensors"
SCORED_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Tuned:
    """What came of a fit.

    Attributes
    ----------
    heads : by name; `MAIN` is the run's own
    epochs : how many its weights had
    found : numbers to track: scores of dev by epoch, what int8 cost, seconds
    """

    encoder: Encoder
    heads: dict[str, Head]
    epochs: int
    found: dict[str, float]

    def logits(self, rows: PairRows, *, features: EncoderFeatures, head: str = MAIN) -> Floats:
        """What a head makes of pairs as it serves them: with the int8 encoder, the bias added."""
        vectors = read_all(rows.pairs, features, self.encoder, lambda done, total: None)
        return logits_with(self.heads[head], vectors)


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
    workshop: Workshop,
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
    course = _Course(model, seed, workshop)
    lessons = [
        _lesson(MAIN, rows, y, labels=labels, model=model, weight=1.0, balanced=model.balanced),
        *course.beside(rows),
    ]
    key = course.key(lessons, workshop.exam, workshop.epochs)
    place = course.place(key)
    found = _kept(place, key)
    if found is None:
        course.learn(lessons, place, key)
        found = _kept(place, key)
    if found is None:
        raise CheckpointError(f"{place}: must hold what was just written, got nothing.")
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
) -> Lesson:
    places = {label: number for number, label in enumerate(labels)}
    numbers = np.array([places[label] for label in y.tolist()], dtype=np.int64)
    return Lesson(head, rows.pairs, numbers, len(labels), settings_of(model), weight, balanced)


class _Course:
    """The fits of one config and seed."""

    def __init__(self, model: FinetunedModel, seed: int, workshop: Workshop) -> None:
        self.model = model
        self.seed = seed
        self.workshop = workshop
        self.weights: Weights = find_weights(
            model.encoder,
            root=workshop.root,
            kept=workshop.models_dir / "cache" / "weights",
            say=workshop.say,
        )

    def place(self, key: str) -> Path:
        """Where a fit is kept."""
        return self.workshop.models_dir / "cache" / "tuned" / key[:32]

    def key(self, lessons: Sequence[Lesson], exam: Exam | None, epochs: int | None) -> str:
        """What decides a fit."""
        import torch

        told = self.model.model_dump(mode="json", exclude={"before", "beside", "device"})
        digest = hashlib.sha256(json.dumps([told, self.seed, epochs], sort_keys=True).encode())
        digest.update(f"{self.weights.digest}|{digest_of(lessons)}|{torch.__version__}".encode())
        if exam is not None:
            digest.update(exam.metric.encode())
            held_out = zip(exam.rows.pairs, exam.y.tolist(), strict=True)
            digest.update("".join(f"{pair!r}|{label}\n" for pair, label in held_out).encode())
        if self.model.before is not None:
            own = self._before_lessons()
            before = self.model.before.schedule.model_dump_json()
            digest.update(f"{before}|{digest_of(own)}".encode())
        for file in _code():
            digest.update(file.read_bytes())
        return digest.hexdigest()

    def beside(self, rows: PairRows) -> list[Lesson]:
        """The lessons at the same time; of the run's own corpus only the groups it learns from."""
        groups = set(rows.groups.tolist())
        return [
            found
            for lesson in self.model.beside
            if (found := self._other(lesson, groups)) is not None
        ]

    def _before_lessons(self) -> list[Lesson]:
        lessons = self.model.before.lessons if self.model.before else ()
        return [found for lesson in lessons if (found := self._other(lesson, set())) is not None]

    def _other(self, lesson: LessonData, groups: set[str]) -> Lesson | None:
        """A lesson of other data; of the run's own corpus only these groups."""
        other = self.workshop.other(lesson)
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

    def learn(self, lessons: Sequence[Lesson], place: Path, key: str) -> None:
        """Fit, export, and keep what serves; the checkpoint goes when all is done."""
        machine = machine_for(self.model.device, self.model.precision)
        first = self._first(machine)
        epochs = self.workshop.epochs or self.model.schedule.epochs
        schedule = self.model.schedule.model_copy(update={"epochs": epochs})
        with deterministic(self.seed):
            fit = self._fit(lessons, schedule, machine, first)
            checks = _Checks(self, fit.network, fit.reader, machine)
            learned = fit.run(
                folder=place / "checkpoint",
                key=key,
                told=self._told(self.workshop.name),
                exam=checks.exam if checks.is_there else None,
                patience=self.model.patience,
            )
        self._write(fit, learned, checks, place, key)

    def _told(self, name: str) -> Told:
        return Told(name, self.workshop.say, self.workshop.watch)

    def _first(self, machine: Machine) -> dict[str, Any] | None:
        """The encoder's arrays after what it learns before, fitted once and kept."""
        from safetensors.torch import save_file

        lessons = self._before_lessons()
        if self.model.before is None or not lessons:
            return None
        whole = self.model.model_dump(
            mode="json", include={"encoder", "dropout", "max_tokens", "precision", "balanced"}
        )
        digest = hashlib.sha256(json.dumps([whole, self.seed], sort_keys=True).encode())
        digest.update(
            f"{self.weights.digest}|{digest_of(lessons)}"
            f"|{self.model.before.schedule.model_dump_json()}".encode()
        )
        for file in _code():
            digest.update(file.read_bytes())
        key = digest.hexdigest()
        place = self.place(key)
        first = _arrays_in(place / FIRST)
        if first is None:
            with deterministic(self.seed):
                fit = self._fit(lessons, self.model.before.schedule, machine, None)
                fit.run(
                    folder=place / "checkpoint",
                    key=key,
                    told=self._told(f"{self.workshop.name}, before"),
                )
            first = _contiguous(fit.network.encoder.state_dict())
            scratch = place / f".{FIRST}"
            save_file(first, scratch)
            scratch.rename(place / FIRST)
            _clear(place)
        return first

    def _fit(
        self,
        lessons: Sequence[Lesson],
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
        self.workshop.say(
            f"{self.workshop.name}: {len(sentences):,} sentences, {schedule.epochs} epochs, "
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
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.weights.folder / "tokenizer.json"))
        pad = int(self.weights.config().get("pad_token_id") or 0)
        max_tokens = min(self.model.max_tokens, self.weights.max_tokens())
        return Reader(tokenizer, max_tokens=max_tokens, pad=pad)

    def _network(self, lessons: Sequence[Lesson], sentences: Sequence[Sentence]) -> Network:
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
            )

        check_batch(
            schedule.batch,
            needed=needed,
            free=free_bytes(str(machine.device)),
            fixed=4 * 4 * n_weights,
            n_texts=len(sentences),
        )

    def _write(self, fit: Fit, learned: Learned, checks: "_Checks", place: Path, key: str) -> None:
        from safetensors.numpy import save_file
        from safetensors.torch import save_file as save_torch

        self.workshop.say(f"{self.workshop.name}: writing the int8 graph")
        exported = export(
            fit.network,
            self.weights,
            layers=self.model.layers,
            place=place / "encoder",
            score=checks.score if checks.is_there else None,
        )
        arrays: dict[str, Any] = {}
        for name in fit.lessons:
            head = head_of(fit.network, name)
            arrays |= {f"{name}.weights": head.weights, f"{name}.bias": head.bias}
        save_file(arrays, place / HEADS)
        weights = place / "weights"
        weights.mkdir(exist_ok=True)
        save_torch(
            _contiguous(fit.network.encoder.state_dict()),
            weights / "model.safetensors",
            metadata={"format": "pt"},
        )
        for name in ("config.json", "tokenizer.json"):
            shutil.copyfile(self.weights.folder / name, weights / name)
        numbers = {
            "epochs": float(learned.epochs),
            "sentences": float(learned.n_sentences),
            "seconds": learned.seconds,
            **{f"dev.epoch_{n}": score for n, score in enumerate(learned.scores, 1)},
            **{f"export.{name}": value for name, value in exported.scores.items()},
            **checks.agreements(fit.network, exported.encoder),
            "export.kept_in_fp32": float(len(exported.kept)),
        }
        done = {
            "key": key,
            "epochs": learned.epochs,
            "found": numbers,
            "encoder": exported.encoder.digest,
            "heads": file_sha256(place / HEADS),
        }
        with tempfile.NamedTemporaryFile(
            "w", dir=place, encoding="utf-8", delete=False, suffix=".part"
        ) as part:
            json.dump(done, part)
        Path(part.name).replace(place / DONE)
        _clear(place)


class _Checks:
    """Dev, scored with the network while it learns and with its graphs afterwards."""

    def __init__(self, course: _Course, network: Network, reader: Reader, machine: Machine) -> None:
        self._exam = course.workshop.exam
        self._settings = settings_of(course.model)
        self._network = network
        self._reader = reader
        self._machine = machine
        self._said: dict[str, Floats] = {}
        self._sentences: list[Sentence] = []
        if self._exam is not None:
            unknown = np.zeros(len(self._exam.rows), np.int64)
            n_labels = network.heads[MAIN].linear.out_features
            lesson = Lesson(MAIN, self._exam.rows.pairs, unknown, n_labels, self._settings)
            self._sentences = sentences_of([lesson], reader=reader)

    @property
    def is_there(self) -> bool:
        """Whether there is a dev to score."""
        return self._exam is not None and len(self._exam.rows) > 0

    def exam(self, network: Network) -> float:
        """The score of dev in the precision of training."""
        assert self._exam is not None
        return self._exam.objective(_softmax(self._logits(network, self._machine)))

    def _logits(self, network: Network, machine: Machine) -> Floats:
        found = logits_of(
            network,
            self._sentences,
            head=MAIN,
            reader=self._reader,
            machine=machine,
            size=SCORED_AT_ONCE,
        )
        said: Floats = found.numpy()
        return said

    def score(self, encoder: Encoder) -> float:
        """The score of dev with a graph."""
        assert self._exam is not None
        rows = read_all(self._exam.rows.pairs, self._settings, encoder, lambda done, total: None)
        logits = logits_with(head_of(self._network, MAIN), rows)
        self._said[encoder.digest] = logits
        return self._exam.objective(_softmax(logits))

    def agreements(self, network: Network, encoder: Encoder) -> dict[str, float]:
        """How often the graphs say what torch says of dev: the fp32 one, and the exported one."""
        if not self._said:
            return {}
        torch_says = self._logits(network, Machine(self._machine.device, "float32"))
        in_fp32 = next(iter(self._said.values()))
        return {
            "export.agreement_fp32": _agreement(torch_says, in_fp32),
            "export.agreement_int8": _agreement(torch_says, self._said[encoder.digest]),
        }


def _agreement(one: Floats, other: Floats) -> float:
    return float(np.mean(one.argmax(axis=1) == other.argmax(axis=1)))


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def _check_layers(layers: Sequence[int], n_layers: int) -> None:
    if max(layers) > n_layers:
        raise ConfigError(
            f"model.layers: must be at most {n_layers} for this encoder, got {max(layers)}. "
            "Name lower ones."
        )


def _arrays_in(file: Path) -> dict[str, Any] | None:
    """The arrays of a file; None where there is none, or a damaged one."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        found: dict[str, Any] = load_file(file)
    except (OSError, SafetensorError):
        return None
    return found


def _clear(place: Path) -> None:
    """Remove the checkpoint of a fit that is done, and what a killed one left half written."""
    shutil.rmtree(place / "checkpoint", ignore_errors=True)
    for pattern in (".checkpoint-*", ".export-*"):
        for left in place.glob(pattern):
            shutil.rmtree(left, ignore_errors=True)
    for part in place.glob("*.part"):
        part.unlink(missing_ok=True)


def _contiguous(arrays: Mapping[str, Any]) -> dict[str, Any]:
    return {name: array.detach().cpu().contiguous() for name, array in arrays.items()}


def _code() -> list[Path]:
    """The files that decide what is learned."""
    own = sorted(Path(__file__).parent.glob("*.py"))
    return [*own, *(Path(str(module.__file__)) for module in READERS)]


def _kept(place: Path, key: str) -> Tuned | None:
    """A fit that was done before; None where there is none, or a damaged one."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        done = json.loads((place / DONE).read_text("utf-8"))
        if done["key"] != key or file_sha256(place / HEADS) != done["heads"]:
            return None
        encoder = open_encoder(place / "encoder", digest=done["encoder"])
        arrays = load_file(place / HEADS)
    except (OSError, ValueError, KeyError, EncoderError, SafetensorError):
        return None
    names = sorted({name.rpartition(".")[0] for name in arrays})
    heads = {name: Head(arrays[f"{name}.weights"], arrays[f"{name}.bias"], 1.0) for name in names}
    return Tuned(encoder, heads, int(done["epochs"]), dict(done["found"]))
