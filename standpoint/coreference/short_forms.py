"""Short forms of actors named before: a given name, "the North", "the country", "the group"."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.grammatical_roles import ends_noun_phrase, outside_quotes
from standpoint.lexicon.bodies import BODY_NOUNS, GENERIC_NOUNS, UNIVERSAL_NOUNS
from standpoint.lexicon.function_words import LOCATIVE_PREPOSITIONS
from standpoint.lexicon.given_names import GIVEN_NAME_HOMOGRAPHS
from standpoint.mentions import ActorMention, SentenceView, country_keys, is_given_name

DIRECTIONS = frozenset("north south east west".split())
_NOUNS = DIRECTIONS | frozenset(GENERIC_NOUNS)


def short_form_mentions(
    view: SentenceView, discourse: DiscourseState, *, recent: Iterable[SentenceView]
) -> Iterator[ActorMention]:
    """Mentions by a given name, a direction, or a noun for any body or state.

    Parameters
    ----------
    recent : the sentences before, the last first
    """
    previous = list(islice(recent, 1))
    for at, key in enumerate(view.keys):
        may_be_given = key in discourse.given_names
        if not (may_be_given or key in _NOUNS) or at in view.mention_at:
            continue
        if may_be_given:
            actor, first = _by_given_name(view, at, discourse), at
        elif view.key(at - 1) != "the" or at - 1 in view.mention_at:
            continue
        else:
            first = at - 1
            actor = _by_direction(view, at, discourse) or _by_generic_noun(
                view, at, discourse, previous
            )
        if actor is not None:
            yield view.mention(actor, first, at, "title")


def _by_given_name(view: SentenceView, at: int, discourse: DiscourseState) -> str | None:
    """The only person introduced who has a given name, where it stands alone: "Daniel said"."""
    actor = discourse.given_names[view.keys[at]]
    if actor is None or not view.is_capitalized(at) or not is_given_name(view.words[at].text):
        return None
    beside = (view.is_capitalized(at + 1) and view.words[at].joined) or view.is_hyphenated(at)
    before = view.is_capitalized(at - 1) and view.words[at - 1].joined
    if beside or before or view.keys[at] in GIVEN_NAME_HOMOGRAPHS:
        return None
    return actor if discourse.introduced_at[actor] < view.sentence.index else None


def _by_direction(view: SentenceView, at: int, discourse: DiscourseState) -> str | None:
    """North Korea by "the North", once introduced."""
    key = view.keys[at]
    if key not in DIRECTIONS or not view.is_capitalized(at) or not ends_noun_phrase(view, at):
        return None
    states = [state for state in discourse.states if key in discourse.profiles.of(state).opening]
    return states[0] if len(states) == 1 else None


def _by_generic_noun(
    view: SentenceView, at: int, discourse: DiscourseState, previous: Sequence[SentenceView]
) -> str | None:
    """The only actor of the last sentences that a noun such as "country" or "company" fits."""
    kinds = GENERIC_NOUNS.get(view.keys[at])
    if kinds is None or not ends_noun_phrase(view, at) or view.key(at + 1) in ("of", "for"):
        return None
    if view.key(at - 2) in LOCATIVE_PREPOSITIONS or view.is_hyphenated(at):
        return None
    if view.keys[at] in discourse.ambiguous_heads:
        return None
    start = view.span(at, at).start
    for sentence in (view, *previous):
        before = [mention for mention in outside_quotes(sentence) if mention.span.end <= start]
        actors = {m.actor for m in before if _fits(m.actor, view.keys[at], kinds, discourse)}
        if actors:
            actor = actors.pop()
            is_only = not actors and not _names_another(sentence, actor, view.keys[at], discourse)
            return actor if is_only else None
    return None


def _fits(actor: str, noun: str, kinds: tuple[str, ...], discourse: DiscourseState) -> bool:
    """Whether a noun can mean an actor: of its kind, and with no other noun as its head."""
    profile = discourse.profiles.of(actor)
    if profile.kind not in kinds:
        return False
    if profile.kind == "state" or noun in profile.heads | UNIVERSAL_NOUNS:
        return True
    return not profile.heads and noun != "government"


def _names_another(view: SentenceView, actor: str, noun: str, discourse: DiscourseState) -> bool:
    """Whether a sentence names a country, or a body by its noun, that is no actor."""
    profile = discourse.profiles.of(actor)
    nouns = country_keys() if profile.kind == "state" else BODY_NOUNS
    own = profile.words | discourse.profiles.adjectives_by_state.get(actor, set())
    return any(
        key in nouns and key != noun and at not in view.mention_at and key not in own
        for at, key in enumerate(view.keys)
    )
