"""Recent persons: the only one of the last sentences whom "he", "she", "him" or "her" can mean.

Persons who are no actors compete too: by name, by noun, or by a pronoun that stayed unresolved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.grammatical_roles import (
    before_phrase,
    can_be_subject,
    ends_noun_phrase,
    first_not_helping,
    is_source,
)
from standpoint.lexicon.bodies import BODY_NAME_WORDS, NAMED_AFTER_PERSON
from standpoint.lexicon.calendar import DAYS, MONTHS
from standpoint.lexicon.function_words import (
    ARTICLES,
    PREPOSITIONS,
    PRONOUN_GENDERS,
    SUBORDINATORS,
)
from standpoint.lexicon.honorifics import FORMS_OF_ADDRESS
from standpoint.lexicon.roles import PEOPLE_NOUNS, PLURAL_TITLES, SINGULAR_OFFICES, TITLES
from standpoint.lexicon.verbs import REPORTING, SPEAKING
from standpoint.lexicon.word_set import words
from standpoint.mentions import (
    ActorMention,
    Gender,
    SentenceView,
    country_keys,
    gender_of,
    is_action_verb,
    is_given_name,
)

MAX_SENTENCES_BACK = 2
"""Sentences before the pronoun's own; in news, pronouns farther away mostly mean somebody else."""
MIN_WORDS_OF_CLAUSE = 3
"""Words between a verb of speaking and an object whose clause has its own subject: "said the
party had told him".
"""
_ONE_PERSON = (
    PEOPLE_NOUNS
    | SINGULAR_OFFICES
    | words(
        "guy gentleman gentlemen fellow lady boss candidate nominee rival successor predecessor"
    )
) - (frozenset(PLURAL_TITLES) | words("men women people who nobody one"))
_ADDRESSES = FORMS_OF_ADDRESS | TITLES
_NO_PERSON = BODY_NAME_WORDS | DAYS | MONTHS | PREPOSITIONS | ARTICLES
_AFTER_OBJECT = PREPOSITIONS | SUBORDINATORS | frozenset({"", "and", "to"})
# First words of clauses that come before their subject.
_FRONTED = (SUBORDINATORS - {"that"}) | {"asked", "pressed", "told", "speaking"}
_MALE_NOUNS = words("man boy father dad son husband brother king prince guy gentleman chairman")
_FEMALE_NOUNS = words(
    "woman girl mother mum mom daughter wife sister queen princess lady chairwoman"
)
_CLAUSE_MARKS = SUBORDINATORS | words("who which whom whose")


@dataclass(frozen=True, slots=True)
class _Person:
    """A person in a sentence.

    Attributes
    ----------
    actor : None for somebody who is none
    gender : None where nothing shows it
    speaks : whether a verb of speaking is next to the person, outside quotation marks
    """

    actor: str | None
    gender: Gender | None
    at: int
    speaks: bool
    is_subject: bool = False


def only_person(
    view: SentenceView, pronoun: int, discourse: DiscourseState, *, recent: Sequence[SentenceView]
) -> str | None:
    """The one actor among the recent persons that agrees with a pronoun, if nobody competes.

    Parameters
    ----------
    pronoun : its token
    recent : the sentences before, the last first
    """
    if _is_cataphoric(view, pronoun):
        return _subject_after(view, pronoun, discourse)
    quoted, is_object = view.is_quoted(pronoun), _is_object(view, pronoun)
    candidates: set[str | None] = set()
    for sentence in (view, *recent):
        before = pronoun if sentence is view else len(sentence.words)
        persons = _agreeing(sentence, discourse, PRONOUN_GENDERS[view.keys[pronoun]], before=before)
        if quoted:  # whoever speaks in a quotation calls himself "I"
            persons = [person for person in persons if not person.speaks]
        if sentence is view and is_object and _has_subject_of_clause(view, persons, pronoun):
            return None
        candidates |= {person.actor for person in persons}
        if None in candidates or len(candidates) > 1:
            return None
        if any(person.is_subject for person in persons):
            break
    return next(iter(candidates), None)


def _is_cataphoric(view: SentenceView, pronoun: int) -> bool:
    """Whether a pronoun is in a clause before its subject: "Asked whether she agreed, Ana …"."""
    if view.is_quoted(pronoun) or view.key(0) not in _FRONTED:
        return False
    subject = _past_comma(view, pronoun)
    return subject is not None and (
        view.is_capitalized(subject) or view.keys[subject] in ARTICLES or subject in view.mention_at
    )


def _past_comma(view: SentenceView, at: int) -> int | None:
    """The token after the first comma that follows a token."""
    commas = (n for n in range(at, len(view.words) - 1) if view.gap(n).startswith(","))
    return next((n + 1 for n in commas), None)


def _subject_after(view: SentenceView, pronoun: int, discourse: DiscourseState) -> str | None:
    """The person named right after the clause that a pronoun is in."""
    subject = _past_comma(view, pronoun)
    mention = view.mention_at.get(subject) if subject is not None else None
    if mention is None or not discourse.profiles.is_person(mention.actor):
        return None
    agrees = discourse.agrees(mention.actor, PRONOUN_GENDERS[view.keys[pronoun]])
    return mention.actor if agrees and can_be_subject(view, mention) else None


def _is_object(view: SentenceView, at: int) -> bool:
    """Whether a pronoun is "him", or "her" without a noun after it."""
    if view.keys[at] != "her":
        return view.keys[at] == "him"
    return not view.words[at].joined or view.key(at + 1) in _AFTER_OBJECT


