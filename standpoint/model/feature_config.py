"""Settings of a model's features, as a bundle's manifest holds them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from standpoint.judge import JudgeSettings


class Settings(BaseModel):
    """Base of the settings: no other keys, and no changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# Fields are spread over three base classes so that frozen and fine-tuned encoders can share them
# and `EncoderFeatures` still has its fields in this order: their JSON is part of cache keys.
# The bounds only catch typing errors: they are above all settings that make sense.
class SpanFeatures(Settings):
    """Vectors of spans that both frozen and fine-tuned encoders feed a classifier.

    Attributes
    ----------
    layers : the hidden layers to read; 0 is the embeddings
    target, holder, between : whether to read these spans, and the words between them
    windows : how many words before and after each role to pool
    products, differences : of the vectors of sentence and target, element by element
    signs : the hand-crafted syntactic features of `syntax_features`
    """

    kind: str
    layers: tuple[Annotated[int, Field(ge=0, le=48)], ...] = Field(min_length=1)
    target: bool = True
    holder: bool
    between: bool = False
    windows: tuple[Annotated[int, Field(ge=1, le=20)], ...] = ()
    products: bool
    signs: bool = False
    differences: bool = False


class SentenceFeatures(BaseModel):
    """Similarity of sentence and target in each layer, and the sentence pooled by maximum."""

    cosines: bool = False
    maxima: bool = False


class ContextFeatures(BaseModel):
    """What else encoders may read of a pair.

    Attributes
    ----------
    names : both roles' names, encoded on their own
    decays : distances in tokens over which the weights around a role fall by a factor of e
    leanings : counts of polarity words, by where they stand
    masked : whether placeholders replace the names of actors
    """

    names: bool = False
    decays: tuple[Annotated[float, Field(gt=0, le=100)], ...] = ()
    leanings: bool = False
    masked: bool = False


class EncoderFeatures(ContextFeatures, SentenceFeatures, SpanFeatures):
    """Pooled vectors of spans from an encoder whose weights do not change."""

    kind: Literal["encoder"] = "encoder"
    between: bool
    windows: tuple[Annotated[int, Field(ge=1, le=20)], ...]
    signs: bool


class NgramFeatures(Settings):
    """Word and character n-grams of the sentence with the roles marked, and windows at them.

    ``within_words`` keeps character n-grams within one word; ``sublinear`` replaces a count by
    1 + its logarithm.
    """

    kind: Literal["ngrams"] = "ngrams"
    words: tuple[int, int]
    chars: tuple[int, int]
    within_words: bool = False
    sublinear: bool = True
    window: Annotated[int, Field(ge=0, le=50)]
    min_count: Annotated[int, Field(ge=1)]
    masked: bool = False


class NoFeatures(Settings):
    """No features: the majority baseline."""

    kind: Literal["majority"] = "majority"


class PartOfMixture(Settings):
    """A bundle within a bundle: its weight, and the only topic it is for (null for all)."""

    folder: Annotated[str, Field(pattern="^part-[0-9]+$")]
    weight: Annotated[float, Field(gt=0)]
    topic: str | None


class MixtureFeatures(Settings):
    """An ensemble: the weighted mean of the models' probabilities, calibrated.

    ``temperature`` scales the logits of the mean; ``shift`` is then added to each label's logit
    (nothing where it is empty).
    """

    kind: Literal["mixture"] = "mixture"
    parts: tuple[PartOfMixture, ...] = Field(min_length=1)
    temperature: Annotated[float, Field(gt=0)]
    shift: tuple[float, ...] = ()


Features = Annotated[
    EncoderFeatures | NgramFeatures | NoFeatures | MixtureFeatures | JudgeSettings,
    Field(discriminator="kind"),
]
