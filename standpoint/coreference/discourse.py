"""Discourse state for coreference: entities introduced so far, their titles and competitors."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from standpoint.coreference.descriptions import descriptions_in
from standpoint.coreference.grammatical_roles import ends_noun_phrase
from standpoint.lexicon.bodies import BODY_NOUNS, EVENT_SYNONYMS, SIDE_NOUNS
from standpoint.lexicon.function_words import ARTICLES, DEFINITE_DETERMINERS, INDEFINITE_WORDS
from standpoint.lexicon.honorifics import FORMS_OF_ADDRESS
from standpoint.lexicon.roles import (
    OFFICE_MODIFIERS,
    PERSON_SYNONYMS,
    RANKS,
    TITLE_HYPERNYMS,
    TITLES,
)
from standpoint.mentions import (
    ActorMention,
    ActorProfiles,
    Gender,
    SentenceView,
    country_keys,
)
from standpoint.mentions import (
    gender_of as gender_of_word,
)
from standpoint.text import Article, Sentence, words_of

_BEFORE_A_NAME = (TITLES | BODY_NOUNS | OFFICE_MODIFIERS | RANKS | {"of"}) - {"and", "two"}
_SYNONYMS = PERSON_SYNONYMS | EVENT_SYNONYMS
_BEFORE_NAMES = FORMS_OF_ADDRESS | TITLES
_NOMINAL_HEADS = TITLES | BODY_NOUNS | SIDE_NOUNS | frozenset(f"{body}s" for body in BODY_NOUNS)
MAX_TITLE_WORDS = 3
"""Words before a name in which its title can stand: "Deputy Foreign Minister Sergei Ryabkov"."""
MAX_APPOSITION_WORDS = MAX_TITLE_WORDS + 2
"""Words after a name up to its title: "Ana Kovac, the outgoing deputy foreign minister"."""


@dataclass(slots=True)
class Office:
    """A title that a person was introduced with, or a noun that described an actor.

    Attributes
    ----------
    since : index of the sentence that introduced it
    words : keys of the words that occurred with it, of all its occurrences
    """

    since: int
    words: set[str]


@dataclass(slots=True)
class DiscourseState:
    """What the sentences read so far have introduced; later sentences have no influence.

    Attributes
    ----------
    offices : by title, then by person
    bodies_by_head : actors that a head noun alone can mean ("the federation")
    introduced_at : index of the first sentence that names an actor
    n_named : how often each actor was named
    members : actors introduced so far, by each state or body that they belong to
    others_titles : titles that somebody else has too, so that "the minister" is unclear, each with
        the words before it of every occurrence
    ambiguous_heads : the same for head nouns of bodies
    given_names : the person introduced with a given name; None where several are
    stranger_names : last names of persons who are no actors, with their gender
    described : by a noun that describes actors beside their names, then by actor
    others_nouns : such nouns that are somebody else's too
    genders : of persons, as titles and resolved pronouns show
    """

    profiles: ActorProfiles
    article: Article
    offices: dict[str, dict[str, Office]] = field(default_factory=dict)
    bodies_by_head: dict[str, set[str]] = field(default_factory=dict)
    introduced_at: dict[str, int] = field(default_factory=dict)
    n_named: Counter[str] = field(default_factory=Counter)
    members: dict[str, list[str]] = field(default_factory=dict)
    states: set[str] = field(default_factory=set)
    others_titles: dict[str, list[set[str]]] = field(default_factory=dict)
    ambiguous_heads: set[str] = field(default_factory=set)
    given_names: dict[str, str | None] = field(default_factory=dict)
    genders: dict[str, Gender] = field(default_factory=dict)
    stranger_names: dict[str, Gender | None] = field(default_factory=dict)
    described: dict[str, dict[str, Office]] = field(default_factory=dict)
    others_nouns: set[str] = field(default_factory=set)
    _countries: set[str] = field(default_factory=set)
    _n_scanned: int = 0

    def update(self, view: SentenceView) -> None:
        """Add the actors that a sentence names, and the titles and bodies of others."""
        title_indices: set[int] = set()
        for mention in view.mentions:
            if mention.how == "name":
                title_indices |= self._introduce(mention, view)
        own_nouns = self._describe(view)
        # A first sentence without a full stop is a headline, which drops articles.
        if view.sentence.index == 0 and view.sentence.text.rstrip()[-1:].isalnum():
            return
        for at, key in enumerate(view.keys):
            if key in self.given_names:
                self._note_given_name(view, at)
            if key in self.described and at not in own_nouns:
                self._note_noun(view, at)
            if key not in _NOMINAL_HEADS or at in view.mention_at or at in title_indices:
                continue
            if key in TITLES:
                self._note_title(view, at)
            else:
                self._note_body(view, at)

    def _introduce(self, mention: ActorMention, view: SentenceView) -> set[int]:
        """Record an actor by name; returns the tokens that are a person's titles there."""
        self.n_named[mention.actor] += 1
        if mention.actor not in self.introduced_at:
            self._add_profile(mention.actor, at=view.sentence.index)
        if not self.profiles.is_person(mention.actor):
            return set()
        title_indices: set[int] = set()
        for phrase in title_phrases(view, mention):
            titles = [at for at in phrase if view.keys[at] in TITLES]
            words = {view.keys[at] for at in phrase}
            for title in titles:
                self._appoint(mention.actor, view.keys[title], words, at=view.sentence.index)
            title_indices.update(titles)
        self._learn_gender(mention, view)
        return title_indices

    def _add_profile(self, actor: str, *, at: int) -> None:
        """Record what the codebook says of an actor named for the first time."""
        profile = self.profiles.of(actor)
        self.introduced_at[actor] = at
        if profile.kind == "state":
            self.states.add(actor)
        if profile.kind == "person":
            for name in profile.opening:
                is_other = self.given_names.setdefault(name, actor) != actor
                self.given_names[name] = None if is_other else actor
        for home in self.profiles.parents_of(actor):
            self.members.setdefault(home, []).append(actor)
        for head in profile.heads:
            self.bodies_by_head.setdefault(head, set()).add(actor)
        for noun in profile.nouns:
            self._call(actor, noun, profile.words, at=at)
        for title, words in profile.titles.items():
            self._appoint(actor, title, words, at=at)

    def _appoint(self, actor: str, title: str, words: Set[str], *, at: int) -> None:
        """Record that a person has a title, with the words that occur beside it."""
        office = self.offices.setdefault(title, {}).setdefault(actor, Office(at, set()))
        office.words |= words

    def _learn_gender(self, mention: ActorMention, view: SentenceView) -> None:
        """Record the gender that an honorific or title before the name shows ("Mrs Kovac")."""
        indices = view.indices(mention)
        first = indices[0]
        while first > 0 and view.gap(first - 1) in (" ", ". ") and first - 1 not in view.mention_at:
            first -= 1
            if view.keys[first] not in _BEFORE_NAMES:
                break
        for at in range(first, indices[-1] + 1):
            gender = gender_of_word(view.words[at].text)
            if gender is not None and view.keys[at] in _BEFORE_NAMES:
                self.genders.setdefault(mention.actor, gender)

    def _describe(self, view: SentenceView) -> set[int]:
        """Record the nouns that describe actors beside their names; returns their tokens."""
        described = [*descriptions_in(view, self.profiles)]
        for phrase in described:
            noun = view.keys[phrase.head]
            words = {*view.keys[phrase.first : phrase.head]}
            self._call(phrase.actor, noun, words, at=view.sentence.index)
        return {phrase.head for phrase in described}

    def _call(self, actor: str, noun: str, words: Set[str], *, at: int) -> None:
        """Record that a noun and its synonyms describe an actor, with the words before it."""
        for key in {noun} | _SYNONYMS.get(noun, frozenset()):
            known = self.described.setdefault(key, {}).setdefault(actor, Office(at, set()))
            known.words |= words

    def _note_noun(self, view: SentenceView, at: int) -> None:
        """Record that a noun which describes an actor is also somebody else's."""
        is_named = view.is_capitalized(at + 1) and view.words[at].joined
        is_indefinite = not INDEFINITE_WORDS.isdisjoint(
            view.keys[max(0, at - MAX_TITLE_WORDS) : at]
        )
        if is_indefinite or (is_named and at + 1 not in view.mention_at):
            self.others_nouns.add(view.keys[at])

    def _note_given_name(self, view: SentenceView, at: int) -> None:
        """Record that somebody who is no actor has the given name of an actor."""
        is_named = view.is_capitalized(at) and view.is_capitalized(at + 1) and view.words[at].joined
        if is_named and at not in view.mention_at and at + 1 not in view.mention_at:
            self.given_names[view.keys[at]] = None

    def _note_title(self, view: SentenceView, at: int) -> None:
        """Record a title of somebody who is no actor, or of nobody in particular."""
        is_named = view.is_capitalized(at + 1) and view.words[at].joined
        before = {*view.keys[max(0, at - MAX_TITLE_WORDS) : at]}
        if (is_named and at + 1 not in view.mention_at) or before & INDEFINITE_WORDS:
            self.others_titles.setdefault(view.keys[at], []).append(before)

    def _note_body(self, view: SentenceView, at: int) -> None:
        """Record a body with another name, unless the noun only refers back to a known one."""
        refers_back = view.key(at - 1) in DEFINITE_DETERMINERS or view.has_possessor(at)
        refers_back = refers_back or at - 1 in view.mention_at  # "the Volta company"
        has_name = view.key(at + 1) in ("of", "for") and view.words[at].text[0].isupper()
        if not ends_noun_phrase(view, at):  # "a church lawyer"
            return
        if (at and not refers_back) or has_name:
            key = view.keys[at]
            self.ambiguous_heads.add(
                key if key in BODY_NOUNS | SIDE_NOUNS else key.removesuffix("s")
            )

    def is_ambiguous_title(self, title: str, modifiers: Set[str]) -> bool:
        """Whether somebody else has a title with some modifiers, or is just called by it."""
        return any(modifiers <= before for before in self.others_titles.get(title, ()))

    def titles_of(self, actor: str, title: str) -> list[str]:
        """A person's titles that a title means or covers."""
        return [own for own in covered_by(title) if actor in self.offices.get(own, {})]

    def persons_with_title(self, title: str) -> Iterable[str]:
        """Persons with titles that a title means or covers, each once."""
        return dict.fromkeys(p for own in covered_by(title) for p in self.offices.get(own, ()))

    def words_of_office(self, actor: str, title: str) -> set[str]:
        """The words that occurred with a person's title."""
        office = self.offices.get(title, {}).get(actor)
        return office.words if office is not None else set()

    def has_title(self, actor: str) -> bool:
        """Whether a person was introduced with any title."""
        return any(actor in holders for holders in self.offices.values())

    def gender_of(self, actor: str) -> Gender | None:
        """The gender of a person, where the text or a given name shows it."""
        return self.genders.get(actor) or self.profiles.of(actor).gender

    def agrees(self, actor: str, gender: Gender) -> bool:
        """Gender agreement of a person and a pronoun; an unknown gender agrees with both."""
        return self.gender_of(actor) in (None, gender)

    def countries_named_until(self, sentence: Sentence) -> set[str]:
        """Keys of the countries and their adjectives in the article up to a sentence."""
        # Scanned only when asked for: few articles say "the government" alone.
        for number in range(self._n_scanned, sentence.index + 1):
            words = words_of(self.article.sentences[number].text)
            self._countries |= country_keys() & {word.key for word in words}
        self._n_scanned = max(self._n_scanned, sentence.index + 1)
        return self._countries


