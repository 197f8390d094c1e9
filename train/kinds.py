"""``[model]`` of a run config: the kinds of model."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from standpoint.features import EncoderFeatures, Features, NgramFeatures, NoFeatures
from standpoint.vectors import groups_of

Strength = Annotated[float, Field(gt=0)]
Group = Literal[
    "sentence", "target", "names", "decays", "holder", "between", "windows", "signs", "leanings"
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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
    masked: bool = False
    c: Strength
    balanced: bool

    def features(self) -> Features:
        """The part of the settings that decides the features."""
        names = set(NgramFeatures.model_fields) - {"kind"}
        return NgramFeatures(**self.model_dump(include=names))


class EncoderModel(_Strict):
    """Frozen vectors of sentence, holder and target, and logistic regression.

    ``per_target`` fits a head for each target; it then judges no other targets. ``shares`` says how
    much of the whole each group of columns weighs, however many it has; without it each column
    weighs alike. ``c`` then counts from a whole of 1.
    """

    kind: Literal["encoder"]
    per_target: bool = False
    layers: tuple[Annotated[int, Field(ge=0, le=48)], ...] = Field(min_length=1)
    target: bool = True
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
    leanings: bool = False
    masked: bool = False
    shares: dict[Group, Strength] | None = None
    c: Strength
    balanced: bool

    @model_validator(mode="after")
    def _shares_are_of_what_is_read(self) -> "EncoderModel":
        settings = self.features()
        assert isinstance(settings, EncoderFeatures)
        read = dict.fromkeys(groups_of(settings, n_columns=None))
        lost = [group for group in self.shares or () if group not in read]
        if lost:
            raise ValueError(
                f"shares: must be of groups that are read ({', '.join(read)}), got {lost[0]!r}."
            )
        return self

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
    def _all_or_none_are_masked(self) -> "AverageModel":
        if len({part.masked for part in self.parts}) > 1:
            raise ValueError("parts: must all be masked or none, got both.")
        return self

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
