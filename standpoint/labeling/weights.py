"""How the statements of a cell weigh together: read from ``configs/pooling.toml``."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from standpoint.errors import InputError, faults_in
from standpoint.validation import explain

Weight = Annotated[float, Field(gt=0, le=1)]


class Weights(BaseModel):
    """How much a statement of each kind counts; 1 counts its probability in full."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quote: Weight = 1.0
    paraphrase: Weight = 1.0
    act: Weight = 1.0
    narrator: Weight = 1.0


class Pooling(BaseModel):
    """How a cell comes from its statements.

    ``mixed_from`` is how sure the weaker of two sides must be for the cell to be mixed; below it
    the stronger side stands.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: Weights = Weights()
    mixed_from: Annotated[float, Field(ge=0, le=1)] = 0.7


DEFAULT_POOLING = Pooling()


def load_pooling(path: Path) -> Pooling:
    """Read a pooling file; all its faults are reported together.

    Raises
    ------
    InputError
        it is missing, no TOML, or holds what is no setting
    """
    try:
        found = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"{path}: the pooling file must exist, got no such file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: must be a readable UTF-8 file, got {error}.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{path}: must be TOML, got a fault: {error}.") from None
    try:
        return Pooling.model_validate(found)
    except ValidationError as error:
        known = (*Pooling.model_fields, *Weights.model_fields)
        faults = [fault.text for fault in explain(error, known=known)]
        raise InputError(faults_in(path, faults)) from None
