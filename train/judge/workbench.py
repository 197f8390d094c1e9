"""What a judge is made with: units, tokens, network and device; and its steps."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from standpoint.files import remove_parts
from standpoint.judge import Judge, JudgeSettings
from train.config import JudgeConfig
from train.finetune.checkpoint import FitState
from train.finetune.device import Device, available_precision, select_device
from train.finetune.pretrained import find_weights
from train.judge.batches import Collator
from train.judge.calibration import Calibration, calibrate_judge, candidate_relevance
from train.judge.dev_scores import Predicted, contrast_accuracy, score_units, with_unasked
from train.judge.dev_tables import dev_documents, read_dev_tables
from train.judge.distillation.reading import TeacherReading
from train.judge.distillation.teacher import Teacher, TeacherPlace
from train.judge.epochs import SourcePools, taught_units
from train.judge.export import export_judge, predict_with_graphs, reading_settings
from train.judge.fitting import JudgeTrainer, LogMetric
from train.judge.network.encoder_parts import EncoderParts
from train.judge.network.initial_weights import WHERE, load_initial, weights_digest
from train.judge.network.judge_network import JudgeNetwork
from train.judge.pairs.pair_scores import pair_f1, part_of_pairs, sentiment_temperature
from train.judge.prediction import predict_units
from train.judge.sources import JudgeData
from train.judge.table_calibration import calibrate_tables
from train.judge.token_sequences import TokenSequences
from train.judge.units import TeacherAnswer, Unit

JUDGE_VERSION = 4
"""Part of the key of a fit: raise it when the numbers that a fit learns change."""
SHOWN_SCORES = ("cells.f1", "cells.wrong_sign", "exit.recall.0.18", "about.recall.0.18")
ReportProgress = Callable[[str], None]


@dataclass(frozen=True)
class Workbench:
    """The parts of a training.

    Attributes
    ----------
    settings : how the judge reads, before anything is chosen on dev
    initial : the folder of the weights that the fit begins with, if any
    teacher : the judge that teaches it, if any
    folder : of the checkpoint and of the exported graphs
    """

    config: JudgeConfig
    data: JudgeData
    pools: tuple[SourcePools, ...]
    parts: EncoderParts
    collator: Collator
    settings: JudgeSettings
    initial: Path | None
    teacher: TeacherPlace | None
    device: Device
    folder: Path
    report_progress: ReportProgress

    @classmethod
    def open(
        cls,
        config: JudgeConfig,
        data: JudgeData,
        *,
        root: Path,
        models_dir: Path,
        report_progress: ReportProgress,
        teacher: TeacherPlace | None = None,
    ) -> "Workbench":
        """Find the encoder and tokenize all texts."""
        model, cache = config.model, models_dir / "cache"
        weights = find_weights(
            model.encoder, root=root, cache=cache / "weights", report_progress=report_progress
        )
        parts = EncoderParts(weights)
        parts.check(model)
        device = select_device(model.device, available_precision(model.device, model.precision))
        settings = reading_settings(
            model.split, apart=model.apart_layers > 0, sentiment=data.has_sentiment
        )
        sequences = TokenSequences.of(data.units(), parts.reader(settings))
        contexts = sequences.contexts(data.of_documents(), n_tokens=settings.max_before_tokens)
        least = candidate_relevance([unit for unit in data.dev if unit.is_prose])
        return cls(
            config,
            data,
            tuple(SourcePools.of(own, least_relevance=least) for own in data.sources),
            parts,
            Collator(sequences, contexts=contexts),
            settings,
            root / model.initial if model.initial else None,
            teacher,
            device,
            cache / "judges" / config.name,
            lambda line: report_progress(f"{config.name}: {line}"),
        )

    @property
    def graphs(self) -> Path:
        """The folder of the exported graphs and the tokenizer."""
        return self.folder / "graphs"

    @property
    def dev(self) -> list[Unit]:
        """The units that are scored: prose."""
        return [unit for unit in self.data.dev if unit.is_prose]

    @property
    def part_of_dev(self) -> list[Unit]:
        """Some units of dev, evenly spread."""
        return self.dev[:: max(1, round(1 / self.config.dev.share))]

    def key(self) -> str:
        """The digest of all that decides the weights; the device is no part of it."""
        settings = self.config.model_dump(mode="json", exclude={"name": True, "dev": True})
        for name in ("device", "precision", "initial"):
            settings["model"].pop(name)
        if self.config.model.teacher is not None:
            for name in ("config", "changes", "checkpoint"):
                settings["model"]["teacher"].pop(name)
        for name in ("checkpoint_every", "dev_every"):
            settings["model"]["schedule"].pop(name)
        digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
        digest.update(f"{JUDGE_VERSION} {self.parts.weights.digest}".encode())
        for line in self._lines():
            digest.update(line.encode())
        if self.initial is not None:
            digest.update(weights_digest(self.initial, where=WHERE).encode())
        if self.teacher is not None:
            digest.update(self.teacher.digest().encode())
        return digest.hexdigest()

    def _lines(self) -> Iterator[str]:
        """Every unit of training, as a line, and how many there are to draw from."""
        for pool in self.pools:
            yield f"{pool.config.name} {len(pool.neighbors)} {len(pool.others)}\n"
        for source in self.data.sources:
            for unit in source.units:
                yield unit.text

    def network(self) -> JudgeNetwork:
        """The network before it is trained."""
        network = self.parts.network(
            self.config.model, seed=self.config.seed, sentiment=self.data.has_sentiment
        )
        if self.initial is not None:
            load_initial(network, self.initial)
        return network

    def fit(self, log_metric: LogMetric) -> tuple[FitState, JudgeNetwork]:
        """Train the network, or go on from its checkpoint."""
        remove_parts(self.folder)
        network = self.network()
        trainer = JudgeTrainer(
            network,
            replace(self.collator, answers=self.teacher_answers()),
            self.pools,
            self.config.model.schedule,
            self.device,
            self.config.seed,
            report_progress=self.report_progress,
            log_metric=log_metric,
            score_dev=self.score_part,
            teacher=self.config.model.teacher,
        )
        return trainer.run(folder=self.folder / "checkpoint", key=self.key()), network

    def teacher_answers(self) -> dict[Unit, TeacherAnswer]:
        """What the teacher says of the units that the schedule draws; nothing without one."""
        if self.teacher is None:
            return {}
        units = taught_units(
            self.pools,
            schedule=self.config.model.schedule,
            seed=self.config.seed,
            length=self.collator.sequences.joined_length,
        )
        teacher = Teacher.open(self.teacher, report_progress=self.report_progress)
        folder = self.folder / "teacher"
        return TeacherReading(teacher, folder, self.device, self.report_progress).answers(units)

    def score_part(self, network: JudgeNetwork) -> dict[str, float]:
        """A few scores of a part of dev, and of all contrast texts of dev."""
        units = self.part_of_dev
        scores = score_units(units, self._predict(network, units))
        shown = {name: scores[name] for name in SHOWN_SCORES}
        pairs = {name: part_of_pairs(own) for name, own in self.pair_dev.items()}
        f1 = self._pair_scores(pairs, self._predict_pairs(network, pairs))
        return shown | self._contrast(network, cues=True) | f1

    @property
    def pair_dev(self) -> dict[str, Sequence[Unit]]:
        """Dev splits of labelled pairs; those of sentiment only where it is learned."""
        splits = self.data.pair_dev.items()
        return {n: own for n, own in splits if self.data.has_sentiment or not own[0].target}

    def _predict_pairs(
        self, network: JudgeNetwork, pairs: Mapping[str, Sequence[Unit]]
    ) -> dict[str, Predicted]:
        return {name: self._predict(network, units) for name, units in pairs.items()}

    @staticmethod
    def _pair_scores(
        pairs: Mapping[str, Sequence[Unit]], predicted: Mapping[str, Predicted]
    ) -> dict[str, float]:
        return {f"{n}.f1_macro": pair_f1(units, predicted[n]) for n, units in pairs.items()}

    def _predict(
        self, network: JudgeNetwork, units: Sequence[Unit], *, cues: bool = True
    ) -> Predicted:
        return predict_units(network, units, collator=self.collator, device=self.device, cues=cues)

    def _contrast(self, network: JudgeNetwork, *, cues: bool) -> dict[str, float]:
        units = self.data.contrast_dev
        if not units:
            return {}
        predicted = self._predict(network, units, cues=cues)
        return {"contrast.accuracy": contrast_accuracy(units, predicted.probabilities())}

    def score(self, network: JudgeNetwork) -> tuple[Calibration, dict[str, float]]:
        """The calibration, and the scores of dev, of which it is asked what it is in use."""
        scores: dict[str, float] = {}
        dev = self.dev
        least = candidate_relevance(dev)
        asked = [unit for unit in dev if unit.relevance >= least]
        others = [unit for unit in dev if unit.relevance < least]
        predicted = {cues: self._predict(network, asked, cues=cues) for cues in (True, False)}
        for cues, prefix in ((True, "dev"), (False, "dev.no_cues")):
            every = with_unasked(dev, asked, predicted[cues])
            part = score_units(dev, every) | self._contrast(network, cues=cues)
            scores |= {f"{prefix}.{name}": value for name, value in part.items()}
        pairs = self._predict_pairs(network, self.pair_dev)
        f1 = self._pair_scores(self.pair_dev, pairs)
        scores |= {f"dev.{name}": value for name, value in f1.items()}
        calibration = calibrate_judge(
            self._with_sentiment_temperature(pairs),
            asked,
            predicted[True],
            without_cues=predicted[False],
            others=others,
        )
        scores["dev.n"] = len(dev)
        return calibration, scores | calibration.scores()

    def _with_sentiment_temperature(self, predicted: Mapping[str, Predicted]) -> JudgeSettings:
        if self.settings.sentiment is None:
            return self.settings
        temperature = sentiment_temperature(self.pair_dev, predicted)
        sentiment = self.settings.sentiment.model_copy(update={"temperature": temperature})
        return self.settings.model_copy(update={"sentiment": sentiment})

    def export(self, network: JudgeNetwork) -> dict[str, float]:
        """Write the graphs; returns how far they are from torch, and what int8 costs."""
        units = [unit for unit in self.part_of_dev if unit.candidates]
        predicted = self._predict(network, units)
        targets = self._part_with_targets()
        toward = self._predict(network, targets)
        metrics = export_judge(
            network,
            self.parts,
            self.collator,
            folder=self.graphs,
            units=[*units, *targets],
            report_progress=self.report_progress,
        )
        judge = Judge(self.graphs, self.settings)
        rounded, rounded_toward = (predict_with_graphs(judge, own) for own in (units, targets))
        for name, own in (("torch", predicted), ("int8", rounded)):
            metrics[f"export.{name}.cells.f1"] = score_units(units, own)["cells.f1"]
        for name, own in (("torch", toward), ("int8", rounded_toward)) if targets else ():
            metrics[f"export.{name}.sentiment.f1_macro"] = pair_f1(targets, own)
        return metrics

    def calibrate_tables(
        self, settings: JudgeSettings, *, root: Path, data: Path | None
    ) -> tuple[JudgeSettings, dict[str, float]]:
        """Choose on the tables of dev, as the exported graphs give them, what is shown how surely.

        Parameters
        ----------
        settings : with what was chosen before
        root, data : the folders of the project and of the public data sets
        """
        documents = dev_documents(self.config, root=root, data=data)
        judge = Judge(self.graphs, settings)
        tables = read_dev_tables(documents, judge, report_progress=self.report_progress)
        return calibrate_tables(settings, tables.judged, candidates=tables.candidates)

    def _part_with_targets(self) -> list[Unit]:
        """Some units of sentiment: of dev, or of training where dev has none."""
        learned = (unit for source in self.data.sources for unit in source.units)
        units = [u for own in self.pair_dev.values() for u in own if u.target]
        return [*part_of_pairs(units or [unit for unit in learned if unit.target])]
