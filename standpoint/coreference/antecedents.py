"""The antecedents of pronouns: who is plainly meant, or nobody."""

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.salience import Salience, is_head, is_plural, is_told_of
from standpoint.coreference.sentence import SentenceView
from standpoint.lexicon.bodies import PART_NOUNS
from standpoint.lexicon.function_words import (
    AFTER_SUBJECT,
    ARTICLES,
    CLAUSE_CONJUNCTIONS,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    PRONOUN_GENDERS,
)
from standpoint.lexicon.roles import PEOPLE_NOUNS
from standpoint.lexicon.verbs import REPORTING, SPEAKING
from standpoint.mentions import ActorMention, Gender, is_doing, is_given_name, may_follow


def person_meant(
    line: SentenceView, number: int, scene: DiscourseState, focus: Salience
) -> str | None:
    """Whom "he", "she", "his", "her" or "him" means."""
    gender = PRONOUN_GENDERS[line.key(number)]
    held = focus.person if focus.person and scene.fits(focus.person, gender) else None
    before = [m for m in _before(line, number) if scene.cast.is_person(m.actor)]
    if line.is_tag(number):
        speaker = _speaker(line, before, scene, gender)
        return speaker or (held if _is_clear_tag(line, number, before, held) else None)
    if not before:
        return held if _is_clear(line, number) else None
    return None if _is_object(line, number) else _among(line, number, before, scene, held)


def _among(
    line: SentenceView,
    number: int,
    before: list[ActorMention],
    scene: DiscourseState,
    held: str | None,
) -> str | None:
    """The one person named before in the sentence, or the subject of the sentence before it."""
    gender = PRONOUN_GENDERS[line.key(number)]
    fitting = [m for m in before if scene.genders.get(m.actor, gender) == gender]
    actors = {m.actor for m in fitting}
    if len(actors) > 1:
        free = [m for m in fitting if line.is_free(m)]
        actors = {m.actor for m in free} if free and line.is_source(free[0]) else actors
    if len(actors) != 1:
        return None
    actor = actors.pop()
    if not scene.fits(actor, gender):
        return held
    if held == actor or any(line.is_free(m) and not is_told_of(line, m) for m in fitting):
        return actor
    return held if _is_fronted(line, fitting[-1], number) else None


def _before(line: SentenceView, number: int) -> list[ActorMention]:
    """Mentions outside quotation marks that end before a word."""
    start = line.sentence.span.start + line.words[number].start
    return [m for m in line.outside() if m.span.end <= start]


def _is_clear_tag(
    line: SentenceView, number: int, before: list[ActorMention], held: str | None
) -> bool:
    """Whether nobody within what is said could be the one who says it.

    Of "Kerry, he claimed, had …" Kerry is not; of "Kerry would come, he said" he may be.
    """
    rivals = [m for m in before if m.actor != held and line.is_free(m)]
    return all(line.numbers(m)[-1] == number - 1 for m in rivals)


def _speaker(
    line: SentenceView, before: list[ActorMention], scene: DiscourseState, gender: Gender
) -> str | None:
    """The one person before who says something: "…," Kovac said, and "…," she added."""
    found = set()
    for mention in before:
        numbers = line.numbers(mention)
        said = line.key(numbers[-1] + 1) in SPEAKING or line.is_inverted(numbers[0] - 1)
        if said and not line.is_possessed(numbers[0]) and scene.fits(mention.actor, gender):
            found.add(mention.actor)
    return found.pop() if len(found) == 1 else None


def _is_fronted(line: SentenceView, mention: ActorMention, number: int) -> bool:
    """Whether a person stands in a phrase before the subject: "About Kovac he is less kind"."""
    numbers = line.numbers(mention)
    return numbers[0] <= 2 and number - numbers[-1] == 1


