"""Descriptions of actors beside their names: appositions, predicates, and nouns next to the name.

"Ana Kovac, a teacher from Mora", "Kovac is a legend", "the charity Volta", "the Volta company".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from standpoint.coreference.grammatical_roles import before_phrase, ends_noun_phrase
from standpoint.lexicon.bodies import BODY_DESCRIPTIONS, NOUNS_BEHIND_NAMES, STATE_DESCRIPTIONS
from standpoint.lexicon.function_words import (
    AFTER_HEAD,
    FINITE_AUXILIARIES,
    NEGATIONS,
    NOUN_PREPOSITIONS,
    PREPOSITIONS,
    RELATIVE_PRONOUNS,
)
from standpoint.lexicon.roles import PERSON_DESCRIPTIONS, TITLES
from standpoint.lexicon.verbs import REPORTING
from standpoint.mentions import (
    ActorMention,
    ActorProfiles,
    SentenceView,
    is_given_name,
    view_sentence,
)
from standpoint.text import Article, Span

MAX_DESCRIPTION_WORDS = 8
"""Words up to the head noun: "an outspoken human rights lawyer"; longer ones are rare."""
MAX_BARE_WORDS = 3
"""Words up to the head noun without an article: "U.S. Senator (R-Texas)", "Panama coach"."""
MAX_OWNER_WORDS = 3
"""Words of a possessor: "the United States' top diplomat"."""
MAX_NOUN_DISTANCE = 2
"""Words from a name to the noun behind it: "the Volta robotics competition"."""
_OPENERS = frozenset("a an the its his her their".split())
_COPULAS = frozenset("is was are were became becomes remains remained".split())
_BETWEEN = frozenset("also both now still once such only truly really always".split())
_PARTICIPLE_ENDINGS = ("ing", "ed")
_PAST_PHRASE = AFTER_HEAD | FINITE_AUXILIARIES
_BY_KIND = {"person": PERSON_DESCRIPTIONS, "state": STATE_DESCRIPTIONS}


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase that describes an actor: its first token and its head noun."""

    actor: str
    first: int
    head: int
    is_apart: bool = True
    """Whether it is a phrase of its own, and no part of one with the name."""


def descriptions_in(view: SentenceView, profiles: ActorProfiles) -> Iterator[Description]:
    """The descriptions of the actors that a sentence mentions, each once."""
    seen: set[int] = set()
    for mention in view.mentions:
        for description in _of_mention(view, mention, _nouns(mention, profiles)):
            if description.head not in seen and description.head not in view.mention_at:
                seen.add(description.head)
                yield description


def described_mentions(
    article: Article,
    mentions: Mapping[int, Sequence[ActorMention]],
    *,
    profiles: ActorProfiles,
    quotes: Sequence[Span],
) -> Iterator[ActorMention]:
    """A mention for each description that is a phrase of its own, in text order.

    Parameters
    ----------
    mentions : by name, title and pronoun, by the index of their sentence
    """
    for sentence in article.sentences:
        there = mentions.get(sentence.index)
        if there:
            view = view_sentence(sentence, there, quotes=quotes)
            described = [d for d in descriptions_in(view, profiles) if d.is_apart]
            for phrase in sorted(described, key=lambda d: d.first):
                yield view.mention(phrase.actor, phrase.first, phrase.head, "title")


def _nouns(mention: ActorMention, profiles: ActorProfiles) -> frozenset[str]:
    return _BY_KIND.get(profiles.of(mention.actor).kind, BODY_DESCRIPTIONS)


def _of_mention(
    view: SentenceView, mention: ActorMention, nouns: frozenset[str]
) -> Iterator[Description]:
    indices = view.indices(mention)
    if not indices:
        return
    last = indices[-1]
    if mention.how == "name" and view.words[last].text[0].isupper():
        for head in (_noun_before(view, indices[0], nouns), _noun_behind(view, indices, nouns)):
            if head is not None:
                yield Description(mention.actor, head, head, is_apart=False)
        if not mention.possessive and view.gap(last) in (", ", " (", " – ", " — "):
            yield from _apposition(view, mention.actor, _past_age(view, last + 1), nouns)
    if not mention.possessive:
        yield from _predicates(view, mention, nouns)


def _noun_before(view: SentenceView, name: int, nouns: frozenset[str]) -> int | None:
    """The noun right before a name: "the charity Volta", "student Ana Kovac"."""
    at = name - 1
    if at < 0 or not view.words[at].joined or view.keys[at] not in nouns:
        return None
    # "the woman Kovac met" is somebody else.
    is_clause = nouns is PERSON_DESCRIPTIONS and view.key(at - 1) == "the"
    return None if is_clause or (at and view.is_capitalized(at)) else at


def _noun_behind(view: SentenceView, name: range, nouns: frozenset[str]) -> int | None:
    """The noun behind the name of a body: "the Volta company", "the Mora film festival"."""
    if nouns is not BODY_DESCRIPTIONS or view.key(name[0] - 1) in ("a", "an"):
        return None
    for at in range(name[-1] + 1, min(name[-1] + 1 + MAX_NOUN_DISTANCE, len(view.words))):
        word = view.words[at - 1]
        if not word.joined or word.possessive or view.is_capitalized(at):
            return None
        if view.keys[at] in NOUNS_BEHIND_NAMES:
            return at if ends_noun_phrase(view, at) else None
    return None


