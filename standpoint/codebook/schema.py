"""The schema of codebooks: the actors and the directed issues of one debate."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Id = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
Kind = Literal["person", "state", "organisation", "group"]
# What favor or against means: room for 2,000 words, of which a judge reads the first (and labelling
# says so).
Pole = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S")]
# Aliases of an actor, cues of an issue. Like the other limits here it is far above what people
# write, and keeps a codebook sent by a client from filling the memory.
MAX_PHRASES = 500


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Actor(_Strict):
    """A person, state, organisation or group that can hold a stance."""

    id: Id = Field(description="What answers call the actor.")
    name: Name = Field(description="The actor's name.")
    kind: Kind = Field(description="What the actor is.")
    aliases: tuple[Name, ...] = Field(
        default=(), max_length=MAX_PHRASES, description="Other names; no two actors share one."
    )
    member_of: Id | None = Field(
        default=None, description="The id of an actor for whom this one's stances count too."
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


class Issue(_Strict):
    """A directed question, with the meaning of ``favor`` and ``against`` in words.

    If the stance is toward an actor, ``about`` is that actor's id. Then every mention of it, by
    name, title or pronoun, is a cue too.
    """

    id: Id = Field(description="What answers call the issue.")
    name: Name = Field(description="The issue in words.")
    favor: Pole = Field(description="What being in favor means.")
    against: Pole = Field(
        description="What being against means; in other words than what being in favor means."
    )
    cues: tuple[Name, ...] = Field(
        default=(),
        max_length=MAX_PHRASES,
        description="Words that name the issue; other issues may have them too.",
    )
    opposite_cues: tuple[Name, ...] = Field(
        default=(),
        max_length=MAX_PHRASES,
        description="Words that name it, of which favoring is being against the issue.",
    )
    about: Id | None = Field(
        default=None, description="The id of the actor whom the stance is toward, if it is one."
    )


class Codebook(_Strict):
    """The actors and issues of one debate."""

    name: Id = Field(description="Its name.")
    title: Name = Field(description="Its debate in words.")
    actors: tuple[Actor, ...] = Field(
        min_length=1, max_length=20_000, description="Who can hold a stance."
    )
    issues: tuple[Issue, ...] = Field(
        min_length=1, max_length=1_000, description="What a stance can be on."
    )

    @cached_property
    def digest(self) -> str:
        """The sha256 of the codebook's JSON with sorted keys, computed once for each codebook."""
        fields = self.model_dump()
        for issue in fields["issues"]:
            # Codebooks without `about` keep the digests that they had before there was one.
            if issue["about"] is None:
                del issue["about"]
        canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other fields; its digest is its own."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("digest", None)
        return copied

    def parents(self) -> dict[str, str]:
        """The ids of members, each to the id of what it is a member of."""
        return {a.id: a.member_of for a in self.actors if a.member_of is not None}


def lineage(actor: str, parents: Mapping[str, str]) -> list[str]:
    """An actor and everything it is a member of, nearest first.

    >>> lineage("lavrov", {"lavrov": "russia"})
    ['lavrov', 'russia']
    """
    actors = [actor]
    while (parent := parents.get(actors[-1])) is not None and parent not in actors:
        actors.append(parent)
    return actors