def covered_by(title: str) -> list[str]:
    """A title and those that it covers, in a fixed order."""
    return sorted(TITLE_HYPERNYMS.get(title, frozenset()) | {title})


def title_phrases(view: SentenceView, mention: ActorMention) -> Iterator[Sequence[int]]:
    """The tokens where a person's title can stand: before and in the name, and in apposition."""
    indices = view.indices(mention)
    first = indices[0]
    while first > 0 and indices[0] - first < MAX_TITLE_WORDS and _modifies_name(view, first - 1):
        first -= 1
    yield range(first, indices[-1] + 1)
    if view.gap(indices[-1]) == ", " and not mention.possessive:
        yield _apposition(view, indices[-1] + 1)


def _apposition(view: SentenceView, first: int) -> Sequence[int]:
    """The title after a name and a comma: "Ana Kovac, the mayor of Mora, …"."""
    for at in range(first, min(first + MAX_APPOSITION_WORDS, len(view.words))):
        if at in view.mention_at:
            break
        if view.keys[at] in TITLES:
            short = at - first < 2 or view.keys[first] in ARTICLES
            return range(first, at + 1) if short else ()
        if not view.words[at].joined:
            break
    return ()


def _modifies_name(view: SentenceView, at: int) -> bool:
    """Whether a token goes with the name after it ("Foreign Minister Sergei Lavrov")."""
    word = view.words[at]
    if not word.joined or word.possessive or word.key in ARTICLES:
        return False
    return word.text[0].isupper() or word.key in _BEFORE_A_NAME
