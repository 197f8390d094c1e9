"""Mentions: the spans of an article that name an actor or an issue."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from standpoint.labels import Pole
from standpoint.text import Span


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A span that names an actor.

    Attributes
    ----------
    actor : its id
    span : counted from the start of the article
    sentence : the index of its sentence
    """

    actor: str
    span: Span
    sentence: int
    how: Literal["name", "title", "pronoun"] = "name"
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class CueMention:
    """A span that names an issue, and the pole that its words stand for."""

    issue: str
    pole: Pole
    span: Span
    sentence: int


Mention = TypeVar("Mention", ActorMention, CueMention)


def by_sentence(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    """Mentions grouped by the index of their sentence, in the order given."""
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.sentence, []).append(mention)
    return groups
