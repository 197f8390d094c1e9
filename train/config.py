"""The schema of ``configs/runs``: the config is the whole experiment."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from standpoint.errors import ConfigError, faults_in
from standpoint.faults import explain
from standpoint.features import EncoderFeatures, Features, NgramFeatures, NoFeatures
from standpoint.labels import Task

Share = Annotated[float, Field(gt=0, lt=0.9)]
Strength = Annotated[float, Field(gt=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Data(_Strict):
    """Which corpus, and where: a path from the project's root, or below ``STANDPOINT_DATA``."""

    corpus: Literal["seeds", "newsmtsc"]
    path: str
    licence: str


class Official(_Strict):
    """The splits the data set's owner made."""

    kind: Literal["official"]
    train: str
    dev: tuple[str, ...]
    test: tuple[str, ...] = Field(min_length=1)


class ByGroup(_Strict):
    """Whole groups (articles) to train, dev or test, in like shares from each stratum."""

    kind: Literal["by_group"]
    dev_share: Share
    test_share: Share


class LeaveStratumOut(_Strict):
    """Each stratum (codebook) is the test set once, with the rest to train on."""

    kind: Literal["leave_codebook_out"]


Protocol = Annotated[Official | ByGroup | LeaveStratumOut, Field(discriminator="kind")]


class MajorityModel(_Strict):
    """The most frequent label of the training rows."""

    kind: Literal["majority"]

    def features(self) -> Features:
        """What it reads: nothing."""
        return NoFeatures()


class NgramsModel(_Strict):
    """TF-IDF n-grams with the roles marked, and logistic regression."""

    kind: Literal["ngrams"]
    words: tuple[int, int]
    chars: tuple[int, int]
    window: Annotated[int, Field(ge=0, le=50)]
    min_count: Annotated[int, Field(ge=1)]
    c: Strength
    balanced: bool

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        return NgramFeatures(**self.model_dump(include={"words", "chars", "window", "min_count"}))


class EncoderModel(_Strict):
    """Frozen vectors of sentence, holder and target, and logistic regression."""

    kind: Literal["encoder"]
    layers: tuple[Annotated[int, Field(ge=0, le=48)], ...] = Field(min_length=1)
    holder: bool
    between: bool
    windows: tuple[Annotated[int, Field(ge=1, le=20)], ...]
    products: bool
    signs: bool
    c: Strength
    balanced: bool

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        names = {"layers", "holder", "between", "windows", "products", "signs"}
        return EncoderFeatures(**self.model_dump(include=names))


ModelConfig = Annotated[MajorityModel | NgramsModel | EncoderModel, Field(discriminator="kind")]


class Scoring(_Strict):
    """Which score names the run, and how many bootstrap draws give its interval."""

    metric: Literal["f1_macro", "f1_favor_against", "accuracy"]
    bootstrap: Annotated[int, Field(ge=100, le=100_000)]


class RunConfig(_Strict):
    """One experiment.

    ``refit`` fits the bundle again on every row once the scores are known; the scores are then of
    the model fitted on the training rows, and the bundle says so.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    task: Task
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)]
    refit: bool
    data: Data
    protocol: Protocol
    model: ModelConfig
    scoring: Scoring

    @model_validator(mode="after")
    def _task_and_corpus_agree(self) -> "RunConfig":
        if self.data.corpus == "newsmtsc" and self.task != "sentiment":
            raise ValueError("task: must be sentiment for the corpus newsmtsc, got 'stance'.")
        if self.data.corpus == "newsmtsc" and self.protocol.kind != "official":
            raise ValueError(
                f"protocol.kind: must be official for newsmtsc, got {self.protocol.kind!r}."
            )
        if self.data.corpus == "seeds" and self.protocol.kind == "official":
            raise ValueError(
                "protocol.kind: must be by_group or leave_codebook_out for seeds, got 'official'."
            )
        if self.task == "sentiment" and self.scoring.metric == "f1_favor_against":
            raise ValueError("scoring.metric: f1_favor_against is for stance, got sentiment.")
        return self


def known_keys() -> tuple[str, ...]:
    """Every key a config may hold, for hints."""
    parts: dict[str, tuple[type[BaseModel], ...]] = {
        "": (RunConfig,),
        "data.": (Data,),
        "protocol.": (Official, ByGroup),
        "model.": (NgramsModel, EncoderModel),
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
    tags = "majority|ngrams|encoder|official|by_group|leave_codebook_out"
    return re.sub(rf"^(model|protocol)\.(?:{tags})\.", r"\1.", text.removeprefix("the whole: "))


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
