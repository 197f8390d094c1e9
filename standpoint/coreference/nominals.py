"""Actors meant by what they are once they are known: "the minister", "the federation", "his party".

A description is resolved where one actor that was introduced fits it and nobody else was spoken of
in the same words.
"""

from collections.abc import Iterator
from itertools import islice

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.officials import holders_of
from standpoint.coreference.sentence import SentenceView
from standpoint.lexicon.bodies import AMBIGUOUS_BODIES, BODY_NOUNS, KINDS_BY_PLURAL
from standpoint.lexicon.function_words import ARTICLES, PAIR_WORDS
from standpoint.lexicon.roles import AMBIGUOUS_TITLES, PERSON_NOUNS, PLURAL_TITLES, TITLES
from standpoint.mentions import ActorMention

MAX_WORDS_BETWEEN = 2


def descriptions_in(
    line: SentenceView, scene: DiscourseState, *, before: SentenceView | None
) -> Iterator[ActorMention]:
    """Mentions by "the" and a noun; ``before`` is the sentence before."""
    for number, word in enumerate(line.words):
        if number in line.owners:
            continue
        if word.key == "the":
            found = _title(line, number, scene) or _body(line, number, scene)
            if found is not None:
                yield found
        if before is not None and word.key in PAIR_WORDS:
            yield from _both(line, number, scene, before)


def _title(line: SentenceView, number: int, scene: DiscourseState) -> ActorMention | None:
    at = _noun(line, number, TITLES)
    if at is None or (line.is_capital(at + 1) and line.words[at].joined):
        return None
    if line.key(at) in scene.strange_titles | AMBIGUOUS_TITLES or line.key(at + 1) in PERSON_NOUNS:
        return None
    persons = holders_of(line, scene, at, range(number + 1, at))
    return line.mention(persons[0], number, at, "title") if len(persons) == 1 else None


def _noun(line: SentenceView, number: int, nouns: frozenset[str]) -> int | None:
    """The number of the noun that a "the" opens, with at most two words between."""
    for at in range(number + 1, min(number + 2 + MAX_WORDS_BETWEEN, len(line.words))):
        before = line.words[at - 1]
        if not before.joined or at in line.owners:
            return None
        if line.key(at) in nouns:
            return None if line.is_hyphenated(at) else at
        if before.possessive and at - 1 == number:
            return None
    return None


def _body(line: SentenceView, number: int, scene: DiscourseState) -> ActorMention | None:
    at = _noun(line, number, _NOUNS_OF_BODIES)
    if at is None or not line.is_whole(at) or line.key(at + 1) in ("of", "for"):
        return None
    head, between = line.key(at), {line.key(n) for n in range(number + 1, at)}
    if head in AMBIGUOUS_BODIES and not between and not line.is_capital(at):
        return None
    if head == "government" and not between:
        actor = _only_state(line, scene)
    else:
        actor = _bearer(head, between, scene)
    if actor is None or not _was_named(actor, line, number, scene):
        return None
    return line.mention(actor, number, at, "title")


_NOUNS_OF_BODIES = BODY_NOUNS | {"government"}


def _bearer(head: str, between: set[str], scene: DiscourseState) -> str | None:
    """The one body introduced whose name ends in a noun and holds the words before it."""
    known = (a for a in scene.bearers.get(head, ()) if between <= scene.cast.of(a).words)
    fitting = list(islice(known, 2))
    if len(fitting) != 1 or (head in scene.strange_bodies and not between):
        return None
    return fitting[0]


def _was_named(actor: str, line: SentenceView, number: int, scene: DiscourseState) -> bool:
    """Whether an actor was introduced before a word."""
    if scene.introduced[actor] < line.sentence.index:
        return True
    start = line.sentence.span.start + line.words[number].start
    return any(m.actor == actor and m.span.end <= start for m in line.mentions)


def _only_state(line: SentenceView, scene: DiscourseState) -> str | None:
    """The one state introduced, where the article has named no other country."""
    if len(scene.states) != 1:
        return None
    state = next(iter(scene.states))
    own = scene.cast.of(state).words | scene.cast.adjectives_by_state(state)
    return state if scene.countries_until(line.sentence) <= own else None


def _both(
    line: SentenceView, number: int, scene: DiscourseState, before: SentenceView
) -> Iterator[ActorMention]:
    """The two actors of the sentence before: "the two ministers", "both sides", "the pair"."""
    first = number - (line.key(number - 1) in ARTICLES)
    last, actors = number, []
    if line.key(number) == "pair":
        actors = _two_of(before, scene, kinds=("person",)) if first < number else []
    elif number + 1 < len(line.words) and line.words[number].joined:
        last = number + 1
        actors = _two_called(line.key(last), before, scene)
    if actors and line.is_whole(last) and not {*range(first, last + 1)} & set(line.owners):
        yield from (line.mention(actor, first, last, "title") for actor in actors)


def _two_called(noun: str, before: SentenceView, scene: DiscourseState) -> list[str]:
    if noun in KINDS_BY_PLURAL:
        return _two_of(before, scene, kinds=KINDS_BY_PLURAL[noun])
    if noun in ("men", "women"):
        return _two_of(before, scene, kinds=("person",))
    title = PLURAL_TITLES.get(noun)
    if title is None:
        return []
    two = _two_of(before, scene, kinds=("person",))
    return two if all(scene.held(title, actor) for actor in two) else []


def _two_of(before: SentenceView, scene: DiscourseState, *, kinds: tuple[str, ...]) -> list[str]:
    """The actors of some kinds, where there are exactly two; who only reports is no side."""
    found = dict.fromkeys(
        mention.actor
        for mention in before.mentions
        if scene.cast.of(mention.actor).kind in kinds
        and not before.is_place(mention)
        and ("person" in kinds or not before.is_source(mention))
    )
    return list(found) if len(found) == 2 else []
