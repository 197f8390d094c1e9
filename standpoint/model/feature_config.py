"""The settings of what a model reads of a pair; a bundle's manifest holds them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class EncoderFeatures(BaseModel):
    """Vectors of the sentence and of both spans, from a frozen encoder.

    ``leanings`` adds counts of words that lean, by where they stand; ``masked`` reads stand-ins in
    place of the names of actors.
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

    ``within_words`` keeps character n-grams from crossing from one word into the next;
    ``sublinear`` counts an n-gram that comes again with its logarithm.
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
    """Nothing is read: the majority baseline."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["majority"] = "majority"


class PartOfMixture(BaseModel):
    """A bundle within a bundle: how much it weighs, and the one topic it is for, if it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Annotated[str, Field(pattern="^part-[0-9]+$")]
    weight: Annotated[float, Field(gt=0)]
    topic: str | None


class MixtureFeatures(BaseModel):
    """Other models' probabilities, averaged, and sharpened where their mean is too flat.

    ``shift`` is added to each label's logit in the end; nothing where it is empty.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["mixture"] = "mixture"
    parts: tuple[PartOfMixture, ...] = Field(min_length=1)
    temperature: Annotated[float, Field(gt=0)]
    shift: tuple[float, ...] = ()


Features = Annotated[
    EncoderFeatures | NgramFeatures | NoFeatures | MixtureFeatures, Field(discriminator="kind")
]
