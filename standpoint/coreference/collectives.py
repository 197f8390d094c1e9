"""Collectives: several actors meant together, as by "both sides", "all three", "the trio"; and
"the former" and "the latter".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.grammatical_roles import (
    are_coordinated,
    ends_noun_phrase,
    is_place,
    is_source,
)
from standpoint.lexicon.bodies import KINDS_BY_PLURAL
from standpoint.lexicon.collectives import (
    COLLECTIVE_NUMBERS,
    COLLECTIVE_OPENERS,
    GROUPS_BY_NUMBER,
    ORDINALS_OF_TWO,
    PLURAL_PERSONS,
)
from standpoint.lexicon.function_words import (
    AFTER_SUBJECT,
    CLAUSE_OPENERS,
    DEFINITE_DETERMINERS,
    FINITE_AUXILIARIES,
    PREPOSITIONS,
)
from standpoint.lexicon.roles import PLURAL_TITLES
from standpoint.lexicon.verbs import REPORTING
from standpoint.mentions import ActorMention, SentenceView, is_action_verb

PERSONS = ("person",)
ANY_KIND = ("person", "state", "organisation", "group")
_SIDES = ("sides", "parties")
_MARKS_BEFORE = (",", ";", ":", "–", "—", "--")
MAX_WORDS_TO_NOUN = 1
"""Words between the number and its noun: "the two African leaders"."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A collective phrase: its tokens, and the actors that it may mean.

    Attributes
    ----------
    noun : the key of the noun that describes the actors; empty for "all three" alone
    """

    first: int
    last: int
    number: int
    noun: str


def collective_mentions(
    view: SentenceView, at: int, discourse: DiscourseState, *, previous: SentenceView | None
) -> list[ActorMention]:
    """The mentions of each actor that a phrase at a token means together.

    The actors are those before the phrase in its sentence, or those of the previous sentence: as
    many as the phrase says.
    """
    phrase = _phrase(view, at)
    if phrase is None or any(n in view.mention_at for n in range(phrase.first, phrase.last + 1)):
        return []
    actors = _actors_before(view, phrase, discourse)
    if not actors and previous is not None:
        actors = _choose(previous, previous.mentions, phrase, discourse)
    return [view.mention(actor, phrase.first, phrase.last, "title") for actor in actors]


def _phrase(view: SentenceView, at: int) -> _Phrase | None:
    """The collective phrase whose number or group noun is a token."""
    key, before = view.keys[at], view.key(at - 1)
    is_definite = before in DEFINITE_DETERMINERS or before in COLLECTIVE_OPENERS
    if key in GROUPS_BY_NUMBER:
        ended = before == "the" and ends_noun_phrase(view, at)
        return _Phrase(at - 1, at, GROUPS_BY_NUMBER[key], "people") if ended else None
    number = COLLECTIVE_NUMBERS.get(key, 0)
    if not number or not (is_definite or key == "both"):
        return None
    first = at - 1 if is_definite else at
    if first > 0 and is_definite and view.key(first - 1) in COLLECTIVE_OPENERS:
        first -= 1  # "all of the three" is rare, "all the three" and "both the two" too
    noun = _noun_after(view, at)
    if noun is not None:
        return _Phrase(first, noun, number, view.keys[noun])
    alone = _stands_alone(view, at) and _opens_clause(view, first)
    return _Phrase(first, at, number, "") if alone else None


def _noun_after(view: SentenceView, at: int) -> int | None:
    """The plural noun that a number counts, where the phrase ends with it."""
    for noun in range(at + 1, min(at + 2 + MAX_WORDS_TO_NOUN, len(view.words))):
        if not view.words[noun - 1].joined or noun in view.mention_at:
            return None
        key = view.keys[noun]
        if key in KINDS_BY_PLURAL or key in PLURAL_TITLES or key in PLURAL_PERSONS:
            return noun if ends_noun_phrase(view, noun) else None
    return None


def _stands_alone(view: SentenceView, at: int) -> bool:
    """Whether a number is a subject without a noun: "all three backed it", "both of them said"."""
    if view.words[at].possessive:
        return False
    if view.key(at + 1) == "of":
        return view.key(at + 2) == "them"
    if not view.words[at].joined or view.key(at - 1) == "these":
        return False
    following = at + 1
    while view.key(following) in AFTER_SUBJECT and view.words[following].joined:
        if view.keys[following] in FINITE_AUXILIARIES:
            return True
        following += 1
    # A verb of several has no -s: in "both notes" the word is a noun.
    verb = view.key(following)
    return is_action_verb(verb) and (not verb.endswith("s") or view.keys[at] in ORDINALS_OF_TWO)


def _opens_clause(view: SentenceView, first: int) -> bool:
    """Whether a phrase can be a subject: "have both agreed" and "met both" have it elsewhere."""
    if first <= 0 or view.key(first - 1) in CLAUSE_OPENERS | REPORTING or view.is_quoted(first):
        return True
    # "In a joint paper the two ask": a determiner shows where the subject begins.
    is_marked = view.gap(first - 1).strip() in _MARKS_BEFORE
    return view.keys[first] != "both" and (is_marked or view.key(first - 1) not in PREPOSITIONS)


def _actors_before(view: SentenceView, phrase: _Phrase, discourse: DiscourseState) -> list[str]:
    """The actors before a phrase in its own sentence, if there are as many as it says."""
    start = view.span(phrase.first, phrase.first).start
    before = [m for m in view.mentions if m.span.end <= start]
    actors = _choose(view, before, phrase, discourse) if before else []
    # Of "talks between the rebels and the army, and both sides" the sides may be no actors.
    is_open = phrase.noun in _SIDES and not _are_all_coordinated(view, before)
    return [] if is_open else actors


def _are_all_coordinated(view: SentenceView, mentions: Sequence[ActorMention]) -> bool:
    """Whether some mentions are one list: "Japan and the U.S."."""
    ordered = sorted(mentions, key=lambda mention: mention.span)
    return all(are_coordinated(view, before, after) for before, after in pairwise(ordered))


def _choose(
    view: SentenceView,
    mentions: Sequence[ActorMention],
    phrase: _Phrase,
    discourse: DiscourseState,
) -> list[str]:
    """The actors of some mentions that fit a phrase; empty unless there are as many as it says."""
    title = PLURAL_TITLES.get(phrase.noun)
    for kinds in _kinds_of(phrase):
        actors = list(_distinct(view, mentions, kinds, discourse))
        if len(actors) == phrase.number:
            fits = title is None or _may_have_title(actors, title, discourse)
            return actors if fits else []
    return []


def _kinds_of(phrase: _Phrase) -> Iterator[tuple[str, ...]]:
    """The kinds of actors that a phrase can mean, the likeliest first."""
    if phrase.noun in KINDS_BY_PLURAL:
        yield KINDS_BY_PLURAL[phrase.noun]
    elif phrase.noun:
        yield PERSONS
    else:
        yield from ((kind,) for kind in ANY_KIND)
        yield ANY_KIND


def _distinct(
    view: SentenceView,
    mentions: Sequence[ActorMention],
    kinds: tuple[str, ...],
    discourse: DiscourseState,
) -> dict[str, None]:
    """The actors of some kinds, each once. A reporting source is no side of a matter."""
    return dict.fromkeys(
        mention.actor
        for mention in sorted(mentions, key=lambda mention: mention.span)
        if discourse.profiles.of(mention.actor).kind in kinds
        and not is_place(view, mention)
        and ("person" in kinds or not is_source(view, mention))
    )


def _may_have_title(actors: Sequence[str], title: str, discourse: DiscourseState) -> bool:
    """Whether each of some persons has a title, or all may have it for all that was said.

    Persons of whom no title is known may be any "two ministers", if nobody else is a minister.
    """
    holders = {*discourse.persons_with_title(title)}
    if holders >= {*actors}:
        return True
    is_open = title not in discourse.others_titles and holders <= {*actors}
    return is_open and not any(discourse.has_title(actor) for actor in actors)


def ordinal_mention(
    view: SentenceView, at: int, discourse: DiscourseState, *, previous: SentenceView | None
) -> ActorMention | None:
    """One of two actors by "the former" or "the latter", as the subject of what follows."""
    is_last = view.keys[at] == "latter"
    if view.key(at - 1) != "the" or not _stands_alone(view, at):
        return None
    phrase = _Phrase(at - 1, at, 2, "")
    pair = _actors_before(view, phrase, discourse)
    if not pair and previous is not None:
        pair = _choose(previous, previous.mentions, phrase, discourse)
    return view.mention(pair[is_last], at - 1, at, "title") if pair else None
