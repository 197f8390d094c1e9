"""Whom a pronoun of the next sentence would mean."""

from dataclasses import dataclass

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.sentence import SentenceView
from standpoint.lexicon.function_words import (
    AFTER_SUBJECT,
    BEFORE_SUBJECT,
    PREPOSITIONS,
    SUBJECT_DETERMINERS,
)
from standpoint.lexicon.verbs import REPORTING
from standpoint.mentions import ActorMention, is_doing
from standpoint.text import in_any

_SINGULAR_IN_S = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Salience:
    """The subjects of the sentence before, where they are plain.

    Attributes
    ----------
    person : for "he" and "she"
    thing : a state or a body, for "it"
    many : for "they"
    """

    person: str | None = None
    thing: str | None = None
    many: tuple[str, ...] = ()


NOBODY = Salience()


def focus_of(line: SentenceView, scene: DiscourseState, *, held: Salience) -> Salience:
    """What a sentence leaves for the next; ``held`` is what the one before left."""
    free = line.free()
    outside = list(line.outside())
    if not outside:
        return held if _is_all_quoted(line) else NOBODY
    head = free[0] if free and is_head(line, free[0]) else None
    return Salience(
        person=_person(line, free, scene) or _person_still(outside, scene, held),
        thing=_thing(line, head, free, scene),
        many=_many(line, head, free, scene),
    )


def _is_all_quoted(line: SentenceView) -> bool:
    span = line.sentence.span
    return in_any(line.quotes, span.start + 1) and in_any(line.quotes, span.end - 2)


def _person_still(outside: list[ActorMention], scene: DiscourseState, held: Salience) -> str | None:
    """The person of the sentence before, where this one speaks of nobody else but by pronoun."""
    persons = [m for m in outside if scene.cast.is_person(m.actor)]
    still = persons and all(m.how == "pronoun" and m.actor == held.person for m in persons)
    return held.person if still else None


def _person(line: SentenceView, free: list[ActorMention], scene: DiscourseState) -> str | None:
    persons = [m for m in free if scene.cast.is_person(m.actor)]
    if not persons:
        return None
    for second in persons[1:2]:
        if second.actor != persons[0].actor and line.are_coordinate(persons[0], second):
            return None
    return None if is_told_of(line, persons[0]) else persons[0].actor


def is_told_of(line: SentenceView, mention: ActorMention) -> bool:
    """Whether somebody unknown says something of a person before, and may be meant as well."""
    if line.is_source(mention):
        return False
    for number in range(1, line.numbers(mention)[0]):
        if line.verb(number) in REPORTING and not line.quoted(number):
            speaker = number - 1
            while line.key(speaker) in AFTER_SUBJECT and speaker not in line.owners:
                speaker -= 1
            if speaker not in line.owners:
                return True
    return False


def is_head(line: SentenceView, mention: ActorMention) -> bool:
    """Whether a mention is the subject of its sentence: nobody else does anything before it."""
    numbers = line.numbers(mention)
    first = numbers[0]
    if line.is_source(mention):
        return True
    outside = [n for n in range(first) if not line.quoted(n) and n not in line.owners]
    if any(line.key(n) in REPORTING for n in outside if n):
        return False
    return line.is_whole(numbers[-1]) and _opens(line, first)


def _opens(line: SentenceView, first: int) -> bool:
    """Whether nothing but an article, a time or a mark stands just before a word."""
    before = first - 1
    while line.key(before) in SUBJECT_DETERMINERS:
        before -= 1
    if before < 0 or not line.words[before].joined or line.quoted(before):
        return True
    key = line.key(before)
    if key in BEFORE_SUBJECT or key.isdigit() or key.endswith("ly"):
        return True
    determined = before < first - 1 or line.key(first) in SUBJECT_DETERMINERS
    return determined and _is_fronted(line, before)


def _is_fronted(line: SentenceView, last: int) -> bool:
    """Whether a word ends a phrase before the subject: "At the foot of the ridge the …"."""
    first = last
    while first > 0 and line.words[first - 1].joined:
        first -= 1
    if line.key(first) not in PREPOSITIONS | {"until"}:
        return False
    return not any(is_doing(line.key(n)) for n in range(first, last + 1))


def _thing(
    line: SentenceView, head: ActorMention | None, free: list[ActorMention], scene: DiscourseState
) -> str | None:
    if head is None or scene.cast.is_person(head.actor) or is_plural(line, head, scene):
        return None
    if len(free) > 1 and free[1].actor != head.actor and line.are_coordinate(head, free[1]):
        return None
    return head.actor


def _many(
    line: SentenceView, head: ActorMention | None, free: list[ActorMention], scene: DiscourseState
) -> tuple[str, ...]:
    if head is None:
        return ()
    if len(free) > 1 and free[1].actor != head.actor and line.are_coordinate(head, free[1]):
        third = free[2:3]
        if third and line.are_coordinate(free[1], third[0]):
            return ()
        return (head.actor, free[1].actor)
    if head.how == "pronoun":
        both = tuple(m.actor for m in free if m.span == head.span)
        return both if line.key(line.numbers(head)[0]) == "they" else ()
    return (head.actor,) if is_plural(line, head, scene) else ()


def is_plural(line: SentenceView, mention: ActorMention, scene: DiscourseState) -> bool:
    """Whether "they" fits a mention: a group, or officials and the like in small letters."""
    if scene.cast.is_person(mention.actor):
        return False
    last = line.words[line.numbers(mention)[-1]]
    if mention.how == "pronoun":
        return last.key in ("they", "their", "them")
    plural = last.key.endswith("s") and not last.key.endswith(_SINGULAR_IN_S)
    return plural and (last.text.islower() or scene.cast.of(mention.actor).kind == "group")
