"""The base class of everything that is read from TOML or JSON Lines."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Immutable settings or rows; an unknown key is an error, so that a typo cannot pass."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def is_empty(value: object) -> bool:
    """Whether a field that came later is not set.

    Such fields are left out of what is written (``exclude_if``), so that the keys of fits and the
    digests of configs from before them still hold.
    """
    return not value
