"""Entities of articles: capitalized spans counted by the name they hold."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from standpoint.authoring.actor_kinds import has_body_word
from standpoint.authoring.capitalized_spans import CapitalizedSpan, country_names
from standpoint.codebook import Kind, fold_name
from standpoint.lexicon.countries import countries, country_words
from standpoint.lexicon.function_words import PLACE_PREPOSITIONS, PREPOSITIONS, PREVERBAL
from standpoint.lexicon.honorifics import SPAN_HONORIFICS
from standpoint.lexicon.news_terms import NOT_NAMES
from standpoint.lexicon.particles import ARABIC_PARTICLES
from standpoint.lexicon.roles import OFFICE_QUALIFIERS, SPEAKER_ROLES, TITLES
from standpoint.lexicon.verbs import ACTING, REPORTING

Words = tuple[str, ...]
MAX_NAME_CHARS = 100  # a guess: longer spans are titles of laws or works, not names
_NOT_NOUNS = NOT_NAMES | REPORTING | ACTING | PREVERBAL | PREPOSITIONS


@dataclass(slots=True)
class Entity:
    """A named entity of articles: its name variants, and how often it occurs in which context.

    Attributes
    ----------
    words : the name, folded as in codebooks
    count : how often it occurs
    speaks : as the subject of a reporting verb
    placed : after "in", "near" and the like
    titled : after a title or honorific
    has_the : after "the"
    before_noun : before a noun, as an adjective is
    country : the code, where it is a country
    variants : name variants with their frequency
    titles : phrases before it ("Russian Foreign Minister")
    acronyms : those in brackets after it
    articles : numbers of articles
    """

    name: str
    words: Words
    count: int = 0
    speaks: int = 0
    placed: int = 0
    titled: int = 0
    has_the: int = 0
    before_noun: int = 0
    country: str = ""
    variants: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    acronyms: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    kind: Kind = "group"
    member_of: str = ""

    @property
    def is_country_word(self) -> bool:
        """Whether its name is the name, adjective or seat of a country."""
        return " ".join(self.words) in country_words()

    def absorb(self, other: "Entity") -> None:
        """Add the occurrences of another name of the same entity."""
        for name in ("count", "speaks", "placed", "titled", "has_the", "before_noun"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.variants.update(other.variants)
        self.titles.update(other.titles)
        self.acronyms |= other.acronyms
        self.articles |= other.articles


def split_title(words: Words) -> tuple[Words, Words]:
    """Split a capitalized span into title and name; either may be empty.

    >>> split_title(("Russian", "Foreign", "Minister", "Sergei", "Lavrov"))[1]
    ('Sergei', 'Lavrov')
    >>> split_title(("U.S.", "Secretary", "of", "State", "John", "Kerry"))[1]
    ('John', 'Kerry')
    """
    keys = [word.casefold() for word in words]
    ends = (
        at + 1
        for at, key in enumerate(keys)
        if key in TITLES | SPAN_HONORIFICS or (at > 0 and key in SPEAKER_ROLES)
    )
    end = max(ends, default=0)
    if not end:
        return (), words
    if end + 1 < len(words) and keys[end] in ("of", "for"):
        end += 2 if keys[end + 1] == "the" else 1
        if keys[end] not in OFFICE_QUALIFIERS and has_body_word(" ".join(words[end:])):
            return words[:end], words[end:]
        end += 1
    name = words[end:]
    # Where the rest names a body or begins with "bin", the title is part of the name.
    if name and (has_body_word(" ".join(name)) or keys[end] in ARABIC_PARTICLES - {"al", "el"}):
        return (), words
    return words[:end], name


def count_entities(spans: Iterable[CapitalizedSpan]) -> dict[Words, Entity]:
    """Count the names in capitalized spans, by their folded words.

    Countries are counted under their usual name, and so is a seat of government that speaks.
    """
    entities: dict[Words, Entity] = {}
    for span in spans:
        title, name_words = split_title(span.words)
        if not name_words or len(span.text) > MAX_NAME_CHARS:
            continue
        text = span.text[span.starts[-len(name_words)] :] if title else span.text
        country = "" if title else _country_code(fold_name(text), speaks=span.speaks)
        name = countries()[country].names[0] if country else text
        words = tuple(fold_name(name).split())
        if words:
            entity = entities.setdefault(words, Entity(name, words, country=country))
            _count(entity, span, title=title, text=text)
    return entities


def _country_code(folded: str, *, speaks: bool) -> str:
    return country_names().get(folded) or (_seats().get(folded, "") if speaks else "")


@cache
def _seats() -> dict[str, str]:
    """The folded names of seats of government with their countries' codes."""
    return {
        fold_name(seat): country.code for country in countries().values() for seat in country.seats
    }


def _count(entity: Entity, span: CapitalizedSpan, *, title: Words, text: str) -> None:
    entity.count += 1
    entity.speaks += span.speaks
    entity.placed += span.before in PLACE_PREPOSITIONS and not span.speaks
    entity.titled += bool(title) or span.before in TITLES
    entity.has_the += span.before == "the"
    entity.before_noun += bool(span.after) and span.after not in _NOT_NOUNS and not span.speaks
    entity.variants[text] += 1
    entity.articles.add(span.article)
    if span.acronym and not title and not entity.country and len(entity.words) > 1:
        entity.acronyms.add(span.acronym)
    if title:
        owner = f"{span.owner}'s " if span.owner else ""
        entity.titles[owner + " ".join(title)] += 1
