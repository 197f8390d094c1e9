"""Heads of noun phrases: the actor at the head, the one its role belongs to, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from standpoint.attribution.frames import Source
from standpoint.lexicon.function_words import POSSESSIVE_DETERMINERS
from standpoint.lexicon.roles import PERSONAL_PROXIES, PROXY_NOUNS, SPEAKER_ROLES, TITLES
from standpoint.lexicon.word_set import words
from standpoint.mentions import ActorMention, SentenceView

# What its owner says: "the Greens' statement added …".
_OWN_WORDS = words("statement statements letter communique declaration tweet post message release")


def source_in_phrase(view: SentenceView, first: int, head: int, last: int) -> Source:
    """The source that a noun phrase names: an actor, or only its words.

    Parameters
    ----------
    first, last : the tokens of the phrase with its attachments
    head : the last token before what prepositions attach
    """
    phrase = view.span(first, last)
    mentions = [m for m in view.mentions if phrase.contains(m.span)]
    mention = _head_mention(view, first, head, mentions) if mentions else None
    if mention is None:
        return Source.of_words(view, first, last)
    return replace(Source.of_mention(view, mention), phrase=phrase)


def _head_mention(
    view: SentenceView, first: int, head: int, mentions: Sequence[ActorMention]
) -> ActorMention | None:
    """The mention at the head, or the actor whose spokesman or ministry the head is."""
    head_end = view.span(head, head).end
    at_head = [m for m in mentions if m.span.end == head_end and not view.words[head].possessive]
    if at_head:
        return at_head[0]
    # "Iran's foreign ministry" and "a spokesman for Iran" both speak for Iran.
    inner = [m for m in mentions if m.span.end < head_end]
    if inner:
        following = view.first_at(view.local(inner[0].span)[1])
        if (SPEAKER_ROLES | _OWN_WORDS) & {*view.keys[following : head + 1]}:
            return _speaker_of(view, inner[0], following, head)
    attached = [m for m in mentions if m.span.start > head_end]
    # "the ambassador to the United Nations" speaks to them, not for them.
    if not attached or view.key(head + 1) == "to":
        return None
    speaks_for = (SPEAKER_ROLES | PROXY_NOUNS) & {*view.keys[first : head + 1]}
    return attached[-1] if speaks_for or _names_holder(view, head, attached[-1]) else None


def _names_holder(view: SentenceView, head: int, mention: ActorMention) -> bool:
    """Whether a name follows an office and its place: "Governor of Upper Mora Ana Kovac"."""
    before = view.indices(mention)[0] - 1
    is_beside = view.is_capitalized(before) and view.words[before].joined and before > head + 1
    return view.keys[head] in TITLES and is_beside and not view.words[before].possessive


def _speaker_of(
    view: SentenceView, owner: ActorMention, first: int, head: int
) -> ActorMention | None:
    """Who speaks in "its spokesman", "its leader, Ana Kovac," and, for nobody, "his minister"."""
    if view.keys[first - 1] not in POSSESSIVE_DETERMINERS:
        return owner
    named = apposed_mention(view, head)
    if named is not None:
        return named
    return owner if speaks_for_owner(view, first - 1, range(first, head + 1)) else None


def apposed_mention(view: SentenceView, head: int) -> ActorMention | None:
    """The actor named right behind a noun: "its leader, Ana Kovac,", "her envoy Ana Kovac"."""
    is_near = head + 1 < len(view.words) and view.gap(head).strip() in ("", ",")
    return view.mention_at.get(head + 1) if is_near else None


def speaks_for_owner(view: SentenceView, pronoun: int, nouns: Iterable[int]) -> bool:
    """Whether nouns behind "its" or "his" speak for the owner: a person's minister does not."""
    is_person = view.keys[pronoun] in ("his", "her")
    return not is_person or any(view.keys[at] in PERSONAL_PROXIES for at in nouns)


def coordinated_sources(view: SentenceView, source: Source) -> list[Source]:
    """The other actors of "Iran, Russia and Syria said", if the list opens a clause."""
    if source.actor is None or source.reach is None:
        return []
    first = at = view.first_at(view.local(source.reach)[0])
    while at >= 2 and view.keys[at - 1] in ("the", "and", "or"):
        at -= 1
    others: list[Source] = []
    while at > 0 and (mention := view.mention_at.get(at - 1)) is not None:
        if view.gap(at - 1).strip() not in ("", ",") or mention.possessive:
            break
        others.append(Source.of_mention(view, mention))
        at = view.first_at(view.local(mention.span)[0])
        at -= at > 0 and view.keys[at - 1] == "the"
    opens = at == 0 or view.has_break_after(at - 1) or view.keys[at - 1] in ("that", "both")
    is_joined = not {"and", "or"}.isdisjoint(view.keys[max(0, first - 2) : first])
    return others if opens and is_joined else []
