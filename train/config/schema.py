"""The schema of ``configs/runs``: the config is the whole experiment."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from standpoint.errors import ConfigError, faults_in
from standpoint.labels import Task
from standpoint.validation import explain
from train.config.data import TASKS_OF, Columns, Data, PublicData, SeesawData, TableData
from train.config.model import (
    AuxiliaryTask,
    AverageModel,
    EncoderModel,
    FinetunedModel,
    IntermediateTraining,
    ModelConfig,
    NgramsModel,
    Schedule,
    Source,
    finetuned_part,
)
from train.config.protocol import ByActor, ByDate, ByGroup, FewShot, KFold, Official, Protocol


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Scoring(_Strict):
    """Which score names the run, and how many bootstrap draws give its interval.

    ``subset`` names the run by the score on some rows of test alone: ``zero_shot``, say.
    """

    metric: Literal[
        "f1_macro", "f1_micro", "f1_favor_against", "accuracy", "average_recall", "f1_macro_five"
    ]
    subset: str | None = None
    bootstrap: Annotated[int, Field(ge=100, le=100_000)]


class RunConfig(_Strict):
    """One experiment.

    ``refit`` fits the bundle again on every row once the scores are known; the scores are then of
    the model fitted on the training rows, and the bundle says so. ``tune_priors`` moves each
    label's bias to what scores best on the clean rows of dev. ``more_seeds`` carries out the
    protocol again with each, for the mean and spread of the scores.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    task: Task
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)]
    more_seeds: tuple[Annotated[int, Field(ge=0, le=2**32 - 1)], ...] = ()
    refit: bool
    tune_priors: bool = False
    data: Data
    protocol: Protocol
    model: ModelConfig
    scoring: Scoring

    @model_validator(mode="after")
    def _parts_agree(self) -> "RunConfig":
        corpus, protocol, metric = self.data.corpus, self.protocol.kind, self.scoring.metric
        if self.task not in TASKS_OF[corpus]:
            raise ValueError(
                f"task: must be {' or '.join(TASKS_OF[corpus])} for the corpus {corpus}, "
                f"got {self.task!r}."
            )
        if corpus == "seeds" and protocol == "official":
            raise ValueError(
                "protocol.kind: must be one that splits the seeds, such as by_group or "
                "leave_codebook_out, got 'official'."
            )
        if self.task == "sentiment" and metric == "f1_favor_against":
            raise ValueError("scoring.metric: f1_favor_against is for stance, got sentiment.")
        if metric == "f1_macro_five" and corpus != "dse":
            raise ValueError(f"scoring.metric: f1_macro_five is for dse, got {corpus}.")
        tuned = finetuned_part(self.model)
        joint = [lesson for lesson in tuned.beside if lesson.champion] if tuned else []
        lessons = tuned.beside if tuned else ()
        if protocol == "official" and any(one.data.corpus == corpus for one in lessons):
            raise ValueError(
                "model.beside: must be of other data where protocol.kind is official: the owner's "
                f"splits may share articles, and held-out rows would be learned, got {corpus}."
            )
        if joint and metric not in ("f1_macro", "accuracy", "average_recall"):
            raise ValueError(
                f"scoring.metric: must be for both tasks of a joint model, f1_macro say, "
                f"got {metric}."
            )
        if self.seed in self.more_seeds or len(set(self.more_seeds)) < len(self.more_seeds):
            raise ValueError(f"more_seeds: must be new, got {self.more_seeds} beside {self.seed}.")
        return self


def known_keys() -> tuple[str, ...]:
    """Every key a config may hold, for hints."""
    parts: dict[str, tuple[type[BaseModel], ...]] = {
        "": (RunConfig,),
        "data.": (PublicData, SeesawData, TableData),
        "data.columns.": (Columns,),
        "protocol.": (Official, ByGroup, ByActor, ByDate, KFold, FewShot),
        "model.": (NgramsModel, EncoderModel, FinetunedModel, AverageModel),
        "model.encoder.": (Source,),
        "model.schedule.": (Schedule,),
        "model.before.": (IntermediateTraining,),
        "model.beside.": (AuxiliaryTask,),
        "scoring.": (Scoring,),
    }
    names = [above + key for above, of in parts.items() for part in of for key in part.model_fields]
    return tuple(dict.fromkeys(names))


def load_config(path: Path, *, changes: tuple[str, ...] = ()) -> RunConfig:
    """Read a run config; all its faults are reported together.

    Parameters
    ----------
    changes : ``key=value`` from the command line, the value in TOML
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: the config must exist, got no such file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: must be a readable UTF-8 file, got {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: must be TOML, got a fault: {error}.") from None
    for change in changes:
        _change(found, change)
    try:
        return RunConfig.model_validate(found)
    except ValidationError as error:
        faults = [_said(fault.text) for fault in explain(error, known=known_keys())]
        where = f"{path} with {' '.join(f'--set {change}' for change in changes)}"
        raise ConfigError(faults_in(where if changes else path, faults)) from None


def _said(text: str) -> str:
    """A fault without the tag of the union it was found in, which is no key of the file."""
    kinds = (
        "majority|ngrams|encoder|finetuned|average|official|by_[a-z]+|k_fold|leave_[a-z_]+|few_shot"
    )
    corpora = "|".join(TASKS_OF)
    text = text.removeprefix("the whole: ")
    text = re.sub(rf"^(model|protocol|data)\.(?:{kinds}|{corpora})(?=[.:])", r"\1", text)
    text = re.sub(rf"^(model\.parts\[\d+\])\.(?:{kinds})(?=[.:])", r"\1", text)
    text = re.sub(rf"^([^ :]*\]\.data)\.(?:{corpora})(?=[.:])", r"\1", text)
    return re.sub(r"^(\S+): unknown key\. Did you mean '\1'\?$", r"\1: unknown key here.", text)


def _change(found: dict[str, Any], change: str) -> None:
    key, equals, value = change.partition("=")
    if not equals or not key:
        raise ConfigError(f"--set: must be key=value, got {change!r}. Write model.c=0.1, say.")
    *tables, last = key.strip().split(".")
    at = found
    for table in tables:
        at = at.setdefault(table, {})
        if not isinstance(at, dict):
            raise ConfigError(f"--set: {table} must be a table, got {at!r}.")
    try:
        at[last] = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        at[last] = value
