"""A sentence with stances, and the sentences of a data set that are here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from standpoint.codebook import Codebook

SentenceStance = Literal["favor", "against", "none"]


@dataclass(frozen=True, slots=True)
class StanceSentence:
    """A sentence with the stance of every holder on every issue of its codebook.

    Attributes
    ----------
    before : what precedes it, or ""
    speaker : the actor whose own words it is
    statements : by issue and actor; a pair that is not in it says nothing
    """

    id: str
    codebook: Codebook
    before: str
    text: str
    speaker: str | None
    statements: Mapping[tuple[str, str], SentenceStance]


@dataclass(frozen=True, slots=True)
class StanceSentences:
    """The sentences whose texts are here; ``missing`` says what is left out, and how to get it."""

    sentences: tuple[StanceSentence, ...]
    missing: str | None = None
