"""What an article has told so far: who was introduced, as what, and who else could be meant."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from standpoint.coreference.sentence import SentenceView
from standpoint.lexicon.bodies import BODY_NOUNS
from standpoint.lexicon.function_words import ARTICLES, DEFINITE_DETERMINERS, INDEFINITE_WORDS
from standpoint.lexicon.honorifics import FORMS_OF_ADDRESS
from standpoint.lexicon.roles import OFFICE_MODIFIERS, RANKS, TITLE_HYPERNYMS, TITLES
from standpoint.mentions import ActorMention, ActorProfiles, Gender, country_keys, gender_of
from standpoint.text import Article, Sentence, words_of

_BEFORE_A_NAME = (TITLES | BODY_NOUNS | OFFICE_MODIFIERS | RANKS | {"of"}) - {"and", "two"}
_TELLING_NOUNS = TITLES | BODY_NOUNS | frozenset(f"{body}s" for body in BODY_NOUNS)
WINDOW = 3
"""Words before a name in which its title may stand."""


@dataclass(slots=True)
class Office:
    """A title that a person was introduced with, and the words that went with it."""

    since: int
    words: set[str]


@dataclass(slots=True)
class DiscourseState:
    """Grows sentence by sentence; nothing that comes later is known."""

    cast: ActorProfiles
    article: Article
    offices: dict[str, dict[str, Office]] = field(default_factory=dict)
    bearers: dict[str, set[str]] = field(default_factory=dict)
    introduced: dict[str, int] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    states: set[str] = field(default_factory=set)
    strange_titles: set[str] = field(default_factory=set)
    strange_bodies: set[str] = field(default_factory=set)
    genders: dict[str, Gender] = field(default_factory=dict)
    _countries: set[str] = field(default_factory=set)
    _scanned: int = 0

    def take_in(self, line: SentenceView) -> None:
        """Learn from the names of a sentence, and from what it says of others."""
        beside: set[int] = set()
        for mention in line.mentions:
            if mention.how == "name":
                beside |= self._introduce(mention, line)
        if line.sentence.index == 0 and line.words and line.words[-1].joined:
            return
        for number, word in enumerate(line.words):
            if word.key not in _TELLING_NOUNS or number in line.owners or number in beside:
                continue
            if word.key in TITLES:
                self._note_title(line, number)
            elif word.key in BODY_NOUNS or word.key.removesuffix("s") in BODY_NOUNS:
                self._note_body(line, number)

    def _introduce(self, mention: ActorMention, line: SentenceView) -> set[int]:
        """Remember an actor by name; the numbers of the words that are his titles there."""
        if mention.actor not in self.introduced:
            self._meet(mention.actor, at=line.sentence.index)
        if not self.cast.is_person(mention.actor):
            return set()
        beside: dict[int, set[str]] = {}
        for phrase in titles_beside(line, mention):
            titles = (number for number in phrase if line.key(number) in TITLES)
            beside |= {number: {line.key(n) for n in phrase} for number in titles}
        for number, words in beside.items():
            self._appoint(mention.actor, line.key(number), words, at=line.sentence.index)
        self._learn_gender(mention, line)
        return set(beside)

    def _meet(self, actor: str, *, at: int) -> None:
        """Remember an actor named for the first time, with what the codebook tells of him."""
        profile = self.cast.of(actor)
        self.introduced[actor] = at
        if profile.kind == "state":
            self.states.add(actor)
        for home in self.cast.homes_of(actor):
            self.members.setdefault(home, []).append(actor)
        for head in profile.heads:
            self.bearers.setdefault(head, set()).add(actor)
        for title, words in profile.titles.items():
            self._appoint(actor, title, words, at=at)

    def _appoint(self, actor: str, title: str, words: Set[str], *, at: int) -> None:
        office = self.offices.setdefault(title, {}).setdefault(actor, Office(at, set()))
        office.words |= words

    def _learn_gender(self, mention: ActorMention, line: SentenceView) -> None:
        first = line.numbers(mention)[0]
        while first > 0 and line.gap(first - 1) in (" ", ". ") and first - 1 not in line.owners:
            first -= 1
            if line.key(first) not in FORMS_OF_ADDRESS | TITLES:
                break
        for number in range(first, line.numbers(mention)[-1] + 1):
            found = gender_of(line.words[number].text)
            if found is not None and line.key(number) in FORMS_OF_ADDRESS | TITLES:
                self.genders.setdefault(mention.actor, found)

    def _note_title(self, line: SentenceView, number: int) -> None:
        """A title of somebody else, or of nobody known, makes the bare title ambiguous."""
        named = line.is_capital(number + 1) and line.words[number].joined
        before = {line.key(n) for n in range(max(0, number - WINDOW), number)}
        if (named and number + 1 not in line.owners) or before & INDEFINITE_WORDS:
            self.strange_titles.add(line.key(number))

    def _note_body(self, line: SentenceView, number: int) -> None:
        """A body of another name makes the bare noun ambiguous."""
        key, before = line.key(number), line.key(number - 1)
        alone = before in DEFINITE_DETERMINERS or line.is_possessed(number)
        of_another = line.key(number + 1) in ("of", "for") and line.words[number].text[0].isupper()
        if (number and not alone) or of_another:
            self.strange_bodies.add(key if key in BODY_NOUNS else key.removesuffix("s"))

    def held(self, title: str, actor: str) -> bool:
        """Whether a person was introduced with a title, or with one that it covers."""
        return bool(self.titles_of(actor, title))

    def titles_of(self, actor: str, title: str) -> list[str]:
        """A person's titles that a title means or covers."""
        return [own for own in covered_by(title) if actor in self.offices.get(own, {})]

    def bearing(self, title: str) -> Iterator[str]:
        """Persons with titles that a title means or covers, each once."""
        seen: set[str] = set()
        for own in covered_by(title):
            yield from (a for a in self.offices.get(own, ()) if a not in seen)
            seen |= self.offices.get(own, {}).keys()

    def gender(self, actor: str) -> Gender | None:
        """What is known of a person's gender."""
        return self.genders.get(actor) or self.cast.of(actor).gender

    def fits(self, actor: str, gender: Gender) -> bool:
        """Whether nothing speaks against a pronoun's meaning a person."""
        return self.gender(actor) in (None, gender)

    def countries_until(self, sentence: Sentence) -> set[str]:
        """Keys of the countries and their adjectives that the article names up to a sentence."""
        for number in range(self._scanned, sentence.index + 1):
            words = words_of(self.article.sentences[number].text)
            self._countries |= country_keys() & {word.key for word in words}
        self._scanned = max(self._scanned, sentence.index + 1)
        return self._countries


