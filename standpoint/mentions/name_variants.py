"""The forms of an actor's name: surnames, initials, the family name first, spellings."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, product

from standpoint.codebook import Actor, Codebook, fold_name
from standpoint.lexicon.given_names import GIVEN_NAMES
from standpoint.lexicon.matching.common_words import common_words
from standpoint.lexicon.matching.family_names import (
    COMPANY_FORMS,
    COMPANY_SUFFIXES,
    FAMILY_NAMES_FIRST,
    NAME_SUFFIXES,
    SPELLED_OUT_LETTERS,
    SURNAME_PARTICLES,
)
from standpoint.lexicon.particles import HYPHENATED_ARTICLES
from standpoint.lexicon.roles import TITLES
from standpoint.lexicon.word_set import words as words_in
from standpoint.mentions.phrase_trie import Phrase, sign_before
from standpoint.mentions.transliteration import safe_spellings
from standpoint.text import american_key, key_of, phrase_words

# Forms of the Arabic article: names are printed with each of them, and without.
ARABIC_ARTICLES = ("al", "el", "as", "ash", "ul")
# Regular plurals of nouns for people: "analysts", "dignitaries".
PLURAL = re.compile(r"(?<=[a-z]{3})(?:ies|(?<![su])s)$")
# Titles that tell of a trade and not of one office: "one diplomat said".
MEMBER_NOUNS = words_in("diplomat economist lawmaker official negotiator delegate")
Words = tuple[str, ...]


def name_phrases(codebook: Codebook) -> Iterator[Phrase]:
    """The names of all actors for a trie, with the forms of them that name nobody else."""
    owners = {fold_name(name): a.id for a in codebook.actors for name in a.names}
    forms = {actor.id: [*dict.fromkeys(_forms(actor))] for actor in codebook.actors}
    shared = Counter(_folded(form) for rows in forms.values() for form in {*map(_folded, rows)})
    for actor in codebook.actors:
        for name in actor.names:
            written = written_words(name)
            if written:
                yield from _spelled(written, actor.id)
                yield from _signed(name, actor.id)
        for form in forms[actor.id]:
            if shared[_folded(form)] == 1 and owners.get(_folded(form), actor.id) == actor.id:
                yield from _spelled(form, actor.id)


def _folded(form: Words | str) -> str:
    return form if isinstance(form, str) else " ".join(map(key_of, form))


def written_words(name: str) -> Words:
    """The words of a name, without "the" at its start if it has a capital."""
    words = tuple(word.text for word in phrase_words(name))
    has_article = words[:1] == ("the",) and any(word[0].isupper() for word in words[1:])
    return words[1:] if has_article else words


def _signed(name: str, actor: str) -> Iterator[Phrase]:
    """A name that has signs in it, with them: "Washington, D.C."."""
    words = phrase_words(name)
    signs = [sign_before(name, words, at) for at in range(len(words))]
    if any(signs):
        keys = [american_key(word.key) for word in words]
        written = tuple(word.text for word in words)
        yield [sign + key for sign, key in zip(signs, keys, strict=True)], written, actor


def _spelled(form: Words, actor: str) -> Iterator[Phrase]:
    """A form in each spelling of its words: with "ue" for "ü", and "Centre" as "Center"."""
    yield [american_key(key_of(word)) for word in form], form, actor
    if not all(word.isascii() for word in form):
        spelled = tuple(_spelled_out(word) for word in form)
        if spelled != form:
            yield [american_key(key_of(word)) for word in spelled], spelled, actor


def _spelled_out(word: str) -> str:
    letters = (SPELLED_OUT_LETTERS.get(letter.casefold(), letter) for letter in word)
    spelled = "".join(letters)
    return spelled[0].upper() + spelled[1:] if word[0].isupper() else spelled


def _forms(actor: Actor) -> Iterator[Words]:
    """Other forms of an actor's names, as words."""
    for name in actor.names:
        words = written_words(name)
        if actor.kind == "person":
            yield from _person_forms(words, name=name, is_main=name == actor.name)
        else:
            yield from _body_forms(words)
            yield from _with_inner_article(words)
        yield from _closed_hyphens(name)


