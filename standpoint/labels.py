"""The label sets, each with its one order."""

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

_TURNED = {"favor": "against", "against": "favor", "none": "none"}


def turn(stance: str, *, pole: Pole) -> str:
    """Stance on a cue to stance on its issue, and back.

    Favoring what a cue of the pole ``against`` names is being against the issue.

    >>> turn("favor", pole="against"), turn("favor", pole="favor"), turn("none", pole="against")
    ('against', 'favor', 'none')
    """
    return stance if pole == "favor" else _TURNED[stance]
