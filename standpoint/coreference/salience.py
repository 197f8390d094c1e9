"""Salience: the antecedents a sentence leaves for the next one's pronouns."""

from collections.abc import Iterator
from dataclasses import dataclass

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.grammatical_roles import (
    are_coordinated,
    ends_noun_phrase,
    is_source,
    outside_quotes,
    possible_subjects,
)
from standpoint.coreference.recent_persons import is_object_of_stranger
from standpoint.lexicon.function_words import (
    AFTER_SUBJECT,
    ARTICLES_AND_POSSESSIVES,
    BEFORE_SUBJECT,
    PREPOSITIONS,
)
from standpoint.lexicon.verbs import REPORTING
from standpoint.mentions import ActorMention, SentenceView, is_action_verb
from standpoint.text import in_any_span

# Singular nouns in -s: "congress", "campus", "crisis".
SINGULAR_IN_S = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Salience:
    """The unambiguous subjects of a sentence, as antecedents for the next.

    Attributes
    ----------
    person : for "he" and "she"
    thing : a state or a body, for "it"
    plural : for "they"
    """

    person: str | None = None
    thing: str | None = None
    plural: tuple[str, ...] = ()


NO_SALIENCE = Salience()


def salience_after(
    view: SentenceView, discourse: DiscourseState, *, previous: Salience
) -> Salience:
    """The antecedents that a sentence leaves; ``previous`` are those that it started with."""
    outside = outside_quotes(view)
    # A sentence that is all quotation leaves the antecedents as they were.
    if not outside:
        return previous if _is_all_quoted(view) else NO_SALIENCE
    subjects = possible_subjects(view)
    person = _person(view, subjects, discourse)
    person = person or _continued_person(outside, discourse, previous)
    if not subjects or not is_main_subject(view, subjects[0]):
        return Salience(person, plural=_speaking_group(view, outside, discourse))
    head, partner = subjects[0], _coordinated_with_first(view, subjects)
    # Two coordinated subjects are "they"; of three, nobody knows which two are meant.
    if partner is not None:
        third = subjects[2:3]
        several = bool(third) and are_coordinated(view, partner, third[0])
        return Salience(person, plural=() if several else (head.actor, partner.actor))
    agrees_with_they = is_plural(view, head, discourse)
    plural: tuple[str, ...] = (head.actor,) if agrees_with_they else ()
    if head.how == "pronoun":  # all actors that "they" means; nobody for another pronoun
        they = view.keys[view.indices(head)[0]] == "they"
        plural = tuple(m.actor for m in subjects if they and m.span == head.span)
    if not plural and discourse.profiles.of(head.actor).kind == "group":
        plural = (head.actor,)  # "the team … they"
    plural = plural or _speaking_group(view, outside, discourse)
    is_thing = not agrees_with_they and not discourse.profiles.is_person(head.actor)
    return Salience(person, head.actor if is_thing else None, plural)


def _speaking_group(
    view: SentenceView, outside: list[ActorMention], discourse: DiscourseState
) -> tuple[str, ...]:
    """The only group that says what a sentence reports: "…, analysts said", then "they said"."""
    plural = (m for m in outside if is_plural(view, m, discourse) and is_source(view, m))
    actors = dict.fromkeys(mention.actor for mention in plural)
    return tuple(actors) if len(actors) == 1 else ()


def _is_all_quoted(view: SentenceView) -> bool:
    """Whether a sentence begins and ends in quotation marks."""
    span = view.sentence.span
    return in_any_span(view.quotes, span.start + 1) and in_any_span(view.quotes, span.end - 2)


def _continued_person(
    outside: list[ActorMention], discourse: DiscourseState, previous: Salience
) -> str | None:
    """The previous person, if this sentence mentions no other person and that one by pronoun."""
    persons = [m for m in outside if discourse.profiles.is_person(m.actor)]
    continued = all(m.how == "pronoun" and m.actor == previous.person for m in persons)
    return previous.person if persons and continued else None


def _person(
    view: SentenceView, subjects: list[ActorMention], discourse: DiscourseState
) -> str | None:
    """The first person among the subjects; nobody where two are coordinated."""
    persons = [m for m in subjects if discourse.profiles.is_person(m.actor)]
    if not persons or _coordinated_with_first(view, persons) is not None:
        return None
    person = persons[0]
    if is_reported_about(view, person):
        return None
    is_object = not is_source(view, person) and is_object_of_stranger(view, person, discourse)
    return None if is_object else person.actor


def _coordinated_with_first(
    view: SentenceView, mentions: list[ActorMention]
) -> ActorMention | None:
    """The second mention, if it is another actor and "and" joins it to the first."""
    if len(mentions) < 2 or mentions[1].actor == mentions[0].actor:
        return None
    return mentions[1] if are_coordinated(view, mentions[0], mentions[1]) else None


def is_reported_about(view: SentenceView, mention: ActorMention) -> bool:
    """Whether somebody who is no actor says something before a mention.

    A later pronoun may then mean that speaker as well.
    """
    if is_source(view, mention):
        return False
    for verb in _reporting_verbs(view, before=view.indices(mention)[0]):
        speaker = verb - 1
        while view.key_outside_mentions(speaker) in AFTER_SUBJECT:
            speaker -= 1
        if speaker not in view.mention_at:
            return True
    return False


def _reporting_verbs(view: SentenceView, *, before: int) -> Iterator[int]:
    """Verbs of speaking before a token, outside names and quotation marks.

    The first word is none: a verb there has no subject.
    """
    for at in range(1, before):
        if view.key_outside_mentions(at) in REPORTING and not view.is_quoted(at):
            yield at


def is_main_subject(view: SentenceView, mention: ActorMention) -> bool:
    """Whether a mention is the subject of its sentence: no verb of speaking comes before it."""
    if is_source(view, mention):
        return True
    indices = view.indices(mention)
    is_subject = ends_noun_phrase(view, indices[-1]) and _opens_clause(view, indices[0])
    return is_subject and not any(_reporting_verbs(view, before=indices[0]))


def _opens_clause(view: SentenceView, first: int) -> bool:
    """Whether at most determiners, a time or a mark precede a noun phrase."""
    before = first - 1
    while view.key(before) in ARTICLES_AND_POSSESSIVES:
        before -= 1
    if before < 0 or not view.words[before].joined or view.is_quoted(before):
        return True
    key = view.keys[before]
    if key in BEFORE_SUBJECT or key.isdigit() or key.endswith("ly"):
        return True
    has_determiner = before < first - 1 or view.keys[first] in ARTICLES_AND_POSSESSIVES
    return has_determiner and _ends_fronted_phrase(view, before)


def _ends_fronted_phrase(view: SentenceView, last: int) -> bool:
    """Whether a token ends a phrase before the subject: "At the foot of the ridge the …"."""
    first = last
    while first > 0 and view.words[first - 1].joined:
        first -= 1
    if view.keys[first] not in PREPOSITIONS and view.keys[first] != "until":
        return False
    return not any(is_action_verb(key) for key in view.keys[first : last + 1])


def is_plural(view: SentenceView, mention: ActorMention, discourse: DiscourseState) -> bool:
    """Whether "they" agrees with a mention: a group, or a plural noun such as "officials"."""
    if discourse.profiles.is_person(mention.actor):
        return False
    last = view.words[view.indices(mention)[-1]]
    if mention.how == "pronoun":
        return last.key in ("they", "their", "them")
    is_plural_noun = last.key.endswith("s") and not last.key.endswith(SINGULAR_IN_S)
    is_group = discourse.profiles.of(mention.actor).kind == "group"
    return is_plural_noun and (last.text.islower() or is_group)
