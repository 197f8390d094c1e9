"""Persons who are no actors, introduced as an actor's: "Roy Denman, head of the EC delegation".

Later sentences name them by the surname alone.
"""

from collections.abc import Collection, Iterable, Iterator

from standpoint.lexicon.bodies import BODY_NAME_WORDS
from standpoint.lexicon.calendar import DAYS, MONTHS
from standpoint.lexicon.function_words import (
    FINITE_AUXILIARIES,
    FUNCTION_WORDS,
    RELATIVE_PRONOUNS,
)
from standpoint.lexicon.matching.common_words import common_words
from standpoint.lexicon.roles import PERSON_DESCRIPTIONS, PROXY_NOUNS, SPEAKER_ROLES, TITLES
from standpoint.lexicon.verbs import REPORTING
from standpoint.mentions import (
    ActorMention,
    SentenceView,
    country_keys,
    is_given_name,
    is_headline,
    singular_key,
)

_ROLES = TITLES | SPEAKER_ROLES | PERSON_DESCRIPTIONS | PROXY_NOUNS
_WITHIN_ROLE = frozenset({"for", "of", "to", "and"})
_PAST_APPOSITION = REPORTING | FINITE_AUXILIARIES | RELATIVE_PRONOUNS
MAX_ROLE_WORDS = 5
"""Words from an actor to the name: "EC ambassador to Washington Roy Denman" has three."""
MAX_APPOSITION_WORDS = 9
"""Words from the name to the actor: "Denman, the outgoing head of the EC delegation" has five."""
MAX_NAME_WORDS = 4
MIN_SURNAME_CHARS = 3


class IntroducedPersons:
    """The surnames of persons who belong to actors, learned sentence by sentence.

    Parameters
    ----------
    names : the keys of all words in the codebook's names, which are nobody else's
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._actors: dict[str, str] = {}

    def mentions_in(self, view: SentenceView) -> Iterator[ActorMention]:
        """Mentions of the actors of persons whom earlier sentences introduced."""
        if not self._actors:
            return
        for at, key in enumerate(view.keys):
            if key in self._actors and view.is_capitalized(at) and at not in view.mention_at:
                yield view.mention(self._actors[key], at, at, "title")

    def learn(self, view: SentenceView, possible: Iterable[ActorMention]) -> None:
        """Keep the persons that a sentence introduces beside its mentions and possible ones."""
        if is_headline(view.words):
            return
        for mention in (*view.mentions, *possible):
            for at in _names_beside(view, view.indices(mention), how=mention.how):
                if self._is_surname(view, at):
                    self._actors.setdefault(view.keys[at], mention.actor)

    def _is_surname(self, view: SentenceView, at: int) -> bool:
        key = view.keys[at]
        is_other = key in self._names or key in BODY_NAME_WORDS | DAYS | MONTHS
        if is_other or len(key) < MIN_SURNAME_CHARS:
            return False
        has_given_name = at > 0 and is_given_name(view.words[at - 1].text)
        return has_given_name or key not in common_words()


def _names_beside(view: SentenceView, indices: range, *, how: str) -> Iterator[int]:
    """The last words of names of persons beside a mention."""
    if not indices:
        return
    last = indices[-1]
    has_role = any(singular_key(view.keys[at]) in _ROLES for at in indices)
    if how == "title" and has_role and _is_name(view, last) and len(indices) > 1:
        yield last  # "Russian ministry spokesman Igor Konashenkov" is one mention
        return
    behind = _name_behind(view, last, has_role=has_role)
    if behind is not None:
        yield behind
    before = _name_before(view, indices, has_role=has_role)
    if before is not None:
        yield before


def _name_behind(view: SentenceView, last: int, *, has_role: bool) -> int | None:
    """The last word of the name behind a mention and a role: "EC ambassador Roy Denman"."""
    for at in range(last, min(last + MAX_ROLE_WORDS, len(view.words) - 1)):
        word, key = view.words[at], view.keys[at + 1]
        if not (view.is_joined(at) or word.possessive) or at + 1 in view.mention_at:
            return None
        if (key in FUNCTION_WORDS and key not in _WITHIN_ROLE) or key in REPORTING:
            return None
        if has_role and _is_name(view, at + 1):
            return _end_of_name(view, at + 1)
        has_role = key in _ROLES
    return None


def _end_of_name(view: SentenceView, first: int) -> int:
    last = first
    while (
        last - first < MAX_NAME_WORDS and view.is_joined(last) and not view.words[last].possessive
    ):
        if last + 1 >= len(view.words) or not _is_name(view, last + 1):
            break
        last += 1
    return last


def _name_before(view: SentenceView, indices: range, *, has_role: bool) -> int | None:
    """The last word of the name that a mention is in apposition to: "Denman, head of the EC"."""
    behind = range(indices[-1] + 1, min(indices[-1] + MAX_ROLE_WORDS, len(view.words)))
    has_role = has_role or any(view.keys[at] in _ROLES for at in behind)
    first = indices[0]
    for at in range(first - 1, max(-1, first - 1 - MAX_APPOSITION_WORDS), -1):
        if view.gap(at).startswith((",", " (")):
            is_full = at > 0 and _is_name(view, at) and _is_name(view, at - 1)
            return at if has_role and is_full and view.is_joined(at - 1) else None
        if view.keys[at] in _PAST_APPOSITION or view.gap(at).strip() not in ("", "-", "."):
            return None
        has_role = has_role or view.keys[at] in _ROLES
    return None


def _is_name(view: SentenceView, at: int) -> bool:
    """Whether a word is part of the name of somebody who is no actor."""
    key = view.keys[at]
    if at in view.mention_at and view.mention_at[at].how == "name":
        return False
    return (
        view.is_capitalized(at) and key not in FUNCTION_WORDS | _ROLES and key not in country_keys()
    )