def _agreeing(
    view: SentenceView, discourse: DiscourseState, gender: Gender, *, before: int
) -> list[_Person]:
    """The persons before a token whose gender agrees, or is unknown."""
    persons = _persons(view, discourse, before=before)
    return [person for person in persons if person.gender in (None, gender)]


def _has_subject_of_clause(view: SentenceView, persons: list[_Person], pronoun: int) -> bool:
    """Whether an actor is in an object's own clause: "Kovac thanked him" is not about Kovac."""
    return any(p.actor and not _has_own_clause(view, p.at, pronoun) for p in persons)


def _has_own_clause(view: SentenceView, person: int, pronoun: int) -> bool:
    """Whether a clause with its own subject begins between a person and a pronoun."""
    for at in range(person + 1, pronoun):
        key = view.key_outside_mentions(at)
        if key in _CLAUSE_MARKS or (key in REPORTING and pronoun - at > MIN_WORDS_OF_CLAUSE):
            return True
    return False


def _persons(view: SentenceView, discourse: DiscourseState, *, before: int) -> Iterator[_Person]:
    """The persons of a sentence before a token, actors and others."""
    for mention in view.mentions:
        indices = view.indices(mention)
        if not indices or indices[0] >= before or not discourse.profiles.is_person(mention.actor):
            continue
        if view.key(indices[-1] + 1) in NAMED_AFTER_PERSON:
            continue
        subject = can_be_subject(view, mention)
        gender = discourse.gender_of(mention.actor)
        speaks = is_source(view, mention) and not view.is_quoted(indices[0])
        yield _Person(mention.actor, gender, indices[-1], speaks, subject)
    for at in range(before):
        if at not in view.mention_at and _is_somebody(view, at, discourse):
            yield _Person(None, _gender(view, at, discourse), at, _speaks(view, at))


def _is_somebody(view: SentenceView, at: int, discourse: DiscourseState) -> bool:
    """Whether a token shows a person who is no actor."""
    key = view.keys[at]
    if key in PRONOUN_GENDERS:
        return not view.is_quoted(at)
    if key in _ONE_PERSON:
        ended = ends_noun_phrase(view, at) or view.key(at + 1) in ("of", "for")
        return ended and at + 1 not in view.mention_at
    if not view.is_capitalized(at):
        return False
    if is_given_name(view.words[at].text) or key in FORMS_OF_ADDRESS:
        return at + 1 not in view.mention_at
    return key in discourse.stranger_names or _ends_name(view, at)


def _ends_name(view: SentenceView, at: int) -> bool:
    """Whether a token ends two capitals in a row that look like a person's name."""
    first = at - 1
    if first < 0 or first in view.mention_at or not view.words[first].joined:
        return False
    if not (view.is_name(first) and view.is_name(at)):
        return False
    if view.is_capitalized(at + 1) and view.words[at].joined:
        return False  # the last word decides
    if view.keys[at] in _ADDRESSES:
        return False
    if view.key(first - 1) in ("in", "the", "of", "from", "near", "at"):
        return False
    keys = {view.keys[first], view.keys[at]}
    return keys.isdisjoint(_NO_PERSON) and keys.isdisjoint(country_keys())


def note_strangers(view: SentenceView, discourse: DiscourseState) -> None:
    """Record the last names of persons who are no actors: "Tom Devocht" is "Devocht" later."""
    capitals = [at for at, word in enumerate(view.words) if word.text[0].isupper()]
    for before, at in pairwise(capitals):
        if before == at - 1 and at not in view.mention_at and _ends_name(view, at):
            discourse.stranger_names[view.keys[at]] = _gender(view, at, discourse)


def _gender(view: SentenceView, at: int, discourse: DiscourseState) -> Gender | None:
    key = view.keys[at]
    if key in PRONOUN_GENDERS:
        return PRONOUN_GENDERS[key]
    if key in _MALE_NOUNS or key in _FEMALE_NOUNS:
        return "he" if key in _MALE_NOUNS else "she"
    first = at
    while first > 0 and view.is_capitalized(first - 1) and first - 1 not in view.mention_at:
        first -= 1
    shown = (gender_of(word.text) for word in view.words[first : at + 1])
    return next(filter(None, shown), discourse.stranger_names.get(key))


def _speaks(view: SentenceView, at: int) -> bool:
    """Whether a verb of speaking outside quotation marks is next to a name."""
    if view.is_quoted(at):
        return False
    after = at + 1
    while view.is_capitalized(after):
        after += 1
    before = at - 1
    while view.is_capitalized(before):
        before -= 1
    return first_not_helping(view, after) in SPEAKING or view.key(before) in SPEAKING


def is_object_of_stranger(
    view: SentenceView, mention: ActorMention, discourse: DiscourseState
) -> bool:
    """Whether somebody who is no actor acts upon a mention: "A spokesman met Okafor"."""
    verb = before_phrase(view, view.indices(mention)[0])
    if verb < 1 or not is_action_verb(view.key_outside_mentions(verb)) or view.is_quoted(verb):
        return False
    return any(
        n not in view.mention_at
        and view.keys[n] not in PRONOUN_GENDERS
        and _is_somebody(view, n, discourse)
        for n in range(verb)
    )


def has_rival_of_known_gender(
    salient: str, gender: Gender, discourse: DiscourseState, previous: SentenceView | None
) -> bool:
    """Whether the previous sentence has another person whose gender is known to agree.

    "Kovac met Martha Brandt. She …" does not mean Kovac for sure.
    """
    if previous is None or discourse.gender_of(salient) is not None:
        return False
    others: list[ActorMention] = [m for m in previous.mentions if m.actor != salient]
    return any(
        discourse.profiles.is_person(m.actor) and discourse.gender_of(m.actor) == gender
        for m in others
    )
