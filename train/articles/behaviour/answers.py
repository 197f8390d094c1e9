"""Answers to a short text: the sides that actors take on issues, from gold or from a labeler."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from standpoint.codebook import Codebook
from standpoint.labeling import Labeler
from standpoint.mentions import MentionMatcher
from standpoint.text import read_article
from train.corpora import ContrastText

Cell = tuple[str, str]
"""An actor and an issue, by their ids."""
Answer = Mapping[Cell, frozenset[str]]
"""The sides of each cell that has one; a cell that is shown as mixed has both."""
SIDES_OF = {
    "favor": frozenset({"favor"}),
    "against": frozenset({"against"}),
    "mixed": frozenset({"favor", "against"}),
}


@dataclass(frozen=True, slots=True)
class BehaviourInput:
    """What is labelled: a text as an article, with the actor whose own words it is, if any."""

    text: str
    codebook: Codebook
    author: str | None = None


Answerer = Callable[[BehaviourInput], Answer]


def input_of(text: ContrastText) -> BehaviourInput:
    """A contrast text as it is labelled."""
    return BehaviourInput(text.full_text, text.codebook, text.speaker)


def gold_answer(text: ContrastText) -> Answer:
    """The sides of a contrast text: ``none`` is no side."""
    return {
        (actor, issue): SIDES_OF[stance]
        for (issue, actor), stance in text.statements.items()
        if stance in SIDES_OF
    }


@dataclass(frozen=True, slots=True)
class LabelerAnswers:
    """Answers of a labeler: the cells of its table in which the actor holds a statement itself.

    Cells that a state or organisation has by its members alone are left out, as in gold.
    """

    labeler: Labeler
    matchers: dict[Codebook, MentionMatcher] = field(default_factory=dict)

    def __call__(self, asked: BehaviourInput) -> Answer:
        """Label a text as an article."""
        if asked.codebook not in self.matchers:
            self.matchers[asked.codebook] = MentionMatcher(asked.codebook)
        article = read_article(asked.text, author=asked.author)
        labeled = self.labeler.label(article, self.matchers[asked.codebook])
        own = {(s.pair.holder, s.pair.issue) for s in labeled.statements}
        cells = {(row.actor, row.issue): row.stance for row in labeled.stances}
        return {
            cell: SIDES_OF[stance]
            for cell, stance in cells.items()
            if cell in own and stance in SIDES_OF
        }