def _is_clear(line: SentenceView, number: int) -> bool:
    """Whether nobody else in the sentence can be meant: no subject of another verb before."""
    for n in range(number):
        if line.quoted(n) or n in line.owners:
            continue
        key = line.key(n)
        if key in PEOPLE_NOUNS and not _is_governed(line, n) and not _is_object(line, number):
            return False
        if n and n < number - 1 and key in REPORTING and not line.is_tag(number):
            return False
        if n and n == number - 1 and key in REPORTING and not _is_object(line, number):
            return line.is_inverted(n)
        if is_given_name(line.words[n].text) or (n and _is_stranger(line, n)):
            return False
    return True


def _is_governed(line: SentenceView, number: int) -> bool:
    """Whether a preposition stands before a noun: "about the man"."""
    before = [line.key(n) for n in range(max(0, number - 3), number)]
    before = [key for key in before if key not in ARTICLES]
    return bool(before) and before[-1] in PREPOSITIONS


def _is_object(line: SentenceView, number: int) -> bool:
    """Whether a pronoun is the object of a verb or a preposition."""
    key = line.key(number)
    return key == "him" or (key == "her" and not has_a_noun(line, number))


def _is_stranger(line: SentenceView, number: int) -> bool:
    """Whether a word looks like somebody's name: two capitals that no preposition governs."""
    both = line.is_capital(number) and line.is_capital(number - 1)
    if not both or may_follow(line.key(number - 1)):
        return False
    return line.key(number - 2) not in PREPOSITIONS and line.words[number - 1].joined


def thing_meant(
    line: SentenceView, number: int, scene: DiscourseState, focus: Salience
) -> str | None:
    """Which state or body "it" or "its" means."""
    before = [m for m in _before(line, number) if not scene.cast.is_person(m.actor)]
    if not _may_be_an_actor(line, number):
        return None
    if line.is_tag(number):
        return focus.thing if _is_clear_tag(line, number, before, focus.thing) else None
    if before:
        return _head_before(line, number, before, scene)
    return focus.thing if _is_clear(line, number) else None


def many_meant(
    line: SentenceView, number: int, scene: DiscourseState, focus: Salience
) -> tuple[str, ...]:
    """Whom "they" or "their" means: a group, officials, or two that stand side by side."""
    before = [m for m in _before(line, number) if not scene.cast.is_person(m.actor)]
    if not _may_be_an_actor(line, number) or not (line.is_tag(number) or not before):
        return ()
    return focus.many if line.is_tag(number) or _is_clear(line, number) else ()


def _may_be_an_actor(line: SentenceView, number: int) -> bool:
    """Whether the pronoun does, or has, what only an actor does or has."""
    if line.key(number) in POSSESSIVE_PRONOUNS:
        return any(line.key(n) in PART_NOUNS for n in (number + 1, number + 2))
    at, passive = number + 1, False
    while line.key(at) in AFTER_SUBJECT and line.words[at - 1].joined:
        passive = passive or line.key(at) in ("is", "was", "are", "were", "be", "been", "being")
        at += 1
    if at >= len(line.words) or not line.words[at - 1].joined:
        return False
    key = line.key(at)
    return is_doing(key) and (not passive or key.endswith("ing") or key == "told")


def _head_before(
    line: SentenceView, number: int, before: list[ActorMention], scene: DiscourseState
) -> str | None:
    """The sentence's own subject, where it is the only state or body named before."""
    if len({m.actor for m in before}) != 1:
        return None
    head = min(before, key=lambda m: m.span)
    if any(m.how == "pronoun" for m in before):
        return head.actor
    joined = line.key(number - 1) in CLAUSE_CONJUNCTIONS or not line.words[number - 1].joined
    if is_plural(line, head, scene) or not (joined or line.key(number) == "its"):
        return None
    if {line.key(line.numbers(head)[0] - n) for n in (1, 2)} >= {"as", "for"}:
        return head.actor
    return head.actor if line.is_free(head) and is_head(line, head) else None


def has_a_noun(line: SentenceView, number: int) -> bool:
    """Whether a possessive has its noun behind it, as "her" in "told her" has not."""
    following = line.key(number + 1)
    closed = following in PREPOSITIONS or following in AFTER_SUBJECT | CLAUSE_CONJUNCTIONS
    return bool(following) and line.words[number].joined and not closed
