"""Bodies by a part of their name ("the National Coalition", "Nusra"), and acronyms in full."""

from collections.abc import Iterable, Iterator

from standpoint.codebook import Actor, Codebook
from standpoint.lexicon.bodies import BODY_NAME_WORDS
from standpoint.lexicon.countries import PEOPLES, country_words
from standpoint.lexicon.matching.common_words import common_words
from standpoint.lexicon.particles import HYPHENATED_ARTICLES
from standpoint.lexicon.word_set import words
from standpoint.mentions.mention import ActorMention
from standpoint.mentions.sentence_view import SentenceView
from standpoint.text import words_of

MIN_PART_CHARS = 4
"""Shorter parts of names are other words as well: "Al", "Free"."""
MIN_ACRONYM_LETTERS = 3
MAX_ACRONYM_LETTERS = 8
# Words in names that acronyms leave out.
_LEFT_OUT = words("of the for and on to in de du des la et der")

Keys = tuple[str, ...]


class ShortNames:
    """The parts of names that are nobody else's, and the acronyms among the names."""

    def __init__(self, codebook: Codebook) -> None:
        bodies = [actor for actor in codebook.actors if actor.kind in ("organisation", "group")]
        full = {_keys(name) for actor in codebook.actors for name in actor.names}
        self._parts: dict[str, list[tuple[Keys, str]]] = {}
        for part, actor in _owned((part, body.id) for body in bodies for part in _parts(body)):
            if part not in full:
                self._parts.setdefault(part[0], []).append((part, actor))
        acronyms = _owned(((name,), body.id) for body in bodies for name in _acronyms(body))
        self._acronyms = {acronym: actor for (acronym,), actor in acronyms}
        self._initials = {acronym[0] for acronym in self._acronyms}

    def mentions_in(self, view: SentenceView) -> Iterator[ActorMention]:
        """The bodies that a sentence names by a part of their name, or by an acronym in full."""
        if view.is_shouted:
            return
        for at, key in enumerate(view.keys):
            if at in view.mention_at or not view.is_capitalized(at):
                continue
            for part, actor in self._parts.get(key, ()):
                if self._is_at(view, at, part):
                    yield view.mention(actor, at, at + len(part) - 1, "title")
            if view.words[at].text[0] in self._initials:
                yield from self._in_full(view, at)

    @staticmethod
    def _is_at(view: SentenceView, at: int, part: Keys) -> bool:
        past = at + len(part)
        is_named = all(view.is_capitalized(n) and n not in view.mention_at for n in range(at, past))
        return is_named and tuple(view.keys[at:past]) == part

    def _in_full(self, view: SentenceView, first: int) -> Iterator[ActorMention]:
        """A body whose acronym is made of the first letters of a name that begins at a token."""
        letters = ""
        for at in range(first, len(view.words)):
            if view.keys[at] in _LEFT_OUT and at > first:
                continue
            is_part = view.is_capitalized(at) and at not in view.mention_at
            if not is_part or len(letters) == MAX_ACRONYM_LETTERS:
                return
            letters += view.words[at].text[0]
            if letters in self._acronyms and not view.is_capitalized(at + 1):
                yield view.mention(self._acronyms[letters], first, at, "title")
            if not view.words[at].joined:
                return


def _owned(rows: Iterable[tuple[Keys, str]]) -> Iterator[tuple[Keys, str]]:
    """The forms that one actor alone has, with it."""
    owners: dict[Keys, set[str]] = {}
    for form, actor in rows:
        owners.setdefault(form, set()).add(actor)
    return ((form, next(iter(actors))) for form, actors in owners.items() if len(actors) == 1)


def _keys(name: str) -> Keys:
    return tuple(word.key for word in words_of(name))


def _parts(body: Actor) -> Iterator[Keys]:
    """The names of a body without a nationality before them, or without the noun at the end."""
    for name in body.names:
        tokens = words_of(name)
        if len(tokens) < 2 or not all(
            word.text[0].isupper() or word.key in HYPHENATED_ARTICLES for word in tokens
        ):
            continue
        keys = _keys(name)
        if keys[0] in country_words() and len(keys) > 2 and keys[-1] in BODY_NAME_WORDS:
            yield keys[1:]
        distinctive = keys[:-1]
        if len(distinctive) > 1 and distinctive[0] in HYPHENATED_ARTICLES:
            distinctive = distinctive[1:]
        if (
            keys[-1] in BODY_NAME_WORDS
            and len(distinctive) == 1
            and _is_distinctive(distinctive[0])
        ):
            yield distinctive


def _is_distinctive(key: str) -> bool:
    is_word = key in common_words() or key in BODY_NAME_WORDS | PEOPLES or key in country_words()
    return len(key) >= MIN_PART_CHARS and not is_word


def _acronyms(body: Actor) -> Iterator[str]:
    letters = (name.replace(".", "") for name in body.names)
    return (
        name
        for name in letters
        if name.isalpha() and name.isupper() and len(name) >= MIN_ACRONYM_LETTERS
    )