def covered_by(title: str) -> list[str]:
    """A title and those that it covers, in a fixed order."""
    return sorted(TITLE_HYPERNYMS.get(title, frozenset()) | {title})


def titles_beside(line: SentenceView, mention: ActorMention) -> Iterator[list[int]]:
    """Stretches in which a person's title stands: before the name, in it, or behind a comma."""
    numbers = line.numbers(mention)
    first = numbers[0]
    while first > 0 and numbers[0] - first < WINDOW and _leads(line, first - 1):
        first -= 1
    yield [*range(first, numbers[-1] + 1)]
    if line.gap(numbers[-1]) == ", " and not mention.possessive:
        yield _apposition(line, numbers[-1] + 1)


def _apposition(line: SentenceView, first: int) -> list[int]:
    """The title behind a name and a comma: "Ana Kovac, the mayor of Mora, …"."""
    phrase: list[int] = []
    for at in range(first, min(first + WINDOW + 2, len(line.words))):
        if at in line.owners:
            break
        phrase.append(at)
        if line.key(at) in TITLES:
            return phrase if line.key(first) in ARTICLES or len(phrase) <= 2 else []
        if not line.words[at].joined:
            break
    return []


def _leads(line: SentenceView, number: int) -> bool:
    """Whether a word goes with the name behind it ("Foreign Minister Sergei Lavrov")."""
    word = line.words[number]
    if not word.joined or word.possessive or word.key in ARTICLES:
        return False
    return word.text[0].isupper() or word.key in _BEFORE_A_NAME
