"""A pair: a holder and an issue in a sentence, the unit of prediction."""

from dataclasses import dataclass
from typing import Literal

from standpoint.attribution import Eligibility
from standpoint.labels import Pole
from standpoint.mentions import CueMention
from standpoint.model import Name, PairText
from standpoint.text import Sentence, Span

AttributionKind = Literal["quote", "paraphrase", "act", "voice", "narrator"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A holder and a cue of an issue in a sentence.

    Attributes
    ----------
    holder : id of the actor whose stance is predicted
    holder_span : where the sentence names the holder, from the start of the article; None where
        it does not, because the holder speaks it
    cue : None where the sentence concerns the issue without naming it
    kind : how the statement is made
    reporter : who relays it, where that is not the holder: the id of an actor, or a name
    attributed_by : the word that attributes it, such as "said"
    names : the actors that the sentence names, with offsets from its start
    topic : the issue in words, where there is no cue
    eligibility : whether the mention may be a holder's; "sure" for the speaker
    """

    sentence: Sentence
    holder: str
    holder_span: Span | None
    issue: str
    cue: CueMention | None
    kind: AttributionKind
    reporter: str | None
    attributed_by: str | None
    names: tuple[Name, ...] = ()
    topic: str | None = None
    eligibility: Eligibility = "sure"

    @property
    def pole(self) -> Pole:
        """The pole of the issue that somebody in favor of the target is at."""
        return self.cue.pole if self.cue else "favor"

    def text(self) -> PairText:
        """The pair as a classifier reads it, with offsets from the start of the sentence."""
        shift = -self.sentence.span.start
        return PairText(
            self.sentence.text,
            self.holder_span.shift(shift) if self.holder_span else None,
            self.cue.span.shift(shift) if self.cue else None,
            topic=None if self.cue else self.topic,
            names=self.names,
        )
