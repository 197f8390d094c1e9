"""Antecedents of "he" and "she": the person that is clearly meant, or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.grammatical_roles import (
    can_be_subject,
    has_inverted_subject,
    is_in_speech_tag,
    is_source,
    outside_quotes,
)
from standpoint.coreference.recent_persons import has_rival_of_known_gender, only_person
from standpoint.coreference.salience import (
    Salience,
    is_reported_about,
)
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
from standpoint.mentions import (
    ActorMention,
    SentenceView,
    is_given_name,
    may_follow_phrase,
)

NOT_POSSESSED = PREPOSITIONS | AFTER_SUBJECT | CLAUSE_CONJUNCTIONS
MAX_FRONTED_WORDS = 2
"""Words before a name in a fronted phrase: "About President Kovac he is less kind"."""
MAX_ARTICLES_BETWEEN = 2
"""Articles between a preposition and the noun that it governs."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun to resolve: a token of a sentence, the discourse before it and its salience.

    Attributes
    ----------
    recent : the sentences before it, the last first
    """

    view: SentenceView
    at: int
    discourse: DiscourseState
    salience: Salience
    recent: Sequence[SentenceView] = ()

    @property
    def key(self) -> str:
        """The pronoun in small letters."""
        return self.view.keys[self.at]

    def mentions_before(self, *, persons: bool) -> list[ActorMention]:
        """Mentions of persons, or of all others, before it outside quotation marks."""
        start = self.view.span(self.at, self.at).start
        before = [m for m in outside_quotes(self.view) if m.span.end <= start]
        return [m for m in before if self.discourse.profiles.is_person(m.actor) == persons]

    def is_possessive(self) -> bool:
        """Whether it has a noun after it, as "her" in "told her" has not."""
        if self.key not in POSSESSIVE_PRONOUNS or not self.view.words[self.at].joined:
            return False
        following = self.view.key(self.at + 1)
        return bool(following) and following not in NOT_POSSESSED

    def is_object(self) -> bool:
        """Whether it is the object of a verb or a preposition."""
        return self.key == "him" or (self.key == "her" and not self.is_possessive())


def personal_antecedent(anaphor: Anaphor) -> str | None:
    """The person that "he", "she", "his", "her" or "him" means."""
    view, at = anaphor.view, anaphor.at
    subject = None if view.is_quoted(at) else _subject_antecedent(anaphor)
    if subject is not None or is_in_speech_tag(view, at):
        return subject
    return only_person(view, at, anaphor.discourse, recent=anaphor.recent)


def _subject_antecedent(anaphor: Anaphor) -> str | None:
    """The subject that a pronoun continues, or the only person before it in its sentence."""
    gender, salient = PRONOUN_GENDERS[anaphor.key], anaphor.salience.person
    if salient is not None and not anaphor.discourse.agrees(salient, gender):
        salient = None
    previous = anaphor.recent[0] if anaphor.recent else None
    if salient is not None and has_rival_of_known_gender(
        salient, gender, anaphor.discourse, previous
    ):
        salient = None
    candidates = anaphor.mentions_before(persons=True)
    # The subject of a tag is the speaker, even after a mention of somebody else.
    if is_in_speech_tag(anaphor.view, anaphor.at):
        speaker = _speaker(anaphor, candidates)
        return speaker or (salient if is_only_speaker(anaphor, candidates, salient) else None)
    if not candidates:
        return salient if has_no_competitor(anaphor) else None
    # "Kovac met Brandt and praised him": an object can be either.
    return None if anaphor.is_object() else _choose(anaphor, candidates, salient)


def _choose(anaphor: Anaphor, candidates: list[ActorMention], salient: str | None) -> str | None:
    """The only person named before in the sentence, or the salient one."""
    view, discourse, gender = anaphor.view, anaphor.discourse, PRONOUN_GENDERS[anaphor.key]
    fitting = [m for m in candidates if discourse.genders.get(m.actor, gender) == gender]
    actors = {m.actor for m in fitting}
    # Of several persons, the one who says what the sentence reports, if it names one.
    if len(actors) > 1:
        subjects = [m for m in fitting if can_be_subject(view, m)]
        if subjects and is_source(view, subjects[0]):
            others = actors - {m.actor for m in subjects}
            actors = {m.actor for m in subjects}
            # "Moreau told Goran Ilic that he …" is not sure to be about Moreau.
            if any(discourse.gender_of(other) == gender for other in others):
                actors = {actor for actor in actors if discourse.gender_of(actor) == gender}
    if len(actors) != 1:
        return None
    actor = actors.pop()
    # Titles and pronouns decide above; here the given name does: "Ana Kovac came and he left".
    if not discourse.agrees(actor, gender):
        return salient
    if salient == actor:
        return actor
    if any(can_be_subject(view, m) and not is_reported_about(view, m) for m in fitting):
        return actor
    return salient if _is_fronted(anaphor, fitting[-1]) else None


def is_only_speaker(anaphor: Anaphor, candidates: list[ActorMention], salient: str | None) -> bool:
    """Whether the salient actor can be the only one to speak in a tag.

    "Kerry, he claimed, had …" is not spoken by Kerry; "Kerry would come, he said" may be.
    """
    view = anaphor.view
    rivals = [m for m in candidates if m.actor != salient and can_be_subject(view, m)]
    return all(view.indices(m)[-1] == anaphor.at - 1 for m in rivals)


def _speaker(anaphor: Anaphor, candidates: list[ActorMention]) -> str | None:
    """The only person before who says something: "…," Kovac said, and "…," she added."""
    view, speakers = anaphor.view, set()
    for mention in candidates:
        indices = view.indices(mention)
        speaks = view.key(indices[-1] + 1) in SPEAKING or has_inverted_subject(view, indices[0] - 1)
        agrees = anaphor.discourse.agrees(mention.actor, PRONOUN_GENDERS[anaphor.key])
        if speaks and agrees and not view.has_possessor(indices[0]):
            speakers.add(mention.actor)
    return speakers.pop() if len(speakers) == 1 else None


def _is_fronted(anaphor: Anaphor, mention: ActorMention) -> bool:
    """Whether a person is in a phrase before the subject: "About Kovac he is less kind"."""
    indices = anaphor.view.indices(mention)
    return indices[0] <= MAX_FRONTED_WORDS and anaphor.at - indices[-1] == 1


def has_no_competitor(anaphor: Anaphor) -> bool:
    """Whether nobody else in the sentence before a pronoun can be its antecedent.

    Competitors are persons who are no actors: by noun, by a verb of speaking, or by name.
    """
    view, is_object = anaphor.view, anaphor.is_object()
    for at in range(anaphor.at):
        if view.is_quoted(at) or at in view.mention_at:
            continue
        key = view.keys[at]
        if key in PEOPLE_NOUNS and not is_object and not _is_governed(view, at):
            return False
        if at and key in REPORTING:
            if at < anaphor.at - 1:
                return False
            if not is_object:
                return has_inverted_subject(view, at)
        if is_given_name(view.words[at].text) or (at and _is_stranger(view, at)):
            return False
    return True


def _is_governed(view: SentenceView, at: int) -> bool:
    """Whether a preposition precedes a noun: "about the man"."""
    before = view.keys[max(0, at - MAX_ARTICLES_BETWEEN - 1) : at]
    before = [key for key in before if key not in ARTICLES]
    return bool(before) and before[-1] in PREPOSITIONS


def _is_stranger(view: SentenceView, at: int) -> bool:
    """Whether a token ends what looks like a name: two capitals that no preposition governs."""
    both = view.is_capitalized(at) and view.is_capitalized(at - 1)
    if not both or may_follow_phrase(view.keys[at - 1]):
        return False
    return view.key(at - 2) not in PREPOSITIONS and view.words[at - 1].joined
