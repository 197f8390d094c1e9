"""Pronouns with a clear antecedent: he and she, it, they, and their possessives."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from standpoint.coreference.antecedents import Anaphor, personal_antecedent
from standpoint.coreference.body_antecedents import neuter_antecedent, plural_antecedents
from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.grammatical_roles import ends_noun_phrase
from standpoint.coreference.officials import office_holder
from standpoint.coreference.salience import Salience
from standpoint.lexicon.bodies import GENERIC_BODIES, HOME_BODIES, STATE_HOMES
from standpoint.lexicon.function_words import (
    POSSESSIVE_PRONOUNS,
    PRONOUN_GENDERS,
    THIRD_PERSON_PRONOUNS,
)
from standpoint.lexicon.roles import TITLES
from standpoint.mentions import ActorMention, Profile, SentenceView


def add_pronouns(
    view: SentenceView,
    discourse: DiscourseState,
    salience: Salience,
    *,
    recent: Sequence[SentenceView],
) -> None:
    """Add the mentions by pronoun, so that later pronouns see them.

    In quotation marks, only persons are resolved: "it" and "they" mean more there.

    Parameters
    ----------
    recent : the sentences before, the last first
    """
    for at, key in enumerate(view.keys):
        if key not in THIRD_PERSON_PRONOUNS or at in view.mention_at:
            continue
        if key not in PRONOUN_GENDERS and view.is_quoted(at):
            continue
        if view.key(at - 1) == "for" and view.key(at + 1) == "part":  # "for its part"
            continue
        for mention in _resolve(Anaphor(view, at, discourse, salience, recent)):
            view.add(mention)


def _resolve(anaphor: Anaphor) -> Iterator[ActorMention]:
    """The mentions that a pronoun makes, alone or with the next noun."""
    if anaphor.key in PRONOUN_GENDERS:
        person = personal_antecedent(anaphor)
        if person is not None:
            # The next pronoun of the other gender cannot mean this person.
            if not anaphor.view.is_quoted(anaphor.at):
                anaphor.discourse.genders.setdefault(person, PRONOUN_GENDERS[anaphor.key])
            yield from _with_home(anaphor, person)
    elif anaphor.key in ("it", "its"):
        actor = neuter_antecedent(anaphor)
        if actor is not None:
            yield _leader_or_pronoun(anaphor, actor)
    else:
        for actor in plural_antecedents(anaphor):
            yield _leader_or_pronoun(anaphor, actor)


def _pronoun(anaphor: Anaphor, actor: str) -> ActorMention:
    """The mention that is the pronoun alone."""
    mention = anaphor.view.mention(actor, anaphor.at, anaphor.at, "pronoun")
    return replace(mention, possessive=anaphor.is_possessive())


def _with_home(anaphor: Anaphor, person: str) -> Iterator[ActorMention]:
    """A person by pronoun, and the body he or she belongs to if the next noun means that."""
    yield _pronoun(anaphor, person)
    view, noun, profiles = anaphor.view, anaphor.at + 1, anaphor.discourse.profiles
    homes = profiles.parents_of(person)
    if not homes or anaphor.key not in POSSESSIVE_PRONOUNS or not view.words[anaphor.at].joined:
        return
    means_home = _means_home(view.key(noun), profiles.of(homes[0]))
    if means_home and ends_noun_phrase(view, noun) and noun not in view.mention_at:
        yield view.mention(homes[0], anaphor.at, noun, "title")


def _means_home(noun: str, home: Profile) -> bool:
    """Whether a noun after "his" means the state or body that a person belongs to."""
    if home.kind == "state":
        return noun in STATE_HOMES
    return noun in HOME_BODIES and (
        noun in home.heads or (not home.heads and noun in GENERIC_BODIES)
    )


def _leader_or_pronoun(anaphor: Anaphor, actor: str) -> ActorMention:
    """A body by pronoun; "its leader" is the person who holds that office, once introduced."""
    view, title = anaphor.view, anaphor.at + 1
    is_titled = anaphor.key in POSSESSIVE_PRONOUNS and view.key(title) in TITLES
    if is_titled and title not in view.mention_at:
        person = office_holder(
            view, anaphor.discourse, title=title, modifiers=range(0), member_of=actor
        )
        if person is not None and ends_noun_phrase(view, title) and view.gap(title) != ", ":
            return view.mention(person, anaphor.at, title, "title")
    return _pronoun(anaphor, actor)
