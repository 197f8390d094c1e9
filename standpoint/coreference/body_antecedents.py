"""Antecedents of "it" and "they": the state, body or group that is clearly meant, or nobody."""

from standpoint.coreference.antecedents import (
    NOT_POSSESSED,
    Anaphor,
    has_no_competitor,
    is_only_speaker,
)
from standpoint.coreference.grammatical_roles import (
    can_be_subject,
    is_in_speech_tag,
    reporting_subject,
)
from standpoint.coreference.salience import SINGULAR_IN_S, is_main_subject, is_plural
from standpoint.lexicon.bodies import PART_NOUNS
from standpoint.lexicon.function_words import (
    AFTER_SUBJECT,
    CLAUSE_CONJUNCTIONS,
    PASSIVE_AUXILIARIES,
    POSSESSIVE_PRONOUNS,
)
from standpoint.mentions import ActorMention, SentenceView, is_action_verb

_PASSIVE = PASSIVE_AUXILIARIES | {"be"}
_PEOPLE = {"group", "person"}
MIN_PLURAL_CHARS = 3
"""Shorter words in -s are no nouns: "was", "has", "its"."""


def neuter_antecedent(anaphor: Anaphor) -> str | None:
    """The state or body that "it" or "its" means."""
    speaker = reporting_subject(anaphor.view, anaphor.at)
    if speaker is not None and not anaphor.discourse.profiles.is_person(speaker):
        return speaker
    owner = _subject_of_verb_before(anaphor)
    if owner is not None:
        return owner
    if not _can_mean_actor(anaphor):
        return None
    candidates, salient = anaphor.mentions_before(persons=False), anaphor.salience.thing
    if is_in_speech_tag(anaphor.view, anaphor.at):
        return salient if is_only_speaker(anaphor, candidates, salient) else None
    if candidates:
        return _subject_before(anaphor, candidates)
    return salient if has_no_competitor(anaphor) else None


def _subject_of_verb_before(anaphor: Anaphor) -> str | None:
    """The subject of the verb that has a possessive as its object: "Volta has cut its staff"."""
    view, verb = anaphor.view, anaphor.at - 1
    if not anaphor.is_possessive() or verb < 1 or verb in view.mention_at:
        return None
    at = verb - 1
    while at >= 0 and view.keys[at] in AFTER_SUBJECT and at not in view.mention_at:
        at -= 1
    subject = view.mention_at.get(at)
    if subject is None or not all(word.joined for word in view.words[at : verb + 1]):
        return None
    is_verb = view.keys[verb] not in NOT_POSSESSED and not view.is_capitalized(verb)
    agrees = is_plural(view, subject, anaphor.discourse) == (anaphor.key == "their")
    is_body = not anaphor.discourse.profiles.is_person(subject.actor)
    return (
        subject.actor if is_verb and agrees and is_body and can_be_subject(view, subject) else None
    )


def plural_antecedents(anaphor: Anaphor) -> tuple[str, ...]:
    """The actors that "they" or "their" means: a group, officials, or two coordinated actors."""
    plural = anaphor.salience.plural
    group = _subject_of_verb_before(anaphor) or _group_before(anaphor)
    if group is not None:
        return (group,)
    if not (_can_mean_actor(anaphor) or _continues_people(anaphor)):
        return ()
    if is_in_speech_tag(anaphor.view, anaphor.at):
        return plural
    clear = not anaphor.mentions_before(persons=False) and has_no_competitor(anaphor)
    return plural if clear else ()


def _continues_people(anaphor: Anaphor) -> bool:
    """Whether "they" opens a sentence behind one about people, whatever they do in it."""
    discourse = anaphor.discourse
    kinds = {discourse.profiles.of(actor).kind for actor in anaphor.salience.plural}
    return anaphor.key == "they" and anaphor.at == 0 and bool(kinds) and kinds <= _PEOPLE


def _group_before(anaphor: Anaphor) -> str | None:
    """The group that is the subject of the sentence, with no other plural noun before a pronoun."""
    view, before = anaphor.view, anaphor.mentions_before(persons=False)
    actors = {mention.actor for mention in before}
    if len(actors) != 1 or anaphor.discourse.profiles.of(before[0].actor).kind != "group":
        return None
    first = min(before, key=lambda mention: mention.span)
    if not is_main_subject(view, first) or not is_plural(view, first, anaphor.discourse):
        return None
    rivals = (_is_plural_noun(view, n) for n in range(anaphor.at) if n not in view.mention_at)
    return None if any(rivals) else first.actor


def _is_plural_noun(view: SentenceView, at: int) -> bool:
    """Whether a token looks like a plural noun, or like a verb in -s, which counts too."""
    key = view.keys[at]
    return key.endswith("s") and not key.endswith(SINGULAR_IN_S) and len(key) > MIN_PLURAL_CHARS


def _can_mean_actor(anaphor: Anaphor) -> bool:
    """Whether a pronoun does, or has, what only an actor does or has."""
    view, at, passive = anaphor.view, anaphor.at + 1, False
    if anaphor.key in POSSESSIVE_PRONOUNS:
        return view.key(at) in PART_NOUNS or view.key(at + 1) in PART_NOUNS
    while view.key(at) in AFTER_SUBJECT and view.words[at - 1].joined:
        passive = passive or view.keys[at] in _PASSIVE
        at += 1
    if at >= len(view.words) or not view.words[at - 1].joined:
        return False
    verb = view.keys[at]
    return is_action_verb(verb) and (not passive or verb.endswith("ing") or verb == "told")


def _subject_before(anaphor: Anaphor, candidates: list[ActorMention]) -> str | None:
    """The sentence's own subject, if it is the only state or body named before."""
    if len({m.actor for m in candidates}) != 1:
        return None
    view, at = anaphor.view, anaphor.at
    subject = min(candidates, key=lambda mention: mention.span)
    if any(m.how == "pronoun" for m in candidates):
        return subject.actor  # a pronoun before it was resolved to the same actor
    opens_clause = view.key(at - 1) in CLAUSE_CONJUNCTIONS or not view.words[at - 1].joined
    if not (opens_clause or anaphor.key == "its") or is_plural(view, subject, anaphor.discourse):
        return None
    # "As for Iran, it rejected …"
    first = view.indices(subject)[0]
    if {view.key(first - 1), view.key(first - 2)} >= {"as", "for"}:
        return subject.actor
    clear = can_be_subject(view, subject) and is_main_subject(view, subject)
    return subject.actor if clear else None
