"""A trained judge that teaches: where its checkpoint is, and its network."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from standpoint.errors import ConfigError
from standpoint.judge import HOLDER_FEATURES_VERSION, JudgeSettings
from train.config import JudgeConfig, JudgeTeacher, load_run_config
from train.finetune.checkpoint import ARRAYS
from train.finetune.pretrained import find_weights
from train.judge.export import reading_settings
from train.judge.learned_data import is_bundle
from train.judge.network.encoder_parts import EncoderParts
from train.judge.network.initial_weights import (
    NEW,
    load_weights,
    read_weights,
    weights_digest,
)
from train.judge.network.judge_network import JudgeNetwork

WHERE = "model.teacher"
ANSWERS_VERSION = 1
"""Part of the key of its answers: raise it when a teacher's answer to a unit changes."""
NETWORK_KEYS = (
    "layers", "frozen_layers", "apart_layers", "split", "about_width", "stance_width"
)  # fmt: skip
ReportProgress = Callable[[str], None]


@dataclass(frozen=True)
class TeacherPlace:
    """Where a teacher is.

    Attributes
    ----------
    config : as it was trained
    checkpoint : its folder, or that of its bundle
    root : the project's folder
    cache : folder of downloaded encoders
    """

    config: JudgeConfig
    checkpoint: Path
    root: Path
    cache: Path

    @classmethod
    def find(
        cls, teacher: JudgeTeacher, *, research: bool, root: Path, models_dir: Path
    ) -> "TeacherPlace":
        """Find the checkpoint of the teacher that a config names.

        Parameters
        ----------
        research : whether its student may learn from texts for research only

        Raises
        ------
        ConfigError
            its config is missing or that of no judge, it was not trained, or it learned from texts
            that its student may not learn from
        """
        config = load_run_config(root / teacher.config, changes=teacher.changes)
        if not isinstance(config, JudgeConfig):
            raise ConfigError(
                f"{WHERE}.config: must be the config of a judge, got one of the kind "
                f"{config.model.kind} in {teacher.config}."
            )
        if config.research and not research:
            raise ConfigError(
                f"{WHERE}: must have learned from texts for any use, got research=true in "
                f"{teacher.config}. Take another teacher, or set research=true here, too."
            )
        trained = models_dir / "cache" / "judges" / config.name / "checkpoint"
        folder = root / teacher.checkpoint if teacher.checkpoint else trained
        if not is_bundle(folder) and not (folder / ARRAYS).is_file():
            changes = "".join(f" --set {change}" for change in teacher.changes)
            raise ConfigError(
                f"{WHERE}: must have a checkpoint with {ARRAYS}, got none in {folder}. "
                f"`standpoint train {teacher.config}{changes}` trains it."
            )
        return cls(config, folder, root, models_dir / "cache" / "weights")

    def digest(self) -> str:
        """The digest of what decides its answers, but for its encoder."""
        model = self.config.model.model_dump(mode="json", include={*NETWORK_KEYS, "encoder"})
        versions = f"{ANSWERS_VERSION} {HOLDER_FEATURES_VERSION}"
        digest = hashlib.sha256(f"{versions} {json.dumps(model, sort_keys=True)}".encode())
        digest.update(weights_digest(self.checkpoint, where=WHERE).encode())
        return digest.hexdigest()


def find_teacher(
    config: JudgeConfig, *, root: Path, models_dir: Path, report_progress: ReportProgress
) -> TeacherPlace | None:
    """The teacher that a config names, of which all is there that its student needs.

    Raises
    ------
    ConfigError, EncoderError
        see `TeacherPlace.find` and `Teacher.open`
    """
    if config.model.teacher is None:
        return None
    place = TeacherPlace.find(
        config.model.teacher, research=config.research, root=root, models_dir=models_dir
    )
    Teacher.open(place, report_progress=lambda line: None)
    report_progress(
        f"{config.name}: the judge {place.config.name} in {place.checkpoint} teaches it"
    )
    return place


@dataclass(frozen=True)
class Teacher:
    """A teacher with its weights.

    Attributes
    ----------
    digest : of what decides its answers
    settings : how it reads
    """

    digest: str
    parts: EncoderParts
    network: JudgeNetwork
    settings: JudgeSettings

    @classmethod
    def open(cls, place: TeacherPlace, *, report_progress: ReportProgress) -> "Teacher":
        """Build its network and load its weights.

        Raises
        ------
        ConfigError
            the checkpoint is damaged, or lacks a head, or is of another network
        EncoderError
            its encoder cannot be had
        """
        model = place.config.model
        weights = find_weights(
            model.encoder, root=place.root, cache=place.cache, report_progress=report_progress
        )
        parts = EncoderParts(weights)
        trained = read_weights(place.checkpoint, where=WHERE)
        _tell_unfinished(place, report_progress)
        has_sentiment = any(name.startswith(NEW) for name in trained)
        network = parts.network(model, seed=place.config.seed, sentiment=has_sentiment)
        load_weights(
            network,
            trained,
            where=WHERE,
            advice=f"Name what was changed with --set when it was trained in {WHERE}.changes.",
        )
        digest = hashlib.sha256(f"{place.digest()} {weights.digest}".encode()).hexdigest()
        settings = reading_settings(
            model.split, apart=model.apart_layers > 0, sentiment=has_sentiment
        )
        return cls(digest, parts, network.eval(), settings)

    @property
    def has_sentiment(self) -> bool:
        """Whether it tells the sentiment toward a target."""
        return self.network.sentiment is not None


def _tell_unfinished(place: TeacherPlace, report_progress: ReportProgress) -> None:
    """A checkpoint has the moments of the optimizer until its last step."""
    from safetensors import safe_open

    if is_bundle(place.checkpoint):
        return
    with safe_open(place.checkpoint / ARRAYS, "pt") as arrays:
        names = arrays.keys()
    if any(name.startswith("moments.") for name in names):
        report_progress(
            f"{place.checkpoint} is of a training that has not ended: what it would still learn, "
            "this judge is not taught"
        )
