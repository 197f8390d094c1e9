"""A row of ``seeds/contrast``, its faults, and the text that it becomes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from standpoint.codebook import Codebook
from standpoint.validation import near_miss
from train.config import Strict

ContrastStance = Literal["favor", "against", "none"]
ContrastKind = Literal[
    "two-actors",
    "passive",
    "relative-clause",
    "comparison",
    "no-side-now",
    "claim",
    "outcome",
    "neither",
    "bystander",
    "act",
    "own-words",
    "back",
    "other-words",
]
KINDS: dict[ContrastKind, str] = {
    "two-actors": "two actors, two verbs",
    "passive": "passive and agent, urging",
    "relative-clause": "relative clauses",
    "comparison": "comparison and degree",
    "no-side-now": "denial, past, condition, question, hearsay",
    "claim": "claims and accusations",
    "outcome": "outcomes: end, lift, extend, delay, each also opposed",
    "neither": "neither, nor, both, all but",
    "bystander": "addressees, possessors, targets",
    "act": "acts: vote, veto, sue, walk out",
    "own-words": "first person and turns",
    "back": "pointing back: the move, it, such a step",
    "other-words": "other words than the name; a different thing",
}
"""What turns the answer in a group of texts: the kinds in the order of the datasheet."""


class ContrastRow(Strict):
    """One text as the file has it; ``statements`` is by issue and holder."""

    id: str = Field(pattern=r"^[a-z]-\d{3}-[a-z]$")
    group: str = Field(min_length=1)
    kind: ContrastKind
    before: str
    text: str = Field(min_length=1, pattern=r"\S")
    speaker: str | None
    statements: dict[str, dict[str, ContrastStance]]


@dataclass(frozen=True, slots=True)
class ContrastText:
    """A text with the stance of every holder on every issue of its codebook.

    Attributes
    ----------
    group : the texts that differ in little; one change turns the answer between them
    before : the sentence before, or ""
    speaker : the actor whose own words the text is
    statements : by issue and actor; a pair that is not in it says nothing
    """

    id: str
    group: str
    kind: ContrastKind
    codebook: Codebook
    split: str
    before: str
    text: str
    speaker: str | None
    statements: Mapping[tuple[str, str], ContrastStance]

    @property
    def full_text(self) -> str:
        """The sentence before and the text."""
        return f"{self.before} {self.text}" if self.before else self.text


def contrast_text(row: ContrastRow, *, codebook: Codebook, split: str) -> ContrastText:
    """The text of a row."""
    statements = {
        (issue, actor): stance
        for issue, holders in row.statements.items()
        for actor, stance in holders.items()
    }
    return ContrastText(
        row.id, row.group, row.kind, codebook, split, row.before, row.text, row.speaker, statements
    )


def row_faults(row: ContrastRow, codebook: Codebook) -> Iterator[str]:
    """Contradictions between a row and its codebook, and holders that the text does not name."""
    actors = {actor.id: actor for actor in codebook.actors}
    issues = {issue.id for issue in codebook.issues}
    if row.speaker is not None and row.speaker not in actors:
        hint = near_miss(row.speaker, tuple(actors))
        yield f"speaker: must be an actor of {codebook.name}, got {row.speaker!r}.{hint}"
    text = f"{row.before} {row.text}".casefold()
    for issue, holders in row.statements.items():
        if issue not in issues:
            hint = near_miss(issue, tuple(issues))
            yield f"statements: must be on issues of {codebook.name}, got {issue!r}.{hint}"
        for holder in holders:
            at = f"statements.{issue}"
            if holder not in actors:
                hint = near_miss(holder, tuple(actors))
                yield f"{at}: must be of actors of {codebook.name}, got {holder!r}.{hint}"
            elif holder != row.speaker and not any(
                name.casefold() in text for name in actors[holder].names
            ):
                yield f"{at}: must be of who is named or speaks, got {holder!r}, who does neither."
