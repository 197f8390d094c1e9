"""The schema of ``configs/runs``: the config is the whole experiment."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from standpoint.errors import ConfigError, faults_in
from standpoint.faults import explain
from standpoint.features import EncoderFeatures, Features, NgramFeatures, NoFeatures
from standpoint.labels import Task

TASKS_OF: dict[str, tuple[Task, ...]] = {
    "seeds": ("stance", "sentiment"),
    "newsmtsc": ("sentiment",),
    "dse": ("sentiment",),
    "seesaw": ("stance", "sentiment"),
    "tweeteval_stance": ("stance",),
    "semeval2016": ("stance",),
    "vast": ("stance",),
    "pstance": ("stance",),
    "table": ("stance", "sentiment"),
}
Share = Annotated[float, Field(gt=0, lt=0.9)]
Strength = Annotated[float, Field(gt=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Data(_Strict):
    """``splits`` keeps only these splits of the data: train alone, say, for a cross-validation."""

    splits: tuple[str, ...] = ()


class PublicData(_Data):
    """A data set in its owner's format: a path below ``STANDPOINT_DATA`` (seeds: the project's)."""

    corpus: Literal[
        "seeds", "newsmtsc", "dse", "tweeteval_stance", "semeval2016", "vast", "pstance"
    ]
    path: str
    licence: str


class SeesawData(_Data):
    """SEESAW; ``unlabelled`` adds the pairs of a sentence that nobody labelled, as none."""

    corpus: Literal["seesaw"]
    path: str
    licence: str
    unlabelled: bool


class Columns(_Strict):
    """The column of a user's table that each part of the record is in."""

    text: str
    label: str
    id: str | None = None
    holder: str | None = None
    holder_start: str | None = None
    holder_end: str | None = None
    target: str | None = None
    target_start: str | None = None
    target_end: str | None = None
    group: str | None = None
    issue: str | None = None
    actor: str | None = None
    date: str | None = None
    split: str | None = None


class TableData(_Data):
    """A user's own table.

    ``path`` is a CSV, JSON Lines or Parquet file from the project's root, ``hub:owner/name``, or a
    table of split to file. ``labels`` maps the table's labels to the project's.
    """

    corpus: Literal["table"]
    path: str | dict[str, str]
    licence: str
    columns: Columns
    labels: dict[str, str] = Field(min_length=1)


Data = Annotated[PublicData | SeesawData | TableData, Field(discriminator="corpus")]


class Official(_Strict):
    """The splits the data set's owner made.

    ``dev_share`` takes whole groups of train for dev where the owner made none;
    ``refit_with_dev`` fits once more on train and dev before test is scored.
    """

    kind: Literal["official"]
    train: str
    dev: tuple[str, ...] = ()
    dev_share: Share | None = None
    test: tuple[str, ...] = Field(min_length=1)
    refit_with_dev: bool = False

    @model_validator(mode="after")
    def _dev_comes_from_one_place(self) -> "Official":
        if self.dev and self.dev_share is not None:
            raise ValueError("dev_share: must be left out where dev names splits, got both.")
        return self


class ByGroup(_Strict):
    """Whole groups (articles) to train, dev or test, in like shares from each stratum."""

    kind: Literal["by_group"]
    dev_share: Share
    test_share: Share


class ByActor(_Strict):
    """Whole actors to dev or test; train is the rows of groups that hold none of their rows."""

    kind: Literal["by_actor"]
    dev_share: Share
    test_share: Share


class ByDate(_Strict):
    """Train before ``dev_from``, dev from there to ``test_from``, test from there on."""

    kind: Literal["by_date"]
    dev_from: date
    test_from: date

    @model_validator(mode="after")
    def _in_order(self) -> "ByDate":
        if self.dev_from > self.test_from:
            raise ValueError(
                f"dev_from: must not be after test_from ({self.test_from}), got {self.dev_from}."
            )
        return self


class KFold(_Strict):
    """Groups dealt into ``k`` folds, each the test set once."""

    kind: Literal["k_fold"]
    k: Annotated[int, Field(ge=2, le=50)]


