"""The base class of everything that is read from TOML or JSON Lines."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Immutable settings or rows; an unknown key is an error, so that a typo cannot pass."""

    model_config = ConfigDict(extra="forbid", frozen=True)
