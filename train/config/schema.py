"""The schema of ``configs/runs``: one file describes a whole experiment."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, Field, ValidationError, model_validator

from standpoint.errors import ConfigError, list_faults
from standpoint.files import read_toml
from standpoint.labels import Task
from standpoint.validation import validation_faults
from train.config.data import TASKS_OF, Data, check_task
from train.config.judge import JudgeConfig
from train.config.model import AuxiliaryTask, ModelConfig, finetuned_part
from train.config.protocol import Protocol
from train.config.strict import Strict


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The settings classes in an annotation: itself, or those of a union or a tuple."""
    if parts := get_args(annotation):
        for part in parts:
            yield from _models_in(part)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation


_KINDS = "|".join(
    kind
    for union in (ModelConfig, Protocol)
    for model in _models_in(union)
    for kind in get_args(model.model_fields["kind"].annotation)
)
_CORPORA = "|".join(TASKS_OF)
Config = TypeVar("Config", bound=BaseModel)
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]  # what numpy takes as a seed


class Scoring(Strict):
    """The score that names the run, and how many bootstrap draws give its interval.

    ``subset`` takes the score of some rows of test alone: ``zero_shot``, for example. Fewer than
    100 draws would leave two or three draws beyond each end of a 95% interval.
    """

    metric: Literal[
        "f1_macro", "f1_micro", "f1_favor_against", "accuracy", "average_recall", "f1_macro_five"
    ]
    subset: str | None = None
    bootstrap: Annotated[int, Field(ge=100, le=100_000)]


class RunConfig(Strict):
    """One experiment.

    ``refit`` fits the exported bundle again on all rows once the scores are known; the scores
    remain those of the model fitted on the training rows, and the bundle says so. ``tune_priors``
    shifts each label's logit to what scores best on the clean rows of dev. ``more_seeds`` repeats
    the protocol with each of them, for the mean and spread of the scores.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    task: Task
    seed: Seed
    more_seeds: tuple[Seed, ...] = ()
    refit: bool
    tune_priors: bool = False
    data: Data
    protocol: Protocol
    model: ModelConfig
    scoring: Scoring

    @model_validator(mode="after")
    def _parts_agree(self) -> "RunConfig":
        check_task(self.task, corpus=self.data.corpus)
        self._check_protocol()
        self._check_metric()
        if self.seed in self.more_seeds or len(set(self.more_seeds)) < len(self.more_seeds):
            raise ValueError(f"more_seeds: must be new, got {self.more_seeds} beside {self.seed}.")
        return self

    def _auxiliary_tasks(self) -> tuple[AuxiliaryTask, ...]:
        part = finetuned_part(self.model)
        return part.beside if part else ()

    def _check_protocol(self) -> None:
        corpus, official = self.data.corpus, self.protocol.kind == "official"
        if corpus == "seeds" and official:
            raise ValueError(
                "protocol.kind: must be one that splits the seeds, such as by_group or "
                "leave_codebook_out, got 'official'."
            )
        if official and any(task.data.corpus == corpus for task in self._auxiliary_tasks()):
            raise ValueError(
                "model.beside: must be of other data where protocol.kind is official: the owner's "
                f"splits may share articles, and held-out rows would be learned, got {corpus}."
            )

    def _check_metric(self) -> None:
        corpus, metric = self.data.corpus, self.scoring.metric
        if self.task == "sentiment" and metric == "f1_favor_against":
            raise ValueError("scoring.metric: f1_favor_against is for stance, got sentiment.")
        if metric == "f1_macro_five" and corpus != "dse":
            raise ValueError(f"scoring.metric: f1_macro_five is for dse, got {corpus}.")
        joint = any(task.champion for task in self._auxiliary_tasks())
        if joint and metric not in ("f1_macro", "accuracy", "average_recall"):
            raise ValueError(
                f"scoring.metric: must be for both tasks of a joint model, f1_macro say, "
                f"got {metric}."
            )


def known_keys(schema: type[BaseModel] = RunConfig) -> tuple[str, ...]:
    """Every key that a config may hold, for hints: those of a table where it comes first."""
    keys: dict[str, None] = {}
    tables: list[tuple[str, type[BaseModel]]] = [("", schema)]
    seen: set[type[BaseModel]] = {schema}
    for above, model in tables:  # grows as tables within tables are met
        for name, field in model.model_fields.items():
            keys[above + name] = None
            inner = [part for part in _models_in(field.annotation) if part not in seen]
            tables += [(f"{above}{name}.", part) for part in inner]
            seen.update(inner)
    return tuple(keys)


def load_config(path: Path, *, changes: tuple[str, ...] = ()) -> RunConfig:
    """Read the run config of a classifier of pairs; all its faults are reported together.

    Parameters
    ----------
    changes : ``key=value`` from the command line, the value in TOML

    Raises
    ------
    ConfigError
        the file is missing, no TOML, or does not fit the schema; or a change has no ``=``
    """
    return _validated(RunConfig, _settings(path, changes), path, changes)


def load_run_config(path: Path, *, changes: tuple[str, ...] = ()) -> RunConfig | JudgeConfig:
    """Read a run config of either schema: a judge's where its model is of the kind ``judge``.

    The parameters and the errors are those of `load_config`.
    """
    settings = _settings(path, changes)
    model = settings.get("model")
    if isinstance(model, dict) and model.get("kind") == "judge":
        return _validated(JudgeConfig, settings, path, changes)
    return _validated(RunConfig, settings, path, changes)


def _settings(path: Path, changes: tuple[str, ...]) -> dict[str, Any]:
    settings = read_toml(path, name="config", error=ConfigError)
    for change in changes:
        _apply_change(settings, change)
    return settings


def _validated(
    schema: type[Config], settings: dict[str, Any], path: Path, changes: tuple[str, ...]
) -> Config:
    try:
        return schema.model_validate(settings)
    except ValidationError as error:
        faults = [
            _without_union_tags(fault.text)
            for fault in validation_faults(error, known=known_keys(schema))
        ]
        where = f"{path} with {' '.join(f'--set {change}' for change in changes)}"
        raise ConfigError(list_faults(where if changes else path, faults)) from None


def _without_union_tags(fault: str) -> str:
    """A fault without the tags of unions: pydantic's paths have them, but they are no keys.

    >>> _without_union_tags("model.ngrams.c: missing.")
    'model.c: missing.'
    """
    fault = fault.removeprefix("the whole: ")
    fault = re.sub(rf"^(model|protocol|data)\.(?:{_KINDS}|{_CORPORA})(?=[.:])", r"\1", fault)
    fault = re.sub(rf"^(model\.parts\[\d+\])\.(?:{_KINDS})(?=[.:])", r"\1", fault)
    fault = re.sub(rf"^([^ :]*\]\.data)\.(?:{_CORPORA})(?=[.:])", r"\1", fault)
    return re.sub(r"^(\S+): unknown key\. Did you mean '\1'\?$", r"\1: unknown key here.", fault)


def _apply_change(settings: dict[str, Any], change: str) -> None:
    key, equals, value = change.partition("=")
    if not equals or not key:
        raise ConfigError(f"--set: must be key=value, got {change!r}. Write model.c=0.1, say.")
    *tables, last = key.strip().split(".")
    for table in tables:
        settings = settings.setdefault(table, {})
        if not isinstance(settings, dict):
            raise ConfigError(f"--set: {table} must be a table, got {settings!r}.")
    try:
        settings[last] = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        settings[last] = value
