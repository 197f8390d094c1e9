"""Exchange of two actors' names in a text, where the sentence stays one that people would write."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from standpoint.codebook import Actor, Codebook
from standpoint.mentions import MentionMatcher
from standpoint.text import read_article
from train.articles.behaviour.answers import Answer, BehaviourInput

# Pronouns of the third person show a person's gender, which the other may not have.
_GENDERED = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ActorSwap:
    """An input in which two actors have each other's names, and who is who."""

    changed: BehaviourInput
    counterparts: dict[str, str]

    def expected(self, answer: Answer) -> Answer:
        """The answer with the two actors exchanged."""
        swapped = self.counterparts
        return {(swapped.get(actor, actor), issue): s for (actor, issue), s in answer.items()}


def swap_actors(asked: BehaviourInput, matcher: MentionMatcher) -> ActorSwap | None:
    """Exchange the first two actors for which that can be done; None where there are none.

    They are of one kind and number, members of the same or of nothing, named both with an article
    or both without, and by nothing else in the text; and no issue of the codebook is about either.
    """
    for pair in combinations(asked.codebook.actors, 2):
        if _are_alike(*pair, codebook=asked.codebook) and (swap := _swapped(asked, pair, matcher)):
            return swap
    return None


def _are_alike(first: Actor, second: Actor, *, codebook: Codebook) -> bool:
    if first.kind != second.kind or first.member_of != second.member_of:
        return False
    names = re.compile("|".join(_forms(first) | _forms(second)))
    return not any(
        issue.about in (first.id, second.id) or any(map(names.search, phrases))
        for issue in codebook.issues
        for phrases in [(issue.name, issue.favor, issue.against, *issue.cues)]
    )


def _swapped(
    asked: BehaviourInput, pair: tuple[Actor, Actor], matcher: MentionMatcher
) -> ActorSwap | None:
    first, second = pair
    counterparts = {**_counterparts(first, second), **_counterparts(second, first)}
    longest_first = sorted(_forms(first) | _forms(second), key=len, reverse=True)
    pattern = re.compile("|".join(longest_first))
    matches = [*pattern.finditer(asked.text)]
    if not _can_swap(asked.text, pattern, matches, counterparts):
        return None
    names = [match.group().casefold() for match in matches]
    if first.kind != "person" and any(_is_plural(n) != _is_plural(counterparts[n]) for n in names):
        return None
    text = pattern.sub(lambda match: _replacement(match, counterparts), asked.text)
    before, after = _mentioned(asked.text, matcher), _mentioned(text, matcher)
    n_first, n_second = before[first.id], before[second.id]
    is_exchanged = (after[first.id], after[second.id]) == (n_second, n_first)
    if not (n_first and n_second and is_exchanged and n_first + n_second == len(matches)):
        return None
    actors = {first.id: second.id, second.id: first.id}
    author = actors.get(asked.author, asked.author) if asked.author else None
    return ActorSwap(replace(asked, text=text, author=author), actors)


def _can_swap(
    text: str,
    pattern: re.Pattern[str],
    matches: Sequence[re.Match[str]],
    counterparts: Mapping[str, str],
) -> bool:
    """Whether articles and pronouns still fit, and no part of a name is left in the text."""
    parts = {word for name in counterparts for word in re.findall(r"\w{4,}", name)}
    rest = re.findall(r"\w{4,}", pattern.sub("", text).casefold())
    return (
        len({_has_article(match) for match in matches}) == 1
        and parts.isdisjoint(rest)
        and not _GENDERED.search(text)
    )


def _is_plural(name: str) -> bool:
    """A guess by the last letters; who guesses wrong leaves out a text that could be used."""
    return name.endswith("s") and not name.endswith("ss")


def _forms(actor: Actor) -> set[str]:
    """Patterns of an actor's names, each with a small or a capital first letter."""
    return {
        rf"\b(?:{re.escape(name[0].upper())}|{re.escape(name[0].lower())}){re.escape(name[1:])}\b"
        for name in actor.names
    }


def _counterparts(actor: Actor, other: Actor) -> dict[str, str]:
    """For each name of an actor, the other's name of the same place, or else its first."""
    return {
        name.casefold(): other.names[number] if number < len(other.names) else other.name
        for number, name in enumerate(actor.names)
    }


def _replacement(match: re.Match[str], counterparts: Mapping[str, str]) -> str:
    """The counterpart of a name, without an article that stands there, and capital as it was."""
    text, name = match.group(), counterparts[match.group().casefold()]
    article = next(_articles(text), "")
    bare = name[len(next(_articles(name), "")) :]
    return article + (bare if article or text[0].islower() else bare[0].upper() + bare[1:])


def _articles(name: str) -> Iterator[str]:
    if name.casefold().startswith("the "):
        yield name[:4]


def _has_article(match: re.Match[str]) -> bool:
    """Whether a name has a definite article, before it or as its first word."""
    before = match.string[: match.start()].casefold()
    return before.endswith("the ") or bool(next(_articles(match.group()), ""))


def _mentioned(text: str, matcher: MentionMatcher) -> Counter[str]:
    """How often each actor is named."""
    return Counter(m.actor for m in matcher.names_in(read_article(text).sentences))
