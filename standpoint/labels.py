"""The labels of each task, in the order of the classifiers' outputs."""

from enum import StrEnum
from typing import Literal

Task = Literal["stance", "sentiment"]
Pole = Literal["favor", "against"]


class Stance(StrEnum):
    """A holder's stance on an issue (SemEval-2016 Task 6)."""

    FAVOR = "favor"
    AGAINST = "against"
    NONE = "none"


class Sentiment(StrEnum):
    """The tone of a holder toward a target; not the stance."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


LABELS: dict[Task, tuple[str, ...]] = {
    "stance": tuple(Stance),
    "sentiment": tuple(Sentiment),
}

_OPPOSITE = {"favor": "against", "against": "favor", "none": "none"}


def orient_stance(stance: str, *, pole: Pole) -> str:
    """The stance on an issue from the stance toward a cue of a pole, and the other way round.

    Who favors what a cue of the pole ``against`` names is against the issue.

    >>> [orient_stance(stance, pole="against") for stance in ("favor", "none")]
    ['against', 'none']
    """
    return stance if pole == "favor" else _OPPOSITE[stance]