class LeaveStratumOut(_Strict):
    """Each stratum (codebook) is the test set once, with the rest to train on."""

    kind: Literal["leave_codebook_out"]


class LeaveIssueOut(_Strict):
    """Each issue is the test set once; train is the groups that do not speak of it."""

    kind: Literal["leave_issue_out"]


class FewShot(_Strict):
    """Each issue is the test set once, but for ``shots`` of its rows, which train gets."""

    kind: Literal["few_shot"]
    shots: Annotated[int, Field(ge=1, le=10_000)]


Protocol = Annotated[
    Official | ByGroup | ByActor | ByDate | KFold | LeaveStratumOut | LeaveIssueOut | FewShot,
    Field(discriminator="kind"),
]


class MajorityModel(_Strict):
    """The most frequent label of the training rows, or of those with the same target."""

    kind: Literal["majority"]
    per_target: bool = False

    def features(self) -> Features:
        """What it reads: nothing."""
        return NoFeatures()


class NgramsModel(_Strict):
    """TF-IDF n-grams with the roles marked, and a linear classifier (``svm`` has hinge loss).

    ``per_target`` fits a head for each target; it then judges no other targets.
    """

    kind: Literal["ngrams"]
    classifier: Literal["logistic", "svm"] = "logistic"
    per_target: bool = False
    words: tuple[int, int]
    chars: tuple[int, int]
    within_words: bool = False
    sublinear: bool = True
    window: Annotated[int, Field(ge=0, le=50)]
    min_count: Annotated[int, Field(ge=1)]
    c: Strength
    balanced: bool

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        names = set(NgramFeatures.model_fields) - {"kind"}
        return NgramFeatures(**self.model_dump(include=names))


class EncoderModel(_Strict):
    """Frozen vectors of sentence, holder and target, and logistic regression.

    ``per_target`` fits a head for each target; it then judges no other targets.
    """

    kind: Literal["encoder"]
    per_target: bool = False
    layers: tuple[Annotated[int, Field(ge=0, le=48)], ...] = Field(min_length=1)
    holder: bool
    between: bool
    windows: tuple[Annotated[int, Field(ge=1, le=20)], ...]
    products: bool
    signs: bool
    differences: bool = False
    cosines: bool = False
    maxima: bool = False
    names: bool = False
    decays: tuple[Annotated[float, Field(gt=0, le=100)], ...] = ()
    c: Strength
    balanced: bool

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        names = set(EncoderFeatures.model_fields) - {"kind"}
        return EncoderFeatures(**self.model_dump(include=names))


PlainModel = Annotated[MajorityModel | NgramsModel | EncoderModel, Field(discriminator="kind")]


class AverageModel(_Strict):
    """The weighted mean of the probabilities of several models, each calibrated first."""

    kind: Literal["average"]
    parts: tuple[Annotated[NgramsModel | EncoderModel, Field(discriminator="kind")], ...] = Field(
        min_length=2
    )
    weights: tuple[Strength, ...]

    @model_validator(mode="after")
    def _as_many_weights_as_parts(self) -> "AverageModel":
        if len(self.weights) != len(self.parts):
            raise ValueError(
                f"weights: must be as many as parts, got {len(self.weights)} for {len(self.parts)}."
            )
        return self


ModelConfig = Annotated[
    MajorityModel | NgramsModel | EncoderModel | AverageModel, Field(discriminator="kind")
]


def parts_of(model: ModelConfig) -> tuple[tuple[PlainModel, float], ...]:
    """The plain models of a config, with their weights."""
    if isinstance(model, AverageModel):
        return tuple(zip(model.parts, model.weights, strict=True))
    return ((model, 1.0),)


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
        "model.": (NgramsModel, EncoderModel, AverageModel),
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
    kinds = "majority|ngrams|encoder|average|official|by_[a-z]+|k_fold|leave_[a-z_]+|few_shot"
    corpora = "|".join(TASKS_OF)
    text = text.removeprefix("the whole: ")
    text = re.sub(rf"^(model|protocol|data)\.(?:{kinds}|{corpora})\.", r"\1.", text)
    return re.sub(rf"^(model\.parts\[\d+\])\.(?:{kinds})\.", r"\1.", text)


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