def _with_inner_article(words: Words) -> Iterator[Words]:
    """A name with "the" behind "of", or without it: "Republic of the Congo"."""
    for at, (word, following) in enumerate(pairwise(words), 1):
        if word == "of":
            is_definite = following == "the"
            yield (
                (*words[:at], *words[at + 1 :])
                if is_definite
                else (*words[:at], "the", *words[at:])
            )


def _closed_hyphens(name: str) -> Iterator[Words]:
    """A name with its hyphens left out: "Medef-Nord" as "MedefNord"."""
    closed = name.replace("-", "").replace("‐", "").replace("‑", "")
    if closed != name and closed.strip():
        yield written_words(closed)


def _body_forms(words: Words) -> Iterator[Words]:
    """The forms of a company's name: "Acme Corporation", and "Acme" if that is no common word.

    A group that is named by what its members are is named in the singular too: "an analyst".
    """
    if (singular := singular_form(words)) is not None:
        yield singular
    if len(words) < 2:
        return
    last = key_of(words[-1])
    if last in COMPANY_FORMS:
        yield (*words[:-1], COMPANY_FORMS[last].capitalize())
    if last in COMPANY_SUFFIXES and (len(words) > 2 or key_of(words[0]) not in common_words()):
        yield words[:-1]


def singular_form(words: Words) -> Words | None:
    """The words of a name in small letters in the singular, if it is a plural and no office."""
    if not words or not all(word.islower() for word in words):
        return None
    singular = PLURAL.sub(lambda ending: "y" if ending.group() == "ies" else "", words[-1])
    is_office = singular in TITLES - MEMBER_NOUNS
    return None if is_office or singular == words[-1] else (*words[:-1], singular)


def _person_forms(words: Words, *, name: str, is_main: bool) -> Iterator[Words]:
    """The forms of a person's name; of aliases only those that are whole names."""
    words = _without_suffix(words)
    keys = [key_of(word) for word in words]
    is_name = len(words) > 1 and all(
        word[0].isupper() or key in SURNAME_PARTICLES or f"-{word}" in name
        for word, key in zip(words, keys, strict=True)
    )
    if not is_name or not TITLES.isdisjoint(keys):
        if is_main and len(words) > 1 and words[-1][0].isupper():
            yield words[-1:]
        return
    given, family = _parts(words)
    yield from _surname_forms(family, also_bare=is_main)
    if given:
        yield from _with_given(given, family)


def _without_suffix(words: Words) -> Words:
    while len(words) > 1 and key_of(words[-1]) in NAME_SUFFIXES:
        words = words[:-1]
    return words


def _parts(words: Words) -> tuple[Words, Words]:
    """The given names and the family name of a full name."""
    keys = [key_of(word) for word in words]
    is_eastern = keys[0] in FAMILY_NAMES_FIRST and keys[1] not in GIVEN_NAMES
    if words[-1].islower():
        return words[1:], words[:1]  # "Pyo Dong-won"
    if is_eastern and len(words) <= 3 and keys[-1] not in FAMILY_NAMES_FIRST:
        return words[1:], words[:1]
    first = len(words) - 1
    while first > 1 and keys[first - 1] in SURNAME_PARTICLES:
        first -= 1
    return words[:first], words[first:]


def _surname_forms(family: Words, *, also_bare: bool) -> Iterator[Words]:
    """A surname with and without its particles, with each form of the Arabic article."""
    if also_bare:
        yield family[-1:]
        yield from ((word,) for word in safe_spellings(family[-1]))
        if len(family) > 1:
            yield family
    if len(family) > 1 and key_of(family[-2]) in HYPHENATED_ARTICLES and also_bare:
        for article in ARABIC_ARTICLES:
            yield article, family[-1]


def _with_given(given: Words, family: Words) -> Iterator[Words]:
    """Full names: without middle names, with initials, the family name first, other spellings."""
    surnames = [family, *((*family[:-1], word) for word in safe_spellings(family[-1]))]
    if len(family) > 1 and key_of(family[-2]) in HYPHENATED_ARTICLES:
        surnames += [(article, family[-1]) for article in ARABIC_ARTICLES]
        surnames.append(family[-1:])
    initials = tuple(word[0] for word in given)
    firsts = [given, given[:1], initials, initials[:1]]
    for first, surname in product(dict.fromkeys(firsts), surnames):
        yield (*first, *surname)
    if all(word[0].isupper() and len(word) > 1 for word in given):
        yield (*family, *given)
