"""Units: a sentence and an issue, with every holder candidate and its stance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from standpoint.codebook import Issue
from standpoint.judge import ANSWERS, HolderQuery, IssueText, SentenceText, TargetQuery
from standpoint.labeling import (
    AnnotatedArticle,
    holder_queries,
    issue_text,
    read_candidates,
    sentence_text,
    unit_relevance,
)

Floats = npt.NDArray[np.float32]
SIDES = ANSWERS[:2]
NOT_CONCERNED = ANSWERS[-1]
Gold = Mapping[tuple[int, str], Mapping[str, str]]
"""The stance of each holder, by the number of a sentence and the id of an issue."""


@dataclass(frozen=True, slots=True)
class UnitCandidate:
    """A holder candidate of a sentence with its stance on an issue, one of `ANSWERS`."""

    query: HolderQuery
    stance: str = NOT_CONCERNED

    @property
    def actor(self) -> str:
        """The id of the actor."""
        return self.query.actor


@dataclass(frozen=True, slots=True)
class UnitTarget:
    """A target of a sentence with the sentiment toward it, one of `SENTIMENTS`."""

    query: TargetQuery
    sentiment: str


@dataclass(frozen=True, slots=True)
class TeacherAnswer:
    """What a trained judge says of a unit: the logits of its second stage.

    Attributes
    ----------
    about : that the sentence is about the issue
    stances : of the unit's candidates, of shape (n_candidates, 4)
    sentiment : toward its target, of shape (3,); None where it has none, or the teacher no head
    """

    about: float
    stances: Floats
    sentiment: Floats | None = None


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Where a unit is: its source, the ids of document, codebook and issue, its sentence."""

    source: str
    document: str
    codebook: str
    issue: str
    sentence: int

    @property
    def in_text(self) -> tuple[str, str, int]:
        """The place without the issue."""
        return self.document, self.codebook, self.sentence


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence and an issue, or a sentence and a target in words toward which it has a sentiment.

    Attributes
    ----------
    missed : holders in gold who are no candidates, with their stances
    is_prose : False for captions, menus, bylines and the like
    relevance : the probability, by cues and words, that the sentence concerns the issue: which
        units a judge is asked about
    target : of a unit that teaches sentiment; nothing is known of stances then
    has_gold : False where nobody labelled it: a teacher alone says what is learned from it
    """

    sentence: SentenceText
    issue: IssueText
    place: UnitPlace
    candidates: tuple[UnitCandidate, ...]
    missed: tuple[tuple[str, str], ...]
    is_prose: bool
    relevance: float = 1.0
    # Not shown where there is none, as `text` says, so that keys of fits stay those of before.
    target: UnitTarget | None = field(default=None, repr=False)
    has_gold: bool = field(default=True, repr=False)

    @property
    def text(self) -> str:
        """The unit as a line, from which the key of a fit is made."""
        return f"{self!r}\n" if self.target is None else f"{self!r} {self.target!r}\n"

    @property
    def is_concerned(self) -> bool:
        """Whether gold has a statement."""
        return bool(self.missed) or any(c.stance != NOT_CONCERNED for c in self.candidates)

    @property
    def is_labelled(self) -> bool:
        """Whether gold has a statement, or a sentiment."""
        return self.is_concerned or self.target is not None


class GoldText(Protocol):
    """A text with its reader's layers and its gold statements."""

    @property
    def document(self) -> str:
        """Its id."""

    @property
    def article(self) -> AnnotatedArticle:
        """The text as the reader reads it."""

    @property
    def gold(self) -> Gold:
        """Its statements."""


def gold_of(statements: Iterable[tuple[int, str, str, str]]) -> Gold:
    """Statements by sentence and issue; a side wins over none, and of two sides the first.

    Parameters
    ----------
    statements : sentence, issue, holder and stance of each
    """
    gold: dict[tuple[int, str], dict[str, str]] = {}
    for sentence, issue, holder, stance in statements:
        own = gold.setdefault((sentence, issue), {})
        if own.get(holder, "none") == "none":
            own[holder] = stance
    return gold


def units_of(text: GoldText, *, source: str) -> Iterator[Unit]:
    """The units of a text: each sentence with each issue of its codebook."""
    article = text.article
    candidates = read_candidates(article)
    relevance = unit_relevance(article)
    for number, sentence in enumerate(article.sentences):
        words = sentence_text(article, number)
        own = [UnitCandidate(q) for q in holder_queries(article, number, *candidates[number])]
        for of_issue, issue in zip(relevance, article.matcher.codebook.issues, strict=True):
            place = UnitPlace(
                source, text.document, article.matcher.codebook.name, issue.id, number
            )
            yield labelled_unit(
                words,
                issue,
                place=place,
                candidates=own,
                stances=text.gold.get((number, issue.id), {}),
                is_prose=article.is_prose(sentence),
                relevance=float(of_issue[number]),
            )


def labelled_unit(
    sentence: SentenceText,
    issue: Issue,
    *,
    place: UnitPlace,
    candidates: Sequence[UnitCandidate],
    stances: Mapping[str, str],
    is_prose: bool = True,
    relevance: float = 1.0,
) -> Unit:
    """A unit with the stances of its candidates.

    The actor whom the issue is about is no candidate, unless gold has a stance of that actor.
    """
    actors = {candidate.actor for candidate in candidates}
    return Unit(
        sentence,
        issue_text(issue),
        place,
        tuple(
            replace(c, stance=stances[c.actor]) if c.actor in stances else c
            for c in candidates
            if c.actor != issue.about or c.actor in stances
        ),
        tuple((holder, stance) for holder, stance in stances.items() if holder not in actors),
        is_prose,
        relevance,
    )
