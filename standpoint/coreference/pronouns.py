"""Pronouns with a plain antecedent: he and she, it, they, and their possessives."""

from collections.abc import Iterator

from standpoint.coreference.antecedents import has_a_noun, many_meant, person_meant, thing_meant
from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.officials import holders_of
from standpoint.coreference.salience import Salience
from standpoint.coreference.sentence import SentenceView
from standpoint.lexicon.bodies import GENERIC_BODIES, HOME_BODIES, STATE_HOMES
from standpoint.lexicon.function_words import (
    POSSESSIVE_PRONOUNS,
    PRONOUN_GENDERS,
    THIRD_PERSON_PRONOUNS,
)
from standpoint.lexicon.roles import TITLES
from standpoint.mentions import ActorMention, Profile


def pronouns_in(
    line: SentenceView, scene: DiscourseState, focus: Salience
) -> Iterator[ActorMention]:
    """Mentions by pronoun outside quotation marks, each added to the line as it is found."""
    for number, word in enumerate(line.words):
        if word.key not in THIRD_PERSON_PRONOUNS or number in line.owners or line.quoted(number):
            continue
        if line.key(number - 1) == "for" and line.key(number + 1) == "part":
            continue
        for mention in _meant(line, number, scene, focus):
            line.add(mention)
            yield mention


def _meant(
    line: SentenceView, number: int, scene: DiscourseState, focus: Salience
) -> Iterator[ActorMention]:
    key = line.key(number)
    if key in PRONOUN_GENDERS:
        actor = person_meant(line, number, scene, focus)
        if actor is not None:
            scene.genders.setdefault(actor, PRONOUN_GENDERS[key])
            yield from _with_home(line, number, actor, scene)
    elif key in ("it", "its"):
        actor = thing_meant(line, number, scene, focus)
        if actor is not None:
            yield from _with_part(line, number, actor, scene)
    else:
        for actor in many_meant(line, number, scene, focus):
            yield from _with_part(line, number, actor, scene)


def _pronoun(line: SentenceView, number: int, actor: str) -> ActorMention:
    possessive = line.key(number) in POSSESSIVE_PRONOUNS and has_a_noun(line, number)
    span = line.span(number, number)
    return ActorMention(actor, span, line.sentence.index, how="pronoun", possessive=possessive)


def _with_home(
    line: SentenceView, number: int, actor: str, scene: DiscourseState
) -> Iterator[ActorMention]:
    """A person by pronoun, and the body he belongs to where the noun behind it means that."""
    yield _pronoun(line, number, actor)
    home, last = scene.cast.of(actor).parent, number + 1
    if home is None or line.key(number) not in POSSESSIVE_PRONOUNS or not line.words[number].joined:
        return
    meant = _means_home(line.key(last), scene.cast.of(home))
    if meant and line.is_whole(last) and last not in line.owners:
        yield line.mention(home, number, last, "title")


def _means_home(noun: str, home: Profile) -> bool:
    """Whether a noun behind "his" means the state or body that a person belongs to."""
    if home.kind == "state":
        return noun in STATE_HOMES
    return noun in HOME_BODIES and (
        noun in home.heads or (not home.heads and noun in GENERIC_BODIES)
    )


def _with_part(
    line: SentenceView, number: int, actor: str, scene: DiscourseState
) -> Iterator[ActorMention]:
    """A body by pronoun; "its leader" is the person it has in that office, once introduced."""
    last = number + 1
    if (
        line.key(number) in POSSESSIVE_PRONOUNS
        and line.key(last) in TITLES
        and last not in line.owners
    ):
        persons = holders_of(line, scene, last, range(last, last), of=actor)
        if len(persons) == 1 and line.is_whole(last) and line.gap(last) != ", ":
            yield line.mention(persons[0], number, last, "title")
            return
    yield _pronoun(line, number, actor)
