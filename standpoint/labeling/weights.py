"""Weights of statements in the table, read from ``configs/pooling.toml``."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from standpoint.errors import InputError
from standpoint.files import read_toml
from standpoint.validation import validation_message

Weight = Annotated[float, Field(gt=0, le=1)]


class Weights(BaseModel):
    """The weight of a statement of each kind; 1 counts its probability in full.

    Equal weights have a table F1 of 0.634 on the seeds, the best of a grid 0.635
    (docs/decisions/0008).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    quote: Weight = 1.0
    paraphrase: Weight = 1.0
    act: Weight = 1.0
    voice: Weight = 1.0
    narrator: Weight = 1.0


class Pooling(BaseModel):
    """How statements are pooled to a cell of the table.

    Attributes
    ----------
    mixed_from : the least probability of the weaker of two sides for which the cell is mixed; below
        it the stronger side is taken. Chosen on the seeds (docs/decisions/0008).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: Weights = Weights()
    mixed_from: Annotated[float, Field(ge=0, le=1)] = 0.7


DEFAULT_POOLING = Pooling()


def load_pooling(path: Path) -> Pooling:
    """Read a pooling file.

    Raises
    ------
    InputError
        the file is missing or no TOML, or a value is not allowed; all faults are reported
    """
    table = read_toml(path, name="pooling file", error=InputError)
    try:
        return Pooling.model_validate(table)
    except ValidationError as error:
        known = (*Pooling.model_fields, *Weights.model_fields)
        raise InputError(validation_message(path, error, known=known)) from None
