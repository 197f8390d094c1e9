"""The names of a codebook's actors, as tables that a text is searched with."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from standpoint.codebook import Codebook, fold_name
from standpoint.lexicon.countries import GOVERNMENT_SEATS
from standpoint.lexicon.matching.common_words import common_words
from standpoint.mentions.demonyms import countries_of
from standpoint.mentions.name_variants import name_phrases, singular_form, written_words
from standpoint.mentions.phrase_trie import Phrase, PhraseTrie
from standpoint.mentions.tags import TagIndex, closed_forms
from standpoint.mentions.transliteration import MIN_FOLDED_CHARS, sound_key
from standpoint.text import american_key, key_of, phrase_words, words_of


class NameValue(NamedTuple):
    """Whom a phrase names; ``is_seat`` for a capital or office that stands for its state."""

    actor: str
    is_seat: bool = False


class NameTables:
    """Names, the surnames by their sound, and the letters of handles.

    Attributes
    ----------
    phrases : the forms of names, as `PhraseTrie` takes them, with the ids of actors
    trie : from the forms of names to a `NameValue`
    singulars : the words of names in small letters that the codebook has in the plural
    sounds : from the sound of a surname to the actor and the surname's key
    tags : from the letters of a handle to the actor
    """

    def __init__(self, codebook: Codebook) -> None:
        phrases = list(name_phrases(codebook))
        dotted = {key for actor in codebook.actors for name in actor.names for key in _dotted(name)}
        self.trie = PhraseTrie(
            [
                *((keys, written, NameValue(actor)) for keys, written, actor in phrases),
                *_seat_phrases(codebook),
            ],
            dotted=dotted,
        )
        self.phrases = phrases
        listed = {written_words(name) for actor in codebook.actors for name in actor.names}
        self.singulars = {singular_form(name) for name in listed} - listed
        self.keys = frozenset(key for keys, _, _ in phrases for key in keys)
        persons = {actor.id for actor in codebook.actors if actor.kind == "person"}
        self.sounds = dict(_sounds(phrases, persons))

    @cached_property
    def tags(self) -> TagIndex[str]:
        """Made at the first handle, since most texts have none."""
        closed: dict[str, set[str]] = {}
        for key, actor in closed_forms(self.phrases):
            closed.setdefault(key, set()).add(str(actor))
        return TagIndex({key: next(iter(ids)) for key, ids in closed.items() if len(ids) == 1})


def _dotted(name: str) -> Iterator[str]:
    """The keys of the words of a name that have a dot behind them."""
    return (word.key for word in words_of(name) if name[word.end : word.end + 1] == ".")


def _seat_phrases(codebook: Codebook) -> Iterator[Phrase]:
    """The capitals and offices of the codebook's states, unless they name another actor."""
    taken = {fold_name(name) for actor in codebook.actors for name in actor.names}
    bodies = {
        actor.member_of for actor in codebook.actors if actor.kind in ("organisation", "group")
    }
    owners: dict[str, set[str]] = {}
    for actor in codebook.actors:
        if actor.kind == "state" and actor.id not in bodies:
            for country in countries_of(actor.names):
                for seat in (*country.seats, *GOVERNMENT_SEATS.get(country.code, ())):
                    owners.setdefault(seat, set()).add(actor.id)
    for seat, states in owners.items():
        words = tuple(word.text for word in phrase_words(seat))
        words = words[1:] if words[0] == "the" else words
        if len(states) == 1 and fold_name(seat) not in taken:
            yield (
                [american_key(key_of(w)) for w in words],
                words,
                NameValue(min(states), is_seat=True),
            )


def _sounds(phrases: list[Phrase], persons: set[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The sounds of persons' surnames that are long enough, and sound like nobody else's."""
    owners: dict[str, dict[str, str]] = {}
    for keys, written, actor in phrases:
        key = keys[0]
        is_long = len(key) >= MIN_FOLDED_CHARS and key not in common_words()
        if len(keys) == 1 and actor in persons and is_long and written[0][0].isupper():
            owners.setdefault(sound_key(key), {}).setdefault(actor, key)
    for sound, actors in owners.items():
        if len(actors) == 1:
            yield sound, next(iter(actors.items()))
