"""Actors of a codebook to be, from the capitalised runs of articles."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from standpoint.authoring.actor_kinds import Kind, has_body_word
from standpoint.authoring.capitalized_spans import CapitalizedSpan
from standpoint.codebook import fold_name
from standpoint.lexicon.countries import countries
from standpoint.lexicon.function_words import PLACE_PREPOSITIONS, PREPOSITIONS, PREVERBAL
from standpoint.lexicon.honorifics import SPAN_HONORIFICS
from standpoint.lexicon.news_terms import NOT_NAMES
from standpoint.lexicon.particles import ARABIC_PARTICLES
from standpoint.lexicon.roles import OFFICE_QUALIFIERS, SPEAKER_ROLES, TITLES
from standpoint.lexicon.verbs import ACTING, REPORTING

MAX_NAME_CHARS = 100
_NO_NOUNS = NOT_NAMES | REPORTING | ACTING | PREVERBAL | PREPOSITIONS


@dataclass(slots=True)
class Found:
    """A name that articles hold, with how they use it.

    Attributes
    ----------
    words : folded, as in codebooks
    titles : phrases that stood before it ("Russian Foreign Minister")
    acronyms : those in brackets behind it
    """

    name: str
    words: tuple[str, ...]
    count: int = 0
    speaks: int = 0
    placed: int = 0
    titled: int = 0
    has_the: int = 0
    before_noun: int = 0
    country: str = ""
    forms: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    acronyms: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    kind: Kind = "group"
    member_of: str = ""

    def take(self, other: "Found") -> None:
        """Make another's occurrences this one's."""
        self.count += other.count
        self.speaks += other.speaks
        self.placed += other.placed
        self.titled += other.titled
        self.has_the += other.has_the
        self.before_noun += other.before_noun
        self.forms.update(other.forms)
        self.titles.update(other.titles)
        self.acronyms |= other.acronyms
        self.articles |= other.articles


@dataclass(frozen=True, slots=True)
class Titled:
    """A run parted into what stands before the name, and the name."""

    title: tuple[str, ...]
    name: tuple[str, ...]


def part_title(words: Sequence[str]) -> Titled:
    """A run's title and name; either may be empty.

    >>> part_title(["Russian", "Foreign", "Minister", "Sergei", "Lavrov"]).name
    ('Sergei', 'Lavrov')
    >>> part_title(["U.S.", "Secretary", "of", "State", "John", "Kerry"]).name
    ('John', 'Kerry')
    """
    last = -1
    for at, word in enumerate(words):
        if word.casefold() in TITLES | SPAN_HONORIFICS or (
            at > 0 and word.casefold() in SPEAKER_ROLES
        ):
            last = at
    if last < 0:
        return Titled((), tuple(words))
    past = last + 1
    if past + 1 < len(words) and words[past].casefold() in ("of", "for"):
        past += 2 if words[past + 1].casefold() == "the" else 1
        if words[past].casefold() not in OFFICE_QUALIFIERS and has_body_word(
            " ".join(words[past:])
        ):
            return Titled(tuple(words[:past]), tuple(words[past:]))
        past += 1
    name = tuple(words[past:])
    if name and (
        has_body_word(" ".join(name)) or name[0].casefold() in ARABIC_PARTICLES - {"al", "el"}
    ):
        return Titled((), tuple(words))
    return Titled(tuple(words[:past]), name)


def gather(runs: Iterable[CapitalizedSpan]) -> dict[tuple[str, ...], Found]:
    """What runs name, by the folded words of the name.

    Countries are counted under their usual name, and so is a seat of government that speaks.
    """
    found: dict[tuple[str, ...], Found] = {}
    for run in runs:
        parted = part_title(run.words)
        if not parted.name or len(run.text) > MAX_NAME_CHARS:
            continue
        text = run.text if not parted.title else run.text[run.starts[-len(parted.name)] :]
        country = "" if parted.title else _country(fold_name(text), speaks=run.speaks)
        name = countries()[country].names[0] if country else text
        words = tuple(fold_name(name).split())
        if words:
            _count(found.setdefault(words, Found(name, words, country=country)), run, parted, text)
    return found


def _country(folded: str, *, speaks: bool) -> str:
    names, seats = _country_words()
    return names.get(folded) or (seats.get(folded, "") if speaks else "")


def _count(one: Found, run: CapitalizedSpan, parted: Titled, text: str) -> None:
    one.count += 1
    one.speaks += run.speaks
    one.placed += run.before in PLACE_PREPOSITIONS and not run.speaks
    one.titled += bool(parted.title) or run.before in TITLES
    one.has_the += run.has_the
    one.before_noun += bool(run.after) and run.after not in _NO_NOUNS and not run.speaks
    one.forms[text] += 1
    one.articles.add(run.article)
    if run.acronym and not parted.title and not one.country and len(one.words) > 1:
        one.acronyms.add(run.acronym)
    if parted.title:
        owner = f"{run.owner}'s " if run.owner else ""
        one.titles[owner + " ".join(parted.title)] += 1


@cache
def _country_words() -> tuple[dict[str, str], dict[str, str]]:
    """The folded names of countries, and of their seats, with their codes."""
    told = countries().values()
    names = {fold_name(name): country.code for country in told for name in country.names}
    return names, {fold_name(seat): country.code for country in told for seat in country.seats}
