"""What labelling an article gives: statements, and the table of stances."""

from dataclasses import dataclass

from standpoint.codebook import Codebook
from standpoint.labeling.answer_schema import StanceRow
from standpoint.labeling.judged import JudgedUnit
from standpoint.labeling.notes import Note
from standpoint.labeling.pair import Pair
from standpoint.model import Explanation, PairText
from standpoint.text import Article


@dataclass(frozen=True, slots=True)
class Statement:
    """A pair with its predicted stance.

    Attributes
    ----------
    pair : with offsets in the article as it was sent
    probabilities : of the stance on the issue, by label
    abstained : whether the confidence is below the floor
    sentiment : toward what the cue names; None without a sentiment model
    pair_text : the pair as the classifiers read it
    judged : what a judge read for it; None of another classifier
    explanation : why it has its stance, where that was asked for
    """

    pair: Pair
    stance: str
    probabilities: dict[str, float]
    abstained: bool
    sentiment: str | None
    pair_text: PairText
    explanation: Explanation | None = None
    judged: JudgedUnit | None = None

    @property
    def confidence(self) -> float:
        """The probability of the stance."""
        return self.probabilities[self.stance]


@dataclass(frozen=True, slots=True)
class LabelingResult:
    """The statements of an article under a codebook, and the table they add up to.

    Attributes
    ----------
    notes : what could not be done
    n_sentences : sentences that hold a pair
    n_pairs : pairs that were classified, also those that are no statement
    """

    article: Article
    codebook: Codebook
    statements: tuple[Statement, ...]
    stances: tuple[StanceRow, ...]
    notes: tuple[Note, ...] = ()
    n_sentences: int = 0
    n_pairs: int = 0