def _past_age(view: SentenceView, at: int) -> int:
    """The token past an age: "Ana Kovac, 42, a teacher"."""
    is_age = view.key(at).isdigit() and at < len(view.words) and view.gap(at) == ", "
    return at + 1 if is_age else at


def _apposition(
    view: SentenceView, actor: str, first: int, nouns: frozenset[str]
) -> Iterator[Description]:
    """What a phrase after a name and a comma describes it as, if it is no item of a list."""
    opener, own = view.key(first), _past_owner(view, first)
    if opener not in _OPENERS and own == first:
        head = _bare_head(view, first, nouns)
        # "Thank you, Mr. President, Prime Minister" speaks to two.
        is_spoken_to = not TITLES.isdisjoint({view.key(first - 1), view.key(first - 2)})
        if head is not None and not is_spoken_to and not _names_person(view, head):
            yield Description(actor, first, head)
        return
    head = noun_phrase_head(view, own if own > first else first + 1, nouns)
    if head is None or not _is_closed(view, head):
        return
    if opener in ("a", "an") or not _is_listed(view, head):
        yield Description(actor, first, head)


def _past_owner(view: SentenceView, first: int) -> int:
    """The token past a possessor that opens a phrase: "Spain's second bank"; else the same."""
    for at in range(first, min(first + MAX_OWNER_WORDS, len(view.words))):
        if view.words[at].possessive:
            return at + 1
        if not view.words[at].joined:
            break
    return first


def _joined_words(view: SentenceView, head: int) -> Iterator[int]:
    """The words behind another up to the next sign: "minister of health"."""
    at = head
    while at + 1 < len(view.words) and view.words[at].joined:
        at += 1
        yield at


def _names_person(view: SentenceView, head: int) -> bool:
    """Whether a name ends the phrase of a title: "Kovac, Minister of Health Ana Lind, …"."""
    return any(
        view.is_capitalized(at) and is_given_name(view.words[at].text)
        for at in _joined_words(view, head)
    )


def _is_closed(view: SentenceView, head: int) -> bool:
    """Whether a phrase ends before a verb of its own: not "To Kovac, a detective was sent"."""
    for at in _joined_words(view, head):
        if view.keys[at] in RELATIVE_PRONOUNS:
            return True
        if view.keys[at] in FINITE_AUXILIARIES - {"to"} or view.keys[at] in REPORTING:
            return False
    return True


def _bare_head(view: SentenceView, first: int, nouns: frozenset[str]) -> int | None:
    """The title or trade of a person after the name: "Kovac, director of the bank,"."""
    if nouns is not PERSON_DESCRIPTIONS:
        return None
    for at in range(first, min(first + MAX_BARE_WORDS, len(view.words))):
        if view.keys[at] in nouns and at not in view.mention_at:
            is_of = view.key(at + 1) in NOUN_PREPOSITIONS and view.words[at].joined
            is_qualified = at > first and view.is_capitalized(first)
            return at if is_of or (is_qualified and not view.words[at].joined) else None
        if not view.words[at].joined or view.keys[at] in AFTER_HEAD:
            return None
    return None


def _is_listed(view: SentenceView, head: int) -> bool:
    """Whether a phrase may be the next item of a list: "Valdia, the bank and farmers"."""
    last = head
    for last in _joined_words(view, head):
        if view.keys[last] in ("and", "or"):
            return True
    return view.gap(last).startswith(",") and view.key(last + 1) in ("and", "or")


def _predicates(
    view: SentenceView, mention: ActorMention, nouns: frozenset[str]
) -> Iterator[Description]:
    """What a sentence says that its subject is: "Kovac was both an artist and a legend"."""
    indices = view.indices(mention)
    is_relative = view.gap(indices[-1]) == ", " and view.key(indices[-1] + 1) in ("who", "which")
    at = _past_copula(view, indices[-1] + is_relative)
    is_governed = view.key_outside_mentions(before_phrase(view, indices[0])) in PREPOSITIONS
    if at is None or (is_governed and not is_relative):
        return  # "the mother of Kovac was a teacher"
    while view.key(at) in _BETWEEN:
        at += 1
    while view.key(at) in ("a", "an", "the"):
        head = noun_phrase_head(view, at + 1, nouns)
        if head is None:
            return
        yield Description(mention.actor, at, head)
        if view.key(head + 1) != "and" or view.key(head + 2) not in ("a", "an"):
            return
        at = head + 2


def _past_copula(view: SentenceView, last: int) -> int | None:
    """The token past the "is" or "was" that follows a token."""
    if not view.words[last].joined or view.key(last + 1) not in _COPULAS:
        return None
    return last + 2 if view.key(last + 2) not in NEGATIONS else None


def noun_phrase_head(view: SentenceView, first: int, nouns: frozenset[str]) -> int | None:
    """The head noun, one of some nouns, of the phrase after an article that begins at a token."""
    for at in range(first, min(first + MAX_DESCRIPTION_WORDS, len(view.words))):
        word, following = view.words[at], view.key(at + 1)
        if word.possessive or view.keys[at] in _PAST_PHRASE:
            return None
        if not word.joined or following in _PAST_PHRASE:
            return at if view.keys[at] in nouns else None
        if view.keys[at] in nouns and following.endswith(_PARTICIPLE_ENDINGS):
            return at
    return None
