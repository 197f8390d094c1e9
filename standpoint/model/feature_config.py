"""Settings of a model's features, as a bundle's manifest holds them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class EncoderFeatures(BaseModel):
    """Pooled encoder vectors of the sentence and of both roles.

    ``signs`` adds the syntax features, ``leanings`` the polarity features; ``masked`` replaces the
    names of actors by placeholders.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["encoder"] = "encoder"
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


class NgramFeatures(BaseModel):
    """Word and character n-grams of the sentence with the roles marked, and windows at them.

    ``within_words`` keeps character n-grams within one word; ``sublinear`` replaces a count by
    1 + its logarithm.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["ngrams"] = "ngrams"
    words: tuple[int, int]
    chars: tuple[int, int]
    within_words: bool = False
    sublinear: bool = True
    window: Annotated[int, Field(ge=0, le=50)]
    min_count: Annotated[int, Field(ge=1)]
    masked: bool = False


class NoFeatures(BaseModel):
    """No features: the majority baseline."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["majority"] = "majority"


class PartOfMixture(BaseModel):
    """A bundle within a bundle: its weight, and the only topic it is for (null for all)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Annotated[str, Field(pattern="^part-[0-9]+$")]
    weight: Annotated[float, Field(gt=0)]
    topic: str | None


class MixtureFeatures(BaseModel):
    """An ensemble: the weighted mean of the models' probabilities, calibrated.

    ``temperature`` scales the logits of the mean; ``shift`` is then added to each label's logit
    (nothing where it is empty).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["mixture"] = "mixture"
    parts: tuple[PartOfMixture, ...] = Field(min_length=1)
    temperature: Annotated[float, Field(gt=0)]
    shift: tuple[float, ...] = ()


Features = Annotated[
    EncoderFeatures | NgramFeatures | NoFeatures | MixtureFeatures, Field(discriminator="kind")
]
